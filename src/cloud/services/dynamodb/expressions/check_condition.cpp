#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cloud/services/dynamodb/expressions/check.h"
#include "cloud/services/dynamodb/expressions/resolve.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::array<FunctionRow, 6> kFunctions = {{{"attribute_exists", 1},
                                                    {"attribute_not_exists", 1},
                                                    {"attribute_type", 2},
                                                    {"begins_with", 2},
                                                    {"contains", 2},
                                                    {"size", 1}}};
constexpr std::array<std::string_view, 10> kTypes = {"B",  "NULL", "SS", "BOOL", "L",
                                                     "BS", "N",    "NS", "S",    "M"};
constexpr std::size_t kMostInOperands = 100;

ServiceError Misused(const Node& function) {
  return Invalid(
      fmt::format("The function is not allowed to be used this way in an expression; function: {}",
                  function.name));
}

// Functions are conditions; only size() is an operand.
Answer<void> CheckPlaces(const Node& node, bool as_condition) {
  if (node.kind == Node::Kind::kFunction && node.IsCondition() != as_condition)
    return Misused(node);
  const bool joins = node.kind == Node::Kind::kAnd || node.kind == Node::Kind::kOr ||
                     node.kind == Node::Kind::kNot;
  for (const Node& child : node.children) TL_DO(CheckPlaces(child, joins));
  return {};
}

// The type of what is known before any item is.
std::string_view KnownType(const Node& node) {
  if (node.kind == Node::Kind::kValue) return TypeOf(*node.value);
  return node.kind == Node::Kind::kFunction ? "N" : "";
}

Answer<void> CheckDistinct(const Node& node) {
  if (node.children.size() != 2) return {};
  const Node& first = node.children[0];
  if (first.kind != Node::Kind::kPath || node.children[1].kind != Node::Kind::kPath) return {};
  if (first.path != node.children[1].path) return {};
  return Invalid(
      fmt::format("The first operand must be distinct from the remaining operands for this "
                  "operator or function; operator: {}, first operand: {}",
                  node.name, PathText(first.path)));
}

Answer<void> CheckBounds(const Node& node) {
  const Node& low = node.children[1];
  const Node& high = node.children[2];
  if (low.kind != Node::Kind::kValue || high.kind != Node::Kind::kValue) return {};
  const auto bounds = [&](std::string_view what) {
    return Invalid(fmt::format(
        "The BETWEEN operator requires {}; lower bound operand: AttributeValue: {}, upper bound "
        "operand: AttributeValue: {}",
        what, Shown(*low.value), Shown(*high.value)));
  };
  if (KnownType(low) != KnownType(high)) return bounds("same data type for lower and upper bounds");
  if (Compare(*low.value, *high.value).value_or(0) > 0)
    return bounds("upper bound to be greater than or equal to lower bound");
  return {};
}

Answer<void> CheckTypeName(const Node& node) {
  const std::string_view type = KnownType(node.children[1]);
  if (type != "S") {
    return WrongOperand(node.name,
                        type.empty() ? std::string_view("{NS,SS,L,BS,N,M,B,BOOL,NULL,S}") : type);
  }
  const std::string& name = ContentOf(*node.children[1].value).AsString();
  if (std::ranges::find(kTypes, name) != kTypes.end()) return {};
  return Invalid(fmt::format(
      "Invalid attribute type name found; type: {}, valid types: {{B,NULL,SS,BOOL,L,BS,N,NS,S,M}}",
      name));
}

Answer<void> CheckFunction(const Node& node) {
  const Node& first = node.children[0];
  if (node.name == "size") {
    const std::string_view type = KnownType(first);
    if (type == "N" || type == "BOOL" || type == "NULL") return WrongOperand(node.name, type);
    return {};
  }
  if (node.name == "attribute_type") return CheckTypeName(node);
  if (node.name == "begins_with") {
    for (const Node& child : node.children) {
      const std::string_view type = KnownType(child);
      if (!type.empty() && type != "S" && type != "B") return WrongOperand(node.name, type);
    }
    return {};
  }
  if (node.name == "contains" || first.kind == Node::Kind::kPath) return {};
  return Invalid(fmt::format(
      "Operator or function requires a document path; operator or function: {}", node.name));
}

// Only texts, numbers and bytes have an order.
Answer<void> CheckOrdered(const Node& node) {
  if (node.kind == Node::Kind::kCompare && (node.name == "=" || node.name == "<>")) return {};
  for (const Node& child : node.children) {
    const std::string_view type = KnownType(child);
    if (!type.empty() && type != "S" && type != "N" && type != "B")
      return WrongOperand(node.name, type);
  }
  return {};
}

Answer<void> CheckTypes(const Node& node) {
  for (const Node& child : node.children) TL_DO(CheckTypes(child));
  switch (node.kind) {
    case Node::Kind::kFunction:
      TL_DO(CheckDistinct(node));
      return CheckFunction(node);
    case Node::Kind::kCompare:
      TL_DO(CheckDistinct(node));
      return CheckOrdered(node);
    case Node::Kind::kBetween:
      TL_DO(CheckBounds(node));
      return CheckOrdered(node);
    case Node::Kind::kIn:
      if (node.children.size() <= kMostInOperands + 1) return {};
      return Invalid(
          fmt::format("The IN operator is provided with too many operands; number of operands: {}",
                      node.children.size() - 1));
    default:
      return {};
  }
}

}  // namespace

Answer<void> CheckCondition(Node& node, Placeholders& placeholders) {
  TL_DO(CheckFunctionNames(node, kFunctions));
  TL_DO(CheckPlaces(node, true));
  TL_DO(CheckReserved(node));
  TL_DO(Resolve(node, placeholders));
  TL_DO(CheckOperandCounts(node, kFunctions));
  return CheckTypes(node);
}

}  // namespace trunkline::cloud::dynamodb
