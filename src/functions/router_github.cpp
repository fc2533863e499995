#include "functions/router_github.h"

#include "base/json_read.h"
#include "base/text.h"
#include "functions/router_secret.h"

namespace trunkline::functions::router {
namespace {

constexpr std::size_t kMostFiles = 300;

// GitHub's sentence, or nothing.
std::string MessageOf(const net::Response& response) {
  const Result<json::Value> body = json::Parse(response.body);
  if (!body || !body->IsObject()) return "";
  const std::string_view message = body->AsObject().GetString("message");
  return message.empty() ? "" : fmt::format(" ('{}')", message.substr(0, 200));
}

Error Refused(const net::Response& response) {
  const bool about_token =
      response.status == 401 || response.status == 403 || response.status == 404;
  return Error(about_token ? ErrorKind::kDenied : ErrorKind::kUnreached, "GitHub answers {}{}{}",
               response.status, MessageOf(response),
               about_token ? "; a repository that is not public needs a token: put one into a "
                             "secret and name it in TRUNKLINE_GITHUB_TOKEN_ARN"
                           : "");
}

Result<json::Object> ReadBody(const net::Response& response) {
  if (response.status != 200) return Refused(response);
  Result<json::Value> body = json::Parse(response.body);
  if (body && body->IsObject()) return std::move(body->AsObject());
  return Error(ErrorKind::kUnreached, "GitHub answers with something else than a JSON object");
}

// A missing token is no reason to give up: the repository may be public.
net::aw<Result<net::Response>> Ask(const Session& session, std::string path) {
  const std::string& repository = session.settings().repository;
  const std::string whole = "/repos/" + PercentEncode(repository, true) + path;
  const Result<std::string> token = co_await GithubToken(session);
  if (!token) session.log().Warn("GitHub is asked without a token: {}", token.error().message());
  std::string text = token ? *token : "";
  co_return co_await session.AskGithub(whole, std::move(text));
}

net::aw<Result<Comparison>> Compare(const Session& session, std::string base, std::string head) {
  const std::string path = fmt::format("/compare/{}...{}?per_page=1", base, head);
  TL_CO_TRY(const net::Response response, co_await Ask(session, path));
  co_return ReadComparison(response);
}

std::string Short(std::string_view commit) {
  return std::string(commit.substr(0, 12));
}

// A branch that was reset to where it had been, or to elsewhere: what it lost changes, too.
bool LosesCommits(const Comparison& comparison) {
  return comparison.status == "diverged" || comparison.status == "behind";
}

net::aw<Result<Comparison>> CompareBothWays(const Session& session, std::string base,
                                            std::string head) {
  Result<Comparison> forth = co_await Compare(session, base, head);
  if (!forth || forth->cut || !LosesCommits(*forth)) co_return forth;
  TL_CO_TRY(const Comparison back, co_await Compare(session, head, base));
  forth->tops.insert(back.tops.begin(), back.tops.end());
  forth->cut = back.cut;
  co_return forth;
}

void AddFile(const json::Object& file, Tops& tops) {
  for (const std::string_view name : {"filename", "previous_filename"}) {
    if (const std::string_view path = file.GetString(name); !path.empty()) tops.insert(TopOf(path));
  }
}

}  // namespace

Result<Comparison> ReadComparison(const net::Response& response) {
  TL_TRY(const json::Object body, ReadBody(response));
  const json::Value* files = body.Find("files");
  if (files == nullptr || !files->IsArray())
    return Error(ErrorKind::kUnreached, "GitHub's comparison has no list of files");
  Comparison comparison;
  comparison.status = body.GetString("status");
  comparison.cut = files->AsArray().size() >= kMostFiles;
  for (const json::Value& file : files->AsArray()) {
    if (file.IsObject()) AddFile(file.AsObject(), comparison.tops);
  }
  return comparison;
}

net::aw<Changes> ChangesBetween(const Session& session, std::string base, std::string head) {
  Result<Comparison> comparison = co_await CompareBothWays(session, base, head);
  Changes changes;
  if (!comparison) {
    changes.all = fmt::format("GitHub could not compare {} with {}: {}", Short(base), Short(head),
                              comparison.error().message());
  } else if (comparison->cut) {
    changes.all = fmt::format("GitHub names {} files between {} and {}, and no more than that",
                              kMostFiles, Short(base), Short(head));
  } else {
    changes.tops = std::move(comparison->tops);
  }
  co_return changes;
}

net::aw<Result<std::string>> HeadOf(const Session& session, std::string branch) {
  const std::string path = "/branches/" + PercentEncode(branch, true);
  TL_CO_TRY(const net::Response response, co_await Ask(session, path));
  // A repository that is not shown to us is "Not Found".
  if (response.status == 404 && MessageOf(response) == " ('Branch not found')")
    co_return Error(ErrorKind::kNotFound, "the repository has no branch '{}'", branch);
  TL_CO_TRY(const json::Object body, ReadBody(response));
  const std::string_view id = body.GetObject("commit").GetString("sha");
  if (id.empty()) co_return Error(ErrorKind::kUnreached, "GitHub names no commit of '{}'", branch);
  co_return std::string(id);
}

}  // namespace trunkline::functions::router
