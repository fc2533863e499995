// The parameters that expressions replaced (Expected, AttributeUpdates, KeyConditions, QueryFilter,
// ScanFilter, AttributesToGet), read into the same trees.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "cloud/operation.h"
#include "cloud/services/dynamodb/expressions/node.h"
#include "cloud/services/dynamodb/expressions/placeholders.h"

namespace trunkline::cloud::dynamodb {

// An error when an input has both old parameters and expressions.
Answer<void> CheckNotMixed(const json::Object& input, std::span<const std::string_view> old,
                           std::span<const std::string_view> expressions);

// {attribute: {ComparisonOperator, AttributeValueList}}, joined as ConditionalOperator says.
Answer<Node> ReadConditions(const json::Object& conditions, std::string_view joined_by,
                            Placeholders& placeholders);
// Expected, which also has {Value, Exists}.
Answer<Node> ReadExpected(const json::Object& input, Placeholders& placeholders);
Answer<Update> ReadAttributeUpdates(const json::Object& updates, Placeholders& placeholders);
std::vector<Path> ReadAttributesToGet(const json::Array& names);

}  // namespace trunkline::cloud::dynamodb
