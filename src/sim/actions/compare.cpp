// Check contact attributes: a missing value matches nothing.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunCompare(Turn& turn) {
  return Returned{turn.Text("ComparisonValue")};
}

}  // namespace

constinit const Runner kRunCompare{.run = RunCompare, .missing_is_normal = true};

}  // namespace trunkline::sim
