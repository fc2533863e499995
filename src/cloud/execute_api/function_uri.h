// How integrations and authorizers name functions: by their ARN, or by the ARN of their invocation
// ("arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<ARN>/invocations").
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trunkline::cloud::execute_api {

// The function's ARN, with its qualifier if there is one. What stands in "${stageVariables...}" is
// only known when a request comes: such a text is taken as it is.
std::optional<std::string> ReadFunctionUri(std::string_view uri);

}  // namespace trunkline::cloud::execute_api
