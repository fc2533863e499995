#include <algorithm>
#include <cmath>

#include "cloud/services/stepfunctions/jsonata/convert.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/unicode.h"

namespace trunkline::cloud::jsonata {
namespace {

double Compute(Operation operation, double a, double b) {
  switch (operation) {
    case Operation::kAdd:
      return a + b;
    case Operation::kSubtract:
      return a - b;
    case Operation::kMultiply:
      return a * b;
    case Operation::kDivide:
      return a / b;
    default:
      return std::fmod(a, b);
  }
}

Outcome<Value> Calculate(Operation operation, const Value& a, const Value& b) {
  TL_TRY(const bool left, IsNumeric(a));
  if (!a.IsUndefined() && !left) return Failure("T2001").With("value", Show(a));
  TL_TRY(const bool right, IsNumeric(b));
  if (!b.IsUndefined() && !right) return Failure("T2002").With("value", Show(b));
  if (!left || !right) return Value();
  return Value::Number(Compute(operation, a.AsNumber(), b.AsNumber()));
}

bool Holds(Operation operation, double order) {
  switch (operation) {
    case Operation::kLess:
      return order < 0;
    case Operation::kLessEqual:
      return order <= 0;
    case Operation::kGreater:
      return order > 0;
    default:
      return order >= 0;
  }
}

// Which of two numbers is bigger; NaN, which compares with nothing, stays NaN.
double Order(double a, double b) {
  return a == b ? 0 : std::isnan(a) || std::isnan(b) ? std::nan("") : a < b ? -1 : 1;
}

Outcome<Value> Compare(Operation operation, const Value& a, const Value& b) {
  const auto comparable = [](const Value& value) { return value.IsText() || value.IsNumber(); };
  for (const Value* side : {&a, &b}) {
    if (!side->IsUndefined() && !comparable(*side)) {
      return Failure("T2010").With("value", Show(comparable(a) ? b : a));
    }
  }
  if (a.IsUndefined() || b.IsUndefined()) return Value();
  if (a.kind() != b.kind()) {
    return Failure("T2009").With("value", Show(a)).With("value2", Show(b));
  }
  const double order =
      a.IsNumber() ? Order(a.AsNumber(), b.AsNumber()) : CompareUtf16(a.AsText(), b.AsText());
  return Value::Bool(Holds(operation, order));
}

bool IsIn(const Value& item, const Value& list) {
  if (item.IsUndefined() || list.IsUndefined()) return false;
  if (!list.IsArray()) return item.IsSame(list);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (item.IsSame(list.Item(i))) return true;
  }
  return false;
}

Outcome<Value> MakeRange(Evaluator& evaluator, const Value& from, const Value& to) {
  const auto integer = [](const Value& value) {
    return value.IsNumber() && std::isfinite(value.AsNumber()) &&
           value.AsNumber() == std::trunc(value.AsNumber());
  };
  if (!from.IsUndefined() && !integer(from)) return Failure("T2003");
  if (!to.IsUndefined() && !integer(to)) return Failure("T2004");
  if (from.IsUndefined() || to.IsUndefined() || from.AsNumber() > to.AsNumber()) return Value();
  constexpr double kMost = 1e7;
  const double size = to.AsNumber() - from.AsNumber() + 1;
  if (size > kMost) return Failure("D2014").With("value", Show(Value::Number(size)));
  if (size > static_cast<double>(kMaxItems)) return MemoryExceeded();
  std::vector<Value> items;
  items.reserve(static_cast<std::size_t>(size));
  for (double i = 0; i < size; ++i) items.push_back(Value::Number(from.AsNumber() + i));
  return evaluator.MakeArray(std::move(items), kSequence);
}

Outcome<Value> Concatenate(Evaluator& evaluator, const Value& a, const Value& b) {
  std::string text;
  for (const Value* side : {&a, &b}) {
    if (side->IsUndefined()) continue;
    TL_TRY(const std::string part, ToText(*side));
    text += part;
  }
  return evaluator.MakeText(std::move(text));
}

Outcome<Value> Operate(Evaluator& evaluator, Operation operation, const Value& a, const Value& b) {
  switch (operation) {
    case Operation::kEqual:
      return Value::Bool(!a.IsUndefined() && !b.IsUndefined() &&
                         IsDeepEqual(a, b, evaluator.steps()));
    case Operation::kNotEqual:
      return Value::Bool(!a.IsUndefined() && !b.IsUndefined() &&
                         !IsDeepEqual(a, b, evaluator.steps()));
    case Operation::kLess:
    case Operation::kLessEqual:
    case Operation::kGreater:
    case Operation::kGreaterEqual:
      return Compare(operation, a, b);
    case Operation::kConcatenate:
      return Concatenate(evaluator, a, b);
    case Operation::kRange:
      return MakeRange(evaluator, a, b);
    case Operation::kIn:
      return Value::Bool(IsIn(a, b));
    default:
      return Calculate(operation, a, b);
  }
}

}  // namespace

Outcome<Value> Evaluator::EvaluateBinary(const Node& node, const Value& input,
                                         const Ref<Frame>& frame) {
  TL_TRY(const Value left, Evaluate(*node.lhs, input, frame));
  const auto placed = [&](Failure failure) {
    failure.SetPosition(node.position);
    failure.SetToken(node.text);
    return failure;
  };
  if (node.operation == Operation::kAnd || node.operation == Operation::kOr) {
    Outcome<bool> value = ToBoolean(left, steps_);
    if (!value) return placed(std::move(value).error());
    if (*value == (node.operation == Operation::kOr)) return Value::Bool(*value);
    Outcome<Value> right = Evaluate(*node.rhs, input, frame);
    if (!right && right.error().has_code()) return placed(std::move(right).error());
    if (!right) return right;
    value = ToBoolean(*right, steps_);
    if (!value) return placed(std::move(value).error());
    return Value::Bool(*value);
  }
  TL_TRY(const Value right, Evaluate(*node.rhs, input, frame));
  if (!Spend(CostOf(left) + CostOf(right))) return TimeExceeded();
  Outcome<Value> result = Operate(*this, node.operation, left, right);
  if (steps_ == 0) return TimeExceeded();
  if (!result && result.error().has_code()) return placed(std::move(result).error());
  return result;
}

Outcome<Value> Evaluator::EvaluateNegation(const Node& node, const Value& input,
                                           const Ref<Frame>& frame) {
  TL_TRY(const Value value, Evaluate(*node.rhs, input, frame));
  if (value.IsUndefined()) return value;
  TL_TRY(const bool numeric, IsNumeric(value));
  if (numeric) return Value::Number(-value.AsNumber());
  return Failure("D1002").At(node.position).Naming(node.text).With("value", Show(value));
}

Outcome<Value> Evaluator::EvaluateCondition(const Node& node, const Value& input,
                                            const Ref<Frame>& frame) {
  TL_TRY(const Value condition, Evaluate(*node.lhs, input, frame));
  TL_TRY(const bool holds, ToBoolean(condition, steps_));
  if (holds) return Evaluate(*node.rhs, input, frame);
  return node.third ? Evaluate(*node.third, input, frame) : Outcome<Value>(Value());
}

Outcome<Value> Evaluator::EvaluateBlock(const Node& node, const Value& input,
                                        const Ref<Frame>& frame) {
  const Ref<Frame> inner = frames_.Make(frame);
  Value result;
  for (const NodePtr& item : node.items) {
    TL_TRY(result, Evaluate(*item, input, inner));
  }
  return result;
}

Outcome<Value> Evaluator::EvaluateBind(const Node& node, const Value& input,
                                       const Ref<Frame>& frame) {
  TL_TRY(Value value, Evaluate(*node.rhs, input, frame));
  frame->Bind(node.text, value);
  return value;
}

Outcome<Value> Evaluator::EvaluateArray(const Node& node, const Value& input,
                                        const Ref<Frame>& frame) {
  std::vector<Value> items;
  for (const NodePtr& item : node.items) {
    TL_TRY(Value value, Evaluate(*item, input, frame));
    if (value.IsUndefined()) continue;
    if (item->type == NodeType::kArray) {
      items.push_back(std::move(value));
    } else {
      AppendFlat(items, value);
      if (items.size() > kMaxItems) return MemoryExceeded();
    }
  }
  return MakeArray(std::move(items), node.cons ? kCons : kPlain);
}

Value Evaluator::EvaluateVariable(const Node& node, const Value& input,
                                  const Ref<Frame>& frame) const {
  if (!node.text.empty()) return LookUp(node.text, frame);
  return input.IsArray() && input.Has(kOuter) ? input.Item(0) : input;
}

}  // namespace trunkline::cloud::jsonata
