// Filters of paths: what stands in [?( )]: comparisons of "@..." paths with each other and with
// literals, joined by &&, || and !.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "cloud/services/stepfunctions/json_path.h"

namespace trunkline::cloud::stepfunctions {

struct FilterOperand {
  std::optional<JsonPath> path;  // else the literal
  bool from_root = false;        // "$..." instead of "@..."
  json::Value literal;
};

struct PathFilter {
  enum class Kind { kOr, kAnd, kNot, kExists, kCompare };
  Kind kind = Kind::kExists;
  std::vector<std::shared_ptr<const PathFilter>> parts;
  FilterOperand left;
  FilterOperand right;
  std::string comparison;  // "==", "!=", "<", "<=", ">", ">="
};

// Reads a filter from the text between "?(" and the matching ")".
Result<std::shared_ptr<const PathFilter>> ParseFilter(std::string_view text);

bool Holds(const PathFilter& filter, const json::Value& item, const json::Value& root);

}  // namespace trunkline::cloud::stepfunctions
