// Parameters and results of the HTTP of Task states.
#pragma once

#include <string>
#include <string_view>

#include "cloud/services/stepfunctions/failure.h"
#include "net/http.h"

namespace trunkline::cloud::stepfunctions {

// A parameter as a text; of a list its items, joined by commas.
std::string ParameterText(const json::Value& value);
// "a=1&a=2" of {"a": ["1", "2"]}.
std::string ParameterQuery(const json::Object& parameters);

// The body by `Transform`: a form where RequestBodyEncoding says so; texts and JSON else.
Outcome<std::string> FormOf(const json::Object& body, const json::Object& transform);

// {"Headers", "ResponseBody", "StatusCode", "StatusText"}
json::Object ResultOf(const net::Response& response);
std::string_view StatusText(int status);

// Whether an HTTP task may not set the header (documented).
bool IsReservedHeader(std::string_view name);

}  // namespace trunkline::cloud::stepfunctions
