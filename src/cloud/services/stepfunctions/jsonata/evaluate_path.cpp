#include <cmath>

#include "cloud/services/stepfunctions/jsonata/convert.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/nodes.h"

namespace trunkline::cloud::jsonata {
namespace {

Value SequenceOf(Value item) {
  std::vector<Value> items;
  items.push_back(std::move(item));
  return Value::Array(std::move(items), kSequence);
}

// Arrays that a step gave are taken apart into one sequence, but what was made by [...].
Outcome<Value> Flatten(const std::vector<Value>& results) {
  std::size_t count = 0;
  for (const Value& result : results) count += result.IsArray() ? result.size() : 1;
  if (count > kMaxItems) return MemoryExceeded();
  std::vector<Value> items;
  items.reserve(count);
  for (const Value& result : results) {
    if (result.IsArray() && result.Has(kCons)) {
      items.push_back(result);
    } else {
      AppendFlat(items, result);
    }
  }
  return Value::Array(std::move(items), kSequence);
}

// Both stop behind as many items as a sequence may have.
void CollectFlat(const Value& value, std::vector<Value>& items) {
  if (items.size() > kMaxItems) return;
  if (!value.IsArray()) {
    items.push_back(value);
    return;
  }
  for (std::size_t i = 0; i < value.size(); ++i) CollectFlat(value.Item(i), items);
}

void CollectDescendants(const Value& value, std::vector<Value>& items) {
  if (items.size() > kMaxItems) return;
  if (value.IsArray()) {
    for (std::size_t i = 0; i < value.size(); ++i) CollectDescendants(value.Item(i), items);
    return;
  }
  items.push_back(value);
  if (!value.IsObject()) return;
  for (std::size_t i = 0; i < value.size(); ++i) CollectDescendants(value.MemberAt(i), items);
}

// From the end when negative.
bool IsAt(double wanted, std::size_t index, std::size_t count) {
  wanted = std::floor(wanted);
  if (wanted < 0) wanted += static_cast<double>(count);
  return wanted == static_cast<double>(index);
}

}  // namespace

Outcome<Value> Evaluator::EvaluatePath(const Node& path, const Value& input,
                                       const Ref<Frame>& frame) {
  TL_TRY(Value result, EvaluateSteps(path, input, frame));
  if (path.keep_singleton) {
    if (!result.IsArray() || (result.Has(kCons) && !result.IsSequence())) {
      result = SequenceOf(std::move(result));
    }
    result.Set(kKeepSingleton);
  }
  if (path.group) return EvaluateGroup(path.group->pairs, path.group->position, result, frame);
  if (!result.IsTuples() || path.tuple) return result;
  std::vector<Value> items;
  for (std::size_t i = 0; i < result.size(); ++i) items.push_back(result.Item(i).Find("@"));
  const std::uint8_t kept = result.Has(kKeepSingleton) ? kSequence | kKeepSingleton : kSequence;
  return MakeArray(std::move(items), kept);
}

// While there is only one thing selected, and no array, `current` is that thing itself.
Outcome<Value> Evaluator::EvaluateSteps(const Node& path, const Value& input,
                                        const Ref<Frame>& frame) {
  const bool relative = path.items.front()->type != NodeType::kVariable;
  Value current = input;
  if (input.IsArray() && !relative) current = SequenceOf(input);
  bool in_tuples = false;
  Value tuples;
  for (std::size_t i = 0; i < path.items.size(); ++i) {
    const Node& step = *path.items[i];
    in_tuples = in_tuples || step.tuple;
    if (i == 0 && step.cons) {
      TL_TRY(current, Evaluate(step, current.IsArray() ? current : SequenceOf(current), frame));
    } else if (in_tuples) {
      TL_TRY(tuples, EvaluateTupleStep(step, current.IsArray() ? current : SequenceOf(current),
                                       tuples, frame));
      continue;
    } else {
      TL_TRY(current, EvaluateStep(step, current, frame, i + 1 == path.items.size()));
    }
    if (in_tuples) continue;
    if (current.IsUndefined() || (current.IsArray() && current.size() == 0)) break;
  }
  return in_tuples ? tuples : current;
}

Outcome<Value> Evaluator::EvaluateStep(const Node& step, const Value& input,
                                       const Ref<Frame>& frame, bool last) {
  if (step.type == NodeType::kSort) {
    TL_TRY(Value sorted, EvaluateSort(step, input.IsArray() ? input : SequenceOf(input), frame));
    return EvaluateStages(step, std::move(sorted), frame);
  }
  const std::size_t count = input.IsArray() ? input.size() : 1;
  std::vector<Value> results;
  for (std::size_t i = 0; i < count; ++i) {
    TL_TRY(Value result, Evaluate(step, input.IsArray() ? input.Item(i) : input, frame));
    for (const Stage& stage : step.stages) {
      if (!stage.filter) continue;
      TL_TRY(result, EvaluateFilter(*stage.filter, std::move(result), frame));
    }
    if (result.IsUndefined()) continue;
    if (count == 1 && !result.IsArray()) return result;
    results.push_back(std::move(result));
  }
  if (last && results.size() == 1 && results[0].IsArray() && !results[0].IsSequence()) {
    return std::move(results[0]);
  }
  TL_TRY(Value flat, Flatten(results));
  if (!Spend(flat.size())) return TimeExceeded();
  return flat;
}

Outcome<Value> Evaluator::EvaluateFilter(const Node& predicate, Value input,
                                         const Ref<Frame>& frame) {
  const bool tuples = input.IsTuples();
  if (!input.IsArray()) input = SequenceOf(std::move(input));
  const std::size_t count = input.size();
  std::vector<Value> selected;
  if (predicate.type == NodeType::kNumber) {
    double index = std::floor(predicate.number);
    if (index < 0) index += static_cast<double>(count);
    if (index >= 0 && index < static_cast<double>(count)) {
      Value item = input.Item(static_cast<std::size_t>(index));
      if (item.IsArray()) return item;
      if (!item.IsUndefined()) selected.push_back(std::move(item));
    }
  } else {
    for (std::size_t i = 0; i < count; ++i) {
      TL_DO(Selects(predicate, input.Item(i), i, count, frame, selected, tuples));
    }
  }
  return MakeArray(std::move(selected), tuples ? kSequence | kTuples : kSequence);
}

// A predicate that gives numbers selects by place, once for each of them.
Outcome<bool> Evaluator::Selects(const Node& predicate, const Value& item, std::size_t index,
                                 std::size_t count, const Ref<Frame>& frame,
                                 std::vector<Value>& selected, bool tuples) {
  const Value context = tuples ? item.Find("@") : item;
  TL_TRY(const Value result,
         Evaluate(predicate, context, tuples ? FrameOfTuple(frame, item) : frame));
  TL_TRY(bool numbers, IsNumeric(result));
  if (numbers) {
    if (IsAt(result.AsNumber(), index, count)) selected.push_back(item);
    return true;
  }
  numbers = result.IsArray();
  for (std::size_t i = 0; numbers && i < result.size(); ++i) {
    TL_TRY(numbers, IsNumeric(result.Item(i)));
  }
  if (!numbers) {
    TL_TRY(const bool holds, ToBoolean(result, steps_));
    if (holds) selected.push_back(item);
    return true;
  }
  if (!Spend(result.size())) return TimeExceeded();
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (IsAt(result.Item(i).AsNumber(), index, count)) selected.push_back(item);
  }
  return true;
}

Outcome<Value> Evaluator::EvaluateName(const Node& node, const Value& input) {
  return LookUpMember(input, node.text, steps_);
}

Outcome<Value> Evaluator::EvaluateWildcard(const Value& input) {
  const Value inside =
      input.IsArray() && input.Has(kOuter) && input.size() > 0 ? input.Item(0) : input;
  std::vector<Value> items;
  std::uint8_t marks = kSequence;  // until an array is taken apart, as with $append
  const std::size_t count = inside.IsArray() || inside.IsObject() ? inside.size() : 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Value value = inside.IsArray() ? inside.Item(i) : inside.MemberAt(i);
    if (value.IsArray()) marks = kPlain;
    CollectFlat(value, items);
  }
  return MakeArray(std::move(items), marks);
}

Outcome<Value> Evaluator::EvaluateDescendants(const Value& input) {
  if (input.IsUndefined()) return Value();
  std::vector<Value> items;
  CollectDescendants(input, items);
  if (items.size() == 1) return std::move(items[0]);
  return MakeArray(std::move(items), kSequence);
}

}  // namespace trunkline::cloud::jsonata
