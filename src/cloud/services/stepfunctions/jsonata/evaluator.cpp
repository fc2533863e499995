#include "cloud/services/stepfunctions/jsonata/evaluator.h"

#include "cloud/services/stepfunctions/jsonata/builtins.h"
#include "cloud/services/stepfunctions/jsonata/convert.h"

namespace trunkline::cloud::jsonata {

Evaluator::Evaluator(const json::Value& input, const Bindings& bindings, World world)
    : world_(world), bindings_(bindings), root_(Value::OfJson(input)), context_(root_) {
  if (!root_.IsArray()) return;
  std::vector<Value> wrapped;
  wrapped.push_back(root_);
  context_ = Value::Array(std::move(wrapped), kSequence | kOuter);
}

Outcome<Value> Evaluator::Run(const Node& root) {
  return Evaluate(root, context_, frames_.Make(Ref<Frame>()));
}

bool Evaluator::Spend(std::uint64_t steps) {
  if (steps_ < steps) {
    steps_ = 0;
    return false;
  }
  steps_ -= steps;
  return true;
}

const json::Value& Evaluator::Hold(json::Value document) {
  return held_.emplace_back(std::move(document));
}

Outcome<Value> Evaluator::MakeText(std::string text) {
  if (text.size() > kMaxTextBytes) return MemoryExceeded();
  if (!Spend(text.size() / 16)) return TimeExceeded();
  return Value::Text(std::move(text));
}

Outcome<Value> Evaluator::MakeArray(std::vector<Value> items, std::uint8_t marks) {
  if (items.size() > kMaxItems) return MemoryExceeded();
  if (!Spend(items.size())) return TimeExceeded();
  return Value::Array(std::move(items), marks);
}

Outcome<Value> Evaluator::Evaluate(const Node& node, const Value& input, const Ref<Frame>& frame) {
  if (!Spend(1)) return TimeExceeded();
  if (++depth_ > kMaxEvaluationDepth) return StackExceeded();
  Outcome<Value> result = EvaluateByType(node, input, frame);
  if (result) result = Finish(node, std::move(result).value(), frame);
  --depth_;
  return result;
}

Outcome<Value> Evaluator::EvaluateByType(const Node& node, const Value& input,
                                         const Ref<Frame>& frame) {
  switch (node.type) {
    case NodeType::kPath:
      return EvaluatePath(node, input, frame);
    case NodeType::kName:
      return EvaluateName(node, input);
    case NodeType::kVariable:
      return EvaluateVariable(node, input, frame);
    case NodeType::kString:
      return Value::TextOf(node.text);
    case NodeType::kNumber:
      return Value::Number(node.number);
    case NodeType::kLiteral:
      return node.boolean ? Value::Bool(*node.boolean) : Value::Null();
    case NodeType::kBinary:
      return EvaluateBinary(node, input, frame);
    case NodeType::kNegate:
      return EvaluateNegation(node, input, frame);
    case NodeType::kArray:
      return EvaluateArray(node, input, frame);
    case NodeType::kObject:
      return EvaluateGroup(node.pairs, node.position, input, frame);
    case NodeType::kWildcard:
      return EvaluateWildcard(input);
    case NodeType::kDescendants:
      return EvaluateDescendants(input);
    case NodeType::kParent:
      return LookUp(node.slot->label, frame);
    case NodeType::kCondition:
      return EvaluateCondition(node, input, frame);
    case NodeType::kBlock:
      return EvaluateBlock(node, input, frame);
    case NodeType::kBind:
      return EvaluateBind(node, input, frame);
    case NodeType::kFunction:
      return EvaluateFunction(node, input, frame, nullptr);
    case NodeType::kLambda:
    case NodeType::kRegex:
    case NodeType::kTransform:
      return EvaluateLambda(node, input, frame);
    case NodeType::kPartial:
      return EvaluatePartial(node, input, frame);
    case NodeType::kApply:
      return EvaluateApply(node, input, frame);
    default:
      return Value();
  }
}

Outcome<Value> Evaluator::Finish(const Node& node, Value result, const Ref<Frame>& frame) {
  for (const NodePtr& predicate : node.predicates) {
    TL_TRY(result, EvaluateFilter(*predicate, std::move(result), frame));
  }
  if (node.group && node.type != NodeType::kPath) {
    TL_TRY(result, EvaluateGroup(node.group->pairs, node.group->position, result, frame));
  }
  if (result.Depth() > kMaxNesting) return StackExceeded();
  if (!result.IsSequence() || result.Has(kTuples)) return result;
  if (node.keep_array) result.Set(kKeepSingleton);
  if (result.size() == 0) return Value();
  if (result.size() == 1 && !result.Has(kKeepSingleton)) return result.Item(0);
  return result;
}

Value Evaluator::LookUp(std::string_view name, const Ref<Frame>& frame) const {
  Value scratch;
  if (const Value* found = frame->Find(name, scratch)) return *found;
  if (name == "$") return root_;
  const auto bound = bindings_.variables.find(std::string(name));
  if (bound != bindings_.variables.end()) return Value::OfJson(bound->second);
  const Builtin* builtin = FindBuiltin(name);
  return builtin != nullptr ? Value::Function(*builtin) : Value();
}

}  // namespace trunkline::cloud::jsonata
