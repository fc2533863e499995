// A page of a table or an index: what Query and Scan have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cloud/context.h"
#include "cloud/services/dynamodb/capacity.h"
#include "cloud/services/dynamodb/expressions/node.h"
#include "cloud/services/dynamodb/expressions/placeholders.h"
#include "cloud/services/dynamodb/key_condition.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud::dynamodb {

struct Reading {
  Table table;
  const Index* index = nullptr;  // of `table`; null: the table itself
  KeyRange range;
  bool backward = false;
  Placeholders placeholders;
  std::optional<Node> filter;
  std::vector<Path> paths;   // none: all that is there
  bool counts = false;       // items are not told
  bool whole_items = false;  // of a local index: more than it has
  bool consistent = false;
  std::optional<std::int64_t> limit;

  const KeySchema& key() const { return index ? index->key : table.key; }
};

// Table, index, what is selected and how much; expressions but for the key condition.
Answer<Reading> ReadReading(Context& context, const json::Object& input,
                            const std::vector<std::string_view>& expressions);
// Moves the range behind ExclusiveStartKey.
Answer<void> StartBehind(Reading& reading, json::Object start_key);
// The answer to the operation: Items, Count, ScannedCount, LastEvaluatedKey, ConsumedCapacity.
json::Object ReadPage(Context& context, const Reading& reading, const json::Object& input);

}  // namespace trunkline::cloud::dynamodb
