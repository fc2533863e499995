// What has to be started for a function: its code unpacked, its interpreter found, its environment
// made.
#pragma once

#include <string>

#include "cloud/services/lambda/records.h"
#include "cloud/services/lambda/sandbox.h"
#include "cloud/wait.h"

namespace trunkline::cloud::lambda {

// Unpacks the code when it is not there yet (on a worker thread) and says how to start it. Errors
// are for the caller of Invoke: no interpreter on this machine, a zip that cannot be unpacked.
net::aw<Answer<Launch>> PrepareLaunch(WaitContext context, Resolved function);

// The log stream of a process that starts now: 2026/11/22/[$LATEST]<32 hexadecimal digits>.
std::string NewLogStream(const WaitContext& context, const std::string& version);

}  // namespace trunkline::cloud::lambda
