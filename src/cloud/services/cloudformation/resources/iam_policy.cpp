// AWS::IAM::Policy: the same inline policy in several roles, users and groups.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

void AddId(const WaitContext& /*context*/, const ResourceOrder& order, json::Object& known) {
  known.Set("Id", order.physical_id);
}

Answer<void> CheckPrincipals(const WaitContext& /*context*/, const ResourceOrder& order,
                             json::Object& /*properties*/) {
  for (const char* list : {"Groups", "Roles", "Users"}) {
    if (!order.properties.GetArray(list).empty()) return {};
  }
  return ServiceError("InvalidRequest", "At least one of [Groups,Roles,Users] must be non-empty.");
}

constexpr auto kProperties = Properties<"Groups PolicyDocument* PolicyName* Roles Users">();

constexpr auto kAttributes = Words<"Id">();

constexpr Members kMembers[] = {
    {.property = "Roles",
     .add = "PutRolePolicy",
     .remove = "DeleteRolePolicy",
     .member = "RoleName",
     .clear_first = true,
     .along = "PolicyDocument",
     .under = "PolicyName"},
    {.property = "Users",
     .add = "PutUserPolicy",
     .remove = "DeleteUserPolicy",
     .member = "UserName",
     .clear_first = true,
     .along = "PolicyDocument",
     .under = "PolicyName"},
    {.property = "Groups",
     .add = "PutGroupPolicy",
     .remove = "DeleteGroupPolicy",
     .member = "GroupName",
     .clear_first = true,
     .along = "PolicyDocument",
     .under = "PolicyName"},
};

constexpr Mapping kMapping{
    .type = "AWS::IAM::Policy",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "iam",
    .members = kMembers,
    .naming = {.property = "", .limit = 40},
    .prepare = CheckPrincipals,
    .complete = AddId,
    .after_properties = "PolicyDocument PolicyName",
};

}  // namespace

constinit const ResourceType kIamPolicyType = [] {
  ResourceType type = Mapped<kMapping>();
  type.needs_iam = true;
  return type;
}();

}  // namespace trunkline::cloud::cloudformation
