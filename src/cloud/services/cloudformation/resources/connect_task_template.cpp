// AWS::Connect::TaskTemplate.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The property is the list itself.
Answer<void> NestDefaults(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                          json::Object& properties) {
  const json::Value* list = properties.Find("Defaults");
  if (!list || !list->IsArray()) return {};
  json::Object defaults;
  defaults.Set("DefaultFieldValues", *list);
  properties.Set("Defaults", std::move(defaults));
  return {};
}

constexpr Name kNames[] = {
    {"SelfAssignContactFlowArn", "SelfAssignFlowId"},
};

constexpr auto kProperties = Properties<
    "ClientToken~ Constraints ContactFlowArn Defaults Description Fields InstanceArn* "
    "Name SelfAssignContactFlowArn Status Tags">();

constexpr auto kAttributes = Words<"Arn">();

constexpr Change kChanges[] = {
    {"UpdateTaskTemplate",
     "Name Description ContactFlowArn SelfAssignContactFlowArn Constraints Defaults Status Fields"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::TaskTemplate",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateTaskTemplate",
    .describe = "GetTaskTemplate",
    .remove = "DeleteTaskTemplate",
    .changes = kChanges,
    .id = "Arn",
    .keys = "InstanceId TaskTemplateId",
    .names = kNames,
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "Arn",
    .prepare = NestDefaults,
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectTaskTemplateType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
