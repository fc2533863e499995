// AWS::IAM::User.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties =
    Properties<"Groups ManagedPolicyArns Path PermissionsBoundary Policies~ Tags UserName^">();

constexpr auto kAttributes = Words<"Arn">();

constexpr Name kNames[] = {
    {"Path", "NewPath"},
};

constexpr Change kChanges[] = {
    {.operation = "UpdateUser", .properties = "Path", .updates_only = true},
    {.operation = "PutUserPermissionsBoundary",
     .properties = "PermissionsBoundary",
     .removal = "DeleteUserPermissionsBoundary"},
};

constexpr Members kMembers[] = {
    {.property = "ManagedPolicyArns",
     .add = "AttachUserPolicy",
     .remove = "DetachUserPolicy",
     .member = "PolicyArn",
     .clear_first = true},
    {.property = "Policies",
     .add = "PutUserPolicy",
     .remove = "DeleteUserPolicy",
     .key = "PolicyName",
     .removed = "PolicyName",
     .part = "PolicyName",
     .clear_first = true},
    {.property = "Groups",
     .add = "AddUserToGroup",
     .remove = "RemoveUserFromGroup",
     .member = "GroupName",
     .clear_first = true},
};

constexpr Reading kReadings[] = {
    {"ManagedPolicyArns", "ListAttachedUserPolicies", "AttachedPolicies[].PolicyArn"},
    {"Groups", "ListGroupsForUser", "Groups[].GroupName"},
};

constexpr Fallback kFallbacks[] = {
    {"Path", R"("/")"},
};

constexpr Mapping kMapping{
    .type = "AWS::IAM::User",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "iam",
    .create = "CreateUser",
    .describe = "GetUser",
    .described = "User",
    .remove = "DeleteUser",
    .changes = kChanges,
    .members = kMembers,
    .readings = kReadings,
    .id = "UserName",
    .names = kNames,
    .fallbacks = kFallbacks,
    .naming = {.property = "UserName", .limit = 64},
    .tag = "TagUser",
    .untag = "UntagUser",
    .tagged = "UserName",
};

}  // namespace

constinit const ResourceType kIamUserType = [] {
  ResourceType type = Mapped<kMapping>();
  type.needs_iam = true;
  type.needs_named_iam = true;
  return type;
}();

}  // namespace trunkline::cloud::cloudformation
