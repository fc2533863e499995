// Conversions that both operators and built-in functions need.
#pragma once

#include <optional>
#include <string>

#include "cloud/services/stepfunctions/jsonata/failure.h"
#include "cloud/services/stepfunctions/jsonata/value.h"

namespace trunkline::cloud::jsonata {

// The effective boolean value; what is undefined counts as false here.
Outcome<bool> ToBoolean(const Value& value);
// Whether it is a number; an infinite one is an error.
Outcome<bool> IsNumeric(const Value& value);
// $string: a text stays, everything else is written as JSON, functions as "".
Outcome<std::string> ToText(const Value& value, bool pretty = false);
// How a value appears in a message: JSON, cut when it is long.
std::string Show(const Value& value);
// For the outside: numbers that came in keep their spelling, infinite ones are named in a text.
Outcome<json::Value> ToJson(const Value& value);

// All items of `value`, or itself, behind those of `items`: how JSONata appends.
void AppendFlat(std::vector<Value>& items, const Value& value);
// $append. Nothing is added for what is undefined.
Value Append(const Value& a, const Value& b);
// The member `key` of an object, or of each object in an array.
Value LookUpMember(const Value& input, std::string_view key);

}  // namespace trunkline::cloud::jsonata
