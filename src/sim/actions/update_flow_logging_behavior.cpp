#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunUpdateFlowLoggingBehavior(Turn& turn) {
  turn.contact.logging = turn.Text("FlowLoggingBehavior") == "Enabled";
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateFlowLoggingBehavior{.run = RunUpdateFlowLoggingBehavior,
                                                     .unhandled = Unhandled::kGoesOn};

}  // namespace trunkline::sim
