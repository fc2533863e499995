// The contact goes to the working queue; on success this flow ends.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunTransferContactToQueue(Turn& turn) {
  const Queue* queue = turn.contact.queue;
  if (queue == nullptr) return Fail("no working queue is set");
  if (turn.run.role == FlowRole::kQueue) return Fail("the contact is queued already");
  if (!queue->enabled) return Fail("queue '{}' is disabled", queue->name);
  if (queue->max_contacts && queue->metrics.contacts >= *queue->max_contacts) {
    return Failed{"QueueAtCapacity", fmt::format("queue '{}' is full", queue->name)};
  }
  return EntersQueue{};
}

}  // namespace

constinit const Runner kRunTransferContactToQueue{.run = RunTransferContactToQueue};

}  // namespace trunkline::sim
