#include "cloud/services/cloudformation/stacks/existing.h"

#include <fmt/format.h>

#include "cloud/services/cloudformation/mapping/mapped.h"
#include "cloud/services/cloudformation/resource_types.h"

namespace trunkline::cloud::cloudformation {
namespace {

std::string_view NameProperty(const ResourceType& type) {
  if (type.mapping) return type.mapping->naming.property;
  return type.name == "AWS::SSM::Parameter" ? "Name" : "";
}

// What names it where the physical id is an ARN that follows from the name.
struct ArnForm {
  std::string_view type;
  std::string_view form;  // {0}: Region, {1}: account, {2}: name
};
constexpr ArnForm kArnForms[] = {
    {"AWS::Events::Rule", "arn:aws:events:{0}:{1}:rule/{2}"},
    {"AWS::IAM::ManagedPolicy", "arn:aws:iam::{1}:policy/{2}"},
    {"AWS::SNS::Topic", "arn:aws:sns:{0}:{1}:{2}"},
    {"AWS::StepFunctions::Activity", "arn:aws:states:{0}:{1}:activity:{2}"},
    {"AWS::StepFunctions::StateMachine", "arn:aws:states:{0}:{1}:stateMachine:{2}"},
};

Answer<std::string> IdOf(const WaitContext& context, const ResourceType& type,
                         const std::string& name) {
  for (const ArnForm& row : kArnForms) {
    if (row.type != type.name) continue;
    return fmt::format(fmt::runtime(row.form), context.region(), context.caller().account, name);
  }
  if (type.name != "AWS::SQS::Queue") return name;
  TL_TRY(const json::Object found, context.Dispatch("sqs", "GetQueueUrl", {{"QueueName", name}}));
  return std::string(found.GetString("QueueUrl"));
}

// Empty: there is none.
net::aw<std::string> FindOne(WaitContext context, const ResourceType& type,
                             json::Object properties) {
  const std::string name(properties.GetString(NameProperty(type)));
  const Answer<std::string> id = IdOf(context, type, name);
  if (!id) co_return std::string();
  ResourceOrder order;
  order.physical_id = *id;
  order.properties = std::move(properties);
  if (!type.mapping) {
    const Answer<json::Object> read = co_await type.read(context, order);
    co_return read ? *id : std::string();
  }
  Answer<json::Object> known = co_await DescribeOnce(*type.mapping, context, order);
  if (!known) co_return std::string();
  const json::Object keys = KeysOf(*type.mapping, order);
  Overlay(*known, keys);
  Overlay(*known, order.properties);
  const std::string physical_id = PhysicalIdOf(*type.mapping, *known);
  co_return physical_id.empty() ? *id : physical_id;
}

}  // namespace

bool MayExist(const TemplateResource& resource, const json::Object& properties) {
  const ResourceType* type = FindResourceType(resource.type);
  if (!type || !type->read || NameProperty(*type).empty()) return false;
  if (properties.GetString(NameProperty(*type)).empty()) return false;
  const json::Value& policy = resource.deletion_policy;
  return policy.IsString() &&
         (policy.AsString() == "Retain" || policy.AsString() == "RetainExceptOnCreate");
}

net::aw<json::Object> FindExisting(WaitContext context, json::Array named) {
  json::Object existing;
  for (const json::Value& item : named) {
    const json::Object one = item.AsObject();
    const ResourceType* type = FindResourceType(one.GetString("ResourceType"));
    const std::string id = co_await FindOne(context, *type, one.GetObject("Properties"));
    if (!id.empty()) existing.Set(one.GetString("LogicalResourceId"), id);
  }
  co_return existing;
}

}  // namespace trunkline::cloud::cloudformation
