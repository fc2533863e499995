// How mapping templates compare and calculate.
#pragma once

#include <string>

#include "base/json.h"

namespace trunkline::cloud::execute_api {

// Everything but false and nothing.
bool IsTrue(const json::Value& value);
bool AreSame(const json::Value& left, const json::Value& right);
// "<", ">", "<=", ">=", "+", "-", "*", "/" or "%" of two numbers.
json::Value Calculate(const std::string& op, const json::Value& left, const json::Value& right);

}  // namespace trunkline::cloud::execute_api
