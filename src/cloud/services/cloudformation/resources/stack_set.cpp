// AWS::CloudFormation::StackSet: a stack set and its instances, as the groups of the template name
// them. Its operations run one after the other, each waited for.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/resources/polling.h"
#include "cloud/services/cloudformation/stacks/records.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr Property kProperties[] = {
    {.name = "AdministrationRoleARN"},
    {.name = "Capabilities"},
    {.name = "Description"},
    {.name = "ExecutionRoleName"},
    {.name = "ManagedExecution"},
    {.name = "OperationPreferences"},
    {.name = "Parameters"},
    {.name = "PermissionModel", .required = true, .create_only = true},
    {.name = "StackInstancesGroup"},
    {.name = "StackSetName", .required = true, .create_only = true},
    {.name = "Tags"},
    {.name = "TemplateBody"},
    {.name = "TemplateURL"},
};
constexpr std::string_view kAttributes[] = {"StackSetId"};

// Of the properties, those that CreateStackSet and UpdateStackSet take by the same names.
json::Object SetInput(const ResourceOrder& order) {
  json::Object input;
  for (const json::Member& member : order.properties) {
    if (member.key != "StackInstancesGroup" && member.key != "OperationPreferences")
      input.Set(member.key, member.value);
  }
  return input;
}

// One account in one Region with what its group overrides: {Accounts, Regions, ParameterOverrides}.
json::Array InstancesOf(const json::Object& properties) {
  json::Array instances;
  for (const json::Value& group : properties.GetArray("StackInstancesGroup")) {
    const json::Object& one = group.AsObject();
    for (const json::Value& region : one.GetArray("Regions")) {
      for (const json::Value& account : one.GetObject("DeploymentTargets").GetArray("Accounts")) {
        instances.emplace_back(
            json::Object{{"Accounts", json::Array{account}},
                         {"Regions", json::Array{region}},
                         {"ParameterOverrides", one.GetArray("ParameterOverrides")}});
      }
    }
  }
  return instances;
}

bool IsSamePlace(const json::Object& one, const json::Object& other) {
  return one.At("Accounts") == other.At("Accounts") && one.At("Regions") == other.At("Regions");
}

const json::Object* FindPlace(const json::Array& instances, const json::Object& place) {
  const auto found = std::ranges::find_if(
      instances, [&](const json::Value& one) { return IsSamePlace(one.AsObject(), place); });
  return found == instances.end() ? nullptr : &found->AsObject();
}

// Until the operation has ended; what did not succeed is an error with the first instance's reason.
net::aw<Answer<void>> AwaitOperation(WaitContext context, std::string set, std::string operation,
                                     std::function<bool()> cancelled) {
  const json::Object input{{"StackSetName", set}, {"OperationId", operation}};
  for (Pauses pauses;;) {
    json::Object asking = input;
    const Answer<> shown =
        co_await context.Call("cloudformation", "DescribeStackSetOperation", std::move(asking));
    if (!shown) co_return shown.error();
    const std::string status(shown->GetObject("StackSetOperation").GetString("Status"));
    if (status == "SUCCEEDED") co_return Answer<void>();
    if (status != "RUNNING" && status != "QUEUED" && status != "STOPPING") break;
    if (cancelled && cancelled())
      co_return ServiceError("Cancelled", "Resource creation cancelled");
    co_await pauses.Next(context);
  }
  json::Object asking = input;
  const Answer<> results =
      co_await context.Call("cloudformation", "ListStackSetOperationResults", std::move(asking));
  std::string reason;
  if (results) {
    for (const json::Value& one : results->GetArray("Summaries")) {
      if (reason.empty()) reason = one.AsObject().GetString("StatusReason");
    }
  }
  co_return ServiceError("GeneralServiceException",
                         fmt::format("Stack set operation [{}] was unexpectedly stopped or failed. "
                                     "{}",
                                     operation, reason));
}

// Calls an operation of the set that answers with an OperationId, and waits for that.
net::aw<Answer<void>> Run(WaitContext context, const ResourceOrder& order, std::string operation,
                          json::Object input) {
  input.Set("StackSetName", order.physical_id);
  if (const json::Value* wishes = order.properties.Find("OperationPreferences"))
    input.Set("OperationPreferences", *wishes);
  const Answer<> begun = co_await context.Call("cloudformation", operation, std::move(input));
  if (!begun) co_return begun.error();
  std::string id(begun->GetString("OperationId"));
  Answer<void> done = co_await AwaitOperation(context, order.physical_id, id, order.cancelled);
  co_return done;
}

net::aw<Answer<void>> RemoveInstances(WaitContext context, const ResourceOrder& order,
                                      json::Array instances) {
  for (const json::Value& one : instances) {
    json::Object input = one.AsObject();
    input.Remove("ParameterOverrides");
    input.Set("RetainStacks", false);
    const Answer<void> done = co_await Run(context, order, "DeleteStackInstances", input);
    if (!done && done.error().code != "StackInstanceNotFoundException") co_return done;
  }
  co_return Answer<void>();
}

// Brings the instances from what they were to what they are to be.
net::aw<Answer<void>> ChangeInstances(WaitContext context, const ResourceOrder& order) {
  const json::Array before = InstancesOf(order.previous);
  const json::Array wanted = InstancesOf(order.properties);
  json::Array gone;
  for (const json::Value& one : before) {
    if (!FindPlace(wanted, one.AsObject())) gone.push_back(one);
  }
  Answer<void> removed = co_await RemoveInstances(context, order, std::move(gone));
  if (!removed) co_return removed;
  for (const json::Value& one : wanted) {
    const json::Object* there = FindPlace(before, one.AsObject());
    if (there && *there == one.AsObject()) continue;
    std::string operation = there ? "UpdateStackInstances" : "CreateStackInstances";
    json::Object input = one.AsObject();
    const Answer<void> done = co_await Run(context, order, operation, std::move(input));
    if (!done) co_return done;
  }
  co_return Answer<void>();
}

MadeResource Made(const ResourceOrder& order) {
  MadeResource made;
  made.physical_id = order.physical_id;
  made.attributes.Set("StackSetId", order.physical_id);
  return made;
}

net::aw<Answer<MadeResource>> Create(WaitContext context, ResourceOrder order) {
  json::Object input = SetInput(order);
  const Answer<> set = co_await context.Call("cloudformation", "CreateStackSet", std::move(input));
  if (!set) co_return set.error();
  order.physical_id = set->GetString("StackSetId");
  order.created(order.physical_id);
  order.previous = json::Object();
  const Answer<void> done = co_await ChangeInstances(context, order);
  if (!done) co_return done.error();
  co_return Made(order);
}

net::aw<Answer<MadeResource>> Update(WaitContext context, ResourceOrder order) {
  json::Object input = SetInput(order);
  const Answer<void> updated = co_await Run(context, order, "UpdateStackSet", std::move(input));
  if (!updated) co_return updated.error();
  const Answer<void> done = co_await ChangeInstances(context, order);
  if (!done) co_return done.error();
  co_return Made(order);
}

// The instances that are there, also those that a failed creation left.
net::aw<Answer<json::Array>> Present(WaitContext context, std::string set) {
  json::Array instances;
  std::string token;
  do {
    json::Object input{{"StackSetName", set}};
    input.SetIfNotEmpty("NextToken", token);
    const Answer<> page =
        co_await context.Call("cloudformation", "ListStackInstances", std::move(input));
    if (!page) co_return page.error();
    for (const json::Value& one : page->GetArray("Summaries")) {
      json::Object place{{"Accounts", json::Array{one.AsObject().At("Account")}},
                         {"Regions", json::Array{one.AsObject().At("Region")}}};
      instances.emplace_back(std::move(place));
    }
    token = page->GetString("NextToken");
  } while (!token.empty());
  co_return instances;
}

net::aw<Answer<void>> Remove(WaitContext context, ResourceOrder order) {
  Answer<json::Array> instances = co_await Present(context, order.physical_id);
  if (!instances) {
    if (instances.error().code == "StackSetNotFoundException") co_return Answer<void>();
    co_return instances.error();
  }
  order.cancelled = nullptr;
  Answer<void> removed = co_await RemoveInstances(context, order, std::move(*instances));
  if (!removed) co_return removed;
  json::Object input{{"StackSetName", order.physical_id}};
  const Answer<> done = co_await context.Call("cloudformation", "DeleteStackSet", std::move(input));
  if (!done) co_return done.error();
  co_return Answer<void>();
}

}  // namespace

constinit const ResourceType kStackSetType{.name = "AWS::CloudFormation::StackSet",
                                           .properties = kProperties,
                                           .attributes = kAttributes,
                                           .create = Create,
                                           .update = Update,
                                           .remove = Remove};

}  // namespace trunkline::cloud::cloudformation
