// Creates a task: a contact of its own. This one goes on.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunCreateTask(Turn& turn) {
  // Fields, name and flow of a template are in the instance, which is not here.
  const std::string from_template = turn.Text("TaskTemplateId").value_or("");
  const auto flow = turn.Text("ContactFlowId");
  if (flow ? turn.world().FindFlow(*flow) == nullptr : from_template.empty())
    return Fail("flow '{}' does not exist", flow.value_or(""));
  const std::string name = turn.Text("Name").value_or(from_template);
  if (name.empty()) return Fail("the task has no name");
  if (!from_template.empty())
    turn.Warn("what task template '{}' fills in is not known here", from_template);
  turn.contact.more.Edit().task_contact_id = NewUuid(turn.contact.random);
  turn.Emit(TaskCreated{.contact_id = turn.contact.more->task_contact_id,
                        .name = name,
                        .description = turn.Text("Description").value_or(""),
                        .flow_id = flow.value_or(""),
                        .attributes = turn.Map("Attributes")});
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunCreateTask{.run = RunCreateTask};

}  // namespace trunkline::sim
