// End flow: what follows depends on the flow; an inbound flow disconnects, a whisper joins, a queue
// flow waits.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunEndFlowExecution(Turn&) {
  return EndsFlow{};
}

}  // namespace

constinit const Runner kRunEndFlowExecution{.run = RunEndFlowExecution};

}  // namespace trunkline::sim
