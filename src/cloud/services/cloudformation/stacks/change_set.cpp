#include "cloud/services/cloudformation/stacks/change_set.h"

#include <fmt/format.h>

namespace trunkline::cloud::cloudformation {

Answer<Record> FindChangeSet(Context& context, const json::Object& input) {
  const std::string_view name = input.GetString("ChangeSetName");
  const Record* found = nullptr;
  if (name.starts_with("arn:")) {
    found = context.store.Find(context.RegionScope(), kChangeSet, name);
  } else {
    if (!input.Has("StackName"))
      return ValidationError(
          "StackName must be specified if ChangeSetName is not specified as an ARN.");
    const Answer<Record> stack = FindStack(context, input.GetString("StackName"));
    if (!stack) {
      return ValidationError(
          fmt::format("Stack [{}] does not exist", input.GetString("StackName")));
    }
    found = context.store.FindByName(context.RegionScope(), kChangeSet, stack->id, name);
  }
  if (found) return *found;
  return ServiceError("ChangeSetNotFound", fmt::format("ChangeSet [{}] does not exist", name));
}

void DropChangeSet(Context& context, const std::string& id) {
  const Record* found = context.store.Find(context.RegionScope(), kChangeSet, id);
  if (!found) return;
  // The revision of one that was carried out is the stack's.
  if (found->body.GetString("ExecutionStatus") != "EXECUTE_COMPLETE")
    context.store.Delete(context.RegionScope(), kRevision, found->body.GetString("Revision"));
  context.store.Delete(context.RegionScope(), kChangeSet, id);
}

void DropChangeSets(Context& context, std::string_view stack_id, std::string_view kept_id) {
  std::vector<std::string> ids;
  for (const Record* record : context.store.List(context.RegionScope(), kChangeSet, stack_id)) {
    if (record->id != kept_id) ids.push_back(record->id);
  }
  for (const std::string& id : ids) DropChangeSet(context, id);
}

}  // namespace trunkline::cloud::cloudformation
