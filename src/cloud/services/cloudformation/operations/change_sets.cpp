// CreateChangeSet, ExecuteChangeSet, DeleteChangeSet.
#include <fmt/format.h>

#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/stacks/change_set.h"
#include "cloud/services/cloudformation/stacks/events.h"
#include "cloud/services/cloudformation/stacks/existing.h"
#include "cloud/services/cloudformation/stacks/macros.h"
#include "cloud/services/cloudformation/stacks/make_change_set.h"
#include "cloud/services/cloudformation/stacks/stack_record.h"

namespace trunkline::cloud::cloudformation {
namespace {

ServiceError NoStack(std::string_view name) {
  return ValidationError(fmt::format("Stack [{}] does not exist", name));
}

// The stack the change set is for; a new one is put into review.
Answer<Record> StackFor(Context& context, const json::Object& input, std::string_view type) {
  const std::string name(input.GetString("StackName"));
  const Answer<Record> found = FindStack(context, name);
  const bool review = found && StatusOf(*found) == "REVIEW_IN_PROGRESS";
  const bool makes = type == "CREATE" || (type == "IMPORT" && (!found || review));
  if (!makes) {
    if (!found || StatusOf(*found) == "DELETE_COMPLETE") return NoStack(name);
    TL_DO(CheckUpdatable(*found));
    return *found;
  }
  if (found && !review) {
    return ValidationError(fmt::format(
        "Stack [{}] already exists and cannot be created again with the changeSet [{}].", name,
        input.GetString("ChangeSetName")));
  }
  if (found) return *found;
  TL_DO(CheckStackName(name));
  const StackIdentity stack{.id = NewStackId(context, name), .name = name};
  PutNewStack(context, stack, json::Object(), {});
  SetStackStatus(context, stack.id, "REVIEW_IN_PROGRESS", "User Initiated");
  return FindStack(context, stack.id);
}

Answer<void> CheckChangeSetName(Context& context, const Record& stack, std::string_view name) {
  TL_DO(CheckName(name, "changeSetName", "[a-zA-Z][-a-zA-Z0-9]*"));
  const Record* found = FindChangeSetByName(context, stack.id, name);
  if (!found || IsExecuted(*found)) return {};
  return ServiceError("AlreadyExistsException", fmt::format("ChangeSet [{}] already exists", name));
}

Answer<ChangeSetOrder> OrderOf(Context& context, const json::Object& input) {
  ChangeSetOrder order;
  order.type = input.GetString("ChangeSetType", "UPDATE");
  order.name = input.GetString("ChangeSetName");
  TL_DO(CheckRollbackTriggers(input));
  TL_TRY(order.stack, StackFor(context, input, order.type));
  TL_DO(CheckChangeSetName(context, order.stack, order.name));
  order.input = input;
  return order;
}

Answer<> BeginChangeSet(Context& context, const json::Object& input) {
  TL_TRY(const ChangeSetOrder order, OrderOf(context, input));
  TL_TRY(const MadeChangeSet made, MakeChangeSet(context, order));
  return json::Object{{"Id", made.id}, {"StackId", order.stack.id}};
}

net::aw<Answer<>> CreateChangeSet(WaitContext context, json::Object input) {
  auto answer = co_await WithMacros(context, input, BeginChangeSet);
  if (!answer && answer.error().code == kLookUpNeeded) {
    json::Array named = answer.error().members.GetArray("Named");
    input.Set(kExistingMember, co_await FindExisting(context, std::move(named)));
    answer = co_await WithMacros(context, input, BeginChangeSet);
  }
  if (answer || !IsTransformFailure(answer.error())) co_return answer;
  const std::string why = answer.error().message;
  co_return context.State([&](Context& state) -> Answer<> {
    TL_TRY(const ChangeSetOrder order, OrderOf(state, input));
    const MadeChangeSet made = PutFailedChangeSet(state, order, why);
    return json::Object{{"Id", made.id}, {"StackId", order.stack.id}};
  });
}
constexpr WaitHandler kCreateChangeSet{CreateChangeSet};

// Those of nested stacks are made, carried out and deleted with their root alone.
Answer<void> CheckRoot(const Record& change_set, std::string_view operation) {
  const std::string_view root = change_set.body.GetString("RootChangeSetId");
  if (root.empty()) return {};
  return ValidationError(
      fmt::format("{} cannot be called on the nested change set [{}]: call it on its root change "
                  "set [{}]",
                  operation, change_set.id, root));
}

Answer<> DeleteChangeSet(Context& context, const json::Object& input) {
  const Answer<Record> found = FindChangeSet(context, input);
  // A change set that is not there is deleted; clients ask for that before they make one.
  if (!found && found.error().code == "ChangeSetNotFound") return json::Object();
  if (!found) return found.error();
  TL_DO(CheckRoot(*found, "DeleteChangeSet"));
  DropChangeSet(context, found->id);
  return json::Object();
}

Answer<void> CheckExecutable(const Record& change_set) {
  const std::string_view status = change_set.body.GetString("Status");
  const std::string_view execution = change_set.body.GetString("ExecutionStatus");
  if (status == "CREATE_COMPLETE" && execution == "AVAILABLE") return {};
  return ServiceError(
      "InvalidChangeSetStatus",
      fmt::format("ChangeSet [{}] cannot be executed in its current {} of [{}]", change_set.id,
                  status == "CREATE_COMPLETE" ? "execution status" : "status",
                  status == "CREATE_COMPLETE" ? execution : status));
}

json::Object ExecutionInput(const json::Object& change_set, const json::Object& input) {
  json::Object made = change_set.GetObject("Input");
  for (const char* member : {"ClientRequestToken", "DisableRollback", "RetainExceptOnCreate"}) {
    if (const json::Value* value = input.Find(member)) made.Set(member, *value);
  }
  return made;
}

// The stack is made, or changed.
Answer<void> Start(Context& context, const Record& change_set, const Record& stack,
                   const json::Object& execution) {
  const std::string revision(change_set.body.GetString("Revision"));
  const std::string_view type = change_set.body.GetString("Type");
  const bool fresh = StatusOf(stack) == "REVIEW_IN_PROGRESS";
  if (fresh && type == "CREATE") {
    UpdateStackRecord(context, stack.id, [&](json::Object& body) {
      body.Set("DisableRollback", execution.GetBool("DisableRollback"));
    });
    json::Object order = execution;
    order.Set("Imports", change_set.body.GetObject("Imports"));
    return StartCreate(context, IdentityOf(stack), order, revision);
  }
  if (!fresh) TL_DO(CheckUpdatable(stack));
  json::Object members{{"Imports", change_set.body.GetObject("Imports")}};
  return StartUpdate(context, stack, execution, revision, std::move(members),
                     type == "IMPORT" ? "IMPORT" : "UPDATE");
}

Answer<> ExecuteChangeSet(Context& context, const json::Object& input) {
  TL_TRY(Record change_set, FindChangeSet(context, input));
  const std::string_view token = input.GetString("ClientRequestToken");
  // The same request again, of a client that did not hear the answer.
  if (!token.empty() && change_set.body.GetString("ExecutionToken") == token) return json::Object();
  TL_DO(CheckRoot(change_set, "ExecuteChangeSet"));
  TL_DO(CheckExecutable(change_set));
  TL_TRY(const Record stack, FindStack(context, change_set.body.GetString("StackId")));
  const json::Object execution = ExecutionInput(change_set.body, input);
  change_set.body.SetIfNotEmpty("ExecutionToken", token);
  SetExecuted(context, change_set);
  TL_DO(Start(context, change_set, stack, execution));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateChangeSet", .wait = &kCreateChangeSet},
    {.name = "DeleteChangeSet", .handle = DeleteChangeSet},
    {.name = "ExecuteChangeSet", .handle = ExecuteChangeSet},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kChangeSetOperations = kOperations;

}  // namespace trunkline::cloud::cloudformation
