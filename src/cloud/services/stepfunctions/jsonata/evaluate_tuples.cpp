// Paths that bind variables on their way ("@", "#", "%"): what travels along them is a stream of
// tuples, objects with the context as "@" and the variables by their names.
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/nodes.h"

namespace trunkline::cloud::jsonata {
namespace {

void AddMembers(ObjectNode& tuple, const Value& other) {
  for (std::size_t i = 0; i < other.size(); ++i) tuple.Set(other.KeyAt(i), other.MemberAt(i));
}

// The tuple that follows `before` when a step selects `item` as its number `index`.
Value NextTuple(const Node& step, const Value& before, const Value& item, std::size_t index,
                bool is_tuple) {
  auto* tuple = new ObjectNode();
  Value next = Value::Object(tuple);
  AddMembers(*tuple, before);
  if (is_tuple) {
    AddMembers(*tuple, item);
    return next;
  }
  const Value context = before.Find("@");
  if (!step.focus.empty()) tuple->Set(step.focus, item);
  tuple->Set("@", step.focus.empty() ? item : context);
  if (!step.index.empty()) tuple->Set(step.index, Value::Number(static_cast<double>(index)));
  if (step.ancestor) tuple->Set(step.ancestor->label, context);
  return next;
}

Value FirstTuple(Value item) {
  auto* tuple = new ObjectNode();
  Value first = Value::Object(tuple);
  tuple->Set("@", std::move(item));
  return first;
}

}  // namespace

Ref<Frame> Evaluator::FrameOfTuple(const Ref<Frame>& frame, const Value& tuple) {
  Ref<Frame> inner = frames_.Make(frame);
  inner->tuple = tuple;
  return inner;
}

Outcome<Value> Evaluator::EvaluateTupleStep(const Node& step, const Value& input,
                                            const Value& tuples, const Ref<Frame>& frame) {
  if (step.type == NodeType::kSort) {
    TL_TRY(Value sorted, SortIntoTuples(step, input, tuples, frame));
    return EvaluateStages(step, std::move(sorted), frame);
  }
  const bool first = tuples.IsUndefined();
  const std::size_t count = first ? input.size() : tuples.size();
  std::vector<Value> next;
  for (std::size_t i = 0; i < count; ++i) {
    const Value tuple = first ? FirstTuple(input.Item(i)) : tuples.Item(i);
    TL_TRY(const Value result, Evaluate(step, tuple.Find("@"), FrameOfTuple(frame, tuple)));
    if (result.IsUndefined()) continue;
    const std::size_t found = result.IsArray() ? result.size() : 1;
    if (!Spend(found * tuple.size())) return TimeExceeded();
    for (std::size_t j = 0; j < found; ++j) {
      const Value item = result.IsArray() ? result.Item(j) : result;
      next.push_back(NextTuple(step, tuple, item, j, result.IsTuples()));
    }
  }
  TL_TRY(Value stream, MakeArray(std::move(next), kSequence | kTuples));
  return EvaluateStages(step, std::move(stream), frame);
}

Outcome<Value> Evaluator::SortIntoTuples(const Node& step, const Value& input, const Value& tuples,
                                         const Ref<Frame>& frame) {
  if (!tuples.IsUndefined()) return EvaluateSort(step, tuples, frame);
  TL_TRY(const Value sorted, EvaluateSort(step, input, frame));
  std::vector<Value> stream;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    Value tuple = FirstTuple(sorted.Item(i));
    if (!step.index.empty()) {
      tuple.computed_object()->Set(step.index, Value::Number(static_cast<double>(i)));
    }
    stream.push_back(std::move(tuple));
  }
  return MakeArray(std::move(stream), kSequence | kTuples);
}

Outcome<Value> Evaluator::EvaluateStages(const Node& step, Value input, const Ref<Frame>& frame) {
  for (const Stage& stage : step.stages) {
    if (stage.filter) {
      TL_TRY(input, EvaluateFilter(*stage.filter, std::move(input), frame));
      continue;
    }
    for (std::size_t i = 0; i < input.size(); ++i) {
      ObjectNode* tuple = input.Item(i).computed_object();
      if (tuple != nullptr) tuple->Set(stage.index_name, Value::Number(static_cast<double>(i)));
    }
  }
  return input;
}

}  // namespace trunkline::cloud::jsonata
