// Invoke a module: it runs with attributes of its own and the contact's user-defined ones.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

constexpr std::size_t kDeepest = 5;  // modules within modules (flow-language 1.8)

Outcome RunInvokeFlowModule(Turn& turn) {
  const auto reference = turn.Text("FlowModuleId");
  if (!reference) return Fail("no module is named");
  const FlowResource* module = turn.world().FindModule(*reference);
  if (module == nullptr || module->document == nullptr)
    return Fail("module '{}' does not exist", *reference);
  if (turn.run.frames.size() > kDeepest) return Fail("modules are nested more than 5 deep");
  for (const Frame& frame : turn.run.frames) {
    if (frame.resource->id == module->id) return Fail("module '{}' invokes itself", module->name);
  }
  return EntersModule{.module = module, .input = turn.Map("Input")};
}

}  // namespace

constinit const Runner kRunInvokeFlowModule{.run = RunInvokeFlowModule};

}  // namespace trunkline::sim
