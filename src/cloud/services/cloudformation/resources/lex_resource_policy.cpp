// AWS::Lex::ResourcePolicy.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"Policy* ResourceArn*^">();

constexpr auto kAttributes = Words<"Id RevisionId">();

constexpr Name kValues[] = {
    {"Id", "ResourceArn"},
};

constexpr Mapping kMapping{
    .type = "AWS::Lex::ResourcePolicy",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "lexv2-models",
    .create = "CreateResourcePolicy",
    .describe = "DescribeResourcePolicy",
    .update = "UpdateResourcePolicy",
    .remove = "DeleteResourcePolicy",
    .id = "ResourceArn",
    .values = kValues,
};

}  // namespace

constinit const ResourceType kLexResourcePolicyType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
