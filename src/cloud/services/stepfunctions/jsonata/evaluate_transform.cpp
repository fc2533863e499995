// |where|update,delete|: a copy of the argument, changed at every place the pattern selects.
#include "cloud/services/stepfunctions/jsonata/convert.h"
#include "cloud/services/stepfunctions/jsonata/evaluator.h"
#include "cloud/services/stepfunctions/jsonata/nodes.h"

namespace trunkline::cloud::jsonata {

// All new objects, so that changing them changes nothing else. Numbers keep their spelling.
Outcome<Value> Evaluator::Clone(const Value& value, std::uint32_t depth) {
  if (depth > kMaxNesting) return StackExceeded();
  if (value.IsArray()) {
    std::vector<Value> items;
    for (std::size_t i = 0; i < value.size(); ++i) {
      TL_TRY(Value item, Clone(value.Item(i), depth + 1));
      items.push_back(item.IsUndefined() ? Value::Null() : std::move(item));
    }
    return MakeArray(std::move(items));
  }
  if (value.IsFunction()) return Value::Text("");
  if (!value.IsObject()) return value;
  if (!Spend(value.size())) return TimeExceeded();
  auto* object = new ObjectNode();
  Value copy = Value::Object(object);
  for (std::size_t i = 0; i < value.size(); ++i) {
    TL_TRY(Value member, Clone(value.MemberAt(i), depth + 1));
    if (!member.IsUndefined()) object->Set(value.KeyAt(i), std::move(member));
  }
  return copy;
}

Outcome<Value> Evaluator::ApplyTransform(const FunctionNode& transform, const Value& argument) {
  if (argument.IsUndefined()) return argument;
  if (!argument.IsObject() && !argument.IsArray()) {
    return Failure("T0410").With("index", "1");
  }
  const Node& node = *transform.node;
  if (!LookUp("clone", transform.frame).IsFunction()) return Failure("T2013").At(node.position);
  TL_TRY(Value result, Clone(argument, 0));
  TL_TRY(const Value matches, Evaluate(*node.lhs, result, transform.frame));
  if (matches.IsUndefined()) return result;
  if (!matches.IsArray()) {
    TL_DO(TransformMatch(node, matches, transform.frame));
    return result;
  }
  for (std::size_t i = 0; i < matches.size(); ++i) {
    TL_DO(TransformMatch(node, matches.Item(i), transform.frame));
  }
  return result;
}

Outcome<void> Evaluator::TransformMatch(const Node& node, const Value& match,
                                        const Ref<Frame>& frame) {
  ObjectNode* object = match.computed_object();
  TL_TRY(const Value update, Evaluate(*node.rhs, match, frame));
  if (!update.IsUndefined() && !update.IsObject()) {
    return Failure("T2011").At(node.rhs->position).With("value", Show(update));
  }
  if (object == nullptr && update.IsObject() && update.size() > 0 && !match.IsArray()) {
    return Failure::Limit("The transform expression matches a value that is not an object: " +
                          Show(match));
  }
  for (std::size_t i = 0; update.IsObject() && object != nullptr && i < update.size(); ++i) {
    // Copied: an update made of the match itself would make it contain itself.
    TL_TRY(Value member, Clone(update.MemberAt(i), 0));
    object->Set(update.KeyAt(i), std::move(member));
  }
  if (!node.third) return {};
  TL_TRY(const Value deletions, Evaluate(*node.third, match, frame));
  if (deletions.IsUndefined()) return {};
  const std::size_t count = deletions.IsArray() ? deletions.size() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    const Value key = deletions.IsArray() ? deletions.Item(i) : deletions;
    if (!key.IsText()) {
      return Failure("T2012").At(node.third->position).With("value", Show(deletions));
    }
    if (object == nullptr) continue;
    if (!Spend(object->members.size())) return TimeExceeded();
    object->Remove(key.AsText());
  }
  return {};
}

}  // namespace trunkline::cloud::jsonata
