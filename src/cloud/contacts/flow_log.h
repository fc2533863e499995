// Flow logs: with the attribute CONTACTFLOW_LOGS, what the actions of a contact did goes to the log
// group
// "/aws/connect/<alias>", one stream per contact, as Amazon Connect writes it.
#pragma once

#include <vector>

#include "cloud/wait.h"
#include "sim/effect.h"

namespace trunkline::cloud::contacts {

struct LiveContact;

// Nothing is written for actions that ran while the flow's own logging was off.
void WriteFlowLog(const WaitContext& context, const LiveContact& live,
                  const std::vector<sim::Effect>& effects);

}  // namespace trunkline::cloud::contacts
