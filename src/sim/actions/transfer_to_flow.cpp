// A jump: this flow ends, the other one starts with the contact as it is.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunTransferToFlow(Turn& turn) {
  const auto reference = turn.Text("ContactFlowId");
  if (!reference) return Fail("no flow is named");
  const FlowResource* flow = turn.world().FindFlow(*reference);
  if (flow == nullptr || flow->document == nullptr)
    return Fail("flow '{}' does not exist", *reference);
  if (!flow->published) return Fail("flow '{}' is not published", flow->name);
  const bool fits = flow->type.empty() || flow->type == "CONTACT_FLOW" ||
                    flow->type == "AGENT_TRANSFER" || flow->type == "QUEUE_TRANSFER";
  if (!fits)
    return Fail("flow '{}' has type {}, which is no target of a transfer", flow->name, flow->type);
  return EntersFlow{flow};
}

}  // namespace

constinit const Runner kRunTransferToFlow{.run = RunTransferToFlow};

}  // namespace trunkline::sim
