// AWS::IAM::InstanceProfile.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"InstanceProfileName^ Path^ Roles* Tags">();

constexpr auto kAttributes = Words<"Arn">();

constexpr Members kMembers[] = {
    {.property = "Roles",
     .add = "AddRoleToInstanceProfile",
     .remove = "RemoveRoleFromInstanceProfile",
     .member = "RoleName",
     .clear_first = true},
};

constexpr Reading kReadings[] = {
    {"Roles", "GetInstanceProfile", "InstanceProfile.Roles[].RoleName"},
};

constexpr Mapping kMapping{
    .type = "AWS::IAM::InstanceProfile",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "iam",
    .create = "CreateInstanceProfile",
    .describe = "GetInstanceProfile",
    .described = "InstanceProfile",
    .remove = "DeleteInstanceProfile",
    .members = kMembers,
    .readings = kReadings,
    .id = "InstanceProfileName",
    .naming = {.property = "InstanceProfileName", .limit = 128},
    .tag = "TagInstanceProfile",
    .untag = "UntagInstanceProfile",
    .tagged = "InstanceProfileName",
};

}  // namespace

constinit const ResourceType kIamInstanceProfileType = [] {
  ResourceType type = Mapped<kMapping>();
  type.needs_iam = true;
  type.needs_named_iam = true;
  return type;
}();

}  // namespace trunkline::cloud::cloudformation
