// Set working queue: a queue, or the own queue of an agent.
#include "sim/actions/list.h"
#include "sim/lifecycle.h"

namespace trunkline::sim {
namespace {

Outcome RunUpdateContactTargetQueue(Turn& turn) {
  if (const auto agent = turn.Text("AgentId")) {
    const Agent* known = turn.world().FindAgent(*agent);
    if (known == nullptr) return Fail("agent '{}' does not exist", *agent);
    TargetAgentQueue(turn.contact, *known);
    return Succeeded{};
  }
  const std::string_view reference = turn.View("QueueId");
  if (reference.empty()) return Fail("no queue is named");
  const Queue* queue = turn.world().FindQueue(reference);
  if (queue == nullptr) return Fail("queue '{}' does not exist", reference);
  turn.contact.queue = queue;
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateContactTargetQueue{.run = RunUpdateContactTargetQueue};

}  // namespace trunkline::sim
