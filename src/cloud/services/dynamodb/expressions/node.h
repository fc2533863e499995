// What expressions are read into: conditions (of writes, filters, keys), updates, projections.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace trunkline::cloud::dynamodb {

// A member of a map, or an element of a list.
struct Step {
  std::string name;
  std::int64_t index = -1;  // below zero: by name
  bool IsIndex() const { return index >= 0; }
  bool operator==(const Step&) const = default;
};

// A document path: an attribute's name, and steps into it.
using Path = std::vector<Step>;

std::string PathText(const Path& path);  // "[a, [0], b]": as messages show it
// What stands at a path of an item; null: nothing.
const json::Value* Look(const json::Object& item, const Path& path);

struct Node {
  enum class Kind { kPath, kValue, kFunction, kCompare, kBetween, kIn, kAnd, kOr, kNot, kSum };
  Kind kind = Kind::kPath;
  std::string name = {};  // of a function ("size"), an operator ("<>"), a placeholder (":v")
  Path path = {};
  const json::Value* value = nullptr;  // of kValue, owned by the placeholders
  std::vector<Node> children = {};
  bool in_parentheses = false;

  bool IsCondition() const;  // else it is an operand
};

// One action of an update expression.
struct Action {
  enum class Kind { kSet, kRemove, kAdd, kDelete };
  Kind kind = Kind::kSet;
  Path path;
  Node operand;  // nothing of use for kRemove
};

using Update = std::vector<Action>;

}  // namespace trunkline::cloud::dynamodb
