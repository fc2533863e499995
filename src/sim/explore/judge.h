// What is wrong with flows, read from where an exploration came: loops without exit, hang-ups
// without a word, queues that are reached without proof.
//
//   TL-E001 error    a trap: whatever the caller does, the flow goes round
//   TL-E002 warning  a caller who does nothing is kept for ever
//   TL-E003 warning  the flow goes round for as long as something outside stays as it is
//   TL-E004 error    the flow hangs up, and the caller heard nothing since he chose; after silence,
//                    a warning
//   TL-E005 warning  the same behind something that failed
//   TL-E006 error    an endless loop that waits for nobody
//   TL-E007 error    the contact stands still for ever
//   TL-E008 error    a sensitive queue is reached without proof of who calls
//   TL-E009 note     a bound was met: not everything was walked
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/finding.h"
#include "sim/explore/explore.h"

namespace trunkline::sim {

struct Discovery {
  Severity severity = Severity::kError;
  std::string code;
  std::string message, hint;
  Branch where;       // `outcome` may be empty: the action as a whole
  Way way;            // the shortest that shows it
  bool ends = false;  // the contact is over then
  std::string queue;  // TL-E008
};

// By code, then in the order they were come to.
std::vector<Discovery> Judge(const Explored& explored, const ExploreOrder& order);

// Different loops of the flows that were walked through.
std::size_t CountLoops(const Explored& explored);

}  // namespace trunkline::sim
