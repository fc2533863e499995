// Return from a module, with a branch name and data if it declares them.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunEndFlowModuleExecution(Turn& turn) {
  return LeavesModule{.result = turn.Text("Result"), .data = turn.Map("ResultData")};
}

}  // namespace

constinit const Runner kRunEndFlowModuleExecution{.run = RunEndFlowModuleExecution};

}  // namespace trunkline::sim
