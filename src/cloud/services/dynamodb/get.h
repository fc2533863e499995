// One item by its key: GetItem, and the parts of BatchGetItem and TransactGetItems.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cloud/context.h"
#include "cloud/services/dynamodb/capacity.h"
#include "cloud/services/dynamodb/expressions/node.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud::dynamodb {

// What is asked of a table: the same for all keys of a batch.
struct Selection {
  Table table;
  std::vector<Path> paths;  // none: everything
  bool consistent = false;
};

struct Get {
  Selection selection;
  std::string key;
};

struct Got {
  std::optional<json::Object> item;
  Consumed consumed;
};

// `input` has ProjectionExpression or AttributesToGet, and ConsistentRead.
Answer<Selection> ReadSelection(Context& context, std::string_view table,
                                const json::Object& input);
Answer<std::string> ReadKey(const Table& table, json::Object key);
Answer<Get> PrepareGet(Context& context, const json::Object& input);
Got PerformGet(Context& context, const Get& get);
Got PerformGet(Context& context, const Selection& selection, const std::string& key);

}  // namespace trunkline::cloud::dynamodb
