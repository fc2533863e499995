// AWS::IAM::GroupPolicy.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"PolicyDocument PolicyName*^ GroupName*^">();

constexpr Mapping kMapping{
    .type = "AWS::IAM::GroupPolicy",
    .properties = kProperties,
    .service = "iam",
    .create = "PutGroupPolicy",
    .describe = "GetGroupPolicy",
    .update = "PutGroupPolicy",
    .remove = "DeleteGroupPolicy",
    .id = "PolicyName GroupName",
};

}  // namespace

constinit const ResourceType kIamGroupPolicyType = [] {
  ResourceType type = Mapped<kMapping>();
  type.needs_iam = true;
  return type;
}();

}  // namespace trunkline::cloud::cloudformation
