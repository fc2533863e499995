// What a contact center is made of.
#include "cloud/access/tables.h"

namespace trunkline::cloud::access {
namespace {

#define TL_INSTANCE "arn:aws:connect:{region}:{account}:instance/{InstanceId}"
#define TL_TRAFFIC "arn:aws:connect:{region}:{account}:traffic-distribution-group/"
#define TL_PART(name, member) TL_INSTANCE "/" name "/{" member "}"
constexpr ActionRow kConnect[] = {
    {"CreateInstance", "", "arn:aws:connect:{region}:{account}:instance/*"},
    {"ListInstances", "", "arn:aws:connect:{region}:{account}:instance/*"},
    {"SearchAvailablePhoneNumbers", "",
     "arn:aws:connect:{region}:{account}:phone-number/*|{TargetArn}"},
    {"ClaimPhoneNumber", "", "{TargetArn}|" TL_INSTANCE},
    {"*TrafficDistribution", "", TL_TRAFFIC "{Id}"},
    {"CreateTrafficDistributionGroup", "", TL_INSTANCE "|" TL_TRAFFIC "*"},
    {"ListTrafficDistributionGroups", "", TL_TRAFFIC "*"},
    {"*TrafficDistributionGroup*", "", TL_TRAFFIC "{TrafficDistributionGroupId}"},
    {"*HierarchyGroup*", "", TL_PART("agent-group", "HierarchyGroupId") "|" TL_INSTANCE},
    {"*Rule", "", TL_PART("rule", "RuleId") "|" TL_INSTANCE},
    {"*TaskTemplate", "", TL_PART("task-template", "TaskTemplateId") "|" TL_INSTANCE},
    {"*TestCase", "", TL_PART("test-case", "TestCaseId") "|" TL_INSTANCE},
    {"*PhoneNumber*", "",
     "arn:aws:connect:{region}:{account}:phone-number/{PhoneNumberId}|{TargetArn}|" TL_INSTANCE},
    {"*", "",
     TL_PART("contact-flow", "ContactFlowId") "|" TL_PART("flow-module", "ContactFlowModuleId") "|" TL_PART(
         "queue",
         "QueueId") "|" TL_PART("operating-hours",
                                "HoursOfOperationId") "|" TL_PART("prompt",
                                                                  "PromptId") "|" TL_PART("routing-"
                                                                                          "profile",
                                                                                          "RoutingP"
                                                                                          "rofileI"
                                                                                          "d") "|" TL_PART("security-profile",
                                                                                                           "SecurityProfileId") "|" TL_PART("agent",
                                                                                                                                            "UserId") "|" TL_PART("agent-state",
                                                                                                                                                                  "AgentStatusId") "|" TL_PART("transfer-destination",
                                                                                                                                                                                               "QuickConnectId") "|" TL_PART("view",
                                                                                                                                                                                                                             "ViewId") "|" TL_PART("contact",
                                                                                                                                                                                                                                                   "ContactId") "|" TL_INSTANCE
                                                                                                                                                                                                                                                                "|{resourceArn}|arn:aws:connect:{region}:{account}:phone-number/{PhoneNumberId}"},
};
#undef TL_PART
#undef TL_TRAFFIC
#undef TL_INSTANCE

#define TL_FUNCTION "arn:aws:lambda:{region}:{account}:function:{FunctionName}"
constexpr ActionRow kLambda[] = {
    {"CreateEventSourceMapping", "", "*"},
    {"*EventSourceMapping", "", "arn:aws:lambda:{region}:{account}:event-source-mapping:{UUID}"},
    {"ListEventSourceMappings", "", "*"},
    {"Invoke", "lambda:InvokeFunction", TL_FUNCTION ":{Qualifier}|" TL_FUNCTION},
    {"ListFunctions", "", "*"},
    {"GetAccountSettings", "", "*"},
    {"ListTags", "", "{Resource}"},
    {"TagResource", "", "{Resource}"},
    {"UntagResource", "", "{Resource}"},
    {"*", "", TL_FUNCTION},
};
#undef TL_FUNCTION

constexpr ActionRow kBots[] = {
    {"CreateBot", "", "arn:aws:lex:{region}:{account}:bot/*"},
    {"ListBots", "", "arn:aws:lex:{region}:{account}:bot/*"},
    {"ListBuiltIn*", "", "*"},
    {"*BotAlias", "",
     "arn:aws:lex:{region}:{account}:bot-alias/{botId}/{botAliasId}|"
     "arn:aws:lex:{region}:{account}:bot/{botId}"},
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
