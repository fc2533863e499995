// The functions of metric math (expression.h) whose arguments are plain values.
#pragma once

#include <string_view>
#include <vector>

#include "cloud/services/cloudwatch/expression.h"

namespace trunkline::cloud::cloudwatch {

struct Filling {
  enum class Kind { kValue, kRepeat, kLinear };
  Kind kind = Kind::kValue;
};

// FILL: puts a value where the grid has none; `with` is the number or series of Kind::kValue.
Result<MathValue> Fill(const MathValue& value, const Filling& filling, const MathValue* with,
                       const Grid& grid);

bool IsFunction(std::string_view name);
Error UnknownFunction(std::string_view name);

// By name. An unknown one is an error that names it.
Result<MathValue> RunFunction(std::string_view name, const std::vector<MathValue>& arguments,
                              const Grid& grid);

Error WrongArguments(std::string_view function);

}  // namespace trunkline::cloud::cloudwatch
