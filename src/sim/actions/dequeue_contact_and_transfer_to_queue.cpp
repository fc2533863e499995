// From one queue to another, or to that of an agent: a new segment of the contact, with its
// attributes.
#include <utility>

#include "sim/actions/list.h"
#include "sim/lifecycle.h"
#include "sim/named_queue.h"

namespace trunkline::sim {
namespace {

constexpr int kMostTransfers = 11;  // a contact chain has at most 12 contacts (flow-language 1.2)

Outcome RunDequeueContactAndTransferToQueue(Turn& turn) {
  ContactState& contact = turn.contact;
  if (turn.run.role != FlowRole::kQueue) return Fail("the contact is not queued");
  if (!turn.Has("QueueId") && !turn.Has("AgentId")) return Fail("no queue is named");
  NamedQueue named;
  if (std::string why; !FindNamedQueue(turn, named, why)) return Fail("{}", why);
  const Queue* queue = named.queue;
  if (!queue->enabled) return Fail("queue '{}' is disabled", queue->name);
  if (contact.queue_transfers >= kMostTransfers)
    return Fail("the contact was transferred 11 times already");
  if (queue->max_contacts && queue->metrics.contacts >= *queue->max_contacts) {
    return Failed{"QueueAtCapacity", fmt::format("queue '{}' is full", queue->name)};
  }
  ++contact.queue_transfers;
  if (named.agent != nullptr) {
    TargetAgentQueue(contact, *named.agent);
  } else {
    contact.queue = queue;
  }
  TakeNewId(contact);
  contact.initiation_method = "QUEUE_TRANSFER";
  return EntersQueue{};
}

}  // namespace

constinit const Runner kRunDequeueContactAndTransferToQueue{
    .run = RunDequeueContactAndTransferToQueue};

}  // namespace trunkline::sim
