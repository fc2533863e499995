// Node: one piece of a parsed expression.
//
// The parser makes nodes as the text has them (operators with two sides); resolve.h then turns
// chains of "." and "[" into paths of steps with stages, finds what "%" means, and marks tail
// calls. After that nothing changes any more.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cloud/services/stepfunctions/jsonata/regex.h"
#include "cloud/services/stepfunctions/jsonata/signature.h"

namespace trunkline::cloud::jsonata {

struct Node;
using NodePtr = std::unique_ptr<Node>;

enum class NodeType : std::uint8_t {
  kApply,        // lhs ~> rhs
  kArray,        // [items]
  kBinary,       // lhs operation rhs
  kBind,         // $text := rhs
  kBlock,        // (items)
  kCondition,    // lhs ? rhs : third
  kDescendants,  // **
  kEnd,          // where an operand is missing
  kFilterBy,     // lhs[rhs], before resolving
  kFocus,        // lhs@$text, before resolving
  kFunction,     // lhs(items)
  kGroupBy,      // lhs{pairs}, before resolving
  kIndexBy,      // lhs#$text, before resolving
  kLambda,       // function(items){rhs}
  kLiteral,      // true, false, null
  kMap,          // lhs.rhs, before resolving
  kName,
  kNegate,  // -rhs
  kNumber,
  kObject,       // {pairs}
  kOrderBy,      // lhs^(terms), before resolving
  kParent,       // %
  kPartial,      // lhs(items) with placeholders
  kPath,         // items, one after the other
  kPlaceholder,  // ?
  kRegex,
  kSort,  // a step of a path
  kString,
  kTransform,  // |lhs|rhs,third|
  kVariable,   // $text
  kWildcard,   // *
};

enum class Operation : std::uint8_t {
  kNone,
  kAdd,
  kAnd,
  kConcatenate,
  kDivide,
  kEqual,
  kGreater,
  kGreaterEqual,
  kIn,
  kLess,
  kLessEqual,
  kMultiply,
  kNotEqual,
  kOr,
  kRange,
  kRemainder,
  kSubtract,
};

using Pairs = std::vector<std::pair<NodePtr, NodePtr>>;

struct Group {
  Pairs pairs;
  std::uint32_t position = 0;
};

struct SortTerm {
  bool descending = false;
  NodePtr expression;
};

// What a step does to what it selected.
struct Stage {
  NodePtr filter;          // null for an index
  std::string index_name;  // the variable that gets the position
};

// Where a "%" leads: how many levels up it still has to go while resolving, and the name under
// which the step it ends at keeps its input.
struct Slot {
  std::string label;
  int level = 1;
};

struct Node {
  NodeType type = NodeType::kLiteral;
  Operation operation = Operation::kNone;
  std::uint32_t position = 0;  // bytes up to the end of its token
  std::uint32_t height = 1;    // of the tree from here down
  std::string text;            // a name, a string, a variable; the spelling of an operator
  double number = 0;
  std::optional<bool> boolean;  // of a literal; none is null

  NodePtr lhs;
  NodePtr rhs;
  NodePtr third;
  std::vector<NodePtr> items;
  Pairs pairs;
  std::vector<SortTerm> terms;
  std::vector<NodePtr> predicates;  // filters, outside of a path
  std::vector<Stage> stages;        // of a step
  std::optional<Group> group;
  std::string focus;  // the variable that "@" gives a step's items
  std::string index;  // the variable that "#" gives their positions

  std::shared_ptr<Slot> slot;                  // of "%"
  std::shared_ptr<Slot> ancestor;              // keeps the step's input for a "%"
  std::vector<std::shared_ptr<Slot>> seeking;  // not yet found, while resolving

  bool keep_array = false;      // [] behind it
  bool keep_singleton = false;  // of a path: some step has []
  bool cons = false;            // an array that is not flattened
  bool tuple = false;           // makes or carries a stream of bindings
  bool thunk = false;           // of a lambda: a tail call, made when its function returns

  std::shared_ptr<const Signature> signature;
  std::shared_ptr<const Regex> regex;
  std::string source;  // of the root only: the whole text
};

}  // namespace trunkline::cloud::jsonata
