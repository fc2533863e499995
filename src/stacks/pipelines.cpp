// The pipelines, named amzconnect-<project>-<branch>: one for each environment and project, and the
// one that updates the tooling stack. Each environment's run in a role of their own.
#include <fmt/format.h>

#include "stacks/names.h"
#include "stacks/pipeline_stages.h"
#include "stacks/policy.h"
#include "stacks/tooling_parts.h"

namespace trunkline::stacks {
namespace {

json::Object ArtifactStore(const ToolingView& view, const std::string& region) {
  json::Object key{{"Type", "KMS"}, {"Id", KeyOf(region)}};
  json::Object store{{"Type", "S3"},
                     {"Location", ArtifactBucket(*view.tooling.account, region)},
                     {"EncryptionKey", std::move(key)}};
  return {{"Region", region}, {"ArtifactStore", std::move(store)}};
}

json::Array ArtifactStores(const ToolingView& view, const std::vector<std::string>& regions) {
  json::Array stores;
  for (const std::string& region : regions) stores.emplace_back(ArtifactStore(view, region));
  return stores;
}

// The tooling account's Region and those of the environment.
std::vector<std::string> RegionsOf(const ToolingView& view,
                                   const center::Environment& environment) {
  std::vector<std::string> regions = {*view.tooling.region};
  for (const center::Text& region : environment.regions) {
    if (*region != regions.front()) regions.push_back(*region);
  }
  return regions;
}

json::Object Trigger(const PipelineSpec& spec) {
  json::Object push{
      {"Branches", json::Object{{"Includes", json::Array{spec.branch}}}},
      {"FilePaths",
       json::Object{{"Includes", json::Array{fmt::format("amzconnect-{}/**", spec.project),
                                             "trunkline.json"}}}}};
  json::Object git{{"SourceActionName", "Source"}};
  git.Set("Push", List({push}));
  return {{"ProviderType", "CodeStarSourceConnection"}, {"GitConfiguration", std::move(git)}};
}

void AddPipeline(Template& stack, const PipelineSpec& spec, std::string_view logical_id,
                 std::string_view role, const std::vector<std::string>& regions,
                 json::Array stages) {
  json::Object properties{{"Name", PipelineName(spec.project, spec.branch)},
                          {"PipelineType", "V2"},
                          // In order, and none is dropped.
                          {"ExecutionMode", "QUEUED"},
                          {"RoleArn", GetAtt(role, "Arn")}};
  if (spec.view.Triggers()) properties.Set("Triggers", List({Trigger(spec)}));
  properties.Set("ArtifactStores", ArtifactStores(spec.view, regions));
  properties.Set("Stages", std::move(stages));
  stack.Add(logical_id,
            {.type = "AWS::CodePipeline::Pipeline", .properties = std::move(properties)});
}

json::Object UseConnection(const ToolingView& view) {
  return Allow("UseConnection",
               {"codeconnections:UseConnection", "codestar-connections:UseConnection"},
               ConnectionArn(view));
}

json::Object RunBuilds(const std::vector<std::string>& logical_ids) {
  json::Array projects;
  for (const std::string& id : logical_ids) projects.emplace_back(GetAtt(id, "Arn"));
  return Allow("RunBuilds",
               {"codebuild:BatchGetBuilds", "codebuild:StartBuild", "codebuild:StopBuild"},
               std::move(projects));
}

json::Object TrustPipelines() {
  return TrustService("codepipeline",
                      Arn("codepipeline:${AWS::Region}:${AWS::AccountId}:amzconnect-*"));
}

void AddPipelineRole(Template& stack, std::string_view logical_id, std::string name,
                     json::Array statements) {
  stack.Add(logical_id, Role({.name = std::move(name),
                              .description = "The role of pipelines.",
                              .trust = TrustPipelines(),
                              .statements = std::move(statements),
                              .boundary = ToolingBoundary()}));
}

json::Array DeliveryStatements(const ToolingView& view, const center::Environment& environment) {
  const std::string& name = *environment.name;
  std::vector<std::string> builds = {"Synth", LogicalId({"Deliver", name})};
  if (HasTests(view.center)) builds.emplace_back("Test");
  json::Array statements =
      List({UseConnection(view), RunBuilds(builds),
            Allow("ActInTarget", {"sts:AssumeRole"},
                  RoleArn(*view.tooling.region, *environment.account, DeployRole(name)))});
  if (view.NeedsApproval(environment))
    statements.emplace_back(Allow("AskForApproval", {"sns:Publish"}, Ref("Topic")));
  Append(statements, ArtifactStatements(view, RegionsOf(view, environment)));
  return statements;
}

json::Array ToolingStatements(const ToolingView& view) {
  const std::string role = RoleArn(*view.tooling.region, *view.tooling.account, kToolingStackRole);
  json::Array statements = List(
      {UseConnection(view), RunBuilds({"Synth"}),
       Allow("DeliverStacks",
             {"cloudformation:CreateStack", "cloudformation:DescribeStackEvents",
              "cloudformation:DescribeStacks", "cloudformation:UpdateStack"},
             List({OwnArn("cloudformation", fmt::format("stack/{}/*", kArtifactsStack)),
                   OwnArn("cloudformation", fmt::format("stack/{}/*", kToolingStack))})),
       Allow("GiveStackRole", {"iam:PassRole"}, role,
             Condition("StringEquals", "iam:PassedToService", "cloudformation.amazonaws.com"))});
  Append(statements, ArtifactStatements(view, view.regions));
  return statements;
}

void AddToolingPipeline(Template& stack, const ToolingView& view) {
  const PipelineSpec spec{
      .view = view, .project = "devops-pipelines", .branch = view.ToolingBranch()};
  AddPipelineRole(stack, "ToolingPipelineRole", std::string(kToolingPipelineRole),
                  ToolingStatements(view));
  AddPipeline(stack, spec, "PipelineDevopsPipelines", "ToolingPipelineRole", view.regions,
              ToolingStages(spec));
}

}  // namespace

void AddPipelines(Template& stack, const ToolingView& view) {
  if (view.center.HasProject("devops-pipelines")) AddToolingPipeline(stack, view);
  for (const center::Environment* environment : view.environments) {
    const std::string& name = *environment->name;
    const std::string role = LogicalId({"PipelineRole", name});
    AddPipelineRole(stack, role, PipelineRole(name), DeliveryStatements(view, *environment));
    for (const std::string& project : view.projects) {
      const PipelineSpec spec{.view = view,
                              .project = project,
                              .branch = *environment->branch,
                              .environment = environment};
      AddPipeline(stack, spec, LogicalId({"Pipeline", project, name}), role,
                  RegionsOf(view, *environment), DeliveryStages(spec));
    }
  }
}

}  // namespace trunkline::stacks
