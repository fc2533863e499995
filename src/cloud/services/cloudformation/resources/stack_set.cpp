// AWS::CloudFormation::StackSet: a stack set and its instances, with self-managed permissions. Its
// operations run one at a time, so each is waited for.
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/dispatch.h"
#include "cloud/engine.h"
#include "cloud/services/cloudformation/mapping/wire_values.h"
#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/resources/polling.h"
#include "cloud/services/cloudformation/template/function.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::string_view kInstances = "StackInstancesGroup";
constexpr Property kProperties[] = {
    {.name = "AdministrationRoleARN"},
    {.name = "AutoDeployment"},
    {.name = "CallAs", .write_only = true},
    {.name = "Capabilities"},
    {.name = "Description"},
    {.name = "ExecutionRoleName"},
    {.name = "ManagedExecution"},
    {.name = "OperationPreferences", .write_only = true},
    {.name = "Parameters"},
    {.name = "PermissionModel", .required = true, .create_only = true},
    {.name = kInstances},
    {.name = "StackSetName", .required = true, .create_only = true},
    {.name = "Tags"},
    {.name = "TemplateBody"},
    {.name = "TemplateURL", .write_only = true},
};
constexpr std::string_view kAttributes[] = {"StackSetId"};

// The properties that the operation knows, as it spells them.
Answer<json::Object> InputOf(const WaitContext& context, std::string_view operation,
                             const json::Object& properties) {
  const aws::OperationRow* row =
      context.engine().dispatch.models().Find("cloudformation")->FindOperation(operation);
  json::Object input;
  for (const json::Member& property : properties) {
    const aws::MemberRow* member = FindMember(*row->input, property.key, {});
    if (!member) continue;
    TL_TRY(json::Value value, ToMember(*member, property.value, {}, "/" + property.key));
    input.Set(member->name, std::move(value));
  }
  return input;
}

// The stack's own tags belong to the set as well, but not those that only AWS may set.
json::Object WithTags(const ResourceOrder& order) {
  json::Object properties = order.properties;
  json::Array tags;
  for (const json::Value& tag : order.tags) {
    if (!tag.AsObject().GetString("Key").starts_with("aws:")) tags.push_back(tag);
  }
  for (const json::Value& tag : order.properties.GetArray("Tags")) {
    std::erase_if(tags, [&](const json::Value& other) {
      return other.AsObject().GetString("Key") == tag.AsObject().GetString("Key");
    });
    tags.push_back(tag);
  }
  if (!tags.empty()) properties.Set("Tags", std::move(tags));
  return properties;
}

struct Instance {
  json::Value account;
  json::Value region;
  json::Value overrides;
  bool has_stack = true;  // no operation has made one: there is nothing but the entry to delete
};

// By "account|Region".
std::map<std::string, Instance> InstancesOf(const json::Object& properties) {
  std::map<std::string, Instance> instances;
  for (const json::Value& group : properties.GetArray(kInstances)) {
    const json::Object& row = group.AsObject();
    for (const json::Value& account : row.GetObject("DeploymentTargets").GetArray("Accounts")) {
      for (const json::Value& region : row.GetArray("Regions")) {
        const std::string key =
            fmt::format("{}|{}", ScalarText(account).value_or(""), ScalarText(region).value_or(""));
        instances[key] = {account, region, row.GetArray("ParameterOverrides"), true};
      }
    }
  }
  return instances;
}

net::aw<Answer<>> Ask(WaitContext context, std::string operation, json::Object input) {
  co_return co_await context.Call("cloudformation", std::move(operation), std::move(input));
}

// The first reason that an account and Region gave.
net::aw<Answer<void>> WhyItFailed(WaitContext context, json::Object operation) {
  const Answer<> results = co_await Ask(context, "ListStackSetOperationResults", operation);
  std::string why = "the operation of the stack set did not succeed";
  if (results) {
    for (const json::Value& row : results->GetArray("Summaries")) {
      const std::string_view reason = row.AsObject().GetString("StatusReason");
      if (!reason.empty()) why = reason;
    }
  }
  co_return ServiceError("NotStabilized", why);
}

// Starts an operation and waits for its end.
net::aw<Answer<void>> Operate(WaitContext context, ResourceOrder order, std::string operation,
                              json::Object input) {
  const std::string set(input.GetString("StackSetName"));
  Answer<> started = co_await Ask(context, std::move(operation), std::move(input));
  if (!started) co_return std::move(started).error();
  json::Object asked{{"StackSetName", set}, {"OperationId", started->GetString("OperationId")}};
  Pauses pauses;
  for (;;) {
    const Answer<> shown = co_await Ask(context, "DescribeStackSetOperation", asked);
    if (!shown) co_return shown.error();
    const std::string_view status = shown->GetObject("StackSetOperation").GetString("Status");
    if (status == "SUCCEEDED") co_return Answer<void>();
    if (status == "FAILED" || status == "STOPPED") co_return co_await WhyItFailed(context, asked);
    if (order.cancelled && order.cancelled())
      co_return ServiceError("Cancelled", "Resource creation cancelled");
    co_await pauses.Next(context);
  }
}

net::aw<Answer<void>> OperateOn(WaitContext context, ResourceOrder order, std::string operation,
                                Instance instance) {
  json::Object properties{{"StackSetName", order.properties.At("StackSetName")},
                          {"Accounts", json::Array{std::move(instance.account)}},
                          {"Regions", json::Array{std::move(instance.region)}},
                          {"ParameterOverrides", std::move(instance.overrides)}};
  if (const json::Value* how = order.properties.Find("OperationPreferences"))
    properties.Set("OperationPreferences", *how);
  if (operation == "DeleteStackInstances") properties.Set("RetainStacks", !instance.has_stack);
  TL_CO_TRY(json::Object input, InputOf(context, operation, properties));
  co_return co_await Operate(context, order, std::move(operation), std::move(input));
}

// From what instances there were to those that are wanted.
net::aw<Answer<void>> ChangeInstances(WaitContext context, ResourceOrder order) {
  const std::map<std::string, Instance> before = InstancesOf(order.previous);
  const std::map<std::string, Instance> wanted = InstancesOf(order.properties);
  for (const auto& [key, instance] : before) {
    if (wanted.contains(key)) continue;
    Answer<void> done = co_await OperateOn(context, order, "DeleteStackInstances", instance);
    if (!done) co_return done;
  }
  for (const auto& [key, instance] : wanted) {
    const auto found = before.find(key);
    if (found != before.end() && found->second.overrides == instance.overrides) continue;
    const std::string operation =
        found == before.end() ? "CreateStackInstances" : "UpdateStackInstances";
    Answer<void> done = co_await OperateOn(context, order, operation, instance);
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
  TL_CO_TRY(json::Object input, InputOf(context, "CreateStackSet", WithTags(order)));
  Answer<> answer = co_await Ask(context, "CreateStackSet", std::move(input));
  if (!answer) co_return std::move(answer).error();
  order.physical_id = answer->GetString("StackSetId");
  order.created(order.physical_id);
  Answer<void> done = co_await ChangeInstances(context, order);
  if (!done) co_return std::move(done).error();
  co_return Made(order);
}

bool OnlyInstancesDiffer(const ResourceOrder& order) {
  json::Object now = order.properties;
  json::Object before = order.previous;
  for (json::Object* properties : {&now, &before}) properties->Remove(kInstances);
  return now == before;
}

net::aw<Answer<MadeResource>> Update(WaitContext context, ResourceOrder order) {
  Answer<void> done;
  if (!OnlyInstancesDiffer(order)) {
    TL_CO_TRY(json::Object input, InputOf(context, "UpdateStackSet", WithTags(order)));
    done = co_await Operate(context, order, "UpdateStackSet", std::move(input));
  }
  if (done) done = co_await ChangeInstances(context, order);
  if (!done) co_return std::move(done).error();
  co_return Made(order);
}

// Also those that an operation made which did not come to its end.
net::aw<Answer<void>> Remove(WaitContext context, ResourceOrder order) {
  json::Object set{{"StackSetName", order.physical_id}};
  order.cancelled = nullptr;
  for (;;) {
    const Answer<> page = co_await Ask(context, "ListStackInstances", set);
    if (!page && page.error().code == "StackSetNotFoundException") co_return Answer<void>();
    if (!page) co_return page.error();
    const json::Array& left = page->GetArray("Summaries");
    if (left.empty()) break;
    for (const json::Value& row : left) {
      Instance instance{row.AsObject().At("Account"), row.AsObject().At("Region"), json::Array(),
                        row.AsObject().Has("StackId")};
      Answer<void> done =
          co_await OperateOn(context, order, "DeleteStackInstances", std::move(instance));
      if (!done) co_return done;
    }
  }
  const Answer<> deleted = co_await Ask(context, "DeleteStackSet", set);
  if (!deleted) co_return deleted.error();
  co_return Answer<void>();
}

net::aw<Answer<json::Object>> Read(WaitContext context, ResourceOrder order) {
  json::Object set{{"StackSetName", order.physical_id}};
  const Answer<> answer = co_await Ask(context, "DescribeStackSet", std::move(set));
  if (!answer) {
    const bool gone = answer.error().code == "StackSetNotFoundException";
    co_return gone ? ServiceError("NotFound", answer.error().message) : answer.error();
  }
  const json::Object& shown = answer->GetObject("StackSet");
  json::Object properties;
  for (const Property& property : kProperties) {
    const json::Value* wanted = order.properties.Find(property.name);
    const json::Value* value = shown.Find(property.name);
    if (property.name == kInstances || property.name == "Tags") value = wanted;
    if (wanted && value && !property.write_only) properties.Set(property.name, *value);
  }
  co_return properties;
}

}  // namespace

constinit const ResourceType kStackSetType{.name = "AWS::CloudFormation::StackSet",
                                           .properties = kProperties,
                                           .attributes = kAttributes,
                                           .create = Create,
                                           .update = Update,
                                           .remove = Remove,
                                           .read = Read};

}  // namespace trunkline::cloud::cloudformation
