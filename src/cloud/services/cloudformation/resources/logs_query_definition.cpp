// AWS::Logs::QueryDefinition.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties =
    Properties<"Name* QueryString* LogGroupNames QueryLanguage^ Parameters">();

constexpr auto kAttributes = Words<"QueryDefinitionId">();

constexpr Mapping kMapping{
    .type = "AWS::Logs::QueryDefinition",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "logs",
    .create = "PutQueryDefinition",
    .describe = "DescribeQueryDefinitions",
    .described = "queryDefinitions",
    .update = "PutQueryDefinition",
    .remove = "DeleteQueryDefinition",
    .id = "QueryDefinitionId",
};

}  // namespace

constinit const ResourceType kLogsQueryDefinitionType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
