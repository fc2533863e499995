// Functions of arrays.
#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "cloud/services/stepfunctions/jsonata/builtins.h"
#include "cloud/services/stepfunctions/jsonata/convert.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/sorting.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {
namespace {

Outcome<Value> AppendArrays(Evaluator& evaluator, Arguments arguments) {
  const Value& a = arguments[0];
  const Value& b = arguments[1];
  if (a.IsUndefined()) return b;
  if (b.IsUndefined()) return a;
  std::vector<Value> items;
  AppendFlat(items, a);
  AppendFlat(items, b);
  return evaluator.MakeArray(std::move(items));
}

Outcome<Value> Zip(Evaluator& evaluator, Arguments arguments) {
  std::size_t length = kMaxItems;
  for (const Value& array : arguments) {
    length = std::min(length, array.IsArray() ? array.size() : 0);
  }
  std::vector<Value> rows;
  for (std::size_t i = 0; i < length; ++i) {
    std::vector<Value> row;
    for (const Value& array : arguments) row.push_back(array.Item(i));
    TL_TRY(Value made, evaluator.MakeArray(std::move(row)));
    rows.push_back(std::move(made));
  }
  return evaluator.MakeArray(std::move(rows));
}

Outcome<Value> Reverse(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined() || arguments[0].size() <= 1) return arguments[0];
  std::vector<Value> items = arguments[0].Items();
  std::ranges::reverse(items);
  return evaluator.MakeArray(std::move(items));
}

// An unbiased shuffle.
Outcome<Value> Shuffle(Evaluator& evaluator, Arguments arguments) {
  if (arguments[0].IsUndefined() || arguments[0].size() <= 1) return arguments[0];
  std::vector<Value> items = arguments[0].Items();
  for (std::size_t i = items.size() - 1; i > 0; --i) {
    std::swap(items[i], items[UniformBelow(evaluator.world().random, i + 1)]);
  }
  return evaluator.MakeArray(std::move(items));
}

// The text by which texts and numbers are told apart quickly; empty for what must be compared.
std::string KeyOf(const Value& value) {
  if (value.IsText()) return "s" + std::string(value.AsText());
  if (!value.IsNumber() || std::isnan(value.AsNumber())) return {};
  return fmt::format("n{:a}", value.AsNumber() + 0.0);
}

Outcome<bool> Contains(Evaluator& evaluator, const std::vector<Value>& values, const Value& value) {
  if (!evaluator.Spend(values.size())) return TimeExceeded();
  return std::ranges::any_of(
      values, [&](const Value& other) { return IsDeepEqual(other, value, evaluator.steps()); });
}

Outcome<Value> Distinct(Evaluator& evaluator, Arguments arguments) {
  const Value& array = arguments[0];
  if (!array.IsArray() || array.size() <= 1) return array;
  std::vector<Value> results;
  std::vector<Value> others;
  std::unordered_set<std::string> keys;
  for (std::size_t i = 0; i < array.size(); ++i) {
    Value value = array.Item(i);
    const std::string key = KeyOf(value);
    if (key.empty()) {
      TL_TRY(const bool known, Contains(evaluator, others, value));
      if (known) continue;
      others.push_back(value);
    } else if (!keys.insert(key).second) {
      continue;
    }
    results.push_back(std::move(value));
  }
  return evaluator.MakeArray(std::move(results), array.IsSequence() ? kSequence : kPlain);
}

struct Natural final : Comparison {
  Outcome<bool> IsAfter(const Value& a, const Value& b) override {
    if (a.IsText()) return CompareUtf16(a.AsText(), b.AsText()) > 0;
    return a.AsNumber() > b.AsNumber();
  }
};

// What JavaScript takes as true.
bool IsTruthy(const Value& value) {
  if (value.IsBool()) return value.AsBool();
  if (value.IsNumber()) return value.AsNumber() != 0 && !std::isnan(value.AsNumber());
  if (value.IsText()) return !value.AsText().empty();
  return !value.IsUndefined() && !value.IsNull();
}

struct ByFunction final : Comparison {
  ByFunction(Evaluator& e, const Value& f) : evaluator(e), function(f) {}
  Outcome<bool> IsAfter(const Value& a, const Value& b) override {
    std::vector<Value> arguments = {a, b};
    TL_TRY(const Value result, evaluator.Call(function, std::move(arguments)));
    return IsTruthy(result);
  }
  Evaluator& evaluator;
  const Value& function;
};

Outcome<bool> IsNaturallyOrdered(const Value& array) {
  bool numbers = true;
  bool texts = true;
  for (std::size_t i = 0; i < array.size(); ++i) {
    const Value item = array.Item(i);
    TL_TRY(const bool numeric, IsNumeric(item));
    numbers = numbers && numeric;
    texts = texts && item.IsText();
  }
  return numbers || texts;
}

Outcome<Value> Sort(Evaluator& evaluator, Arguments arguments) {
  const Value& array = arguments[0];
  if (array.IsUndefined() || array.size() <= 1) return array;
  if (arguments[1].IsFunction()) {
    ByFunction by_function(evaluator, arguments[1]);
    TL_TRY(std::vector<Value> sorted, MergeSort(array.Items(), by_function));
    return evaluator.MakeArray(std::move(sorted));
  }
  TL_TRY(const bool ordered, IsNaturallyOrdered(array));
  if (!ordered) return Failure("D3070");
  Natural natural;
  TL_TRY(std::vector<Value> sorted, MergeSort(array.Items(), natural));
  return evaluator.MakeArray(std::move(sorted));
}

constexpr Builtin kRows[] = {
    {.name = "append", .signature = "<xx:a>", .arity = 2, .call = AppendArrays},
    {.name = "distinct", .signature = "<x:x>", .arity = 1, .call = Distinct},
    {.name = "reverse", .signature = "<a:a>", .arity = 1, .call = Reverse},
    {.name = "shuffle", .signature = "<a:a>", .arity = 1, .call = Shuffle},
    {.name = "sort", .signature = "<af?:a>", .arity = 2, .call = Sort},
    {.name = "zip", .signature = "<a+>", .arity = 0, .call = Zip},
};

}  // namespace

constinit const std::span<const Builtin> kArrayBuiltins = kRows;

}  // namespace trunkline::cloud::jsonata
