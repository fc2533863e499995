// The queue an action names: by QueueId, as the own queue of an agent by AgentId, or by neither,
// the working queue.
#pragma once

#include <memory>
#include <string>

#include "sim/runner.h"

namespace trunkline::sim {

struct NamedQueue {
  const Queue* queue = nullptr;      // of the world, of the contact, or `own`
  const Agent* agent = nullptr;      // whose own it is; nullptr when QueueId or nobody names it
  std::shared_ptr<const Queue> own;  // of `agent`
};

// The own queue of an agent: his id, ARN and user name are the queue's.
std::shared_ptr<const Queue> OwnQueue(const Agent& agent);

// False: there is none, and `why` says so.
bool FindNamedQueue(const Turn& turn, NamedQueue& named, std::string& why);

}  // namespace trunkline::sim
