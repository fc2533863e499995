// Takes an update back: resources become what they were when the stack was complete last.
#pragma once

#include "cloud/services/cloudformation/stacks/run.h"

namespace trunkline::cloud::cloudformation {

// Updates back what was updated, repoints what was replaced; what is new goes in the cleanup. The
// run's target is the stable revision. False: something could not be taken back (UPDATE_FAILED).
net::aw<bool> RollBack(RunPointer run);

}  // namespace trunkline::cloud::cloudformation
