// AWS::Connect::Prompt.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"Description InstanceArn* Name* S3Uri~ Tags">();

constexpr auto kAttributes = Words<"PromptArn">();

constexpr Change kChanges[] = {
    {"UpdatePrompt", "Name Description"},
    {"UpdatePrompt", "S3Uri"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::Prompt",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreatePrompt",
    .describe = "DescribePrompt",
    .described = "Prompt",
    .remove = "DeletePrompt",
    .changes = kChanges,
    .id = "PromptArn",
    .keys = "InstanceId PromptId",
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "PromptArn",
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectPromptType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
