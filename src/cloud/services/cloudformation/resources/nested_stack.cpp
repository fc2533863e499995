// AWS::CloudFormation::Stack: a stack within a stack.
#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/stacks/await_stack.h"
#include "cloud/services/cloudformation/stacks/nested_input.h"
#include "cloud/services/cloudformation/stacks/stack_record.h"
#include "cloud/services/cloudformation/template/function.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr Property kProperties[] = {
    {.name = "NotificationARNs"},
    {.name = "Parameters"},
    {.name = "Tags"},
    {.name = "TemplateURL", .required = true},
    {.name = "TimeoutInMinutes"},
};
// The same when an order is repeated: a stack of that name with that token is the one.
std::string NewName(const ResourceOrder& order) {
  return NestedStackName(order.stack_name, order.logical_id,
                         ToUpper(ToHex(Sha1(order.token))).substr(0, 12));
}

// A new stack that the executed change set has put into review is the one.
std::string ChildName(Context& context, const ResourceOrder& order, const Record& parent) {
  const Record* change_set =
      context.store.Find(context.RegionScope(), kChangeSet, parent.body.GetString("ChangeSetId"));
  if (!change_set) return NewName(order);
  for (const json::Value& item : change_set->body.GetArray("Nested")) {
    if (item.AsObject().GetString("LogicalResourceId") != order.logical_id) continue;
    const Record* nested = context.store.Find(context.RegionScope(), kChangeSet,
                                              item.AsObject().GetString("ChangeSetId"));
    if (!nested) continue;
    const Answer<Record> child = FindStack(context, nested->body.GetString("StackId"));
    if (child && (StatusOf(*child) == "REVIEW_IN_PROGRESS" ||
                  child->body.GetString("ClientRequestToken") == order.token))
      return child->name;
  }
  return NewName(order);
}

json::Object ChildInput(Context& context, const ResourceOrder& order, const Record& parent) {
  json::Object input = NestedStackInput(order.properties, order.tags);
  input.Set("ClientRequestToken", order.token);
  const json::Object revision = FindRevision(context, parent.body.GetString("Revision"));
  input.Set("Capabilities", revision.GetArray("Capabilities"));
  input.SetIfNotEmpty("RoleARN", parent.body.GetString("RoleARN"));
  return input;
}

Answer<std::string> Begin(const WaitContext& context, const ResourceOrder& order) {
  std::string id;
  TL_DO(context.State([&](Context& state) -> Answer<> {
    TL_TRY(const Record parent, FindStack(state, order.stack_id));
    json::Object input = ChildInput(state, order, parent);
    input.Set("StackName", ChildName(state, order, parent));
    // The parent decides what becomes of it: it deletes a nested stack that failed.
    input.Set("OnFailure", "DO_NOTHING");
    if (const json::Value* minutes = order.properties.Find("TimeoutInMinutes"))
      input.Set("TimeoutInMinutes", ToInt(ScalarText(*minutes).value_or("")).value_or(0));
    const StackParent above{.parent_id = parent.id,
                            .root_id = std::string(parent.body.GetString("RootId", parent.id))};
    TL_TRY(const StackIdentity child, BeginCreate(state, input, above));
    id = child.id;
    return json::Object();
  }));
  return id;
}

MadeResource Made(const Record& stack) {
  MadeResource made;
  made.physical_id = stack.id;
  for (const json::Value& output : stack.body.GetArray("Outputs")) {
    made.attributes.Set(fmt::format("Outputs.{}", output.AsObject().GetString("OutputKey")),
                        output.AsObject().At("OutputValue"));
  }
  return made;
}

net::aw<Answer<MadeResource>> Create(WaitContext context, ResourceOrder order) {
  std::string id = order.physical_id;
  if (id.empty()) {
    TL_CO_TRY(id, Begin(context, order));
    order.created(id);
  }
  const auto stack = co_await AwaitStack(context, id, order.cancelled);
  if (!stack) co_return stack.error();
  if (StatusOf(*stack) == "CREATE_COMPLETE") co_return Made(*stack);
  co_return ServiceError("GeneralServiceException",
                         fmt::format("Embedded stack {} was not successfully created: {}", id,
                                     stack->body.GetString("StackStatusReason")));
}

// A failure that a roll back has settled is none for the next update.
net::aw<Answer<MadeResource>> Update(WaitContext context, ResourceOrder order) {
  const auto begun = context.State([&](Context& state) -> Answer<> {
    TL_TRY(const Record parent, FindStack(state, order.stack_id));
    json::Object input = ChildInput(state, order, parent);
    input.Set("StackName", order.physical_id);
    TL_DO(BeginUpdate(state, input));
    return json::Object();
  });
  if (!begun) co_return begun.error();
  const auto stack = co_await AwaitStack(context, order.physical_id, order.cancelled);
  if (!stack) co_return stack.error();
  const std::string_view status = StatusOf(*stack);
  const bool token = stack->body.GetString("ClientRequestToken") == order.token;
  if (status == "UPDATE_COMPLETE" || status == "CREATE_COMPLETE" || !token) co_return Made(*stack);
  co_return ServiceError(
      "GeneralServiceException",
      fmt::format("Embedded stack {} was not successfully updated. Currently in {} with reason: {}",
                  order.physical_id, status, stack->body.GetString("StackStatusReason")));
}

net::aw<Answer<void>> Remove(WaitContext context, ResourceOrder order) {
  bool begun = false;
  const auto asked = context.State([&](Context& state) -> Answer<> {
    if (!FindStack(state, order.physical_id)) return json::Object();
    json::Object input{{"StackName", order.physical_id}, {"ClientRequestToken", order.token}};
    TL_TRY(begun, BeginDelete(state, input, true));
    return json::Object();
  });
  if (!asked) co_return asked.error();
  if (!begun) co_return Answer<void>();
  const auto stack = co_await AwaitStack(context, order.physical_id, nullptr);
  if (!stack) co_return stack.error();
  if (StatusOf(*stack) == "DELETE_COMPLETE") co_return Answer<void>();
  co_return ServiceError(
      "GeneralServiceException",
      fmt::format("Embedded stack {} was not successfully deleted: {}", order.physical_id,
                  stack->body.GetString("StackStatusReason")));
}

}  // namespace

constinit const ResourceType kNestedStackType{.name = "AWS::CloudFormation::Stack",
                                              .properties = kProperties,
                                              .attributes = {},
                                              .create = Create,
                                              .update = Update,
                                              .remove = Remove,
                                              .open = true,
                                              .resumes = true};

}  // namespace trunkline::cloud::cloudformation
