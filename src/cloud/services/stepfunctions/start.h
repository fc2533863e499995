// Starting executions, for StartExecution and StartSyncExecution.
#pragma once

#include "cloud/services/stepfunctions/executions.h"

namespace trunkline::cloud::stepfunctions {

// Checks the call and makes the execution that it asks for, not started yet.
Answer<NewExecution> ReadStart(Context& context, const json::Object& input,
                               const MachineRef& machine);

}  // namespace trunkline::cloud::stepfunctions
