#include "cloud/services/dynamodb/expressions/evaluate.h"

#include <algorithm>

#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

// `made` keeps a value that is computed.
const json::Value* ValueOf(const Node& node, const json::Object& item, json::Value& made) {
  if (node.kind == Node::Kind::kValue) return node.value;
  if (node.kind == Node::Kind::kPath) return Look(item, node.path);
  json::Value inner;
  const json::Value* measured = ValueOf(node.children[0], item, inner);
  const auto length = measured ? LengthOf(*measured) : std::nullopt;
  if (!length) return nullptr;
  made = MakeNumber(std::to_string(*length));
  return &made;
}

bool HoldsInOrder(const std::string& comparator, int order) {
  if (comparator == "<") return order < 0;
  if (comparator == "<=") return order <= 0;
  if (comparator == ">") return order > 0;
  return order >= 0;
}

bool HoldsComparison(const Node& node, const json::Object& item) {
  json::Value first_made;
  json::Value second_made;
  const json::Value* first = ValueOf(node.children[0], item, first_made);
  const json::Value* second = ValueOf(node.children[1], item, second_made);
  if (!first || !second) return node.name == "<>";
  if (node.name == "=") return Equal(*first, *second);
  if (node.name == "<>") return !Equal(*first, *second);
  const auto order = Compare(*first, *second);
  return order && HoldsInOrder(node.name, *order);
}

bool HoldsBetween(const Node& node, const json::Object& item) {
  json::Value made[3];
  const json::Value* value = ValueOf(node.children[0], item, made[0]);
  const json::Value* low = ValueOf(node.children[1], item, made[1]);
  const json::Value* high = ValueOf(node.children[2], item, made[2]);
  if (!value || !low || !high) return false;
  return Compare(*value, *low).value_or(-1) >= 0 && Compare(*value, *high).value_or(1) <= 0;
}

bool HoldsIn(const Node& node, const json::Object& item) {
  json::Value made;
  const json::Value* value = ValueOf(node.children[0], item, made);
  if (!value) return false;
  return std::any_of(node.children.begin() + 1, node.children.end(), [&](const Node& child) {
    json::Value other_made;
    const json::Value* other = ValueOf(child, item, other_made);
    return other && Equal(*value, *other);
  });
}

bool Contains(const json::Value& whole, const json::Value& part) {
  const std::string_view type = TypeOf(whole);
  const std::string_view part_type = TypeOf(part);
  const json::Value& content = ContentOf(whole);
  if (type == "L") {
    return std::any_of(content.AsArray().begin(), content.AsArray().end(),
                       [&](const json::Value& item) { return Equal(item, part); });
  }
  if (IsSet(type)) {
    return part_type == type.substr(0, 1) && HasElement(content.AsArray(), ContentOf(part));
  }
  if (type != part_type || (type != "S" && type != "B")) return false;
  return content.AsString().find(ContentOf(part).AsString()) != std::string::npos;
}

bool BeginsWith(const json::Value& whole, const json::Value& start) {
  const std::string_view type = TypeOf(whole);
  if (type != TypeOf(start) || (type != "S" && type != "B")) return false;
  return ContentOf(whole).AsString().starts_with(ContentOf(start).AsString());
}

bool HoldsFunction(const Node& node, const json::Object& item) {
  json::Value first_made;
  const json::Value* first = ValueOf(node.children[0], item, first_made);
  if (node.name == "attribute_exists") return first != nullptr;
  if (node.name == "attribute_not_exists") return first == nullptr;
  json::Value second_made;
  const json::Value* second = ValueOf(node.children[1], item, second_made);
  if (!first || !second) return false;
  if (node.name == "attribute_type") return TypeOf(*first) == ContentOf(*second).AsString();
  return node.name == "contains" ? Contains(*first, *second) : BeginsWith(*first, *second);
}

}  // namespace

bool Holds(const Node& condition, const json::Object& item) {
  const auto holds = [&](const Node& child) { return Holds(child, item); };
  switch (condition.kind) {
    case Node::Kind::kAnd:
      return std::ranges::all_of(condition.children, holds);
    case Node::Kind::kOr:
      return std::ranges::any_of(condition.children, holds);
    case Node::Kind::kNot:
      return !Holds(condition.children[0], item);
    case Node::Kind::kCompare:
      return HoldsComparison(condition, item);
    case Node::Kind::kBetween:
      return HoldsBetween(condition, item);
    case Node::Kind::kIn:
      return HoldsIn(condition, item);
    default:
      return HoldsFunction(condition, item);
  }
}

}  // namespace trunkline::cloud::dynamodb
