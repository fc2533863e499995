// JSON Schema, draft 4, as request validators use it: type, enum, required, properties,
// additionalProperties, items, lengths, ranges, pattern, allOf, anyOf, oneOf, not, and $ref to
// "#/definitions/x" and to the API's other models. Other keywords decide nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace trunkline::cloud::execute_api {

// What is wrong with the value, with its place; nothing: it is valid. `models` by name, each with a
// "schema" text.
std::optional<std::string> FindSchemaProblem(const json::Value& value, const json::Object& schema,
                                             const json::Object& models);

}  // namespace trunkline::cloud::execute_api
