// Calling: functions by name, "~>", partial application, and the loop that makes tail calls.
#include <algorithm>

#include "cloud/services/stepfunctions/jsonata/builtins.h"
#include "cloud/services/stepfunctions/jsonata/convert.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/parser.h"
#include "cloud/services/stepfunctions/jsonata/resolve.h"

namespace trunkline::cloud::jsonata {
namespace {

using Type = FunctionNode::Type;

// Empty for a function that has none.
std::string_view NameOf(const Node& procedure) {
  return procedure.type == NodeType::kPath ? procedure.items.front()->text : procedure.text;
}

// A function given as an argument forgets the context it was given in.
Value Pass(Value argument) {
  if (!argument.IsFunction()) return argument;
  const FunctionNode* function = argument.function();
  if (function != nullptr && function->type == Type::kPassed) return argument;
  auto* passed = new FunctionNode();
  passed->type = Type::kPassed;
  passed->inner = std::move(argument);
  return Value::Function(passed);
}

// "$f ~> $g" is the function that applies first $f, then $g.
const Node& Composition() {
  static const NodePtr kNode = [] {
    Outcome<NodePtr> parsed = ParseNodes("function($f, $g) { function($x){ $g($f($x)) } }");
    return Resolve(std::move(parsed).value()).value();
  }();
  return *kNode;
}

Failure Place(Failure failure, const Node& call) {
  if (!failure.has_code()) return failure;
  failure.SetPosition(call.position);
  const std::string_view name = NameOf(*call.lhs);
  if (!failure.has_token() && !name.empty()) failure.SetToken(name);
  return failure;
}

}  // namespace

std::size_t ArityOf(const Value& function) {
  if (const Builtin* builtin = function.builtin()) return builtin->arity;
  const FunctionNode& node = *function.function();
  switch (node.type) {
    case Type::kLambda:
      return node.parameters.size();
    case Type::kPassed:
      return ArityOf(node.inner);
    case Type::kPartial:
      return static_cast<std::size_t>(std::ranges::count(node.open, true));
    case Type::kRegex:
      return 2;
    case Type::kTransform:
      return 1;
    case Type::kNextMatch:
      return 0;
  }
  return 0;
}

Outcome<Value> Evaluator::EvaluateFunction(const Node& node, const Value& input,
                                           const Ref<Frame>& frame, const Value* first) {
  TL_TRY(const Value function, Evaluate(*node.lhs, input, frame));
  const std::string_view name = NameOf(*node.lhs);
  if (function.IsUndefined() && node.lhs->type == NodeType::kPath &&
      !LookUp(name, frame).IsUndefined()) {
    return Failure("T1005").At(node.position).Naming(name);
  }
  std::vector<Value> arguments;
  if (first != nullptr) arguments.push_back(*first);
  for (const NodePtr& item : node.items) {
    TL_TRY(Value argument, Evaluate(*item, input, frame));
    arguments.push_back(Pass(std::move(argument)));
  }
  Outcome<Value> result = Apply(function, std::move(arguments), input);
  if (!result) return Place(std::move(result).error(), node);
  return result;
}

Outcome<Value> Evaluator::EvaluateApply(const Node& node, const Value& input,
                                        const Ref<Frame>& frame) {
  TL_TRY(const Value left, Evaluate(*node.lhs, input, frame));
  if (node.rhs->type == NodeType::kFunction) {
    return EvaluateFunction(*node.rhs, input, frame, &left);
  }
  TL_TRY(const Value function, Evaluate(*node.rhs, input, frame));
  if (!function.IsFunction()) {
    return Failure("T2006").At(node.position).With("value", Show(function));
  }
  std::vector<Value> arguments = {left};
  if (!left.IsFunction()) return Apply(function, std::move(arguments), Value::Null());
  arguments.push_back(function);
  TL_TRY(const Value compose, Evaluate(Composition(), Value::Null(), frame));
  return Apply(compose, std::move(arguments), Value::Null());
}

Value Evaluator::EvaluateLambda(const Node& node, const Value& input, const Ref<Frame>& frame) {
  auto* function = new FunctionNode();
  function->type = node.type == NodeType::kRegex       ? Type::kRegex
                   : node.type == NodeType::kTransform ? Type::kTransform
                                                       : Type::kLambda;
  function->node = &node;
  function->frame = frame;
  function->input = input;
  function->signature = node.signature.get();
  function->thunk = node.thunk;
  if (node.type == NodeType::kLambda) {
    for (const NodePtr& parameter : node.items) function->parameters.emplace_back(parameter->text);
  }
  return Value::Function(function);
}

Outcome<Value> Evaluator::EvaluatePartial(const Node& node, const Value& input,
                                          const Ref<Frame>& frame) {
  std::vector<Value> arguments;
  std::vector<bool> open;
  for (const NodePtr& item : node.items) {
    open.push_back(item->type == NodeType::kPlaceholder);
    TL_TRY(Value argument, open.back() ? Outcome<Value>(Value()) : Evaluate(*item, input, frame));
    arguments.push_back(std::move(argument));
  }
  TL_TRY(const Value function, Evaluate(*node.lhs, input, frame));
  if (function.IsFunction()) return Partial(function, std::move(arguments), std::move(open));
  const std::string_view name = NameOf(*node.lhs);
  const bool forgot = function.IsUndefined() && node.lhs->type == NodeType::kPath &&
                      !LookUp(name, frame).IsUndefined();
  return Failure(forgot ? "T1007" : "T1008").At(node.position).Naming(name);
}

namespace {

// The arguments of a partial function with more of its open places filled.
void Fill(const FunctionNode& partial, std::vector<Value>& arguments, std::vector<bool>& open) {
  std::vector<Value> all = partial.filled;
  std::vector<bool> all_open(partial.open.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!partial.open[i]) continue;
    if (next < arguments.size()) all[i] = arguments[next];
    all_open[i] = next < open.size() && open[next];
    ++next;
  }
  arguments = std::move(all);
  open = std::move(all_open);
}

}  // namespace

Outcome<Value> Evaluator::Partial(const Value& function, std::vector<Value> arguments,
                                  std::vector<bool> open) {
  const FunctionNode* node = function.function();
  auto* partial = new FunctionNode();
  Value result = Value::Function(partial);
  if (node != nullptr && node->type == Type::kLambda) {
    if (node->frame->depth > kMaxNesting) return StackExceeded();
    partial->node = node->node;
    partial->input = node->input;
    partial->frame = frames_.Make(node->frame);
    for (std::size_t i = 0; i < node->parameters.size(); ++i) {
      if (i < open.size() && open[i]) {
        partial->parameters.push_back(node->parameters[i]);
      } else {
        partial->frame->Bind(node->parameters[i], i < arguments.size() ? arguments[i] : Value());
      }
    }
    return result;
  }
  partial->type = Type::kPartial;
  partial->inner = function;
  if (node != nullptr && node->type == Type::kPartial) {
    // Filled into the places that were open, so that partials of partials do not pile up.
    partial->inner = node->inner;
    Fill(*node, arguments, open);
  }
  partial->filled = std::move(arguments);
  partial->open = std::move(open);
  return result;
}

Outcome<Value> Evaluator::FillPartial(const FunctionNode& partial, std::vector<Value> arguments) {
  std::vector<Value> all = partial.filled;
  std::size_t next = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (partial.open[i] && next < arguments.size()) all[i] = std::move(arguments[next++]);
  }
  while (!all.empty() && all.back().IsUndefined()) all.pop_back();
  return Apply(partial.inner, std::move(all), Value());
}

Outcome<Value> Evaluator::Call(const Value& function, std::vector<Value> arguments) {
  if (!Spend(1)) return TimeExceeded();
  return Apply(function, std::move(arguments), Value::Null());
}

Outcome<Value> Evaluator::Apply(const Value& function, std::vector<Value> arguments,
                                const Value& input) {
  TL_TRY(Value result, ApplyOnce(function, std::move(arguments), input));
  while (result.IsFunction() && result.function() != nullptr && result.function()->thunk) {
    const Value thunk = std::move(result);
    const FunctionNode& call = *thunk.function();
    const Node& node = *call.node->rhs;
    TL_TRY(const Value next, Evaluate(*node.lhs, call.input, call.frame));
    std::vector<Value> next_arguments;
    for (const NodePtr& item : node.items) {
      TL_TRY(Value argument, Evaluate(*item, call.input, call.frame));
      next_arguments.push_back(std::move(argument));
    }
    Outcome<Value> applied = ApplyOnce(next, std::move(next_arguments), input);
    if (!applied) return Place(std::move(applied).error(), node);
    result = std::move(applied).value();
  }
  if (result.Depth() > kMaxNesting) return StackExceeded();
  return result;
}

Outcome<Value> Evaluator::ApplyOnce(const Value& function, std::vector<Value> arguments,
                                    const Value& input) {
  if (!function.IsFunction()) return Failure("T1006");
  if (const Builtin* builtin = function.builtin()) {
    return ApplyBuiltin(*builtin, std::move(arguments), input);
  }
  const FunctionNode& node = *function.function();
  if (node.type == Type::kLambda && node.signature != nullptr) {
    TL_TRY(arguments, node.signature->Validate(arguments, input));
  }
  return ApplyNode(node, std::move(arguments));
}

Outcome<Value> Evaluator::ApplyNode(const FunctionNode& function, std::vector<Value> arguments) {
  switch (function.type) {
    case Type::kLambda:
      return ApplyLambda(function, std::move(arguments));
    case Type::kPartial:
      return FillPartial(function, std::move(arguments));
    case Type::kPassed:
      return Apply(function.inner, std::move(arguments), Value::Null());
    case Type::kRegex:
      return ApplyRegex(function, std::move(arguments));
    case Type::kTransform:
      return ApplyTransform(function, arguments.empty() ? Value() : arguments.front());
    case Type::kNextMatch:
      return FindMatch(function, function.text, function.from);
  }
  return Value();
}

Outcome<Value> Evaluator::ApplyBuiltin(const Builtin& builtin, std::vector<Value> arguments,
                                       const Value& input) {
  TL_TRY(arguments, SignatureOf(builtin).Validate(arguments, input));
  while (arguments.size() < builtin.arity) arguments.emplace_back();
  std::uint64_t cost = 0;
  for (const Value& argument : arguments) cost += CostOf(argument);
  if (!Spend(cost)) return TimeExceeded();
  Outcome<Value> result = builtin.call(*this, arguments);
  if (!result && !result.error().has_token()) result.error().SetToken(builtin.name);
  return result;
}

Outcome<Value> Evaluator::ApplyLambda(const FunctionNode& lambda, std::vector<Value> arguments) {
  const Ref<Frame> frame = frames_.Make(lambda.frame);
  for (std::size_t i = 0; i < lambda.parameters.size(); ++i) {
    frame->Bind(lambda.parameters[i], i < arguments.size() ? std::move(arguments[i]) : Value());
  }
  return Evaluate(*lambda.node->rhs, lambda.input, frame);
}

}  // namespace trunkline::cloud::jsonata
