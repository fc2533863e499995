#include "cloud/services/dynamodb/key_condition.h"

#include <fmt/format.h>

#include "cloud/services/dynamodb/key.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

// Behind every character of a key: keys are UTF-8.
constexpr std::string_view kBehindAll = "\xff";

ServiceError WrongOperator(std::string_view name) {
  return Invalid(fmt::format(
      "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: {}", name));
}

ServiceError NotSupported() {
  return Invalid("Query key condition not supported");
}

Answer<void> CheckOperator(const Node& node) {
  const bool ordered = node.kind == Node::Kind::kCompare && node.name != "<>";
  const bool begins = node.kind == Node::Kind::kFunction && node.name == "begins_with";
  if (!ordered && !begins && node.kind != Node::Kind::kBetween) return WrongOperator(node.name);
  const Node& path = node.children[0];
  if (path.kind == Node::Kind::kFunction) return WrongOperator(path.name);
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    if (node.children[i].kind == Node::Kind::kValue) continue;
    return Invalid(
        "Invalid KeyConditionExpression: No key attribute value was provided for a key condition");
  }
  if (path.kind != Node::Kind::kPath)
    return Invalid("Invalid condition in KeyConditionExpression: " + node.name +
                   " operator must have the key attribute as its first operand");
  if (path.path.size() == 1) return {};
  return Invalid(
      "Invalid KeyConditionExpression: KeyConditionExpressions cannot have conditions on nested "
      "attributes");
}

std::string_view AttributeOf(const Node& node) {
  return node.children[0].path.front().name;
}

Answer<void> CheckValues(const Node& node, const KeyPart& part, bool range) {
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const json::Value& value = *node.children[i].value;
    if (TypeOf(value) != part.type)
      return InvalidValues("Condition parameter type does not match schema type");
    const bool begins = node.kind == Node::Kind::kFunction;
    if (!begins) TL_DO(CheckKeyValue(part, value, range));
  }
  return {};
}

KeyRange RangeOf(const std::string& partition, const Node& node) {
  const json::Value& value = *node.children[1].value;
  const std::string everything(partition + std::string(kBehindAll));
  if (node.kind == Node::Kind::kBetween)
    return {partition + KeyText(value), partition + AfterKey(*node.children[2].value)};
  if (node.kind == Node::Kind::kFunction) {
    const std::string start = partition + KeyStart(value);
    return {start, start + std::string(kBehindAll)};
  }
  const std::string at = partition + KeyText(value);
  const std::string after = partition + AfterKey(value);
  if (node.name == "=") return {at, after};
  if (node.name == "<") return {partition, at};
  if (node.name == "<=") return {partition, after};
  if (node.name == ">") return {after, everything};
  return {at, everything};
}

ServiceError Missed(std::string_view attribute) {
  return Invalid(fmt::format("Query condition missed key schema element: {}", attribute));
}

// The conditions on the partition key and on the sort key, if there is one.
struct Parts {
  const Node* hash = nullptr;
  const Node* range = nullptr;
};

Answer<Parts> FindParts(const std::vector<const Node*>& conditions, const KeySchema& schema) {
  Parts parts;
  for (const Node* condition : conditions) {
    const std::string_view attribute = AttributeOf(*condition);
    const bool hash = attribute == schema.hash.name;
    const bool range = schema.range && attribute == schema.range->name;
    const Node*& part = hash ? parts.hash : parts.range;
    if (part && (hash || range)) {
      return Invalid(
          "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition "
          "per key");
    }
    if (hash || range) part = condition;
  }
  if (!parts.hash) return Missed(schema.hash.name);
  if (conditions.size() == 1 || parts.range) return parts;
  return schema.range ? Missed(schema.range->name) : NotSupported();
}

}  // namespace

Answer<KeyRange> ReadKeyCondition(const Node& condition, const KeySchema& schema) {
  std::vector<const Node*> conditions;
  if (condition.kind == Node::Kind::kAnd) {
    for (const Node& child : condition.children) conditions.push_back(&child);
  } else {
    conditions.push_back(&condition);
  }
  for (const Node* one : conditions) TL_DO(CheckOperator(*one));
  if (conditions.size() > 2) return Invalid("Conditions can be of length 1 or 2 only");
  TL_TRY(const Parts parts, FindParts(conditions, schema));
  if (parts.hash->name != "=") return NotSupported();
  TL_DO(CheckValues(*parts.hash, schema.hash, false));
  const std::string partition = PartitionText(*parts.hash->children[1].value);
  if (!parts.range) return KeyRange{partition, partition + std::string(kBehindAll)};
  TL_DO(CheckValues(*parts.range, *schema.range, true));
  return RangeOf(partition, *parts.range);
}

KeyRange SegmentRange(std::int64_t segment, std::int64_t total) {
  constexpr std::int64_t kHashes = 1LL << 32;
  const auto edge = [&](std::int64_t at) { return fmt::format("{:08x}", kHashes * at / total); };
  return {edge(segment), segment + 1 == total ? std::string(kBehindAll) : edge(segment + 1)};
}

}  // namespace trunkline::cloud::dynamodb
