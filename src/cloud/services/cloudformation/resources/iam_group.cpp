// AWS::IAM::Group.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"GroupName^ ManagedPolicyArns Path Policies~">();

constexpr auto kAttributes = Words<"Arn">();

constexpr Name kNames[] = {
    {"Path", "NewPath"},
};

constexpr Change kChanges[] = {
    {.operation = "UpdateGroup", .properties = "Path", .updates_only = true},
};

constexpr Members kMembers[] = {
    {.property = "ManagedPolicyArns",
     .add = "AttachGroupPolicy",
     .remove = "DetachGroupPolicy",
     .member = "PolicyArn",
     .clear_first = true},
    {.property = "Policies",
     .add = "PutGroupPolicy",
     .remove = "DeleteGroupPolicy",
     .key = "PolicyName",
     .removed = "PolicyName",
     .part = "PolicyName",
     .clear_first = true},
};

constexpr Reading kReadings[] = {
    {"ManagedPolicyArns", "ListAttachedGroupPolicies", "AttachedPolicies[].PolicyArn"},
};

constexpr Fallback kFallbacks[] = {
    {"Path", R"("/")"},
};

constexpr Mapping kMapping{
    .type = "AWS::IAM::Group",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "iam",
    .create = "CreateGroup",
    .describe = "GetGroup",
    .described = "Group",
    .remove = "DeleteGroup",
    .changes = kChanges,
    .members = kMembers,
    .readings = kReadings,
    .id = "GroupName",
    .names = kNames,
    .fallbacks = kFallbacks,
    .naming = {.property = "GroupName", .limit = 128},
};

}  // namespace

constinit const ResourceType kIamGroupType = [] {
  ResourceType type = Mapped<kMapping>();
  type.needs_iam = true;
  type.needs_named_iam = true;
  return type;
}();

}  // namespace trunkline::cloud::cloudformation
