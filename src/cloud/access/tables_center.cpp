// What a contact center is made of.
#include "cloud/access/tables.h"

namespace trunkline::cloud::access {
namespace {

#define TL_INSTANCE "arn:aws:connect:{region}:{account}:instance/{InstanceId}"
#define TL_TRAFFIC "arn:aws:connect:{region}:{account}:traffic-distribution-group/"
#define TL_PART(name, member) TL_INSTANCE "/" name "/{" member "}"
#define TL_NUMBER "arn:aws:connect:{region}:{account}:phone-number/"
#define TL_LINKED_ROLE "arn:aws:iam::{account}:role/aws-service-role/connect.amazonaws.com/*"
// clang-format off
constexpr ActionRow kConnect[] = {
    {"AssociateInstanceStorageConfig", "", TL_INSTANCE},
    {"AssociateInstanceStorageConfig", "s3:GetBucketAcl", "arn:aws:s3:::{StorageBucket}", "StorageBucket"},
    {"AssociateInstanceStorageConfig", "s3:GetBucketLocation", "arn:aws:s3:::{StorageBucket}", "StorageBucket"},
    {"AssociatePhoneNumberContactFlow", "", TL_NUMBER "{PhoneNumberId}"},
    {"AssociatePhoneNumberContactFlow", "", TL_PART("contact-flow", "ContactFlowId")},
    {"AssociateQueueQuickConnects", "", TL_PART("queue", "QueueId")},
    {"AssociateQueueQuickConnects", "", TL_PART("transfer-destination", "QuickConnectIds")},
    {"AssociateRoutingProfileQueues", "", TL_PART("routing-profile", "RoutingProfileId")},
    {"AssociateRoutingProfileQueues", "", TL_PART("queue", "QueueConfigs.QueueReference.QueueId"), "QueueConfigs"},
    {"BatchGetFlowAssociation", "", TL_NUMBER "*"},
    {"ClaimPhoneNumber", "", "{TargetArn}|" TL_INSTANCE},
    {"ClaimPhoneNumber", "", TL_NUMBER "*"},
    {"CreateAgentStatus", "", TL_INSTANCE "/agent-state/*"},
    {"CreateContactFlow", "", TL_INSTANCE "/contact-flow/*"},
    {"CreateContactFlowModule", "", TL_INSTANCE "/flow-module/*"},
    {"CreateHoursOfOperation", "", TL_INSTANCE "/operating-hours/*"},
    // Connect makes a directory, its service-linked role and a log group in the caller's name
    // (documented, in the reference and in the schema of AWS::Connect::Instance).
    {"CreateInstance", "", "arn:aws:connect:{region}:{account}:instance/*"},
    {"CreateInstance", "ds:AuthorizeApplication", "*"},
    {"CreateInstance", "ds:CheckAlias", "*"},
    {"CreateInstance", "ds:CreateAlias", "*"},
    {"CreateInstance", "ds:CreateDirectory", "*"},
    {"CreateInstance", "ds:CreateIdentityPoolDirectory", "*"},
    {"CreateInstance", "ds:DeleteDirectory", "*"},
    {"CreateInstance", "ds:DescribeDirectories", "*"},
    {"CreateInstance", "ds:UnauthorizeApplication", "*"},
    {"CreateInstance", "iam:AttachRolePolicy", TL_LINKED_ROLE},
    {"CreateInstance", "iam:CreateServiceLinkedRole", TL_LINKED_ROLE},
    {"CreateInstance", "iam:PutRolePolicy", TL_LINKED_ROLE},
    {"CreateInstance", "logs:CreateLogGroup", "arn:aws:logs:{region}:{account}:log-group:/aws/connect/{InstanceAlias}|arn:aws:logs:{region}:{account}:log-group:/aws/connect/*"},
    {"CreateIntegrationAssociation", "", TL_INSTANCE},
    {"CreateIntegrationAssociation", "", TL_INSTANCE "/integration-association/*"},
    {"CreatePrompt", "", TL_INSTANCE "/prompt/*"},
    {"CreatePrompt", "s3:GetObject", "arn:aws:s3:::{PromptObject}", "PromptObject"},
    {"CreateQueue", "", TL_INSTANCE "/queue/*"},
    {"CreateQueue", "", TL_PART("operating-hours", "HoursOfOperationId")},
    {"CreateQuickConnect", "", TL_INSTANCE "/transfer-destination/*"},
    {"CreateRoutingProfile", "", TL_INSTANCE "/routing-profile/*"},
    {"CreateRoutingProfile", "", TL_PART("queue", "DefaultOutboundQueueId")},
    {"CreateRule", "", TL_INSTANCE "/rule/*"},
    {"CreateSecurityProfile", "", TL_INSTANCE "/security-profile/*"},
    {"CreateUser", "", TL_INSTANCE "/agent/*"},
    {"CreateUser", "", TL_PART("routing-profile", "RoutingProfileId")},
    {"CreateUser", "", TL_PART("security-profile", "SecurityProfileIds")},
    {"CreateUserHierarchyGroup", "", TL_INSTANCE "/agent-group/*"},
    {"CreateView", "", TL_INSTANCE "/view/*"},
    {"GetContactAttributes", "", TL_PART("contact", "InitialContactId")},
    {"ListAgentStatuses", "", TL_INSTANCE "/agent-state/*"},
    {"ListContactFlows", "", TL_INSTANCE "/contact-flow/*"},
    {"ListInstances", "", "arn:aws:connect:{region}:{account}:instance/*"},
    {"ListPhoneNumbers", "", TL_INSTANCE "/phone-number/*"},
    {"ListPhoneNumbersV2", "", TL_NUMBER "*"},
    {"ListQueues", "", TL_INSTANCE "/queue/*"},
    {"ListQuickConnects", "", TL_INSTANCE "/transfer-destination/*"},
    {"SearchAvailablePhoneNumbers", "", TL_NUMBER "*"},
    {"StartOutboundVoiceContact", "", TL_INSTANCE "/contact/*"},
    {"UpdateContactAttributes", "", TL_PART("contact", "InitialContactId")},
    {"UpdatePrompt", "", TL_PART("prompt", "PromptId")},
    {"UpdatePrompt", "s3:GetObject", "arn:aws:s3:::{PromptObject}", "PromptObject"},
    {"UpdateQueueHoursOfOperation", "", TL_PART("queue", "QueueId")},
    {"UpdateQueueHoursOfOperation", "", TL_PART("operating-hours", "HoursOfOperationId")},
    {"UpdateRoutingProfileDefaultOutboundQueue", "", TL_PART("routing-profile", "RoutingProfileId")},
    {"UpdateRoutingProfileDefaultOutboundQueue", "", TL_PART("queue", "DefaultOutboundQueueId")},
    {"UpdateUserRoutingProfile", "", TL_PART("agent", "UserId")},
    {"UpdateUserRoutingProfile", "", TL_PART("routing-profile", "RoutingProfileId")},
    {"UpdateUserSecurityProfiles", "", TL_PART("agent", "UserId")},
    {"UpdateUserSecurityProfiles", "", TL_PART("security-profile", "SecurityProfileIds")},
    {"*TrafficDistribution", "", TL_TRAFFIC "{Id}"},
    {"CreateTrafficDistributionGroup", "", TL_INSTANCE "|" TL_TRAFFIC "*"},
    {"ListTrafficDistributionGroups", "", TL_TRAFFIC "*"},
    {"*TrafficDistributionGroup*", "", TL_TRAFFIC "{TrafficDistributionGroupId}"},
    {"*PhoneNumber*", "", TL_NUMBER "{PhoneNumberId}|{TargetArn}|" TL_INSTANCE},
    {"*", "",
     TL_PART("contact-flow", "ContactFlowId") "|"
     TL_PART("flow-module", "ContactFlowModuleId") "|"
     TL_PART("queue", "QueueId") "|"
     TL_PART("operating-hours", "HoursOfOperationId") "|"
     TL_PART("prompt", "PromptId") "|"
     TL_PART("routing-profile", "RoutingProfileId") "|"
     TL_PART("security-profile", "SecurityProfileId") "|"
     TL_PART("agent", "UserId") "|"
     TL_PART("agent-state", "AgentStatusId") "|"
     TL_PART("transfer-destination", "QuickConnectId") "|"
     TL_PART("view", "ViewId") "|"
     TL_PART("rule", "RuleId") "|"
     TL_PART("task-template", "TaskTemplateId") "|"
     TL_PART("agent-group", "HierarchyGroupId") "|"
     TL_PART("evaluation-form", "EvaluationFormId") "|"
     TL_PART("integration-association", "IntegrationAssociationId") "|"
     TL_PART("test-case", "TestCaseId") "|"
     TL_PART("contact", "ContactId") "|"
     TL_INSTANCE "|{resourceArn}|" TL_NUMBER "{PhoneNumberId}"},
};
// clang-format on
#undef TL_LINKED_ROLE
#undef TL_NUMBER
#undef TL_PART
#undef TL_TRAFFIC
#undef TL_INSTANCE

#define TL_LAYER "arn:aws:lambda:{region}:{account}:layer:{LayerName}"
#define TL_FUNCTION "arn:aws:lambda:{region}:{account}:function:{FunctionName}"
constexpr ActionRow kLambda[] = {
    {"CreateFunction", "", TL_FUNCTION},
    {"CreateFunction", "s3:GetObject", "arn:aws:s3:::{CodeObject}", "CodeObject"},
    {"CreateFunction", "s3:GetObjectVersion", "arn:aws:s3:::{CodeVersion}", "CodeVersion"},
    {"UpdateFunctionCode", "", TL_FUNCTION},
    {"UpdateFunctionCode", "s3:GetObject", "arn:aws:s3:::{CodeObject}", "CodeObject"},
    {"UpdateFunctionCode", "s3:GetObjectVersion", "arn:aws:s3:::{CodeVersion}", "CodeVersion"},
    {"CreateEventSourceMapping", "", "*"},
    {"*EventSourceMapping", "", "arn:aws:lambda:{region}:{account}:event-source-mapping:{UUID}"},
    {"ListEventSourceMappings", "", "*"},
    {"Invoke", "lambda:InvokeFunction", TL_FUNCTION ":{Qualifier}|" TL_FUNCTION},
    {"AddLayerVersionPermission", "", TL_LAYER ":{VersionNumber}"},
    {"GetLayerVersionByArn", "lambda:GetLayerVersion", "{Arn}"},
    {"ListFunctions", "", "*"},
    {"ListLayerVersions", "", "*"},
    {"ListLayers", "", "*"},
    {"PublishLayerVersion", "", TL_LAYER},
    {"*LayerVersion*", "", TL_LAYER ":{VersionNumber}"},
    {"GetAccountSettings", "", "*"},
    {"ListTags", "", "{Resource}"},
    {"TagResource", "", "{Resource}"},
    {"UntagResource", "", "{Resource}"},
    {"*", "", TL_FUNCTION},
};
#undef TL_FUNCTION
#undef TL_LAYER

constexpr ActionRow kBots[] = {
    {"CreateBot", "", "arn:aws:lex:{region}:{account}:bot/*"},
    {"ListBots", "", "arn:aws:lex:{region}:{account}:bot/*"},
    {"ListBuiltIn*", "", "*"},
    {"*BotAlias", "",
     "arn:aws:lex:{region}:{account}:bot-alias/{botId}/{botAliasId}|"
     "arn:aws:lex:{region}:{account}:bot-alias/{botId}/*"},
    {"*", "", "arn:aws:lex:{region}:{account}:bot/{botId}|{resourceArn}|{resourceARN}"},
};

constexpr ActionRow kConversations[] = {
    {"*", "", "arn:aws:lex:{region}:{account}:bot-alias/{botId}/{botAliasId}"},
};

constexpr ServiceActions kServices[] = {
    {"connect", kConnect},
    {"lambda", kLambda},
    {"lexv2-models", kBots},
    {"lexv2-runtime", kConversations},
};

}  // namespace

constinit const std::span<const ServiceActions> kCenterActions = kServices;

}  // namespace trunkline::cloud::access
