#include "cloud/services/cloudformation/stacks/roll_back_at_once.h"

#include "cloud/services/cloudformation/stacks/events.h"
#include "cloud/services/cloudformation/stacks/stack_record.h"

namespace trunkline::cloud::cloudformation {

Answer<> RollBackAtOnce(Context& context, const json::Object& input, std::string_view on_failure,
                        const std::string& why) {
  const std::string name(input.GetString("StackName"));
  const Record* before = FindLiveStack(context, name);
  const StackIdentity stack{.id = before ? before->id : NewStackId(context, name), .name = name};
  TL_TRY(const std::optional<std::string> text, ReadTemplateText(context, input));
  PutNewStack(context, stack, input, {});
  const std::string revision =
      PutRevision(context, stack.id, json::Object{{"TemplateBody", text.value_or("{}")}});
  AdoptRevision(context, stack, input, revision, {});
  SetStackStatus(context, stack.id, "CREATE_IN_PROGRESS", "User Initiated");
  const std::string reason = why + ". ";
  if (on_failure == "DO_NOTHING") {
    SetStackStatus(context, stack.id, "CREATE_FAILED", reason);
  } else if (on_failure == "DELETE") {
    SetStackStatus(context, stack.id, "DELETE_IN_PROGRESS", reason + "Delete requested by user.");
    SetStackStatus(context, stack.id, "DELETE_COMPLETE");
  } else {
    SetStackStatus(context, stack.id, "ROLLBACK_IN_PROGRESS",
                   reason + "Rollback requested by user.");
    SetStackStatus(context, stack.id, "ROLLBACK_COMPLETE");
  }
  return json::Object{{"StackId", stack.id}};
}

}  // namespace trunkline::cloud::cloudformation
