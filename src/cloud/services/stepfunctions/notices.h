// Notices: what an execution tells others: CloudWatch Logs, as the machine's logging configuration
// says, and EventBridge of each change of its status.
#pragma once

#include <vector>

#include "base/json.h"
#include "cloud/context.h"

namespace trunkline::cloud::stepfunctions {

// New events of an execution, to the log group of its machine.
void LogEvents(Context& context, const Record& execution, const std::vector<json::Object>& events);

// "Step Functions Execution Status Change"; of STANDARD executions only.
void NotifyStatus(Context& context, const Record& execution);

}  // namespace trunkline::cloud::stepfunctions
