// Identities, stacks, pipelines, builds, workflows, events, interfaces.
#include "cloud/access/tables.h"

namespace trunkline::cloud::access {
namespace {

constexpr ActionRow kSts[] = {
    {"AssumeRole*", "", "{RoleArn}"},
    {"GetCallerIdentity", "-", ""},
    {"GetSessionToken", "-", ""},
    {"*", "", "*"},
};

#define TL_IAM "arn:aws:iam::{account}:"
#define TL_USER TL_IAM "user/{UserName}"
#define TL_GROUP TL_IAM "group/{GroupName}"
#define TL_PROFILE TL_IAM "instance-profile/{InstanceProfileName}"
constexpr ActionRow kIam[] = {
    {"AddRoleToInstanceProfile", "", TL_PROFILE},
    {"AddRoleToInstanceProfile", "iam:PassRole", TL_IAM "role/{RoleName}"},
    {"AddUserToGroup", "", TL_GROUP},
    {"CreateGroup", "", TL_IAM "group{Path}{GroupName}|" TL_GROUP},
    {"CreateInstanceProfile", "", TL_IAM "instance-profile{Path}{InstanceProfileName}|" TL_PROFILE},
    {"CreatePolicy", "", TL_IAM "policy{Path}{PolicyName}|" TL_IAM "policy/{PolicyName}"},
    {"CreateRole", "", TL_IAM "role{Path}{RoleName}|" TL_IAM "role/{RoleName}"},
    {"CreateRole", "iam:TagRole", TL_IAM "role{Path}{RoleName}|" TL_IAM "role/{RoleName}", "Tags"},
    {"CreateServiceLinkedRole", "", TL_IAM "role/aws-service-role/{AWSServiceName}/*"},
    {"CreateUser", "", TL_IAM "user{Path}{UserName}|" TL_USER},
    {"GetAccount*", "", "*"},
    {"GetContextKeysForPrincipalPolicy", "", "{PolicySourceArn}"},
    {"GetContextKeysForCustomPolicy", "", "*"},
    {"GetUser", "", TL_USER "|{caller}"},
    {"List*Aliases", "", "*"},
    {"RemoveRoleFromInstanceProfile", "", TL_PROFILE},
    {"RemoveUserFromGroup", "", TL_GROUP},
    {"SimulateCustomPolicy", "", "*"},
    {"SimulatePrincipalPolicy", "", "{PolicySourceArn}"},
    {"UpdateGroup", "", TL_GROUP},
    {"UpdateGroup", "", TL_IAM "group/{NewGroupName}", "NewGroupName"},
    {"UpdateUser", "", TL_USER},
    {"UpdateUser", "", TL_IAM "user/{NewUserName}", "NewUserName"},
    {"*AccessKey", "", TL_USER "|{caller}"},
    {"ListAccessKeys", "", TL_USER "|{caller}"},
    {"*", "", TL_IAM "role/{RoleName}|" TL_USER "|" TL_GROUP "|" TL_PROFILE "|{PolicyArn}"},
};
#undef TL_PROFILE
#undef TL_GROUP
#undef TL_USER
#undef TL_IAM

#define TL_STACK "arn:aws:cloudformation:{region}:{account}:stack/{StackName}/*"
#define TL_STACK_SET "arn:aws:cloudformation:{region}:{account}:stackset/{StackSetName}:*"
constexpr ActionRow kStacks[] = {
    {"EstimateTemplateCost", "", "*"},
    {"ListExports", "", "*"},
    {"ListImports", "", "*"},
    {"ListStacks", "", "*"},
    {"ListStackSets", "", "*"},
    {"ValidateTemplate", "", "*"},
    {"*", "", TL_STACK "|" TL_STACK_SET "|{ChangeSetName}"},
};
#undef TL_STACK
#undef TL_STACK_SET

#define TL_PIPELINE "arn:aws:codepipeline:{region}:{account}:"
constexpr ActionRow kPipelines[] = {
    {"*CustomActionType", "", TL_PIPELINE "actiontype:Custom/{category}/{provider}/{version}"},
    {"CreatePipeline", "", TL_PIPELINE "{pipeline.name}"},
    {"UpdatePipeline", "", TL_PIPELINE "{pipeline.name}"},
    {"DisableStageTransition", "", TL_PIPELINE "{pipelineName}/{stageName}"},
    {"EnableStageTransition", "", TL_PIPELINE "{pipelineName}/{stageName}"},
    {"RetryStageExecution", "", TL_PIPELINE "{pipelineName}/{stageName}"},
    {"RollbackStage", "", TL_PIPELINE "{pipelineName}/{stageName}"},
    {"DeleteWebhook", "", TL_PIPELINE "webhook:{name}"},
    {"ListWebhooks", "", TL_PIPELINE "webhook:*"},
    {"OverrideStageCondition", "", TL_PIPELINE "{pipelineName}/{stageName}"},
    {"PollForJobs", "",
     TL_PIPELINE "actiontype:{actionTypeId.owner}/{actionTypeId.category}/"
                 "{actionTypeId.provider}/{actionTypeId.version}"},
    {"PutActionRevision", "", TL_PIPELINE "{pipelineName}/{stageName}/{actionName}"},
    {"PutWebhook", "", TL_PIPELINE "webhook:{webhook.name}"},
    {"PutWebhook", "", TL_PIPELINE "{webhook.targetPipeline}"},
    {"PutApprovalResult", "", TL_PIPELINE "{pipelineName}/{stageName}/{actionName}"},
    {"ListPipelines", "", TL_PIPELINE "*"},
    {"*", "", TL_PIPELINE "{pipelineName}|" TL_PIPELINE "{name}|{resourceArn}"},
};
#undef TL_PIPELINE

#define TL_PROJECT "arn:aws:codebuild:{region}:{account}:project/"
#define TL_REPORTS "arn:aws:codebuild:{region}:{account}:report-group/"
constexpr ActionRow kBuilds[] = {
    {"CreateProject", "", TL_PROJECT "{name}"},
    {"UpdateProject", "", TL_PROJECT "{name}"},
    {"DeleteProject", "", TL_PROJECT "{name}"},
    {"BatchGetProjects", "", TL_PROJECT "{names}"},
    {"BatchGetReportGroups", "", "{reportGroupArns}"},
    {"CreateReportGroup", "", TL_REPORTS "{name}"},
    {"ListBuilds", "", "*"},
    {"ListProjects", "", "*"},
    {"*", "",
     TL_PROJECT "{projectName}|" TL_PROJECT "{Projects}|" TL_REPORTS
                "{ReportGroups}|{arn}|{reportGroupArn}|{resourceArn}"},
};
#undef TL_REPORTS
#undef TL_PROJECT

#define TL_STATES "arn:aws:states:{region}:{account}:"
constexpr ActionRow kWorkflows[] = {
    {"CreateStateMachine", "", TL_STATES "stateMachine:{name}"},
    {"CreateActivity", "", TL_STATES "activity:{name}"},
    {"SendTask*", "", "*"},
    {"ListActivities", "", "*"},
    {"ListStateMachines", "", "*"},
    {"CreateStateMachineAlias", "", "{routingConfiguration.stateMachineVersionArn}"},
    {"*", "",
     "{stateMachineArn}|{executionArn}|{activityArn}|{mapRunArn}|{stateMachineAliasArn}|"
     "{stateMachineVersionArn}|{resourceArn}"},
};
#undef TL_STATES

#define TL_EVENTS "arn:aws:events:{region}:{account}:"
constexpr ActionRow kEvents[] = {
    {"PutEvents", "", TL_EVENTS "event-bus/{Buses}"},
    {"ListEventBuses", "", "*"},
    {"ListApiDestinations", "", "*"},
    {"ListArchives", "", "*"},
    {"ListConnections", "", "*"},
    {"ListReplays", "", "*"},
    {"ListRule*", "", "*"},
    {"PutPermission", "", "*"},
    {"RemovePermission", "", "*"},
    {"TestEventPattern", "", "*"},
    {"*EventBus", "", TL_EVENTS "event-bus/{Name}"},
    {"CreateApiDestination", "", TL_EVENTS "api-destination/{Name}"},
    {"CreateApiDestination", "", "{ConnectionArn}"},
    {"*ApiDestination", "", TL_EVENTS "api-destination/{Name}"},
    {"*Connection", "", TL_EVENTS "connection/{Name}"},
    {"CreateArchive", "", TL_EVENTS "archive/{ArchiveName}"},
    {"CreateArchive", "", "{EventSourceArn}"},
    {"*Archive", "", TL_EVENTS "archive/{ArchiveName}"},
    {"*Replay", "", TL_EVENTS "replay/{ReplayName}"},
    {"*", "", TL_EVENTS "rule/{RuleName}|{ResourceARN}"},
};
#undef TL_EVENTS

constexpr ActionRow kEcr[] = {
    {"GetAuthorizationToken", "", "*"},
    {"*", "",
     "arn:aws:ecr:{region}:{account}:repository/{repositoryName}|"
     "arn:aws:ecr:{region}:{account}:repository/{repositoryNames}|{resourceArn}"},
};

constexpr ActionRow kConnections[] = {
    {"*", "", "{ConnectionArn}|{HostArn}|{ResourceArn}"},
};

#define TL_ALARM "arn:aws:cloudwatch:{region}:{account}:alarm:"
#define TL_DASHBOARD "arn:aws:cloudwatch::{account}:dashboard/"
constexpr ActionRow kMetrics[] = {
    {"*Alarm", "", TL_ALARM "{AlarmName}"},
    {"DescribeAlarmsForMetric", "", "*"},
    {"*Alarms", "", TL_ALARM "{AlarmNames}|" TL_ALARM "*"},
    {"*AlarmActions", "", TL_ALARM "{AlarmNames}"},
    {"DescribeAlarmHistory", "", TL_ALARM "{AlarmName}|" TL_ALARM "*"},
    {"SetAlarmState", "", TL_ALARM "{AlarmName}"},
    {"*Dashboard", "", TL_DASHBOARD "{DashboardName}"},
    {"DeleteDashboards", "", TL_DASHBOARD "{DashboardNames}"},
    {"*", "", "{ResourceARN}"},
};
#undef TL_ALARM
#undef TL_DASHBOARD

#define TL_SCHEDULER "arn:aws:scheduler:{region}:{account}:"
constexpr ActionRow kSchedules[] = {
    {"ListScheduleGroups", "", "*"},
    {"ListSchedules", "", TL_SCHEDULER "schedule/{GroupName}/*|*"},
    {"*ScheduleGroup", "", TL_SCHEDULER "schedule-group/{Name}"},
    {"*Schedule", "",
     TL_SCHEDULER "schedule/{GroupName}/{Name}|" TL_SCHEDULER "schedule/default/{Name}"},
    {"*", "", "{ResourceArn}"},
};
#undef TL_SCHEDULER

constexpr ServiceActions kServices[] = {
    {"cloudformation", kStacks},
    {"cloudwatch", kMetrics},
    {"codebuild", kBuilds},
    {"codeconnections", kConnections},
    {"codepipeline", kPipelines},
    {"codestar-connections", kConnections},
    {"ecr", kEcr},
    {"events", kEvents},
    {"iam", kIam},
    {"scheduler", kSchedules},
    {"stepfunctions", kWorkflows},
    {"sts", kSts},
};

}  // namespace

constinit const std::span<const ServiceActions> kDeliveryActions = kServices;

}  // namespace trunkline::cloud::access
