// /_trunkline/github: the part of GitHub's REST API that a webhook's receiver asks for. A program
// that takes its address from GITHUB_API_URL works here unchanged; credentials are not looked at.
#include "cloud/git/github.h"

#include <algorithm>
#include <utility>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/admin.h"
#include "cloud/git/history.h"
#include "cloud/git/shapes.h"

namespace trunkline::cloud {

namespace git {
namespace {

constexpr std::string_view kPrefix = "/_trunkline/github";

net::aw<net::Response> ShowRepository(Engine& engine, GithubCall call) {
  if (call.request.method != "GET") co_return WrongMethod(call.request, "GET");
  const std::string branch = co_await DefaultBranch(engine, call.repository.git_dir);
  co_return JsonResponse(200, RepositoryShape(engine, call.repository, branch));
}

struct Resource {
  std::string_view name;
  net::aw<net::Response> (*handle)(Engine& engine, GithubCall call);
};
constexpr Resource kResources[] = {
    {.name = "branches", .handle = HandleBranches},
    {.name = "commits", .handle = HandleCommits},
    {.name = "compare", .handle = HandleCompare},
    {.name = "hooks", .handle = HandleHooks},
};

net::aw<net::Response> Handle(Engine& engine, net::Request request) {
  const std::string path(request.path());
  std::vector<std::string> parts;
  for (const std::string_view part : Split(std::string_view(path).substr(kPrefix.size()), '/'))
    if (!part.empty()) parts.push_back(PercentDecode(part));
  if (parts.size() < 3 || parts[0] != "repos")
    co_return GithubFail(404, fmt::format("there is nothing at '{}'", path));
  auto repository = FindRepository(engine, parts[1] + "/" + parts[2]);
  if (!repository) co_return GithubFail(repository.error());
  parts.erase(parts.begin(), parts.begin() + 3);
  GithubCall call{.request = std::move(request),
                  .repository = std::move(*repository),
                  .parts = std::move(parts)};
  if (call.parts.empty()) co_return co_await ShowRepository(engine, std::move(call));
  for (const Resource& resource : kResources) {
    if (call.parts.front() != resource.name) continue;
    co_return co_await resource.handle(engine, std::move(call));
  }
  co_return GithubFail(404, fmt::format("'{}' is not implemented by this cloud", path));
}

}  // namespace

std::string GithubCall::Rest(std::size_t first) const {
  std::string rest;
  for (std::size_t i = first; i < parts.size(); ++i) rest += (i > first ? "/" : "") + parts[i];
  return rest;
}

std::string GithubCall::Query(std::string_view key) const {
  for (const auto& [name, value] : net::ParseQuery(request.query()))
    if (name == key) return value;
  return "";
}

net::Response GithubFail(int status, std::string_view message) {
  return JsonResponse(status, json::Object{{"message", AsUtf8(message)},
                                           {"documentation_url", "https://docs.github.com/rest"},
                                           {"status", std::to_string(status)}});
}

net::Response GithubFail(const Error& error) {
  switch (error.kind()) {
    case ErrorKind::kNotFound:
      return GithubFail(404, error.message());
    case ErrorKind::kInvalid:
      return GithubFail(422, error.message());
    default:
      return GithubFail(500, error.message());
  }
}

net::Response GithubList(json::Array items) {
  net::Response response;
  response.headers.Set("Content-Type", "application/json");
  response.body = json::Write(json::Value(std::move(items)));
  return response;
}

Paging ReadPaging(const GithubCall& call, std::size_t usual, std::size_t most) {
  constexpr std::int64_t kLastPage = 1'000'000;
  Paging paging;
  const auto page = ToInt(call.Query("page"));
  const auto per_page = ToInt(call.Query("per_page"));
  paging.page = static_cast<std::size_t>(std::clamp<std::int64_t>(page.value_or(1), 1, kLastPage));
  paging.per_page = static_cast<std::size_t>(std::clamp<std::int64_t>(
      per_page.value_or(static_cast<std::int64_t>(usual)), 1, static_cast<std::int64_t>(most)));
  return paging;
}

void SetLinks(const Engine& engine, const GithubCall& call, const Paging& paging, std::size_t total,
              net::Response& response) {
  const std::size_t last =
      std::max<std::size_t>(1, (total + paging.per_page - 1) / paging.per_page);
  std::vector<std::string> links;
  const auto add = [&](std::size_t page, std::string_view relation) {
    links.push_back(fmt::format("<{}{}?per_page={}&page={}>; rel=\"{}\"", engine.endpoint,
                                call.request.path(), paging.per_page, page, relation));
  };
  if (paging.page > 1) add(paging.page - 1, "prev");
  if (paging.page < last) add(paging.page + 1, "next");
  if (paging.page < last) add(last, "last");
  if (paging.page > 1) add(1, "first");
  if (!links.empty()) response.headers.Set("Link", Join(links, ", "));
}

}  // namespace git

constinit const AdminRoute kGithubAdminRoute{.prefix = git::kPrefix, .handle = git::Handle};

}  // namespace trunkline::cloud
