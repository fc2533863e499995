// The resource types stacks know: one file each in resources/, which defines
// `constinit const ResourceType k<Name>Type`; add a line here, alphabetically. Listed but not
// written: the linker names what is missing. Written but not listed: a test does.
#pragma once

#include <span>

#include "cloud/services/cloudformation/resource_type.h"

// clang-format off: a line for each, so that additions merge
#define TL_CLOUDFORMATION_TYPES(X)    \
  X(ApiGatewayAccount)                \
  X(ApiGatewayApiKey)                 \
  X(ApiGatewayAuthorizer)             \
  X(ApiGatewayBasePathMapping)        \
  X(ApiGatewayDeployment)             \
  X(ApiGatewayDomainName)             \
  X(ApiGatewayGatewayResponse)        \
  X(ApiGatewayMethod)                 \
  X(ApiGatewayModel)                  \
  X(ApiGatewayRequestValidator)       \
  X(ApiGatewayResource)               \
  X(ApiGatewayRestApi)                \
  X(ApiGatewayStage)                  \
  X(ApiGatewayUsagePlan)              \
  X(ApiGatewayUsagePlanKey)           \
  X(ApiGatewayV2Api)                  \
  X(ApiGatewayV2ApiMapping)           \
  X(ApiGatewayV2Authorizer)           \
  X(ApiGatewayV2Deployment)           \
  X(ApiGatewayV2DomainName)           \
  X(ApiGatewayV2Integration)          \
  X(ApiGatewayV2IntegrationResponse)  \
  X(ApiGatewayV2Model)                \
  X(ApiGatewayV2Route)                \
  X(ApiGatewayV2RouteResponse)        \
  X(ApiGatewayV2Stage)                \
  X(CdkMetadata)                      \
  X(CloudWatchAlarm)                  \
  X(CloudWatchCompositeAlarm)         \
  X(CloudWatchDashboard)              \
  X(CodeBuildProject)                 \
  X(CodeBuildReportGroup)             \
  X(CodeConnectionsConnection)        \
  X(CodePipelinePipeline)             \
  X(CodeStarConnectionsConnection)    \
  X(ConnectAgentStatus)               \
  X(ConnectApprovedOrigin)            \
  X(ConnectContactFlow)               \
  X(ConnectContactFlowModule)         \
  X(ConnectContactFlowModuleAlias)    \
  X(ConnectContactFlowModuleVersion)  \
  X(ConnectContactFlowVersion)        \
  X(ConnectHoursOfOperation)          \
  X(ConnectInstance)                  \
  X(ConnectInstanceStorageConfig)     \
  X(ConnectIntegrationAssociation)    \
  X(ConnectPhoneNumber)               \
  X(ConnectPredefinedAttribute)       \
  X(ConnectPrompt)                    \
  X(ConnectQueue)                     \
  X(ConnectQuickConnect)              \
  X(ConnectRoutingProfile)            \
  X(ConnectRule)                      \
  X(ConnectSecurityKey)               \
  X(ConnectSecurityProfile)           \
  X(ConnectTaskTemplate)              \
  X(ConnectTestCase)                  \
  X(ConnectTrafficDistributionGroup)  \
  X(ConnectUser)                      \
  X(ConnectUserHierarchyGroup)        \
  X(ConnectUserHierarchyStructure)    \
  X(ConnectView)                      \
  X(ConnectViewVersion)               \
  X(CustomResource)                   \
  X(DynamoDbGlobalTable)              \
  X(DynamoDbTable)                    \
  X(EcrRepository)                    \
  X(EventsApiDestination)             \
  X(EventsConnection)                 \
  X(EventsEventBus)                   \
  X(EventsRule)                       \
  X(IamAccessKey)                     \
  X(IamGroup)                         \
  X(IamGroupPolicy)                   \
  X(IamInstanceProfile)               \
  X(IamManagedPolicy)                 \
  X(IamPolicy)                        \
  X(IamRole)                          \
  X(IamRolePolicy)                    \
  X(IamUser)                          \
  X(IamUserPolicy)                    \
  X(IamUserToGroupAddition)           \
  X(KmsAlias)                         \
  X(KmsKey)                           \
  X(LambdaAlias)                      \
  X(LambdaEventInvokeConfig)          \
  X(LambdaEventSourceMapping)         \
  X(LambdaFunction)                   \
  X(LambdaLayerVersion)               \
  X(LambdaLayerVersionPermission)     \
  X(LambdaPermission)                 \
  X(LambdaUrl)                        \
  X(LambdaVersion)                    \
  X(LexBot)                           \
  X(LexBotAlias)                      \
  X(LexBotVersion)                    \
  X(LexResourcePolicy)                \
  X(LogsLogGroup)                     \
  X(LogsLogStream)                    \
  X(LogsMetricFilter)                 \
  X(LogsQueryDefinition)              \
  X(LogsResourcePolicy)               \
  X(LogsSubscriptionFilter)           \
  X(Macro)                            \
  X(NestedStack)                      \
  X(S3Bucket)                         \
  X(S3BucketPolicy)                   \
  X(SchedulerSchedule)                \
  X(SchedulerScheduleGroup)           \
  X(SecretsManagerResourcePolicy)     \
  X(SecretsManagerSecret)             \
  X(SnsSubscription)                  \
  X(SnsTopic)                         \
  X(SnsTopicPolicy)                   \
  X(SqsQueue)                         \
  X(SqsQueuePolicy)                   \
  X(SsmParameter)                     \
  X(StackSet)                         \
  X(StepFunctionsActivity)            \
  X(StepFunctionsStateMachine)        \
  X(StepFunctionsStateMachineAlias)   \
  X(StepFunctionsStateMachineVersion) \
  X(WaitCondition)                    \
  X(WaitConditionHandle)
// clang-format on

namespace trunkline::cloud::cloudformation {

#define TL_DECLARE_TYPE(name) extern constinit const ResourceType k##name##Type;
TL_CLOUDFORMATION_TYPES(TL_DECLARE_TYPE)
#undef TL_DECLARE_TYPE

// All of the list, in its order.
std::span<const ResourceType* const> AllResourceTypes();
// Null: there is none of this name.
const ResourceType* FindResourceType(std::string_view name);

}  // namespace trunkline::cloud::cloudformation
