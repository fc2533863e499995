// AWS::Logs::ResourcePolicy.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"PolicyName*^ PolicyDocument*">();

constexpr Mapping kMapping{
    .type = "AWS::Logs::ResourcePolicy",
    .properties = kProperties,
    .service = "logs",
    .create = "PutResourcePolicy",
    .describe = "DescribeResourcePolicies",
    .described = "resourcePolicies",
    .update = "PutResourcePolicy",
    .remove = "DeleteResourcePolicy",
    .id = "PolicyName",
};

}  // namespace

constinit const ResourceType kLogsResourcePolicyType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
