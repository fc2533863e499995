// AWS::IAM::UserPolicy.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"PolicyDocument PolicyName*^ UserName*^">();

constexpr Mapping kMapping{
    .type = "AWS::IAM::UserPolicy",
    .properties = kProperties,
    .service = "iam",
    .create = "PutUserPolicy",
    .describe = "GetUserPolicy",
    .update = "PutUserPolicy",
    .remove = "DeleteUserPolicy",
    .id = "PolicyName UserName",
};

}  // namespace

constinit const ResourceType kIamUserPolicyType = [] {
  ResourceType type = Mapped<kMapping>();
  type.needs_iam = true;
  return type;
}();

}  // namespace trunkline::cloud::cloudformation
