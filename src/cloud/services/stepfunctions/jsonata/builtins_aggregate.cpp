// $average, $count, $max, $min, $sum.
#include <algorithm>

#include "cloud/services/stepfunctions/jsonata/builtins.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"

namespace trunkline::cloud::jsonata {
namespace {

bool IsEmpty(const Value& numbers) {
  return numbers.IsUndefined() || numbers.size() == 0;
}

double Total(const Value& numbers) {
  double total = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) total += numbers.Item(i).AsNumber();
  return total;
}

Outcome<Value> Average(Evaluator&, Arguments arguments) {
  if (IsEmpty(arguments[0])) return Value();
  return Value::Number(Total(arguments[0]) / static_cast<double>(arguments[0].size()));
}

Outcome<Value> Count(Evaluator&, Arguments arguments) {
  const bool none = arguments[0].IsUndefined();
  return Value::Number(none ? 0 : static_cast<double>(arguments[0].size()));
}

Outcome<Value> Max(Evaluator&, Arguments arguments) {
  if (IsEmpty(arguments[0])) return Value();
  double most = arguments[0].Item(0).AsNumber();
  for (std::size_t i = 1; i < arguments[0].size(); ++i) {
    most = std::max(most, arguments[0].Item(i).AsNumber());
  }
  return Value::Number(most);
}

Outcome<Value> Min(Evaluator&, Arguments arguments) {
  if (IsEmpty(arguments[0])) return Value();
  double least = arguments[0].Item(0).AsNumber();
  for (std::size_t i = 1; i < arguments[0].size(); ++i) {
    least = std::min(least, arguments[0].Item(i).AsNumber());
  }
  return Value::Number(least);
}

Outcome<Value> Sum(Evaluator&, Arguments arguments) {
  if (arguments[0].IsUndefined()) return Value();
  return Value::Number(Total(arguments[0]));
}

constexpr Builtin kRows[] = {
    {.name = "average", .signature = "<a<n>:n>", .arity = 1, .call = Average},
    {.name = "count", .signature = "<a:n>", .arity = 1, .call = Count},
    {.name = "max", .signature = "<a<n>:n>", .arity = 1, .call = Max},
    {.name = "min", .signature = "<a<n>:n>", .arity = 1, .call = Min},
    {.name = "sum", .signature = "<a<n>:n>", .arity = 1, .call = Sum},
};

}  // namespace

constinit const std::span<const Builtin> kAggregateBuiltins = kRows;

}  // namespace trunkline::cloud::jsonata
