#include "app/endpoint.h"

#include "net/loopback.h"

namespace trunkline::app {

std::string EndpointUrl(const AppWorld& world, const std::string& given) {
  return given.empty() ? world.environment.GetOr("AWS_ENDPOINT_URL", "") : given;
}

Result<void> CheckEndpointUrl(const std::string& given) {
  if (given.empty() || net::ParseUrl(given)) return {};
  return Error(ErrorKind::kInvalid,
               "expected a URL like 'http://127.0.0.1:4566' after --endpoint-url but got '{}'",
               given);
}

bool IsLoopback(const std::string& endpoint_url) {
  const auto url = net::ParseUrl(endpoint_url);
  return url && net::IsLoopback(*url);
}

Error WithWayOut(Error error, const std::string& endpoint_url) {
  const bool nobody = error.kind() == ErrorKind::kUnreached && error.code().empty() &&
                      error.message().starts_with("cannot reach ");
  if (!nobody || !IsLoopback(endpoint_url)) return error;
  Error told(error.kind(),
             "{}; start the embedded cloud with 'trunkline up', or say with --endpoint-url (or "
             "AWS_ENDPOINT_URL) where it is",
             error.message());
  for (const std::string& step : error.steps()) told = std::move(told).While("{}", step);
  return told;
}

}  // namespace trunkline::app
