// AWS::Connect::SecurityProfile.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// [{Key, Value}] in a template, a map in the API.
Answer<void> MapTags(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                     json::Object& properties) {
  if (json::Value* tags = properties.Find("AllowedAccessControlTags"); tags && tags->IsArray())
    *tags = ReadTags(*tags);
  return {};
}

constexpr auto kProperties = Properties<
    "AllowedAccessControlHierarchyGroupId AllowedAccessControlTags AllowedFlowModules~ "
    "Applications~ Description GranularAccessControlConfiguration "
    "HierarchyRestrictedResources InstanceArn*^ Permissions SecurityProfileName*^ "
    "TagRestrictedResources Tags">();

constexpr auto kAttributes = Words<"LastModifiedRegion LastModifiedTime SecurityProfileArn">();

constexpr Name kValues[] = {
    {"SecurityProfileArn", "Arn"},
};

constexpr Change kChanges[] = {
    {"UpdateSecurityProfile",
     "Description Permissions AllowedAccessControlTags TagRestrictedResources Applications "
     "HierarchyRestrictedResources AllowedAccessControlHierarchyGroupId AllowedFlowModules "
     "GranularAccessControlConfiguration"},
};

constexpr Reading kReadings[] = {
    {"Permissions", "ListSecurityProfilePermissions", "Permissions"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::SecurityProfile",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateSecurityProfile",
    .describe = "DescribeSecurityProfile",
    .described = "SecurityProfile",
    .remove = "DeleteSecurityProfile",
    .changes = kChanges,
    .readings = kReadings,
    .id = "SecurityProfileArn",
    .keys = "InstanceId SecurityProfileId",
    .values = kValues,
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "SecurityProfileArn",
    .prepare = MapTags,
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectSecurityProfileType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
