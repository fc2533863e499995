// What the families of HTTP APIs share of APIs and stages.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::apigatewayv2 {

inline constexpr int kLongestTimeout = 30'000;  // of an integration, in milliseconds; the default
inline constexpr std::string_view kWrongRouteKey =
    "The provided route key is not formatted properly for HTTP protocol. Format should be \"<HTTP "
    "METHOD> /<RESOURCE PATH>\" or \"$default\"";

// An API as answers show it, with its address.
json::Object ShowApi(const Context& context, const json::Object& body);
// Everything that belongs to the API.
void DropParts(Context& context, std::string_view api_id);
// A stage's members that nobody has set.
json::Object NewStage(const Context& context);

}  // namespace trunkline::cloud::apigatewayv2
