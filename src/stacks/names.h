// What things are called: stacks, pipelines, roles, buckets. Who looks for something by its name
// (commands, the router, a role's policy) asks here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "center/center.h"

namespace trunkline::stacks {

// -- stacks

inline constexpr std::string_view kToolingStack = "amzconnect-tooling";
inline constexpr std::string_view kArtifactsStack = "amzconnect-artifacts";
inline constexpr std::string_view kMachineStack = "amzconnect-development-machine";
inline constexpr std::string_view kRolesStackSetStack = "amzconnect-roles-stack-set";
std::string RolesStack(std::string_view environment);         // amzconnect-roles-dev
std::string InstanceStack(std::string_view environment);      // amzconnect-instance-dev
std::string ContactFlowsStack(std::string_view environment);  // amzconnect-contact-flows-dev
// The stack of a template of the user's own: amzconnect-lambdas-tables-dev of tables.template.yaml.
std::string UserStack(const center::UserTemplate& user, std::string_view environment);

// The projects that may have templates of the user's own.
inline constexpr std::string_view kTemplateProjects[] = {"supporting-infra", "lambdas"};
// Those of a project, by file name: the order in which they are deployed.
std::vector<const center::UserTemplate*> TemplatesOf(const center::Center& center,
                                                     std::string_view project);

// Whether the project's pipeline runs the user's own tests; whether any pipeline does.
bool IsTested(std::string_view project);
bool HasTests(const center::Center& center);

// -- the tooling account

// amzconnect-<project>-<branch>, with '-' for '/'.
std::string PipelineName(std::string_view project, std::string_view branch);
// "amzconnect-artifacts-444444444444-us-east-1"
std::string ArtifactBucket(std::string_view account, std::string_view region);
std::string KeyParameter(std::string_view region);         // KeyUsEast1
std::string PipelineRole(std::string_view environment);    // trunkline-pipeline-deliver-dev
std::string DeliverRole(std::string_view environment);     // trunkline-build-deliver-dev
std::string DeliverProject(std::string_view environment);  // amzconnect-deliver-dev
inline constexpr std::string_view kToolingPipelineRole = "trunkline-pipeline-tooling";
inline constexpr std::string_view kToolingStackRole = "trunkline-tooling-cfn";
inline constexpr std::string_view kToolingBoundary = "trunkline-tooling-boundary";
inline constexpr std::string_view kSynthProject = "amzconnect-synth";
inline constexpr std::string_view kTestProject = "amzconnect-test";
inline constexpr std::string_view kRouterFunction = "amzconnect-router";
inline constexpr std::string_view kLedgerTable = "amzconnect-router-ledger";
inline constexpr std::string_view kTopic = "amzconnect-notifications";
inline constexpr std::string_view kWebhookSecret = "githubWebhookSecret";

// -- target accounts

std::string DeployRole(std::string_view environment);    // trunkline-deploy-dev
std::string StackRole(std::string_view environment);     // trunkline-cfn-dev
std::string OperatorRole(std::string_view environment);  // trunkline-operator-dev
inline constexpr std::string_view kBoundary = "trunkline-boundary";
// "<prefix>-dev-111111111111-us-east-1", in lower case: the instance's deliveries, flows.
std::string TargetBucket(std::string_view prefix, std::string_view environment,
                         std::string_view account, std::string_view region);
inline constexpr std::string_view kInstanceBucket = "amzconnect-instance";
inline constexpr std::string_view kFlowBucket = "amzconnect-flows";
std::string InstanceFunction(std::string_view environment);     // amzconnect-instance-dev
std::string AssociationFunction(std::string_view environment);  // amzconnect-association-dev
std::string ProvisionerFunction(std::string_view environment);  // amzconnect-flow-provisioner-dev

// The external id of an environment's operator role: not a secret, but not to be guessed by who
// does not know the repository; the same in the tooling stack and in the role's trust.
std::string ExternalId(const center::Tooling& tooling, std::string_view environment);

// "aws", "aws-cn" or "aws-us-gov": the first part of ARNs in a Region.
std::string_view PartitionOf(std::string_view region);
// arn:<partition>:iam::<account>:role/trunkline/<role>
std::string RoleArn(std::string_view region, std::string_view account, std::string_view role);
// arn:<partition>:iam::<account>:policy/trunkline/trunkline-boundary
std::string BoundaryArn(std::string_view region, std::string_view account);

}  // namespace trunkline::stacks
