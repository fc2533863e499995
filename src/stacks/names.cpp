#include "stacks/names.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "center/pipeline_name.h"
#include "stacks/template.h"

namespace trunkline::stacks {
namespace {

// CloudFormation takes letters, digits and '-' in a stack's name.
std::string WithoutOtherCharacters(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    name += plain ? c : '-';
  }
  return name;
}

}  // namespace

std::string RolesStack(std::string_view environment) {
  return fmt::format("amzconnect-roles-{}", environment);
}

std::string InstanceStack(std::string_view environment) {
  return fmt::format("amzconnect-instance-{}", environment);
}

std::string ContactFlowsStack(std::string_view environment) {
  return fmt::format("amzconnect-contact-flows-{}", environment);
}

std::string UserStack(const center::UserTemplate& user, std::string_view environment) {
  const std::string file = FileName(user.file);
  const std::string_view stem = std::string_view(file).substr(0, file.find(".template."));
  return fmt::format("amzconnect-{}-{}-{}", user.project, WithoutOtherCharacters(stem),
                     environment);
}

std::vector<const center::UserTemplate*> TemplatesOf(const center::Center& center,
                                                     std::string_view project) {
  std::vector<const center::UserTemplate*> templates;
  for (const center::UserTemplate& user : center.templates) {
    if (user.project == project) templates.push_back(&user);
  }
  std::ranges::sort(templates, {}, [](const center::UserTemplate* user) { return user->file; });
  return templates;
}

bool IsTested(std::string_view project) {
  return std::ranges::find(center::kTestedProjects, project) != std::end(center::kTestedProjects);
}

bool HasTests(const center::Center& center) {
  return std::ranges::any_of(center.projects, IsTested);
}

std::string PipelineName(std::string_view project, std::string_view branch) {
  return center::PipelineName(project, branch);
}

std::string ArtifactBucket(std::string_view account, std::string_view region) {
  return fmt::format("amzconnect-artifacts-{}-{}", account, region);
}

std::string KeyParameter(std::string_view region) {
  return LogicalId({"Key", region});
}

std::string PipelineRole(std::string_view environment) {
  return fmt::format("trunkline-pipeline-deliver-{}", environment);
}

std::string DeliverRole(std::string_view environment) {
  return fmt::format("trunkline-build-deliver-{}", environment);
}

std::string DeliverProject(std::string_view environment) {
  return fmt::format("amzconnect-deliver-{}", environment);
}

std::string DeployRole(std::string_view environment) {
  return fmt::format("trunkline-deploy-{}", environment);
}

std::string StackRole(std::string_view environment) {
  return fmt::format("trunkline-cfn-{}", environment);
}

std::string OperatorRole(std::string_view environment) {
  return fmt::format("trunkline-operator-{}", environment);
}

std::string TargetBucket(std::string_view prefix, std::string_view environment,
                         std::string_view account, std::string_view region) {
  return ToLower(fmt::format("{}-{}-{}-{}", prefix, environment, account, region));
}

std::string InstanceFunction(std::string_view environment) {
  return fmt::format("amzconnect-instance-{}", environment);
}

std::string AssociationFunction(std::string_view environment) {
  return fmt::format("amzconnect-association-{}", environment);
}

std::string ProvisionerFunction(std::string_view environment) {
  return fmt::format("amzconnect-flow-provisioner-{}", environment);
}

std::string ExternalId(const center::Tooling& tooling, std::string_view environment) {
  const std::string text = fmt::format("external id\n{}\n{}/{}\n{}", *tooling.account,
                                       *tooling.owner, *tooling.repo, environment);
  return "trunkline-" + ToHex(Sha256(text)).substr(0, 24);
}

std::string_view PartitionOf(std::string_view region) {
  if (region.starts_with("cn-")) return "aws-cn";
  if (region.starts_with("us-gov-")) return "aws-us-gov";
  return "aws";
}

std::string RoleArn(std::string_view region, std::string_view account, std::string_view role) {
  return fmt::format("arn:{}:iam::{}:role/trunkline/{}", PartitionOf(region), account, role);
}

std::string BoundaryArn(std::string_view region, std::string_view account) {
  return fmt::format("arn:{}:iam::{}:policy/trunkline/{}", PartitionOf(region), account, kBoundary);
}

}  // namespace trunkline::stacks
