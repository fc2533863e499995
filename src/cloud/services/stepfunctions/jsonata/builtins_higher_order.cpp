// Functions that call functions.
#include "cloud/services/stepfunctions/jsonata/builtins.h"
#include "cloud/services/stepfunctions/jsonata/convert.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/nodes.h"

namespace trunkline::cloud::jsonata {
namespace {

// The function gets as many of value, place and whole as it takes.
Outcome<Value> CallWith(Evaluator& evaluator, const Value& function, const Value& value,
                        const Value& place, const Value& whole) {
  if (!function.IsFunction()) return Failure("T1006");
  std::vector<Value> arguments = {value};
  const std::size_t arity = ArityOf(function);
  if (arity >= 2) arguments.push_back(place);
  if (arity >= 3) arguments.push_back(whole);
  return evaluator.Call(function, std::move(arguments));
}

Outcome<Value> CallAt(Evaluator& evaluator, const Value& function, const Value& array,
                      std::size_t index) {
  const Value place = Value::Number(static_cast<double>(index));
  return CallWith(evaluator, function, array.Item(index), place, array);
}

Outcome<Value> Map(Evaluator& evaluator, Arguments arguments) {
  const Value& array = arguments[0];
  if (array.IsUndefined()) return Value();
  std::vector<Value> results;
  for (std::size_t i = 0; i < array.size(); ++i) {
    TL_TRY(Value result, CallAt(evaluator, arguments[1], array, i));
    if (!result.IsUndefined()) results.push_back(std::move(result));
  }
  return evaluator.MakeArray(std::move(results), kSequence);
}

Outcome<Value> Filter(Evaluator& evaluator, Arguments arguments) {
  const Value& array = arguments[0];
  if (array.IsUndefined()) return Value();
  std::vector<Value> results;
  for (std::size_t i = 0; i < array.size(); ++i) {
    TL_TRY(const Value result, CallAt(evaluator, arguments[1], array, i));
    TL_TRY(const bool holds, ToBoolean(result, evaluator.steps()));
    if (holds) results.push_back(array.Item(i));
  }
  return evaluator.MakeArray(std::move(results), kSequence);
}

Outcome<Value> Single(Evaluator& evaluator, Arguments arguments) {
  const Value& array = arguments[0];
  if (array.IsUndefined()) return Value();
  bool found = false;
  Value single;
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (arguments[1].IsFunction()) {
      TL_TRY(const Value result, CallAt(evaluator, arguments[1], array, i));
      TL_TRY(const bool holds, ToBoolean(result, evaluator.steps()));
      if (!holds) continue;
    }
    if (found) return Failure("D3138");
    found = true;
    single = array.Item(i);
  }
  if (!found) return Failure("D3139");
  return single;
}

Outcome<Value> Reduce(Evaluator& evaluator, Arguments arguments) {
  const Value& array = arguments[0];
  if (array.IsUndefined()) return Value();
  const std::size_t arity = arguments[1].IsFunction() ? ArityOf(arguments[1]) : 0;
  if (arity < 2) return Failure("D3050");
  Value result = arguments[2];
  std::size_t index = 0;
  if (result.IsUndefined() && array.size() > 0) result = array.Item(index++);
  for (; index < array.size(); ++index) {
    std::vector<Value> call = {result, array.Item(index)};
    if (arity >= 3) call.push_back(Value::Number(static_cast<double>(index)));
    if (arity >= 4) call.push_back(array);
    TL_TRY(result, evaluator.Call(arguments[1], std::move(call)));
  }
  return result;
}

Outcome<Value> Sift(Evaluator& evaluator, Arguments arguments) {
  const Value& object = arguments[0];
  if (!object.IsObject()) return Value();
  auto* sifted = new ObjectNode();
  Value result = Value::Object(sifted);
  for (std::size_t i = 0; i < object.size(); ++i) {
    const Value member = object.MemberAt(i);
    const Value key = Value::Text(std::string(object.KeyAt(i)));
    TL_TRY(const Value kept, CallWith(evaluator, arguments[1], member, key, object));
    TL_TRY(const bool holds, ToBoolean(kept, evaluator.steps()));
    if (holds) sifted->Set(object.KeyAt(i), member);
  }
  return sifted->members.empty() ? Value() : result;
}

Outcome<Value> Each(Evaluator& evaluator, Arguments arguments) {
  const Value& object = arguments[0];
  std::vector<Value> results;
  for (std::size_t i = 0; object.IsObject() && i < object.size(); ++i) {
    const Value key = Value::Text(std::string(object.KeyAt(i)));
    TL_TRY(Value result, CallWith(evaluator, arguments[1], object.MemberAt(i), key, object));
    if (!result.IsUndefined()) results.push_back(std::move(result));
  }
  return evaluator.MakeArray(std::move(results), kSequence);
}

constexpr Builtin kRows[] = {
    {.name = "each", .signature = "<o-f:a>", .arity = 2, .call = Each},
    {.name = "filter", .signature = "<af>", .arity = 2, .call = Filter},
    {.name = "map", .signature = "<af>", .arity = 2, .call = Map},
    {.name = "reduce", .signature = "<afj?:j>", .arity = 3, .call = Reduce},
    {.name = "sift", .signature = "<o-f?:o>", .arity = 2, .call = Sift},
    {.name = "single", .signature = "<af?>", .arity = 2, .call = Single},
};

}  // namespace

constinit const std::span<const Builtin> kHigherOrderBuiltins = kRows;

}  // namespace trunkline::cloud::jsonata
