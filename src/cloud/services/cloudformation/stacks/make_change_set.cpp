#include "cloud/services/cloudformation/stacks/make_change_set.h"

#include <fmt/format.h>

#include "base/random.h"
#include "cloud/services/cloudformation/stacks/changes.h"
#include "cloud/services/cloudformation/stacks/events.h"
#include "cloud/services/cloudformation/stacks/existing.h"
#include "cloud/services/cloudformation/stacks/import.h"
#include "cloud/services/cloudformation/stacks/nested_input.h"
#include "cloud/services/cloudformation/stacks/stack_record.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr int kDeepest = 10;
constexpr std::size_t kUnique = 12;
constexpr std::size_t kNamePart = 57;  // of a change set's name of 128: twice, and the unique part
constexpr std::string_view kNoChanges =
    "The submitted information didn't contain changes. Submit different information to create a "
    "change set.";
constexpr std::string_view kNoChangesWithin = "No updates are to be performed.";

std::string NewChangeSetId(Context& context, const std::string& name) {
  return fmt::format("arn:aws:cloudformation:{}:{}:changeSet/{}/{}", context.region,
                     context.caller.account, name, NewUuid(context.random));
}

// What an execution needs of the input.
json::Object KeptInput(const json::Object& input) {
  json::Object kept;
  for (const char* member : {"RoleARN", "RollbackConfiguration", "OnStackFailure"}) {
    if (const json::Value* value = input.Find(member)) kept.Set(member, *value);
  }
  return kept;
}

json::Object NewBody(const Context& context, const ChangeSetOrder& order, const std::string& id) {
  json::Object body{{"ChangeSetName", order.name},
                    {"ChangeSetId", id},
                    {"StackId", order.stack.id},
                    {"StackName", order.stack.name},
                    {"CreationTime", Timestamp(context)},
                    {"Type", order.type},
                    {"Input", KeptInput(order.input)},
                    {"IncludeNestedStacks", order.input.GetBool("IncludeNestedStacks")}};
  if (order.input.GetBool("ImportExistingResources")) body.Set("ImportExistingResources", true);
  for (const char* member : {"Description", "OnStackFailure", "ClientToken"})
    body.SetIfNotEmpty(member, order.input.GetString(member));
  body.SetIfNotEmpty("ParentChangeSetId", order.parent_id);
  body.SetIfNotEmpty("RootChangeSetId", order.root_id);
  return body;
}

void SetStatus(json::Object& body, std::string_view problem) {
  body.Set("Status", problem.empty() ? "CREATE_COMPLETE" : "FAILED");
  body.Set("ExecutionStatus", problem.empty() ? "AVAILABLE" : "UNAVAILABLE");
  body.SetIfNotEmpty("StatusReason", problem);
}

// A stack that is to be made has a change set whatever is in it (seen: one whose conditions leave
// nothing of it).
std::string ProblemOf(const ChangePlan& plan, std::string_view type) {
  if (!plan.problem.empty()) return plan.problem;
  if (!plan.empty() || type == "CREATE") return {};
  return std::string(plan.has_nested ? kNoChangesWithin : kNoChanges);
}

// What is shown of the revision, which the change set may outlive.
void KeepShown(const Revision& revision, json::Object& body) {
  json::Object shown;
  for (const char* member : {"Parameters", "Tags", "Capabilities", "NotificationARNs"}) {
    if (const json::Value* value = revision.body.Find(member)) shown.Set(member, *value);
  }
  body.Set("Revised", std::move(shown));
}

Answer<void> CheckImportOnly(const ChangePlan& plan) {
  for (const json::Value& item : plan.changes) {
    const json::Object& change = item.AsObject().GetObject("ResourceChange");
    if (change.GetString("Action") == "Import") continue;
    return ValidationError("As part of the import operation, you cannot modify or add [Resources]");
  }
  return {};
}

bool NeedsLookUp(const json::Object& input, const ChangePlan& plan) {
  return input.GetBool("ImportExistingResources") && !input.Has(kExistingMember) &&
         !plan.named.empty();
}

void Put(Context& context, const ChangeSetOrder& order, const std::string& id, json::Object body) {
  context.store.Put(
      context.RegionScope(), kChangeSet,
      {.id = id, .parent = order.stack.id, .name = order.name, .body = std::move(body)});
}

// ---- nested stacks

// The nested stack as it is, or a new one in review.
Answer<Record> NestedRecord(Context& context, const ChangeSetOrder& above,
                            const NestedStack& nested) {
  const Answer<Record> found = FindStack(context, nested.physical_id);
  if (!nested.physical_id.empty() && found && StatusOf(*found) != "DELETE_COMPLETE") return *found;
  const std::string name = NestedStackName(above.stack.name, nested.logical_id,
                                           NewToken(context.random, kUnique, kUpperAlphanumeric));
  const StackIdentity stack{.id = NewStackId(context, name), .name = name};
  const StackParent parent{
      .parent_id = above.stack.id,
      .root_id = std::string(above.stack.body.GetString("RootId", above.stack.id))};
  PutNewStack(context, stack, json::Object(), parent);
  SetStackStatus(context, stack.id, "REVIEW_IN_PROGRESS", "User Initiated");
  return FindStack(context, stack.id);
}

Answer<ChangeSetOrder> NestedOrder(Context& context, const ChangeSetOrder& above,
                                   const std::string& above_id, const json::Object& revision,
                                   const NestedStack& nested) {
  ChangeSetOrder order;
  TL_TRY(order.stack, NestedRecord(context, above, nested));
  order.name = fmt::format("{}-{}-{}", above.name.substr(0, kNamePart),
                           nested.logical_id.substr(0, kNamePart),
                           NewToken(context.random, kUnique, kUpperAlphanumeric));
  const bool fresh = StatusOf(order.stack) == "REVIEW_IN_PROGRESS";
  order.type = fresh ? "CREATE" : "UPDATE";
  order.input = NestedStackInput(nested.properties, revision.GetArray("Tags"));
  order.input.Set("Capabilities", revision.GetArray("Capabilities"));
  order.input.Set("IncludeNestedStacks", true);
  order.parent_id = above_id;
  order.root_id = above.root_id.empty() ? above_id : above.root_id;
  order.depth = above.depth + 1;
  return order;
}

NestedChanges Failed(Context& context, const ChangeSetOrder& order, const std::string& why) {
  const std::string id = PutFailedChangeSet(context, order, why).id;
  return {.change_set_id = id,
          .problem = fmt::format("Nested change set {} was not successfully created: Currently in "
                                 "FAILED.",
                                 id)};
}

NestedChanges LookInto(Context& context, const ChangeSetOrder& above, const std::string& above_id,
                       const json::Object& revision, const NestedStack& nested) {
  const auto order = NestedOrder(context, above, above_id, revision, nested);
  if (!order) return {.change_set_id = {}, .problem = order.error().message};
  if (order->depth > kDeepest)
    return Failed(context, *order, fmt::format("Stacks are nested {} deep at most", kDeepest));
  if (order->type == "UPDATE") {
    const auto updatable = CheckUpdatable(order->stack);
    if (!updatable) return Failed(context, *order, updatable.error().message);
  }
  const auto made = MakeChangeSet(context, *order);
  if (!made) return Failed(context, *order, made.error().message);
  if (made->empty) return {};
  const Record* found = context.store.Find(context.RegionScope(), kChangeSet, made->id);
  NestedChanges changes{.change_set_id = made->id, .problem = {}};
  if (found && found->body.GetString("Status") == "FAILED")
    changes.problem = found->body.GetString("StatusReason");
  return changes;
}

}  // namespace

MadeChangeSet PutFailedChangeSet(Context& context, const ChangeSetOrder& order,
                                 const std::string& why) {
  const std::string id = NewChangeSetId(context, order.name);
  json::Object body = NewBody(context, order, id);
  SetStatus(body, why);
  Put(context, order, id, std::move(body));
  return {.id = id};
}

Answer<MadeChangeSet> MakeChangeSet(Context& context, const ChangeSetOrder& order) {
  const std::string id = NewChangeSetId(context, order.name);
  const bool nested = !order.parent_id.empty();
  const json::Object previous = FindRevision(context, order.stack.body.GetString("Revision"));
  PrepareOptions options;
  if (!previous.empty()) options.previous = &previous;
  options.directly = false;
  options.known_later = nested;
  TL_TRY(Revision revision, Prepare(context, order.input, IdentityOf(order.stack), options));
  TL_TRY(json::Object imports, CheckImports(context, order.input.GetArray("ResourcesToImport"),
                                            revision, order.stack.id));
  for (const json::Member& one : order.input.GetObject(kExistingMember))
    imports.Set(one.key, one.value);
  ChangeInput input{.stack = IdentityOf(order.stack),
                    .target = &revision,
                    .previous = previous,
                    .imports = imports,
                    .look_into = {}};
  if (order.input.GetBool("IncludeNestedStacks")) {
    input.look_into = [&](const NestedStack& one) {
      return LookInto(context, order, id, revision.body, one);
    };
  }
  ChangePlan plan = PlanChanges(context, input);
  if (NeedsLookUp(order.input, plan)) {
    return ServiceError(kLookUpNeeded, "Which resources exist is looked up",
                        json::Object{{"Named", std::move(plan.named)}});
  }
  // An update of a stack that failed is one, whatever it changes.
  if (StatusOf(order.stack).ends_with("_FAILED")) plan.settings = true;
  if (order.type == "IMPORT") TL_DO(CheckImportOnly(plan));
  if (nested && order.type == "UPDATE" && plan.empty() && plan.problem.empty())
    return MadeChangeSet{.id = {}, .empty = true};
  json::Object body = NewBody(context, order, id);
  SetStatus(body, ProblemOf(plan, order.type));
  KeepShown(revision, body);
  // Values may have come from a parameter that must not be shown.
  if (!revision.parameters.no_echo) body.Set("Values", std::move(plan.values));
  body.Set("Changes", std::move(plan.changes));
  body.Set("Imports", std::move(imports));
  if (!plan.nested.empty()) body.Set("Nested", std::move(plan.nested));
  revision.body.Set("ChangeSet", true);
  body.Set("Revision", PutRevision(context, order.stack.id, std::move(revision.body)));
  Put(context, order, id, std::move(body));
  return MadeChangeSet{.id = id};
}

}  // namespace trunkline::cloud::cloudformation
