// Creates a task: a contact of its own. This one goes on.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunCreateTask(Turn& turn) {
  if (turn.Has("TaskTemplateId")) return Fail("task templates are not simulated");
  const auto flow = turn.Text("ContactFlowId");
  if (!flow || turn.world().FindFlow(*flow) == nullptr)
    return Fail("flow '{}' does not exist", flow.value_or(""));
  const auto name = turn.Text("Name");
  if (!name) return Fail("the task has no name");
  turn.contact.more.Edit().task_contact_id = NewUuid(turn.contact.random);
  turn.Emit(TaskCreated{.contact_id = turn.contact.more->task_contact_id,
                        .name = *name,
                        .description = turn.Text("Description").value_or(""),
                        .flow_id = *flow,
                        .attributes = turn.Map("Attributes")});
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunCreateTask{.run = RunCreateTask};

}  // namespace trunkline::sim
