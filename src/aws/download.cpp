// What a presigned URL leads to: no operation, no signature of ours.
#include "aws/client_state.h"

namespace trunkline::aws {
namespace {

ErrorKind KindOf(int status) {
  if (status == 404) return ErrorKind::kNotFound;
  if (status == 429 || status == 503) return ErrorKind::kThrottled;
  return status == 403 ? ErrorKind::kDenied : ErrorKind::kInvalid;
}

// The query holds the signature, and whoever has it may read.
std::string_view WithoutQuery(std::string_view url) {
  return url.substr(0, url.find('?'));
}

}  // namespace

net::aw<Result<std::string>> Client::Download(std::string url) const {
  const std::shared_ptr<Shared> shared = shared_;
  const std::optional<net::Url> parsed = net::ParseUrl(url);
  if (!parsed) co_return Error(ErrorKind::kInvalid, "expected a URL but got '{}'", url);
  for (int attempt = 1;; ++attempt) {
    net::Request request{.method = "GET", .target = parsed->target};
    request.headers.Set("Host", parsed->Authority());
    request.headers.Set("User-Agent", "trunkline");
    ++shared->requests;
    Result<net::Response> response = co_await shared->http.Send(*parsed, std::move(request));
    const int status = response ? response->status : 0;
    if (status == 200) co_return std::move(response->body);
    const net::Headers headers = response ? response->headers : net::Headers();
    Error error = response
                      ? Error(KindOf(status), "'{}' answered with {}", WithoutQuery(url), status)
                      : std::move(response).error();
    const bool again = attempt < shared->options.max_attempts && IsWorthRetrying(error, status) &&
                       shared->retries.Take();
    if (!again) co_return error;
    co_await shared->world.timers.Wait(BackOff(attempt, headers, shared->world.random));
  }
}

}  // namespace trunkline::aws
