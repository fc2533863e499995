// Evaluates a parsed expression: one Evaluator, one evaluation.
//
// The functions follow those of JSONata's own evaluator one by one, so that what nests there nests
// here: the limit of depth counts calls of Evaluate.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/services/stepfunctions/jsonata/frame.h"
#include "cloud/services/stepfunctions/jsonata/function.h"
#include "cloud/services/stepfunctions/jsonata/jsonata.h"
#include "cloud/services/stepfunctions/jsonata/limits.h"
#include "cloud/services/stepfunctions/jsonata/value.h"

namespace trunkline::cloud::jsonata {

class Evaluator {
 public:
  Evaluator(const json::Value& input, const Bindings& bindings, World world);

  Outcome<Value> Run(const Node& root);

  // For built-in functions.
  World& world() { return world_; }
  std::uint64_t& steps() { return steps_; }
  // False when the evaluation has used up what it may.
  bool Spend(std::uint64_t steps);
  // Calls a function that was given as an argument; it may take fewer than these.
  Outcome<Value> Call(const Value& function, std::vector<Value> arguments);
  // Keeps a document as long as the evaluation lasts, for values to point into.
  const json::Value& Hold(json::Value document);
  // A deep copy; what it copies at the outside has depth 0.
  Outcome<Value> Clone(const Value& value, std::uint32_t depth);
  // Fails when it is too long.
  Outcome<Value> MakeText(std::string text);
  Outcome<Value> MakeArray(std::vector<Value> items, std::uint8_t marks = kPlain);

 private:
  Outcome<Value> Evaluate(const Node& node, const Value& input, const Ref<Frame>& frame);
  Outcome<Value> EvaluateByType(const Node& node, const Value& input, const Ref<Frame>& frame);
  Outcome<Value> Finish(const Node& node, Value result, const Ref<Frame>& frame);

  // evaluate_operators.cpp
  Outcome<Value> EvaluateBinary(const Node& node, const Value& input, const Ref<Frame>& frame);
  Outcome<Value> EvaluateNegation(const Node& node, const Value& input, const Ref<Frame>& frame);
  Outcome<Value> EvaluateCondition(const Node& node, const Value& input, const Ref<Frame>& frame);
  Outcome<Value> EvaluateBlock(const Node& node, const Value& input, const Ref<Frame>& frame);
  Outcome<Value> EvaluateBind(const Node& node, const Value& input, const Ref<Frame>& frame);
  Outcome<Value> EvaluateArray(const Node& node, const Value& input, const Ref<Frame>& frame);
  Value EvaluateVariable(const Node& node, const Value& input, const Ref<Frame>& frame) const;
  Value LookUp(std::string_view name, const Ref<Frame>& frame) const;

  // evaluate_path.cpp
  Outcome<Value> EvaluatePath(const Node& path, const Value& input, const Ref<Frame>& frame);
  Outcome<Value> EvaluateSteps(const Node& path, const Value& input, const Ref<Frame>& frame);
  Outcome<Value> EvaluateStep(const Node& step, const Value& input, const Ref<Frame>& frame,
                              bool last);
  Outcome<Value> EvaluateFilter(const Node& predicate, Value input, const Ref<Frame>& frame);
  Outcome<bool> Selects(const Node& predicate, const Value& item, std::size_t index,
                        std::size_t count, const Ref<Frame>& frame, std::vector<Value>& selected,
                        bool tuples);
  Outcome<Value> EvaluateWildcard(const Value& input);
  Outcome<Value> EvaluateDescendants(const Value& input);
  Outcome<Value> EvaluateName(const Node& node, const Value& input);

  // evaluate_tuples.cpp
  Outcome<Value> EvaluateTupleStep(const Node& step, const Value& input, const Value& tuples,
                                   const Ref<Frame>& frame);
  Outcome<Value> SortIntoTuples(const Node& step, const Value& input, const Value& tuples,
                                const Ref<Frame>& frame);
  Outcome<Value> EvaluateStages(const Node& step, Value input, const Ref<Frame>& frame);
  Ref<Frame> FrameOfTuple(const Ref<Frame>& frame, const Value& tuple);

  // evaluate_group.cpp
  Outcome<Value> EvaluateGroup(const Pairs& pairs, std::uint32_t position, const Value& input,
                               const Ref<Frame>& frame);

  // evaluate_sort.cpp
  Outcome<Value> EvaluateSort(const Node& node, const Value& input, const Ref<Frame>& frame);
  Outcome<bool> IsAfter(const Node& node, const Value& a, const Value& b, bool tuples,
                        const Ref<Frame>& frame);

  // evaluate_function.cpp
  Outcome<Value> EvaluateFunction(const Node& node, const Value& input, const Ref<Frame>& frame,
                                  const Value* first);
  Outcome<Value> EvaluateApply(const Node& node, const Value& input, const Ref<Frame>& frame);
  Outcome<Value> EvaluatePartial(const Node& node, const Value& input, const Ref<Frame>& frame);
  Value EvaluateLambda(const Node& node, const Value& input, const Ref<Frame>& frame);
  Outcome<Value> Apply(const Value& function, std::vector<Value> arguments, const Value& input);
  Outcome<Value> ApplyOnce(const Value& function, std::vector<Value> arguments, const Value& input);
  Outcome<Value> ApplyNode(const FunctionNode& function, std::vector<Value> arguments);
  Outcome<Value> ApplyBuiltin(const Builtin& builtin, std::vector<Value> arguments,
                              const Value& input);
  Outcome<Value> ApplyLambda(const FunctionNode& lambda, std::vector<Value> arguments);
  Outcome<Value> FillPartial(const FunctionNode& partial, std::vector<Value> arguments);
  Outcome<Value> Partial(const Value& function, std::vector<Value> arguments,
                         std::vector<bool> open);

  // evaluate_regex.cpp
  Outcome<Value> FindMatch(const FunctionNode& function, const Value& text, std::size_t from);
  Outcome<Value> ApplyRegex(const FunctionNode& function, std::vector<Value> arguments);

  // evaluate_transform.cpp
  Outcome<Value> ApplyTransform(const FunctionNode& transform, const Value& argument);
  Outcome<void> TransformMatch(const Node& node, const Value& match, const Ref<Frame>& frame);

  World world_;
  const Bindings& bindings_;
  Value root_;
  Value context_;  // the root, wrapped when it is an array
  std::uint64_t steps_ = kMaxSteps;
  int depth_ = 0;
  std::deque<json::Value> held_;
  Frames frames_;  // emptied first: it refers to nothing else here
};

}  // namespace trunkline::cloud::jsonata
