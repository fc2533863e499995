// What changed between two versions of a flow, in sentences that a reader of a pull request
// understands: "on digit 2 of 'Main menu': now transfers to queue Billing instead of Support".
//
// Two versions are the same when they do the same: other identifiers, another order in the file,
// moved blocks and other layout are no changes. flow/diff/match.h says which action is which.
#pragma once

#include <string>
#include <vector>

#include "flow/document.h"

namespace trunkline::flow {

enum class ChangeKind { kAdded, kRemoved, kChanged };

struct FlowChange {
  ChangeKind kind = ChangeKind::kChanged;
  std::string before;  // the action's identifier; empty when it is new, or the flow is meant
  std::string after;   // the same; empty when it is gone
  std::string path;    // "Parameters.Text", "Transitions: if Equals 2"; empty for a whole action
  std::string sentence;
  Place place;  // in the version that has it, the later one first
};

// In the order in which the later version's callers come to them, what is gone at the end. Both
// documents hold flow language; a legacy export (flow/document.h) has no actions to compare.
std::vector<FlowChange> DiffFlows(const Document& before, const Document& after);

// The share of actions that are the same in both, whatever their identifiers and branches: 0 to 1.
// For finding a flow again whose file has another name.
double Alike(const Document& before, const Document& after);

}  // namespace trunkline::flow
