// Applies an update expression to an item.
#pragma once

#include "cloud/operation.h"
#include "cloud/services/dynamodb/expressions/node.h"

namespace trunkline::cloud::dynamodb {

// All operands are what `item` was before. After an error `item` is of no use.
Answer<void> Apply(const Update& update, json::Object& item);

}  // namespace trunkline::cloud::dynamodb
