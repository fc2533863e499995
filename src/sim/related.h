// The related contact: the one that a task or a guide was made from (Call::related_contact_id).
#pragma once

#include "sim/runner.h"

namespace trunkline::sim {

// What the action writes to it is told to the host. Without a related contact it fails.
Outcome UpdateRelated(Turn& turn);

}  // namespace trunkline::sim
