#include "app/github_api.h"

#include <boost/asio/this_coro.hpp>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "net/client.h"
#include "net/loopback.h"

namespace trunkline::app {
namespace {

constexpr std::chrono::seconds kLimit{30};
constexpr std::uint64_t kMaxAnswer = 32ULL << 20U;

net::aw<Result<net::Response>> Send(const AppWorld& world, net::Url url, net::Request request) {
  const net::Executor executor = co_await net::asio::this_coro::executor;
  net::ClientOptions options;
  options.answer_limit = kLimit;
  options.max_body = kMaxAnswer;
  net::Client client(executor.context(), world.environment, std::move(options));
  co_return co_await client.Send(std::move(url), std::move(request));
}

std::string MessageOf(const Result<json::Value>& body) {
  if (!body || !body->IsObject()) return "";
  std::string message(body->AsObject().GetString("message"));
  for (const json::Value& one : body->AsObject().GetArray("errors")) {
    if (!one.IsObject()) continue;
    const std::string_view more = one.AsObject().GetString("message");
    if (!more.empty()) message += fmt::format("; {}", more);
  }
  return message.empty() ? "" : fmt::format(" ('{}')", message);
}

std::string_view WayOut(int status) {
  if (status == 401) return "; GITHUB_TOKEN is not valid: make a new one";
  if (status == 403)
    return "; GITHUB_TOKEN may not do that: it needs write access to the repository's webhooks";
  if (status == 404)
    return "; it has no such repository or hook, or GITHUB_TOKEN may not see it: it needs write "
           "access to the repository's webhooks";
  return "";
}

ErrorKind KindOf(int status) {
  if (status == 404) return ErrorKind::kNotFound;
  if (status == 401 || status == 403) return ErrorKind::kDenied;
  if (status == 429) return ErrorKind::kThrottled;
  return status == 422 ? ErrorKind::kInvalid : ErrorKind::kUnreached;
}

}  // namespace

Result<GithubApi> GithubApi::Open(AppWorld& world, const std::string& api) {
  const auto url = net::ParseUrl(api);
  if (!url)
    return Error(ErrorKind::kInvalid, "expected a URL like 'https://api.github.com' but got '{}'",
                 api);
  const bool here = net::IsLoopback(*url);
  if (url->scheme != "https" && !here)
    return Error(ErrorKind::kInvalid,
                 "'{}' is not https, and GITHUB_TOKEN would go there in the clear", api);
  std::string token = world.environment.GetOr("GITHUB_TOKEN", "");
  if (token.empty() && !here)
    return Error(ErrorKind::kDenied,
                 "set GITHUB_TOKEN to a token of GitHub with write access to the repository's "
                 "webhooks");
  std::string base = api;
  while (base.ends_with('/')) base.pop_back();
  return GithubApi(world, std::move(base), std::move(token));
}

net::Request GithubApi::MakeRequest(const net::Url& url, std::string method,
                                    const json::Value& body) const {
  net::Request request;
  request.method = std::move(method);
  request.target = url.target;
  request.headers.Set("Host", url.Authority());
  request.headers.Set("Accept", "application/vnd.github+json");
  request.headers.Set("X-GitHub-Api-Version", "2022-11-28");
  request.headers.Set("User-Agent", "trunkline");  // GitHub refuses requests without one
  if (!token_.empty()) request.headers.Set("Authorization", "Bearer " + token_);
  if (body.IsNull()) return request;
  request.headers.Set("Content-Type", "application/json");
  request.body = json::Write(body);
  return request;
}

net::aw<Result<json::Value>> GithubApi::Ask(std::string method, std::string repository,
                                            std::string path, json::Value body) const {
  const std::string text =
      fmt::format("{}/repos/{}{}", api_, PercentEncode(repository, true), path);
  const auto url = net::ParseUrl(text);
  if (!url) co_return Error(ErrorKind::kInvalid, "'{}' is not a URL", text);
  net::Request request = MakeRequest(*url, method, body);
  TL_CO_TRY(const net::Response response, co_await Send(world_, *url, std::move(request)));
  Result<json::Value> answer = json::Parse(response.body.empty() ? "null" : response.body);
  const bool good = response.status >= 200 && response.status < 300;
  if (good && answer) co_return answer;
  if (good)
    co_return Error(ErrorKind::kUnreached, "{} answers with something else than JSON", text);
  co_return Error(KindOf(response.status), "GitHub answers {} to {} of '{}'{}{}", response.status,
                  method, text, MessageOf(answer), WayOut(response.status));
}

}  // namespace trunkline::app
