// AWS::SecretsManager::ResourcePolicy.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"BlockPublicPolicy~ ResourcePolicy* SecretId*^">();

constexpr auto kAttributes = Words<"Id">();

constexpr Name kValues[] = {
    {"Id", "ARN"},
};

constexpr Mapping kMapping{
    .type = "AWS::SecretsManager::ResourcePolicy",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "secretsmanager",
    .create = "PutResourcePolicy",
    .describe = "GetResourcePolicy",
    .update = "PutResourcePolicy",
    .remove = "DeleteResourcePolicy",
    .id = "ARN",
    .keys = "SecretId",
    .values = kValues,
};

}  // namespace

constinit const ResourceType kSecretsManagerResourcePolicyType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
