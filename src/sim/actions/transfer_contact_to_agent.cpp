// Hands the caller to the agent of the quick connect; is he busy, the call ends
// (flow-language 3.2). In a flow that no quick connect entered it is the agent of the working
// queue, else any agent.
#include "sim/actions/list.h"
#include "sim/lifecycle.h"

namespace trunkline::sim {
namespace {

Outcome RunTransferContactToAgent(Turn& turn) {
  ContactState& contact = turn.contact;
  if (contact.call.channel != Channel::kVoice)
    return Fail("only calls are handed to an agent this way");
  const std::vector<Agent>& all = turn.world().agents;
  if (contact.target_agent == nullptr && !all.empty()) contact.target_agent = &all.front();
  if (contact.target_agent == nullptr) return HangsUp{"there is no agent"};
  if (!contact.target_agent->available)
    return HangsUp{fmt::format("agent '{}' is busy", contact.target_agent->user_name)};
  return EntersAgent{};
}

}  // namespace

constinit const Runner kRunTransferContactToAgent{.run = RunTransferContactToAgent};

}  // namespace trunkline::sim
