// Shapes as JSON text and back: JSON 1.0 and 1.1, and the bodies of REST-JSON.
#pragma once

#include <string>
#include <string_view>

#include "aws/model.h"
#include "base/json.h"
#include "base/result.h"

namespace trunkline::aws {

// One value as JSON. Structures are written with their body members only; null members are left
// out, members the shape does not know too.
void WriteJson(const Shape& shape, const json::Value& value, std::string& out);
void WriteJson(const Shape& shape, const json::Object& value, std::string& out);

// Reads the text of a structure's body members. An empty text is an empty structure.
Result<json::Object> ReadJsonBody(const Shape& shape, std::string_view text);
// Reads any shape from its parsed text; null gives null.
Result<json::Value> ReadJson(const Shape& shape, json::Value value);

}  // namespace trunkline::aws
