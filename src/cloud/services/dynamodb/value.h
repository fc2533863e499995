// Attribute values as the wire has them: {"S": "text"}, {"N": "1"}, {"M": {...}}. What comes in is
// checked and normalized once: numbers have one spelling then, and exactly one type is given.
// Binary ones are raw bytes here; the store has them in base64 (cloud/services/dynamodb/item.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/operation.h"

namespace trunkline::cloud::dynamodb {

// "S", "N", "B", "SS", "NS", "BS", "M", "L", "BOOL" or "NULL" of a checked value.
std::string_view TypeOf(const json::Value& value);
// What stands under the type.
const json::Value& ContentOf(const json::Value& value);
bool IsSet(std::string_view type);
// "STRING" for "S": how some messages call a type.
std::string_view LongTypeName(std::string_view type);

json::Value MakeNumber(std::string text);

// Checks a value and what is in it, and normalizes its numbers.
Answer<void> Normalize(json::Value& value);
// The same for every attribute of an item.
Answer<void> NormalizeAll(json::Object& attributes);

bool Equal(const json::Value& a, const json::Value& b);
// Below zero, zero, above; nothing where types differ or have no order.
std::optional<int> Compare(const json::Value& a, const json::Value& b);
bool HasElement(const json::Array& set, const json::Value& element);

// As DynamoDB counts for its limits and capacities.
std::size_t SizeOf(const json::Value& value);
std::size_t SizeOf(const json::Object& attributes);
// What size(path) gives; nothing for numbers, booleans and null.
std::optional<std::size_t> LengthOf(const json::Value& value);

// "{S:text}": how messages show a value.
std::string Shown(const json::Value& value);

}  // namespace trunkline::cloud::dynamodb
