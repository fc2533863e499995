// The part of an item that some paths name.
#pragma once

#include <vector>

#include "base/json.h"
#include "cloud/services/dynamodb/expressions/node.h"

namespace trunkline::cloud::dynamodb {

// Maps keep what is named of them; lists too, without gaps. Paths that lead nowhere give nothing.
json::Object Project(const json::Object& item, const std::vector<Path>& paths);

}  // namespace trunkline::cloud::dynamodb
