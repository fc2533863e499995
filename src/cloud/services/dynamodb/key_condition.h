// Key conditions: which run of a table's or an index's order a query reads.
#pragma once

#include <string>
#include <string_view>

#include "cloud/operation.h"
#include "cloud/services/dynamodb/expressions/node.h"
#include "cloud/services/dynamodb/table.h"

namespace trunkline::cloud::dynamodb {

// Keys from `from` (with it) to `to` (without it).
struct KeyRange {
  std::string from;
  std::string to;
};

Answer<KeyRange> ReadKeyCondition(const Node& condition, const KeySchema& schema);
// The run of one segment of a parallel scan; 0 of 1 is everything.
KeyRange SegmentRange(std::int64_t segment, std::int64_t total);

}  // namespace trunkline::cloud::dynamodb
