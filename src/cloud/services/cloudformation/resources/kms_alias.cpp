// AWS::KMS::Alias.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"AliasName*^ TargetKeyId*~">();

constexpr Mapping kMapping{
    .type = "AWS::KMS::Alias",
    .properties = kProperties,
    .service = "kms",
    .create = "CreateAlias",
    .describe = "ListAliases",
    .described = "Aliases",
    .update = "UpdateAlias",
    .remove = "DeleteAlias",
    .id = "AliasName",
};

}  // namespace

constinit const ResourceType kKmsAliasType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
