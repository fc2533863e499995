// Send message: a chat by SMS with a customer, a contact of its own. This one goes on.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunStartOutboundChatContact(Turn& turn) {
  const auto flow = turn.Text("ContactFlowArn");
  if (!flow || turn.world().FindFlow(*flow) == nullptr)
    return Fail("flow '{}' does not exist", flow.value_or(""));
  auto to = turn.Text("DestinationEndpoint.Address");
  if (!to) return Fail("the message has no destination");
  if (!turn.Has("SourceEndpoint.Address")) return Fail("the message has no source");
  turn.Emit(ContactCreated{.contact_id = NewUuid(turn.contact.random),
                           .channel = "chat",
                           .to = std::move(*to),
                           .flow_id = *flow,
                           .message = turn.Text("InitialSystemMessage.Content").value_or("")});
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunStartOutboundChatContact{.run = RunStartOutboundChatContact};

}  // namespace trunkline::sim
