// One write of one item: PutItem, UpdateItem, DeleteItem, and the parts of a transaction, which
// have the same members. First all that can be wrong with the request is found, then it is done.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cloud/context.h"
#include "cloud/services/dynamodb/capacity.h"
#include "cloud/services/dynamodb/expressions/node.h"
#include "cloud/services/dynamodb/expressions/placeholders.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud::dynamodb {

enum class WriteKind { kPut, kUpdate, kDelete, kCheck };

struct Write {
  WriteKind kind = WriteKind::kPut;
  Table table;
  std::string key;     // as the store has it
  json::Object given;  // the item, or the key attributes
  Placeholders placeholders;
  std::optional<Node> condition;
  Update update;
  bool tells_item = false;  // ReturnValuesOnConditionCheckFailure
};

struct Written {
  std::optional<json::Object> before;
  std::optional<json::Object> after;
  Consumed consumed;
};

Answer<Write> PrepareWrite(Context& context, WriteKind kind, const json::Object& input);
// An unmet condition is a ConditionalCheckFailedException.
Answer<Written> PerformWrite(Context& context, const Write& write);

}  // namespace trunkline::cloud::dynamodb
