// AWS::IAM::Role.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

void FlattenBoundary(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                     json::Object& known) {
  const json::Object boundary = known.GetObject("PermissionsBoundary");
  if (!boundary.empty())
    known.Set("PermissionsBoundary", boundary.GetString("PermissionsBoundaryArn"));
}

constexpr auto kProperties = Properties<
    "AssumeRolePolicyDocument* Description ManagedPolicyArns MaxSessionDuration Path^ "
    "PermissionsBoundary Policies~ RoleName^ Tags">();

constexpr auto kAttributes = Words<"Arn RoleId">();

constexpr Name kNames[] = {
    {"AssumeRolePolicyDocument", "PolicyDocument"},
};

constexpr Change kChanges[] = {
    {"UpdateRole", "Description MaxSessionDuration"},
    {.operation = "UpdateAssumeRolePolicy", .properties = "AssumeRolePolicyDocument"},
    {.operation = "PutRolePermissionsBoundary",
     .properties = "PermissionsBoundary",
     .removal = "DeleteRolePermissionsBoundary"},
};

constexpr Members kMembers[] = {
    {.property = "ManagedPolicyArns",
     .add = "AttachRolePolicy",
     .remove = "DetachRolePolicy",
     .member = "PolicyArn",
     .clear_first = true},
    {.property = "Policies",
     .add = "PutRolePolicy",
     .remove = "DeleteRolePolicy",
     .key = "PolicyName",
     .removed = "PolicyName",
     .part = "PolicyName",
     .clear_first = true},
};

constexpr Reading kReadings[] = {
    {"ManagedPolicyArns", "ListAttachedRolePolicies", "AttachedPolicies[].PolicyArn"},
};

constexpr Fallback kFallbacks[] = {
    {"MaxSessionDuration", R"(3600)"},
};

constexpr Mapping kMapping{
    .type = "AWS::IAM::Role",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "iam",
    .create = "CreateRole",
    .describe = "GetRole",
    .described = "Role",
    .remove = "DeleteRole",
    .changes = kChanges,
    .members = kMembers,
    .readings = kReadings,
    .id = "RoleName",
    .names = kNames,
    .fallbacks = kFallbacks,
    .naming = {.property = "RoleName", .limit = 64},
    .tag = "TagRole",
    .untag = "UntagRole",
    .tagged = "RoleName",
    .complete = FlattenBoundary,
};

}  // namespace

constinit const ResourceType kIamRoleType = [] {
  ResourceType type = Mapped<kMapping>();
  type.needs_iam = true;
  type.needs_named_iam = true;
  return type;
}();

}  // namespace trunkline::cloud::cloudformation
