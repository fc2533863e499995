// Which action of one version of a flow is which action of the other.
//
// Identifiers say little: the console gives new ones when a flow is imported, and people rename
// them. So actions are matched by what they do and where they stand. In this order:
//   1. the same action with the same surroundings, the widest surroundings first;
//   2. the same identifier, where identifiers were kept (most of the pairs so far have equal ones);
//   3. what the same branch of a matched pair leads to, or comes from;
//   4. the same action anywhere;
//   5. of the same type, the most alike.
// An action is never matched with one of another type.
//
// Cost: linear in actions and branches, but for step 5, which compares what is left of each type
// with each other, and stops at a limit.
#pragma once

#include <cstddef>
#include <vector>

#include "flow/document.h"

namespace trunkline::flow {

// For each action of one version the position of its counterpart in the other; kNoAction
// (flow/graph.h) without one.
struct Matching {
  std::vector<std::size_t> after_of;   // by the position in before.actions
  std::vector<std::size_t> before_of;  // by the position in after.actions
};

Matching MatchActions(const Document& before, const Document& after);

}  // namespace trunkline::flow
