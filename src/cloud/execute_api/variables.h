// What integrations, authorizers and access logs say of a request: "$context.requestId",
// "$request.header.x-user", "$stageVariables.table", and texts with such names in them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/execute_api/call.h"

namespace trunkline::cloud::execute_api {

// The value of "context.identity.sourceIp" and the like, without the dollar. Nothing: there is
// none.
std::optional<std::string> ContextVariable(const ApiCall& call, std::string_view name);

// "$request.header.x", "$request.querystring.x", "$request.body.a.b", "$request.body",
// "$request.path", "$request.path.id", "$context.x", "$stageVariables.x"; nothing: it has no value
// (or is no expression).
std::optional<std::string> RequestExpression(const ApiCall& call, std::string_view expression);

// A text whose "${request.header.x}" and "$request.header.x" are replaced; what has no value is
// empty.
std::string Interpolate(const ApiCall& call, std::string_view text);

// A value inside JSON: "a.b" of {"a": {"b": 1}} is "1".
std::optional<std::string> TextInside(const json::Value& root, std::string_view path);

}  // namespace trunkline::cloud::execute_api
