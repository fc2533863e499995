// What is wrong with an expression that can be read: unknown and misused functions, reserved words,
// placeholders nobody defined, operands of the wrong number or type; in DynamoDB's order. Resolves
// placeholders on the way.
#pragma once

#include <vector>

#include "cloud/operation.h"
#include "cloud/services/dynamodb/expressions/node.h"
#include "cloud/services/dynamodb/expressions/placeholders.h"

namespace trunkline::cloud::dynamodb {

Answer<void> CheckCondition(Node& node, Placeholders& placeholders);
// Of actions: their operands, and that no two paths meet.
Answer<void> CheckUpdate(Update& update, Placeholders& placeholders);
Answer<void> CheckProjection(std::vector<Path>& paths, Placeholders& placeholders);

}  // namespace trunkline::cloud::dynamodb
