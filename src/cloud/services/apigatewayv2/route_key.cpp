#include "cloud/services/apigatewayv2/route_key.h"

#include <algorithm>
#include <array>

#include "cloud/execute_api/path_match.h"

namespace trunkline::cloud::apigatewayv2 {
namespace {

constexpr std::array<std::string_view, 8> kMethods = {"ANY",     "DELETE", "GET",  "HEAD",
                                                      "OPTIONS", "PATCH",  "POST", "PUT"};

}  // namespace

std::optional<RouteKey> ReadRouteKey(std::string_view text) {
  if (text == "$default") return RouteKey{};
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  RouteKey key{.method = std::string(text.substr(0, blank)),
               .path = std::string(text.substr(blank + 1))};
  if (std::ranges::find(kMethods, key.method) == kMethods.end()) return std::nullopt;
  if (!execute_api::IsPathPattern(key.path)) return std::nullopt;
  return key;
}

}  // namespace trunkline::cloud::apigatewayv2
