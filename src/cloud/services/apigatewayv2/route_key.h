// Route keys: "$default" or "GET /pets/{id}/{rest+}", and which of them a request meets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace trunkline::cloud::apigatewayv2 {

struct RouteKey {
  std::string method;  // "ANY" too; empty: $default
  std::string path;    // empty: $default
};
// Nothing: it is not one.
std::optional<RouteKey> ReadRouteKey(std::string_view text);

}  // namespace trunkline::cloud::apigatewayv2
