// CreateChangeSet, ExecuteChangeSet, DeleteChangeSet.
#include <fmt/format.h>

#include "base/random.h"
#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/stacks/change_set.h"
#include "cloud/services/cloudformation/stacks/changes.h"
#include "cloud/services/cloudformation/stacks/events.h"
#include "cloud/services/cloudformation/stacks/import.h"
#include "cloud/services/cloudformation/stacks/macros.h"
#include "cloud/services/cloudformation/stacks/stack_record.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::string_view kNoChanges =
    "The submitted information didn't contain changes. Submit different information to create a "
    "change set.";

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
        "Stack [{}] already exists and cannot be created again with the changeSet [{}].",
        found->name, input.GetString("ChangeSetName")));
  }
  if (found) return *found;
  TL_DO(CheckStackName(name));
  const StackIdentity stack{.id = NewStackId(context, name), .name = name};
  PutNewStack(context, stack, json::Object(), {});
  SetStackStatus(context, stack.id, "REVIEW_IN_PROGRESS", "User Initiated");
  return FindStack(context, stack.id);
}

Answer<void> CheckChangeSetName(Context& context, const Record& stack, std::string_view name) {
  TL_DO(CheckStackName(name));
  if (!context.store.FindByName(context.RegionScope(), kChangeSet, stack.id, name)) return {};
  return ServiceError("AlreadyExistsException", fmt::format("ChangeSet [{}] already exists", name));
}

// What an execution needs of the input.
json::Object KeptInput(const json::Object& input) {
  json::Object kept;
  for (const char* member : {"RoleARN", "RollbackConfiguration", "OnStackFailure"}) {
    if (const json::Value* value = input.Find(member)) kept.Set(member, *value);
  }
  return kept;
}

json::Object NewBody(const Context& context, const json::Object& input, const Record& stack,
                     std::string_view type) {
  json::Object body{{"ChangeSetName", input.At("ChangeSetName")},
                    {"StackId", stack.id},
                    {"StackName", stack.name},
                    {"CreationTime", Timestamp(context)},
                    {"Type", type},
                    {"Input", KeptInput(input)},
                    {"IncludeNestedStacks", input.GetBool("IncludeNestedStacks")},
                    {"ImportExistingResources", input.GetBool("ImportExistingResources")}};
  for (const char* member : {"Description", "OnStackFailure", "ClientToken"})
    body.SetIfNotEmpty(member, input.GetString(member));
  return body;
}

void SetPlan(const ChangePlan& plan, json::Object& body) {
  if (plan.empty()) {
    body.Set("Status", "FAILED");
    body.Set("StatusReason", kNoChanges);
    body.Set("ExecutionStatus", "UNAVAILABLE");
  } else {
    body.Set("Status", "CREATE_COMPLETE");
    body.Set("ExecutionStatus", "AVAILABLE");
  }
  body.Set("Changes", plan.changes);
}

Answer<ChangePlan> PlanFor(Context& context, const Record& stack, const Revision& revision,
                           const json::Object& previous, json::Object imports) {
  const ChangeInput input{.stack = IdentityOf(stack),
                          .target = &revision,
                          .previous = previous,
                          .imports = std::move(imports)};
  ChangePlan plan = PlanChanges(context, input);
  // An update of a stack that failed is one, whatever it changes.
  if (StatusOf(stack).ends_with("_FAILED")) plan.settings = true;
  return plan;
}

Answer<void> CheckImportOnly(const ChangePlan& plan) {
  for (const json::Value& item : plan.changes) {
    const json::Object& change = item.AsObject().GetObject("ResourceChange");
    if (change.GetString("Action") == "Import") continue;
    return ValidationError("As part of the import operation, you cannot modify or add [Resources]");
  }
  return {};
}

Answer<> MakeChangeSet(Context& context, const json::Object& input) {
  const std::string type(input.GetString("ChangeSetType", "UPDATE"));
  TL_TRY(const Record stack, StackFor(context, input, type));
  TL_DO(CheckChangeSetName(context, stack, input.GetString("ChangeSetName")));
  const json::Object previous = FindRevision(context, stack.body.GetString("Revision"));
  PrepareOptions options;
  if (!previous.empty()) options.previous = &previous;
  options.directly = false;
  TL_TRY(Revision revision, Prepare(context, input, IdentityOf(stack), options));
  TL_TRY(json::Object imports,
         CheckImports(context, input.GetArray("ResourcesToImport"), revision, stack.id));
  TL_TRY(const ChangePlan plan, PlanFor(context, stack, revision, previous, imports));
  if (type == "IMPORT") TL_DO(CheckImportOnly(plan));
  json::Object body = NewBody(context, input, stack, type);
  SetPlan(plan, body);
  // Values may have come from a parameter that must not be shown.
  if (revision.parameters.no_echo) body.Set("Changes", WithoutValues(plan.changes));
  body.Set("Imports", std::move(imports));
  revision.body.Set("ChangeSet", true);
  body.Set("Revision", PutRevision(context, stack.id, std::move(revision.body)));
  const std::string name(input.GetString("ChangeSetName"));
  const std::string id = fmt::format("arn:aws:cloudformation:{}:{}:changeSet/{}/{}", context.region,
                                     context.caller.account, name, NewUuid(context.random));
  body.Set("ChangeSetId", id);
  context.store.Put(context.RegionScope(), kChangeSet,
                    {.id = id, .parent = stack.id, .name = name, .body = std::move(body)});
  return json::Object{{"Id", id}, {"StackId", stack.id}};
}

net::aw<Answer<>> CreateChangeSet(WaitContext context, json::Object input) {
  co_return co_await WithMacros(std::move(context), std::move(input), MakeChangeSet);
}
constexpr WaitHandler kCreateChangeSet{CreateChangeSet};

Answer<> DeleteChangeSet(Context& context, const json::Object& input) {
  const Answer<Record> found = FindChangeSet(context, input);
  // A change set that is not there is deleted; clients ask for that before they make one.
  if (!found && found.error().code == "ChangeSetNotFound") return json::Object();
  if (!found) return found.error();
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

// The change set's template is the stack's from now on.
void TakeRevision(Context& context, const Record& stack, const std::string& revision_id) {
  const Record* found = context.store.Find(context.RegionScope(), kRevision, revision_id);
  if (!found) return;
  Record revision = *found;
  revision.body.Remove("ChangeSet");
  revision.parent = stack.id;
  context.store.Put(context.RegionScope(), kRevision, std::move(revision));
}

Answer<> ExecuteChangeSet(Context& context, const json::Object& input) {
  TL_TRY(Record change_set, FindChangeSet(context, input));
  const std::string_view token = input.GetString("ClientRequestToken");
  // The same request again, of a client that did not hear the answer.
  if (!token.empty() && change_set.body.GetString("ExecutionToken") == token) return json::Object();
  TL_DO(CheckExecutable(change_set));
  TL_TRY(const Record stack, FindStack(context, change_set.body.GetString("StackId")));
  const std::string revision(change_set.body.GetString("Revision"));
  TakeRevision(context, stack, revision);
  const json::Object execution = ExecutionInput(change_set.body, input);
  UpdateStackRecord(context, stack.id,
                    [&](json::Object& body) { body.Set("ChangeSetId", change_set.id); });
  const bool fresh = StatusOf(stack) == "REVIEW_IN_PROGRESS";
  if (fresh && change_set.body.GetString("Type") == "CREATE") {
    UpdateStackRecord(context, stack.id, [&](json::Object& body) {
      body.Set("DisableRollback", execution.GetBool("DisableRollback"));
    });
    TL_DO(StartCreate(context, IdentityOf(stack), execution, revision));
  } else {
    if (!fresh) TL_DO(CheckUpdatable(stack));
    const bool imports = change_set.body.GetString("Type") == "IMPORT";
    json::Object members{{"Imports", change_set.body.GetObject("Imports")}};
    TL_DO(StartUpdate(context, stack, execution, revision, std::move(members),
                      imports ? "IMPORT" : "UPDATE"));
  }
  change_set.body.Set("ExecutionStatus", "EXECUTE_COMPLETE");
  change_set.body.SetIfNotEmpty("ExecutionToken", token);
  DropChangeSets(context, stack.id, change_set.id);
  context.store.Put(context.RegionScope(), kChangeSet, std::move(change_set));
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
