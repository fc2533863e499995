// Whether a condition holds for an item. What is not there, or of another type, makes a comparison
// false, and "<>" true.
#pragma once

#include "base/json.h"
#include "cloud/services/dynamodb/expressions/node.h"

namespace trunkline::cloud::dynamodb {

bool Holds(const Node& condition, const json::Object& item);

}  // namespace trunkline::cloud::dynamodb
