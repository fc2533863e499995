// CreateStack, UpdateStack, DeleteStack, UpdateTerminationProtection.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/job_kinds.h"
#include "cloud/jobs.h"
#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/stacks/change_set.h"
#include "cloud/services/cloudformation/stacks/changes.h"
#include "cloud/services/cloudformation/stacks/events.h"
#include "cloud/services/cloudformation/stacks/macros.h"
#include "cloud/services/cloudformation/stacks/roll_back_at_once.h"
#include "cloud/services/cloudformation/stacks/s3_text.h"
#include "cloud/services/cloudformation/stacks/stack_policy.h"
#include "cloud/services/cloudformation/stacks/stack_record.h"

namespace trunkline::cloud {
namespace cloudformation {
namespace {

constexpr std::size_t kMaxStacks = 2000;

// A creation that takes longer than the caller allows is cancelled.
Answer<void> TimeOut(Context& context, const json::Object& payload) {
  const Record* found =
      context.store.Find(context.RegionScope(), kOperation, payload.GetString("OperationId"));
  if (!found || found->body.GetString("Phase") != "apply") return {};
  Record operation = *found;
  operation.body.Set("Cancelled", "Stack creation time exceeded the specified timeout.");
  context.store.Put(context.RegionScope(), kOperation, std::move(operation));
  return {};
}

Answer<void> CheckOnFailure(const json::Object& input) {
  if (input.Has("OnFailure") && input.Has("DisableRollback"))
    return ValidationError("You can specify either DisableRollback or OnFailure, but not both");
  return {};
}

std::string_view OnFailureOf(const json::Object& input) {
  if (input.GetBool("DisableRollback")) return "DO_NOTHING";
  return input.GetString("OnFailure", input.GetString("OnStackFailure", "ROLLBACK"));
}

// The names of resource types that the caller allows, with "*" and "AWS::S3::*".
Answer<void> CheckResourceTypes(const json::Object& input, const Template& document) {
  const json::Array& allowed = input.GetArray("ResourceTypes");
  if (allowed.empty()) return {};
  for (const TemplateResource& resource : document.resources) {
    const bool fine = std::any_of(allowed.begin(), allowed.end(), [&](const json::Value& one) {
      const std::string_view name = one.AsString();
      if (name.ends_with('*')) return resource.type.starts_with(name.substr(0, name.size() - 1));
      return resource.type == name;
    });
    if (!fine) {
      std::vector<std::string> names;
      for (const json::Value& one : allowed) names.push_back(one.AsString());
      return ValidationError(
          fmt::format("Resource type {} is not allowed by parameter ResourceTypes [{}]",
                      resource.type, Join(names, ", ")));
    }
  }
  return {};
}

Answer<std::optional<std::string>> PolicyText(Context& context, const json::Object& input,
                                              std::string_view body, std::string_view url) {
  TL_TRY(std::optional<std::string> text, ReadTemplateText(context, input, body, url));
  if (text) TL_DO(CheckPolicyText(*text));
  return text;
}

Answer<> BeginCreateStack(Context& context, const json::Object& input) {
  TL_TRY(const StackIdentity stack, BeginCreate(context, input, {}));
  return json::Object{{"StackId", stack.id}};
}

net::aw<Answer<>> CreateStack(WaitContext context, json::Object input) {
  auto answer = co_await WithMacros(context, input, BeginCreateStack);
  if (answer || !IsTransformFailure(answer.error())) co_return answer;
  const std::string why = answer.error().message;
  co_return context.State(
      [&](Context& state) { return RollBackAtOnce(state, input, OnFailureOf(input), why); });
}
constexpr WaitHandler kCreateStack{CreateStack};

Answer<> BeginUpdateStack(Context& context, const json::Object& input) {
  TL_TRY(const UpdateResult result, BeginUpdate(context, input));
  if (!result.changes) return ValidationError("No updates are to be performed.");
  return json::Object{{"StackId", result.stack.id}};
}

net::aw<Answer<>> UpdateStack(WaitContext context, json::Object input) {
  co_return co_await WithMacros(std::move(context), std::move(input), BeginUpdateStack);
}
constexpr WaitHandler kUpdateStack{UpdateStack};

Answer<> DeleteStack(Context& context, const json::Object& input) {
  TL_DO(BeginDelete(context, input, false));
  return json::Object();
}

Answer<> UpdateTerminationProtection(Context& context, const json::Object& input) {
  TL_TRY(const Record stack, FindStack(context, input.GetString("StackName")));
  if (stack.body.Has("ParentId")) {
    return ValidationError(
        "Termination protection cannot be updated for nested stacks; update the root stack");
  }
  UpdateStackRecord(context, stack.id, [&](json::Object& body) {
    body.Set("EnableTerminationProtection", input.GetBool("EnableTerminationProtection"));
  });
  return json::Object{{"StackId", stack.id}};
}

constexpr Operation kOperations[] = {
    {.name = "CreateStack", .wait = &kCreateStack},
    {.name = "DeleteStack", .handle = DeleteStack},
    {.name = "UpdateStack", .wait = &kUpdateStack},
    {.name = "UpdateTerminationProtection", .handle = UpdateTerminationProtection},
};
static_assert(InOrder(kOperations));

// Nested stacks are protected by their root.
bool IsProtected(Context& context, const Record& stack) {
  const std::string_view root = stack.body.GetString("RootId");
  const Record* owner =
      root.empty() ? &stack : context.store.Find(context.RegionScope(), kStack, root);
  return owner && owner->body.GetBool("EnableTerminationProtection");
}

json::Object DeleteMembers(const json::Object& input) {
  json::Object members{{"Force", input.GetString("DeletionMode") == "FORCE_DELETE_STACK"}};
  if (input.Has("RetainResources")) members.Set("Retained", input.GetArray("RetainResources"));
  return members;
}

Answer<void> CheckDeletable(Context& context, const Record& stack, const json::Object& input,
                            bool nested) {
  if (!nested && IsProtected(context, stack)) {
    return ValidationError(fmt::format(
        "Stack [{}] cannot be deleted while TerminationProtection is enabled", stack.name));
  }
  const bool failed = StatusOf(stack) == "DELETE_FAILED";
  if (!failed &&
      (input.Has("RetainResources") || input.GetString("DeletionMode") == "FORCE_DELETE_STACK")) {
    return ValidationError(fmt::format(
        "Invalid operation on stack [{}]. {} can only be specified when deleting a stack in "
        "DELETE_FAILED state.",
        stack.id, input.Has("RetainResources") ? "RetainResources" : "DeletionMode"));
  }
  return {};
}

// A creation under way gives up, and deletes the stack when it has.
Answer<void> CancelCreation(Context& context, const Record& stack) {
  const Record* found =
      context.store.Find(context.RegionScope(), kOperation, stack.body.GetString("Operation"));
  if (!found || StatusOf(stack) != "CREATE_IN_PROGRESS") {
    return ValidationError(
        fmt::format("Stack [{}] cannot be deleted while in status {}", stack.id, StatusOf(stack)));
  }
  Record operation = *found;
  operation.body.Set("Cancelled", "Resource creation cancelled.");
  operation.body.Set("OnFailure", "DELETE");
  context.store.Put(context.RegionScope(), kOperation, std::move(operation));
  return {};
}

}  // namespace

constinit const Family kStackOperations = kOperations;

Answer<StackIdentity> BeginCreate(Context& context, const json::Object& input,
                                  const StackParent& parent) {
  const std::string name(input.GetString("StackName"));
  TL_DO(CheckStackName(name));
  TL_DO(CheckOnFailure(input));
  TL_DO(CheckRollbackTriggers(input));
  const Record* before = FindLiveStack(context, name);
  const std::string_view token = input.GetString("ClientRequestToken");
  if (before) {
    if (!token.empty() && before->body.GetString("ClientRequestToken") == token)
      return IdentityOf(*before);
    if (StatusOf(*before) != "REVIEW_IN_PROGRESS")
      return ServiceError("AlreadyExistsException", fmt::format("Stack [{}] already exists", name));
  }
  if (context.store.List(context.RegionScope(), kStack, kLive).size() >= kMaxStacks)
    return ServiceError("LimitExceededException", "Limit for stack has been exceeded");
  const StackIdentity stack{.id = before ? before->id : NewStackId(context, name), .name = name};
  TL_TRY(const Revision revision, Prepare(context, input, stack, {}));
  TL_DO(CheckResourceTypes(input, *revision.document));
  TL_TRY(const auto policy, PolicyText(context, input, "StackPolicyBody", "StackPolicyURL"));
  if (before) SetObsolete(context, stack.id);
  PutNewStack(context, stack, input, parent);
  if (policy) {
    UpdateStackRecord(context, stack.id,
                      [&](json::Object& body) { body.Set("StackPolicyBody", *policy); });
  }
  const std::string id = PutRevision(context, stack.id, revision.body);
  TL_DO(StartCreate(context, stack, input, id));
  return stack;
}

Answer<void> StartCreate(Context& context, const StackIdentity& stack, const json::Object& input,
                         const std::string& revision_id) {
  AdoptRevision(context, stack, input, revision_id, FindRevision(context, revision_id));
  OperationOrder order{.kind = "CREATE",
                       .phase = "apply",
                       .from = {},
                       .to = revision_id,
                       .status = "CREATE_IN_PROGRESS",
                       .role_arn = std::string(input.GetString("RoleARN")),
                       .token = std::string(input.GetString("ClientRequestToken")),
                       .members = {{"OnFailure", OnFailureOf(input)}}};
  // Of a change set alone: what exists already is taken over.
  if (const json::Object& imports = input.GetObject("Imports"); !imports.empty())
    order.members.Set("Imports", imports);
  if (input.GetBool("RetainExceptOnCreate")) order.members.Set("RetainExceptOnCreate", true);
  TL_TRY(const std::string operation, StartOperation(context, stack, std::move(order)));
  if (const std::int64_t minutes = input.GetInt("TimeoutInMinutes"); minutes > 0) {
    context.jobs.ScheduleAt(context, kTimeOutStackJob, {{"OperationId", operation}},
                            context.Now() + std::chrono::minutes(minutes));
  }
  return {};
}

Answer<void> CheckUpdatable(const Record& stack) {
  constexpr std::string_view kUpdatable[] = {
      "CREATE_COMPLETE", "UPDATE_COMPLETE",          "UPDATE_ROLLBACK_COMPLETE", "CREATE_FAILED",
      "UPDATE_FAILED",   "IMPORT_ROLLBACK_COMPLETE", "IMPORT_COMPLETE"};
  if (std::find(std::begin(kUpdatable), std::end(kUpdatable), StatusOf(stack)) !=
      std::end(kUpdatable))
    return {};
  return ValidationError(
      fmt::format("Stack:{} is in {} state and can not be updated.", stack.id, StatusOf(stack)));
}

Answer<UpdateResult> BeginUpdate(Context& context, const json::Object& input) {
  TL_TRY(const Record stack, FindStack(context, input.GetString("StackName")));
  if (StatusOf(stack) == "DELETE_COMPLETE")
    return ValidationError(fmt::format("Stack [{}] does not exist", stack.name));
  const UpdateResult done{.stack = IdentityOf(stack)};
  const std::string_view token = input.GetString("ClientRequestToken");
  if (!token.empty() && stack.body.GetString("ClientRequestToken") == token) return done;
  TL_DO(CheckUpdatable(stack));
  TL_DO(CheckRollbackTriggers(input));
  const json::Object previous = FindRevision(context, stack.body.GetString("Revision"));
  PrepareOptions options;
  options.previous = &previous;
  TL_TRY(const Revision revision, Prepare(context, input, done.stack, options));
  TL_DO(CheckResourceTypes(input, *revision.document));
  const bool failed = StatusOf(stack).ends_with("_FAILED");
  const ChangeInput changes{.stack = done.stack,
                            .target = &revision,
                            .previous = previous,
                            .imports = {},
                            .look_into = {}};
  if (!failed && PlanChanges(context, changes).empty())
    return UpdateResult{.stack = done.stack, .changes = false};
  TL_TRY(const auto policy, PolicyText(context, input, "StackPolicyBody", "StackPolicyURL"));
  TL_TRY(const auto during,
         PolicyText(context, input, "StackPolicyDuringUpdateBody", "StackPolicyDuringUpdateURL"));
  if (policy) {
    UpdateStackRecord(context, stack.id,
                      [&](json::Object& body) { body.Set("StackPolicyBody", *policy); });
  }
  DropChangeSets(context, stack.id);
  json::Object members;
  if (during) members.Set("PolicyDuringUpdate", *during);
  const std::string id = PutRevision(context, stack.id, revision.body);
  TL_DO(StartUpdate(context, stack, input, id, std::move(members), "UPDATE"));
  return done;
}

Answer<void> StartUpdate(Context& context, const Record& stack, const json::Object& input,
                         const std::string& revision_id, json::Object members,
                         std::string_view kind) {
  const StackIdentity identity = IdentityOf(stack);
  AdoptRevision(context, identity, input, revision_id, FindRevision(context, revision_id));
  const bool disabled = input.GetBool("DisableRollback");
  UpdateStackRecord(context, stack.id, [&](json::Object& body) {
    body.Set("LastUpdatedTime", Timestamp(context));
    body.Set("DisableRollback", disabled);
  });
  members.Set("DisableRollback", disabled);
  OperationOrder order{
      .kind = std::string(kind),
      .phase = "apply",
      .from = std::string(stack.body.GetString("Stable")),
      .to = revision_id,
      .status = fmt::format("{}_IN_PROGRESS", kind),
      .role_arn = std::string(input.GetString("RoleARN", stack.body.GetString("RoleARN"))),
      .token = std::string(input.GetString("ClientRequestToken")),
      .members = std::move(members)};
  TL_DO(StartOperation(context, identity, std::move(order)));
  return {};
}

Answer<bool> BeginDelete(Context& context, const json::Object& input, bool nested) {
  const std::string_view name = input.GetString("StackName");
  const Answer<Record> found = FindStack(context, name);
  // A name that no stack has is deleted already; an ARN of nothing is told.
  if (!found && !name.starts_with("arn:")) return false;
  if (!found) return found.error();
  const Record& stack = *found;
  if (StatusOf(stack) == "DELETE_COMPLETE" || StatusOf(stack) == "DELETE_IN_PROGRESS") return false;
  TL_DO(CheckDeletable(context, stack, input, nested));
  if (IsInProgress(StatusOf(stack))) {
    TL_DO(CancelCreation(context, stack));
    return true;
  }
  UpdateStackRecord(context, stack.id, [&](json::Object& body) {
    body.SetIfNotEmpty("DeletionMode", input.GetString("DeletionMode"));
  });
  OperationOrder order{
      .kind = "DELETE",
      .phase = "delete",
      .from = {},
      .to = {},
      .status = "DELETE_IN_PROGRESS",
      .role_arn = std::string(input.GetString("RoleARN", stack.body.GetString("RoleARN"))),
      .token = std::string(input.GetString("ClientRequestToken")),
      .members = DeleteMembers(input)};
  order.members.Set("Before", StatusOf(stack));
  TL_DO(StartOperation(context, IdentityOf(stack), std::move(order)));
  return true;
}

}  // namespace cloudformation

constinit const JobKind kTimeOutStackJob{.name = "cloudformation.time-out",
                                         .run = cloudformation::TimeOut};

}  // namespace trunkline::cloud
