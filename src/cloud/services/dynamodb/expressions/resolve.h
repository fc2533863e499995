// The first half of the checks, common to conditions and updates: functions are known and in their
// place, names are not reserved, placeholders are defined.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "cloud/operation.h"
#include "cloud/services/dynamodb/expressions/node.h"
#include "cloud/services/dynamodb/expressions/placeholders.h"

namespace trunkline::cloud::dynamodb {

struct FunctionRow {
  std::string_view name;
  std::size_t operands = 0;
};

Answer<void> CheckFunctionNames(const Node& node, std::span<const FunctionRow> known);
Answer<void> CheckReserved(const Node& node);
Answer<void> CheckReserved(const Path& path);
Answer<void> Resolve(Node& node, Placeholders& placeholders);
Answer<void> Resolve(Path& path, Placeholders& placeholders);
Answer<void> CheckOperandCounts(const Node& node, std::span<const FunctionRow> known);
// No two paths are the same, one within the other, or disagree whether something is a map or a
// list.
Answer<void> CheckApart(const std::vector<const Path*>& paths);
ServiceError WrongOperand(std::string_view function, std::string_view type);

}  // namespace trunkline::cloud::dynamodb
