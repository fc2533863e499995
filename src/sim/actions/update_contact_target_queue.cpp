// Set working queue.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunUpdateContactTargetQueue(Turn& turn) {
  if (const auto agent = turn.Text("AgentId")) {
    turn.contact.target_agent = turn.world().FindAgent(*agent);
    if (turn.contact.target_agent == nullptr) return Fail("agent '{}' does not exist", *agent);
    return Fail("agent queues are not simulated");
  }
  const auto reference = turn.Text("QueueId");
  if (!reference) return Fail("no queue is named");
  const Queue* queue = turn.world().FindQueue(*reference);
  if (queue == nullptr) return Fail("queue '{}' does not exist", *reference);
  turn.contact.queue = queue;
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateContactTargetQueue{.run = RunUpdateContactTargetQueue};

}  // namespace trunkline::sim
