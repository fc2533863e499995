// Conversions that both operators and built-in functions need.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cloud/services/stepfunctions/jsonata/failure.h"
#include "cloud/services/stepfunctions/jsonata/value.h"

namespace trunkline::cloud::jsonata {

// Values share their parts: what is small in memory can be endless to walk through. So what walks
// takes a step off `steps` for every part, and fails or stops when there are none left.

// The effective boolean value; what is undefined counts as false here.
Outcome<bool> ToBoolean(const Value& value, std::uint64_t& steps);
// Whether it is a number; an infinite one is an error.
Outcome<bool> IsNumeric(const Value& value);
// $string: a text stays, everything else is written as JSON, functions as "".
Outcome<std::string> ToText(const Value& value, bool pretty = false);
// How a value appears in a message: JSON, cut when it is long.
std::string Show(const Value& value);
// For the outside: numbers that came in keep their spelling, infinite ones are named in a text.
Outcome<json::Value> ToJson(const Value& value, std::uint64_t& steps);

// All items of `value`, or itself, behind those of `items`: how JSONata appends.
void AppendFlat(std::vector<Value>& items, const Value& value);
// The member `key` of an object, or of each object in an array.
Outcome<Value> LookUpMember(const Value& input, std::string_view key, std::uint64_t& steps);
// Takes one step; false when there is none left.
bool TakeStep(std::uint64_t& steps);
// What looking at a value as a whole costs.
std::uint64_t CostOf(const Value& value);

}  // namespace trunkline::cloud::jsonata
