// Interrupt agent: offers the queued contact to one agent for 30 seconds, and goes on at once
// (administrator guide, interrupt-agent). What the agent's parameter is called is not published:
// any that names an agent by user name, id or ARN will do.
#include <chrono>

#include "sim/actions/list.h"
#include "sim/lookup.h"

namespace trunkline::sim {
namespace {

constexpr std::chrono::seconds kRings{30};

Outcome RunRouteContactToAgent(Turn& turn) {
  ContactState& contact = turn.contact;
  if (turn.run.role != FlowRole::kQueue) return Fail("the contact is not queued");
  const Agent* agent = nullptr;
  std::string named;
  for (const json::Member& one : turn.parameters().Whole()) {
    named = ScalarText(one.value).value_or("");
    agent = turn.world().FindAgent(named);
    if (agent != nullptr) break;
  }
  if (agent == nullptr) return Fail("agent '{}' does not exist", named);
  if (!agent->available) return Fail("agent '{}' is offline", agent->user_name);
  contact.offered_agent = agent;
  contact.offered_until = contact.now + kRings;
  turn.Emit(OfferAgent{.queue_id = contact.queue->id, .queue_name = contact.queue->name});
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunRouteContactToAgent{.run = RunRouteContactToAgent};

}  // namespace trunkline::sim
