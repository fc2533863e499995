#include "cloud/services/dynamodb/legacy.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

struct OperatorRow {
  std::string_view name;
  Node::Kind kind;
  std::string_view as;
  std::size_t least;
  std::size_t most;
  bool inverted = false;
};
constexpr std::size_t kMany = 100;
constexpr std::array<OperatorRow, 13> kOperators = {{
    {"BEGINS_WITH", Node::Kind::kFunction, "begins_with", 1, 1},
    {"BETWEEN", Node::Kind::kBetween, "BETWEEN", 2, 2},
    {"CONTAINS", Node::Kind::kFunction, "contains", 1, 1},
    {"EQ", Node::Kind::kCompare, "=", 1, 1},
    {"GE", Node::Kind::kCompare, ">=", 1, 1},
    {"GT", Node::Kind::kCompare, ">", 1, 1},
    {"IN", Node::Kind::kIn, "IN", 1, kMany},
    {"LE", Node::Kind::kCompare, "<=", 1, 1},
    {"LT", Node::Kind::kCompare, "<", 1, 1},
    {"NE", Node::Kind::kCompare, "<>", 1, 1},
    {"NOT_CONTAINS", Node::Kind::kFunction, "contains", 1, 1, true},
    {"NOT_NULL", Node::Kind::kFunction, "attribute_exists", 0, 0},
    {"NULL", Node::Kind::kFunction, "attribute_not_exists", 0, 0},
}};

Node PathNode(std::string_view attribute) {
  Node node;
  node.path.push_back({.name = std::string(attribute)});
  return node;
}

Answer<Node> ValueNode(json::Value value, Placeholders& placeholders) {
  TL_DO(Normalize(value));
  Node node{.kind = Node::Kind::kValue};
  node.value = placeholders.Own(std::move(value));
  return node;
}

Answer<Node> MakeCondition(std::string_view attribute, std::string_view name,
                           const json::Array& values, Placeholders& placeholders) {
  const auto* const row = std::ranges::find(kOperators, name, &OperatorRow::name);
  if (row == kOperators.end())
    return Invalid(fmt::format("Unsupported operator on KeyCondition: {}", name));
  if (values.size() < row->least || values.size() > row->most) {
    return InvalidValues(
        fmt::format("Invalid number of argument(s) for the {} ComparisonOperator", name));
  }
  Node node{.kind = row->kind, .name = std::string(row->as)};
  node.children.push_back(PathNode(attribute));
  for (const json::Value& value : values) {
    TL_TRY(Node child, ValueNode(value, placeholders));
    node.children.push_back(std::move(child));
  }
  if (!row->inverted) return node;
  Node inverted{.kind = Node::Kind::kNot, .name = "NOT"};
  inverted.children.push_back(std::move(node));
  return inverted;
}

Node JoinConditions(std::vector<Node> conditions, std::string_view joined_by) {
  if (conditions.size() == 1) return std::move(conditions.front());
  Node node{.kind = joined_by == "OR" ? Node::Kind::kOr : Node::Kind::kAnd,
            .name = joined_by == "OR" ? "OR" : "AND"};
  node.children = std::move(conditions);
  return node;
}

Answer<Node> ReadCondition(std::string_view attribute, const json::Object& condition,
                           Placeholders& placeholders) {
  return MakeCondition(attribute, condition.GetString("ComparisonOperator"),
                       condition.GetArray("AttributeValueList"), placeholders);
}

// {Value, Exists}: the value is there, or nothing is.
Answer<Node> ReadExists(std::string_view attribute, const json::Object& expected,
                        Placeholders& placeholders) {
  const json::Value* value = expected.Find("Value");
  if (!expected.GetBool("Exists", true)) {
    if (!value) return MakeCondition(attribute, "NULL", {}, placeholders);
    return InvalidValues(
        fmt::format("Value cannot be used when Exists is false for Attribute: {}", attribute));
  }
  if (value) return MakeCondition(attribute, "EQ", {*value}, placeholders);
  return InvalidValues(fmt::format("Value must be provided when Exists is {} for Attribute: {}",
                                   expected.Has("Exists") ? "true" : "null", attribute));
}

std::string Present(const json::Object& input, std::span<const std::string_view> names) {
  std::vector<std::string> present;
  for (const std::string_view name : names)
    if (input.Has(name)) present.emplace_back(name);
  return Join(present, ", ");
}

Answer<Action> ReadUpdate(std::string_view attribute, const json::Object& update,
                          Placeholders& placeholders) {
  const std::string_view name = update.GetString("Action", "PUT");
  const json::Value* value = update.Find("Value");
  Action action{.kind = name == "PUT"   ? Action::Kind::kSet
                        : name == "ADD" ? Action::Kind::kAdd
                        : value         ? Action::Kind::kDelete
                                        : Action::Kind::kRemove,
                .path = PathNode(attribute).path,
                .operand = {}};
  if (action.kind == Action::Kind::kRemove) return action;
  if (!value)
    return InvalidValues("Only DELETE action is allowed when no attribute value is specified");
  TL_TRY(action.operand, ValueNode(*value, placeholders));
  const std::string_view type = TypeOf(*action.operand.value);
  const bool fits = action.kind == Action::Kind::kSet || IsSet(type) ||
                    (action.kind == Action::Kind::kAdd && type == "N");
  if (fits) return action;
  return InvalidValues(fmt::format("{} action is not supported for the type {}", name, type));
}

}  // namespace

Answer<void> CheckNotMixed(const json::Object& input, std::span<const std::string_view> old,
                           std::span<const std::string_view> expressions) {
  const std::string old_ones = Present(input, old);
  const std::string new_ones = Present(input, expressions);
  if (old_ones.empty() || new_ones.empty()) return {};
  return Invalid(
      fmt::format("Can not use both expression and non-expression parameters in the same request: "
                  "Non-expression parameters: {{{}}} Expression parameters: {{{}}}",
                  old_ones, new_ones));
}

Answer<Node> ReadConditions(const json::Object& conditions, std::string_view joined_by,
                            Placeholders& placeholders) {
  std::vector<Node> nodes;
  for (const json::Member& member : conditions) {
    TL_TRY(Node node, ReadCondition(member.key, member.value.AsObject(), placeholders));
    nodes.push_back(std::move(node));
  }
  return JoinConditions(std::move(nodes), joined_by);
}

Answer<Node> ReadExpected(const json::Object& input, Placeholders& placeholders) {
  std::vector<Node> nodes;
  for (const json::Member& member : input.GetObject("Expected")) {
    const json::Object& expected = member.value.AsObject();
    TL_TRY(Node node, expected.Has("ComparisonOperator")
                          ? ReadCondition(member.key, expected, placeholders)
                          : ReadExists(member.key, expected, placeholders));
    nodes.push_back(std::move(node));
  }
  return JoinConditions(std::move(nodes), input.GetString("ConditionalOperator"));
}

Answer<Update> ReadAttributeUpdates(const json::Object& updates, Placeholders& placeholders) {
  Update update;
  for (const json::Member& member : updates) {
    TL_TRY(Action action, ReadUpdate(member.key, member.value.AsObject(), placeholders));
    update.push_back(std::move(action));
  }
  return update;
}

std::vector<Path> ReadAttributesToGet(const json::Array& names) {
  std::vector<Path> paths;
  for (const json::Value& name : names) paths.push_back(PathNode(name.AsString()).path);
  return paths;
}

}  // namespace trunkline::cloud::dynamodb
