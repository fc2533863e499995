#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome Run(Turn& turn) {
  turn.contact.logging = turn.Text("FlowLoggingBehavior") == "Enabled";
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateFlowLoggingBehavior{.run = Run, .unhandled = Unhandled::kGoesOn};

}  // namespace trunkline::sim
