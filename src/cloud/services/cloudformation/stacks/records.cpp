#include "cloud/services/cloudformation/stacks/records.h"

#include <fmt/format.h>

#include "base/clock.h"
#include "base/random.h"

namespace trunkline::cloud::cloudformation {

std::string NewStackId(const Context& context, std::string_view name) {
  return fmt::format("arn:aws:cloudformation:{}:{}:stack/{}/{}", context.region,
                     context.caller.account, name, NewUuid(context.random));
}

std::string ResourceId(std::string_view stack_id, std::string_view logical_id) {
  return fmt::format("{}/{}", stack_id, logical_id);
}

const Record* FindLiveStack(Context& context, std::string_view name) {
  return context.store.FindByName(context.RegionScope(), kStack, kLive, name);
}

Answer<Record> FindStack(Context& context, std::string_view name_or_id) {
  const Record* found = name_or_id.starts_with("arn:")
                            ? context.store.Find(context.RegionScope(), kStack, name_or_id)
                            : FindLiveStack(context, name_or_id);
  if (found) return *found;
  return ValidationError(fmt::format("Stack with id {} does not exist", name_or_id));
}

StackIdentity IdentityOf(const Record& stack) {
  return {.id = stack.id, .name = stack.name};
}

void UpdateStackRecord(Context& context, std::string_view stack_id,
                       const std::function<void(json::Object& body)>& change) {
  const Record* found = context.store.Find(context.RegionScope(), kStack, stack_id);
  if (!found) return;
  Record stack = *found;
  change(stack.body);
  if (stack.body.GetString("StackStatus") == "DELETE_COMPLETE") stack.parent = kDeleted;
  context.store.Put(context.RegionScope(), kStack, std::move(stack));
}

std::string_view StatusOf(const Record& stack) {
  return stack.body.GetString("StackStatus");
}

bool IsInProgress(std::string_view status) {
  return status.ends_with("_IN_PROGRESS") && status != "REVIEW_IN_PROGRESS";
}

json::Object FindRevision(Context& context, std::string_view revision_id) {
  if (revision_id.empty()) return {};
  const Record* found = context.store.Find(context.RegionScope(), kRevision, revision_id);
  return found ? found->body : json::Object();
}

std::string PutRevision(Context& context, const std::string& stack_id, json::Object body) {
  std::string id = NewUuid(context.random);
  context.store.Put(context.RegionScope(), kRevision,
                    {.id = id, .parent = stack_id, .name = id, .body = std::move(body)});
  return id;
}

json::Value TimestampOf(TimePoint time) {
  return json::Number{EpochSeconds(time)};
}

json::Value Timestamp(const Context& context) {
  return TimestampOf(context.Now());
}

}  // namespace trunkline::cloud::cloudformation
