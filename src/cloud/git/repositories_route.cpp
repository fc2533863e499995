// /_trunkline/repositories: list, make, register and remove repositories. docs/git.md describes it.
#include <algorithm>
#include <utility>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/admin.h"
#include "cloud/git/announce.h"
#include "cloud/git/repositories.h"
#include "cloud/git/turns.h"

namespace trunkline::cloud {

namespace git {
namespace {

constexpr std::string_view kPrefix = "/_trunkline/repositories";

net::Response Fail(int status, std::string_view message) {
  return JsonResponse(status, json::Object{{"message", message}});
}

net::Response Fail(const Error& error) {
  switch (error.kind()) {
    case ErrorKind::kNotFound:
      return Fail(404, error.message());
    case ErrorKind::kConflict:
      return Fail(409, error.message());
    case ErrorKind::kInvalid:
      return Fail(400, error.message());
    default:
      return Fail(500, error.message());
  }
}

json::Object Shape(const Engine& engine, const Repository& repository) {
  return json::Object{{"full_name", repository.full_name},
                      {"clone_url", CloneUrl(engine, repository.full_name)},
                      {"folder", repository.git_dir},
                      {"own", repository.own}};
}

net::Response List(Engine& engine) {
  json::Array all;
  for (const Repository& repository : ListRepositories(engine))
    all.emplace_back(Shape(engine, repository));
  return JsonResponse(200, json::Object{{"repositories", std::move(all)}});
}

Result<json::Object> ReadBody(const net::Request& request) {
  TL_TRY(json::Value value, json::Parse(request.body));
  if (!value.IsObject() || value.AsObject().GetString("full_name").empty())
    return Error(ErrorKind::kInvalid,
                 "expected {{\"full_name\": \"owner/name\"}}, and \"folder\" to serve one");
  return std::move(value.AsObject());
}

net::aw<net::Response> Create(Engine& engine, net::Request request) {
  const auto body = ReadBody(request);
  if (!body) co_return Fail(body.error());
  const std::string full_name(body->GetString("full_name"));
  std::string folder(body->GetString("folder"));
  const Turn turn = co_await TakeTurn(engine, full_name);
  Result<Repository> made = Error(ErrorKind::kInvalid, "");
  if (folder.empty()) {
    made = co_await CreateRepository(engine, full_name);
  } else {
    made = co_await RegisterRepository(engine, full_name, std::move(folder));
  }
  if (!made) co_return Fail(made.error());
  const auto remembered = co_await Remember(engine, *made);
  if (!remembered) co_return Fail(remembered.error());
  co_return JsonResponse(201, Shape(engine, *made));
}

// What changed in a folder without a push to us (a commit in a checkout) is told as one.
net::aw<net::Response> Look(Engine& engine, std::string full_name) {
  const Turn turn = co_await TakeTurn(engine, full_name);
  auto repository = FindRepository(engine, full_name);
  if (!repository) co_return Fail(repository.error());
  const auto remembered = co_await Remember(engine, *repository);
  if (!remembered) co_return Fail(remembered.error());
  const auto events = co_await Announce(engine, *repository, "");
  if (!events) co_return Fail(events.error());
  co_return JsonResponse(200, json::Object{{"events", *events}});
}

net::aw<net::Response> Remove(Engine& engine, std::string full_name) {
  const Turn turn = co_await TakeTurn(engine, full_name);
  const auto removed = RemoveRepository(engine, full_name);
  if (!removed) co_return Fail(removed.error());
  net::Response response;
  response.status = 204;
  co_return response;
}

// "", "/<owner>/<name>" or "/<owner>/<name>/announce".
net::aw<net::Response> Handle(Engine& engine, net::Request request) {
  std::string rest = PercentDecode(request.path().substr(kPrefix.size()));
  const std::string_view method = request.method;
  if (rest.empty() || rest == "/") {
    if (method == "GET") co_return List(engine);
    if (method == "POST") co_return co_await Create(engine, std::move(request));
    co_return WrongMethod(request, "GET, POST");
  }
  rest.erase(0, 1);
  constexpr std::string_view kAnnounce = "/announce";
  const bool announce = std::count(rest.begin(), rest.end(), '/') == 2 && rest.ends_with(kAnnounce);
  if (announce) rest.resize(rest.size() - kAnnounce.size());
  if (announce && method == "POST") co_return co_await Look(engine, std::move(rest));
  if (announce) co_return WrongMethod(request, "POST");
  if (method == "DELETE") co_return co_await Remove(engine, std::move(rest));
  if (method != "GET") co_return WrongMethod(request, "GET, DELETE");
  const auto repository = FindRepository(engine, rest);
  if (!repository) co_return Fail(repository.error());
  co_return JsonResponse(200, Shape(engine, *repository));
}

}  // namespace
}  // namespace git

constinit const AdminRoute kRepositoriesAdminRoute{.prefix = git::kPrefix, .handle = git::Handle};

}  // namespace trunkline::cloud
