// Does work on many things at a time, each after those it needs.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "cloud/services/cloudformation/template/references.h"
#include "cloud/wait.h"

namespace trunkline::cloud::cloudformation {

// What is done to one; false: it failed.
using Work = std::function<net::aw<bool>(std::string name)>;

// After a failure nothing that is not under way is begun; with `go_on` all is, but for what needs
// what failed. `stop` is asked before each beginning. True: all was done.
net::aw<bool> RunGraph(WaitContext context, Dependencies needs, Work work, bool go_on,
                       std::function<bool()> stop);

// The same graph with its arrows turned round: for deleting.
Dependencies Reversed(const Dependencies& needs);

}  // namespace trunkline::cloud::cloudformation
