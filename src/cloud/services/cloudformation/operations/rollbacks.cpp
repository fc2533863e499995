// CancelUpdateStack, ContinueUpdateRollback, RollbackStack.
#include <fmt/format.h>

#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/stacks/operation.h"
#include "cloud/services/cloudformation/stacks/resources.h"

namespace trunkline::cloud::cloudformation {
namespace {

Answer<> CancelUpdateStack(Context& context, const json::Object& input) {
  TL_TRY(const Record stack, FindStack(context, input.GetString("StackName")));
  const Record* found =
      context.store.Find(context.RegionScope(), kOperation, stack.body.GetString("Operation"));
  if (StatusOf(stack) != "UPDATE_IN_PROGRESS" || !found) {
    return ValidationError(
        fmt::format("CancelUpdateStack cannot be called from current stack status"));
  }
  Record operation = *found;
  operation.body.Set("Cancelled", "User Initiated");
  context.store.Put(context.RegionScope(), kOperation, std::move(operation));
  return json::Object();
}

OperationOrder RollbackOrder(const Record& stack, const json::Object& input) {
  return {.kind = "UPDATE",
          .phase = "rollback",
          .from = std::string(stack.body.GetString("Stable")),
          .to = {},
          .status = "UPDATE_ROLLBACK_IN_PROGRESS",
          .role_arn = std::string(input.GetString("RoleARN", stack.body.GetString("RoleARN"))),
          .token = std::string(input.GetString("ClientRequestToken")),
          .members = {}};
}

Answer<> ContinueUpdateRollback(Context& context, const json::Object& input) {
  TL_TRY(const Record stack, FindStack(context, input.GetString("StackName")));
  if (StatusOf(stack) != "UPDATE_ROLLBACK_FAILED") {
    return ValidationError(fmt::format("Stack:{} is in {} state and can not continue rollback.",
                                       stack.id, StatusOf(stack)));
  }
  OperationOrder order = RollbackOrder(stack, input);
  json::Array skipped;
  for (const json::Value& name : input.GetArray("ResourcesToSkip")) {
    const auto body = FindResource(context, stack.id, name.AsString());
    if (!body || body->GetString("ResourceStatus") != "UPDATE_FAILED") {
      return ValidationError(
          fmt::format("Only resources in UPDATE_FAILED state can be skipped: {}", name.AsString()));
    }
    skipped.push_back(name);
  }
  order.members.Set("Skip", std::move(skipped));
  TL_DO(StartOperation(context, IdentityOf(stack), std::move(order)));
  return json::Object();
}

Answer<> RollbackStack(Context& context, const json::Object& input) {
  TL_TRY(const Record stack, FindStack(context, input.GetString("StackName")));
  OperationOrder order = RollbackOrder(stack, input);
  if (StatusOf(stack) == "CREATE_FAILED" || order.from.empty()) {
    order.kind = "CREATE";
    order.phase = "rollback-create";
    order.status = "ROLLBACK_IN_PROGRESS";
  }
  if (StatusOf(stack) != "CREATE_FAILED" && StatusOf(stack) != "UPDATE_FAILED") {
    return ValidationError(fmt::format("Stack:{} is in {} state and can not be rolled back.",
                                       stack.id, StatusOf(stack)));
  }
  if (!order.from.empty()) {
    UpdateStackRecord(context, stack.id,
                      [&](json::Object& body) { body.Set("Revision", order.from); });
  }
  TL_DO(StartOperation(context, IdentityOf(stack), std::move(order)));
  return json::Object{{"StackId", stack.id}};
}

constexpr Operation kOperations[] = {
    {.name = "CancelUpdateStack", .handle = CancelUpdateStack},
    {.name = "ContinueUpdateRollback", .handle = ContinueUpdateRollback},
    {.name = "RollbackStack", .handle = RollbackStack},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kRollbackOperations = kOperations;

}  // namespace trunkline::cloud::cloudformation
