// AWS::Connect::ContactFlowModuleAlias.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The alias's ARN names it by its id, so that another name is no other resource.
void AddAliasArn(const WaitContext& /*context*/, const ResourceOrder& order, json::Object& known) {
  const std::string id(known.Has("AliasId") ? known.GetString("AliasId") : known.GetString("Id"));
  known.Set("AliasId", id);
  const std::string_view module = order.properties.GetString("ContactFlowModuleId");
  known.Set("ContactFlowModuleAliasARN",
            order.physical_id.empty() ? fmt::format("{}/alias/{}", module, id) : order.physical_id);
}

constexpr auto kProperties =
    Properties<"ContactFlowModuleId*^~ ContactFlowModuleVersion* Description Name*">();

constexpr auto kAttributes = Words<"ContactFlowModuleAliasARN AliasId">();

constexpr Name kNames[] = {
    {"Name", "AliasName"},
    {"ContactFlowModuleVersion", "Version"},
};

constexpr Change kChanges[] = {
    {"UpdateContactFlowModuleAlias", "Name Description ContactFlowModuleVersion"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::ContactFlowModuleAlias",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateContactFlowModuleAlias",
    .describe = "DescribeContactFlowModuleAlias",
    .described = "ContactFlowModuleAlias",
    .remove = "DeleteContactFlowModuleAlias",
    .changes = kChanges,
    .id = "ContactFlowModuleAliasARN",
    .keys = "InstanceId ContactFlowModuleId AliasId",
    .names = kNames,
    .ids_of_arns = true,
    .prepare = AddInstanceOfOwner,
    .complete = AddAliasArn,
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectContactFlowModuleAliasType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
