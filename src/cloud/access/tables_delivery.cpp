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
constexpr ActionRow kIam[] = {
    {"CreatePolicy", "", TL_IAM "policy/{PolicyName}"},
    {"CreateServiceLinkedRole", "", TL_IAM "role/aws-service-role/{AWSServiceName}/*"},
    {"GetAccount*", "", "*"},
    {"GetContextKeys*", "", "*"},
    {"List*Aliases", "", "*"},
    {"Simulate*", "", "*"},
    {"*", "",
     TL_IAM "role/{RoleName}|" TL_IAM "user/{UserName}|" TL_IAM "group/{GroupName}|" TL_IAM
            "instance-profile/{InstanceProfileName}|{PolicyArn}"},
};
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
    {"CreatePipeline", "", TL_PIPELINE "{pipeline.name}"},
    {"UpdatePipeline", "", TL_PIPELINE "{pipeline.name}"},
    {"DisableStageTransition", "", TL_PIPELINE "{pipelineName}/{stageName}"},
    {"EnableStageTransition", "", TL_PIPELINE "{pipelineName}/{stageName}"},
    {"RetryStageExecution", "", TL_PIPELINE "{pipelineName}/{stageName}"},
    {"RollbackStage", "", TL_PIPELINE "{pipelineName}/{stageName}"},
    {"PutApprovalResult", "", TL_PIPELINE "{pipelineName}/{stageName}/{actionName}"},
    {"ListPipelines", "", TL_PIPELINE "*"},
    {"*", "", TL_PIPELINE "{pipelineName}|" TL_PIPELINE "{name}|{resourceArn}"},
};
#undef TL_PIPELINE

#define TL_PROJECT "arn:aws:codebuild:{region}:{account}:project/"
constexpr ActionRow kBuilds[] = {
    {"CreateProject", "", TL_PROJECT "{name}"},
    {"UpdateProject", "", TL_PROJECT "{name}"},
    {"DeleteProject", "", TL_PROJECT "{name}"},
    {"BatchGetProjects", "", TL_PROJECT "{names}"},
    {"ListBuilds", "", "*"},
    {"ListProjects", "", "*"},
    {"*", "", TL_PROJECT "{BuiltProjects}|" TL_PROJECT "{projectName}|{arn}|{reportGroupArn}"},
};
#undef TL_PROJECT

#define TL_STATES "arn:aws:states:{region}:{account}:"
constexpr ActionRow kWorkflows[] = {
    {"CreateStateMachine", "", TL_STATES "stateMachine:{name}"},
    {"CreateActivity", "", TL_STATES "activity:{name}"},
    {"SendTask*", "", "*"},
    {"ListActivities", "", "*"},
    {"ListStateMachines", "", "*"},
    {"*", "", "{stateMachineArn}|{executionArn}|{activityArn}|{mapRunArn}|{resourceArn}"},
};
#undef TL_STATES

#define TL_EVENTS "arn:aws:events:{region}:{account}:"
constexpr ActionRow kEvents[] = {
    {"PutEvents", "", TL_EVENTS "event-bus/default"},
    {"ListEventBuses", "", "*"},
    {"TestEventPattern", "", "*"},
    {"CreateEventBus", "", TL_EVENTS "event-bus/{Name}"},
    {"DeleteEventBus", "", TL_EVENTS "event-bus/{Name}"},
    {"DescribeEventBus", "", TL_EVENTS "event-bus/{Name}"},
    {"*ApiDestination", "", TL_EVENTS "api-destination/{Name}"},
    {"*", "",
     TL_EVENTS "rule/{Rule}|" TL_EVENTS "rule/{Name}|" TL_EVENTS
               "archive/{ArchiveName}|{ResourceARN}"},
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

constexpr ServiceActions kServices[] = {
    {"cloudformation", kStacks},
    {"codebuild", kBuilds},
    {"codeconnections", kConnections},
    {"codepipeline", kPipelines},
    {"codestar-connections", kConnections},
    {"ecr", kEcr},
    {"events", kEvents},
    {"iam", kIam},
    {"stepfunctions", kWorkflows},
    {"sts", kSts},
};

}  // namespace

constinit const std::span<const ServiceActions> kDeliveryActions = kServices;

}  // namespace trunkline::cloud::access
