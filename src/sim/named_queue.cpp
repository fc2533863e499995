#include "sim/named_queue.h"

namespace trunkline::sim {

std::shared_ptr<const Queue> OwnQueue(const Agent& agent) {
  return std::make_shared<const Queue>(
      Queue{.id = agent.id,
            .arn = agent.arn,
            .name = agent.user_name,
            .metrics = {.agents_available = agent.available ? 1 : 0}});
}

bool FindNamedQueue(const Turn& turn, NamedQueue& named, std::string& why) {
  if (const auto id = turn.Text("AgentId")) {
    named.agent = turn.world().FindAgent(*id);
    if (named.agent == nullptr) {
      why = fmt::format("agent '{}' does not exist", *id);
      return false;
    }
    named.own = OwnQueue(*named.agent);
    named.queue = named.own.get();
    return true;
  }
  const auto id = turn.Text("QueueId");
  named.queue = id ? turn.world().FindQueue(*id) : turn.contact.queue;
  if (named.queue == nullptr)
    why = fmt::format("queue '{}' does not exist", id.value_or("(none is set)"));
  return named.queue != nullptr;
}

}  // namespace trunkline::sim
