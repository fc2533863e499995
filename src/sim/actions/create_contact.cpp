// Creates another contact; this one goes on. The action's parameters are not published: those of
// the API's CreateContact that a flow could have are read.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunCreateContact(Turn& turn) {
  std::string flow;
  for (const std::string_view name : {"ContactFlowId", "ContactFlowArn"}) {
    if (auto named = turn.Text(name)) flow = std::move(*named);
  }
  if (!flow.empty() && turn.world().FindFlow(flow) == nullptr)
    return Fail("flow '{}' does not exist", flow);
  turn.Emit(ContactCreated{.contact_id = NewUuid(turn.contact.random),
                           .channel = turn.Text("Channel").value_or("channel not named"),
                           .flow_id = std::move(flow),
                           .attributes = turn.Map("Attributes")});
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunCreateContact{.run = RunCreateContact};

}  // namespace trunkline::sim
