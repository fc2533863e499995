#include "cloud/services/cloudformation/stacks/change_set.h"

#include <fmt/format.h>

#include "cloud/services/cloudformation/stacks/stack_record.h"

namespace trunkline::cloud::cloudformation {
namespace {

std::vector<std::string> IdsOf(Context& context, std::string_view stack_id,
                               const std::function<bool(const Record&)>& wanted) {
  std::vector<std::string> ids;
  for (const Record* record : context.store.List(context.RegionScope(), kChangeSet, stack_id)) {
    if (wanted(*record)) ids.push_back(record->id);
  }
  return ids;
}

// A stack that only a change set wanted.
void DropReviewed(Context& context, const std::string& stack_id) {
  const Answer<Record> stack = FindStack(context, stack_id);
  if (!stack || StatusOf(*stack) != "REVIEW_IN_PROGRESS") return;
  static_cast<void>(BeginDelete(context, {{"StackName", stack_id}}, true).ok());
}

// The template is the stack's from now on: it goes when the stack has another one.
void HandOverRevision(Context& context, const Record& change_set) {
  const Record* found =
      context.store.Find(context.RegionScope(), kRevision, change_set.body.GetString("Revision"));
  if (!found) return;
  Record revision = *found;
  revision.body.Remove("ChangeSet");
  context.store.Put(context.RegionScope(), kRevision, std::move(revision));
}

}  // namespace

bool IsExecuted(const Record& change_set) {
  return change_set.body.GetString("ExecutionStatus") == "EXECUTE_COMPLETE";
}

const Record* FindChangeSetByName(Context& context, std::string_view stack_id,
                                  std::string_view name) {
  const Record* executed = nullptr;
  for (const Record* record : context.store.List(context.RegionScope(), kChangeSet, stack_id)) {
    if (record->name != name) continue;
    if (!IsExecuted(*record)) return record;
    executed = record;
  }
  return executed;
}

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
    found = FindChangeSetByName(context, stack->id, name);
  }
  if (found) return *found;
  return ServiceError("ChangeSetNotFound", fmt::format("ChangeSet [{}] does not exist", name));
}

void DropChangeSet(Context& context, const std::string& id) {
  const Record* found = context.store.Find(context.RegionScope(), kChangeSet, id);
  if (!found) return;
  const Record change_set = *found;
  // The revision of one that was carried out is the stack's.
  if (!IsExecuted(change_set))
    context.store.Delete(context.RegionScope(), kRevision, change_set.body.GetString("Revision"));
  context.store.Delete(context.RegionScope(), kChangeSet, id);
  for (const json::Value& item : change_set.body.GetArray("Nested")) {
    const std::string nested_id(item.AsObject().GetString("ChangeSetId"));
    const Record* nested = context.store.Find(context.RegionScope(), kChangeSet, nested_id);
    if (!nested) continue;
    const std::string stack_id(nested->body.GetString("StackId"));
    DropChangeSet(context, nested_id);
    DropReviewed(context, stack_id);
  }
}

void DropChangeSets(Context& context, std::string_view stack_id) {
  const auto wanted = [](const Record& record) { return !IsExecuted(record); };
  for (const std::string& id : IdsOf(context, stack_id, wanted)) DropChangeSet(context, id);
}

void SetExecuted(Context& context, Record change_set) {
  const std::string stack_id(change_set.body.GetString("StackId"));
  const auto others = [&](const Record& record) { return record.id != change_set.id; };
  for (const std::string& id : IdsOf(context, stack_id, others)) DropChangeSet(context, id);
  HandOverRevision(context, change_set);
  UpdateStackRecord(context, stack_id, [&](json::Object& body) {
    body.Set("ChangeSetId", change_set.id);
    body.Set("LastUpdatedTime", Timestamp(context));
  });
  const json::Array nested = change_set.body.GetArray("Nested");
  change_set.body.Set("ExecutionStatus", "EXECUTE_COMPLETE");
  context.store.Put(context.RegionScope(), kChangeSet, std::move(change_set));
  for (const json::Value& item : nested) {
    const Record* found = context.store.Find(context.RegionScope(), kChangeSet,
                                             item.AsObject().GetString("ChangeSetId"));
    if (found) SetExecuted(context, *found);
  }
}

void SetObsolete(Context& context, std::string_view stack_id) {
  const auto available = [](const Record& record) {
    return record.body.GetString("ExecutionStatus") == "AVAILABLE";
  };
  for (const std::string& id : IdsOf(context, stack_id, available)) {
    Record change_set = *context.store.Find(context.RegionScope(), kChangeSet, id);
    change_set.body.Set("ExecutionStatus", "OBSOLETE");
    context.store.Put(context.RegionScope(), kChangeSet, std::move(change_set));
  }
}

}  // namespace trunkline::cloud::cloudformation
