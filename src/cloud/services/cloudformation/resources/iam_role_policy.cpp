// AWS::IAM::RolePolicy.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"PolicyDocument PolicyName*^ RoleName*^">();

constexpr Mapping kMapping{
    .type = "AWS::IAM::RolePolicy",
    .properties = kProperties,
    .service = "iam",
    .create = "PutRolePolicy",
    .describe = "GetRolePolicy",
    .update = "PutRolePolicy",
    .remove = "DeleteRolePolicy",
    .id = "PolicyName RoleName",
};

}  // namespace

constinit const ResourceType kIamRolePolicyType = [] {
  ResourceType type = Mapped<kMapping>();
  type.needs_iam = true;
  return type;
}();

}  // namespace trunkline::cloud::cloudformation
