#include "functions/router_session.h"

#include <algorithm>

#include <boost/asio/this_coro.hpp>

#include "functions/within.h"
#include "net/client.h"

namespace trunkline::functions::router {
namespace {

constexpr Milliseconds kCallShare{3000};
constexpr Milliseconds kGithubShare{4000};
// A comparison of 300 files with their patches.
constexpr std::uint64_t kMaxAnswer = 16ULL << 20U;

net::aw<Result<net::Response>> Get(const FunctionWorld& world, net::Url url, net::Request request) {
  const net::Executor executor = co_await net::asio::this_coro::executor;
  net::ClientOptions options;
  options.connect_limit = kGithubShare;
  options.answer_limit = kGithubShare;
  options.max_body = kMaxAnswer;
  net::Client client(executor.context(), world.environment, std::move(options));
  co_return co_await client.Send(std::move(url), std::move(request));
}

net::Request MakeRequest(const net::Url& url, const std::string& token) {
  net::Request request;
  request.target = url.target;
  request.headers.Set("Host", url.Authority());
  request.headers.Set("Accept", "application/vnd.github+json");
  request.headers.Set("X-GitHub-Api-Version", "2022-11-28");
  request.headers.Set("User-Agent", "trunkline");  // GitHub refuses requests without one
  if (!token.empty()) request.headers.Set("Authorization", "Bearer " + token);
  return request;
}

}  // namespace

Milliseconds Session::Left(Milliseconds share) const {
  return std::min(share, end_ - world_.clock.Now());
}

net::aw<Result<json::Object>> Session::Call(std::string service, std::string operation,
                                            json::Object input) const {
  const std::string name = service + ":" + operation;
  Result<json::Object> output = co_await Within(
      Left(kCallShare),
      world_.client.Call(std::move(service), std::move(operation), std::move(input)));
  if (output || !output.error().steps().empty()) co_return output;
  co_return std::move(output).error().While("calling {}", name);
}

net::aw<Result<net::Response>> Session::AskGithub(std::string path, std::string token) const {
  const std::optional<net::Url> url = net::ParseUrl(settings_.github_api + path);
  if (!url) co_return Error(ErrorKind::kInvalid, "'{}{}' is not a URL", settings_.github_api, path);
  net::Request request = MakeRequest(*url, token);
  co_return co_await Within(Left(kGithubShare), Get(world_, *url, std::move(request)));
}

}  // namespace trunkline::functions::router
