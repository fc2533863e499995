#include "stacks/pipeline_stages.h"

#include <fmt/format.h>

#include "base/json_write.h"
#include "stacks/buildspecs.h"
#include "stacks/names.h"
#include "stacks/pipeline_action.h"
#include "stacks/policy.h"
#include "stacks/region_stage.h"

namespace trunkline::stacks {
namespace {

json::Object SourceStage(const PipelineSpec& spec) {
  const center::Tooling& tooling = spec.view.tooling;
  json::Object repository{
      {"ConnectionArn", ConnectionArn(spec.view)},
      {"FullRepositoryId", fmt::format("{}/{}", *tooling.owner, *tooling.repo)},
      {"BranchName", spec.branch},
      {"OutputArtifactFormat", "CODE_ZIP"},
      // The router or a trigger starts the pipeline; with detection it would run twice.
      {"DetectChanges", "false"}};
  json::Object program{{"S3Bucket", Ref("CodeBucket")},
                       {"S3ObjectKey", Ref("CodeKey")},
                       {"PollForSourceChanges", "false"}};
  return Stage("Source", List({ToJson({.name = "Source",
                                       .category = "Source",
                                       .provider = "CodeStarSourceConnection",
                                       .configuration = std::move(repository),
                                       .outputs = {"Source"},
                                       .space = "Source"}),
                               ToJson({.name = "Program",
                                       .category = "Source",
                                       .provider = "S3",
                                       .configuration = std::move(program),
                                       .outputs = {"Program"}})}));
}

json::Object BuildStage(const PipelineSpec& spec) {
  std::vector<std::pair<std::string, std::string>> variables = {
      {"TRUNKLINE_PROJECT", std::string(spec.project)}, {"TRUNKLINE_COMMIT", "#{Source.CommitId}"}};
  if (spec.environment != nullptr)
    variables.insert(variables.begin(), {"TRUNKLINE_ENV", *spec.environment->name});
  json::Object configuration{{"ProjectName", Ref("Synth")},
                             {"PrimarySource", "Source"},
                             {"EnvironmentVariables", BuildVariables(variables)}};
  return Stage("Build", List({ToJson({.name = "Synth",
                                      .category = "Build",
                                      .provider = "CodeBuild",
                                      .configuration = std::move(configuration),
                                      .inputs = {"Source", "Program"},
                                      .outputs = {"Templates"}})}));
}

json::Object TestingStage() {
  json::Object configuration{{"ProjectName", Ref("Test")}, {"PrimarySource", "Templates"}};
  return Stage("Testing", List({ToJson({.name = "Test",
                                        .category = "Test",
                                        .provider = "CodeBuild",
                                        .configuration = std::move(configuration),
                                        .inputs = {"Templates", "Source"}})}));
}

// Read by the environment's operator role, in every Region.
json::Object PlanAction(const PipelineSpec& spec) {
  json::Object configuration{
      {"ProjectName", Ref(LogicalId({"Deliver", *spec.environment->name}))},
      {"PrimarySource", "Source"},
      {"EnvironmentVariables", BuildVariables({{"TRUNKLINE_STEP", "plan"},
                                               {"TRUNKLINE_PROJECT", std::string(spec.project)}})}};
  return ToJson({.name = "Plan",
                 .category = "Build",
                 .provider = "CodeBuild",
                 .configuration = std::move(configuration),
                 .inputs = {"Source", "Program"},
                 .space = "Plan"});
}

// What people are asked. CodePipeline takes 1000 characters, of which the plan has 600 at most.
std::string Question(const PipelineSpec& spec) {
  // No pipeline names the templates, so that a new one needs no new pipeline.
  const bool may_have_templates = spec.project == "supporting-infra" || spec.project == "lambdas";
  return fmt::format(
      "Deliver {0} of #{{Source.CommitId}} to {1} (account {2})? #{{Plan.{3}}}. {4}All of it: "
      "trunkline pipelines logs {5} --action Plan",
      spec.project, *spec.environment->name, *spec.environment->account, kPlanVariable,
      may_have_templates ? "Stacks of your own templates, if any, come first. " : "",
      PipelineName(spec.project, spec.branch));
}

json::Object ApprovalStage(const PipelineSpec& spec) {
  json::Object configuration{{"NotificationArn", Ref("Topic")}, {"CustomData", Question(spec)}};
  return Stage("Approval",
               List({PlanAction(spec), ToJson({.name = "Approve",
                                               .category = "Approval",
                                               .provider = "Manual",
                                               .configuration = std::move(configuration),
                                               .order = 2})}));
}

// The stacks of the tooling account, made with the stack's own service role.
Action ToolingStackAction(const PipelineSpec& spec, std::string name, std::string_view stack,
                          std::string parameters) {
  const center::Tooling& tooling = spec.view.tooling;
  json::Object configuration{
      {"ActionMode", "CREATE_UPDATE"},
      {"StackName", stack},
      {"TemplatePath", fmt::format("Templates::{}.template.json", stack)},
      {"Capabilities", "CAPABILITY_NAMED_IAM"},
      {"RoleArn", RoleArn(*tooling.region, *tooling.account, kToolingStackRole)}};
  if (!parameters.empty()) configuration.Set("ParameterOverrides", Sub(parameters));
  return {.name = std::move(name),
          .category = "Deploy",
          .provider = "CloudFormation",
          .configuration = std::move(configuration),
          .inputs = {"Templates"}};
}

json::Object ArtifactsStage(const PipelineSpec& spec) {
  json::Array actions;
  for (const std::string& region : spec.view.regions) {
    Action action = ToolingStackAction(spec, region, kArtifactsStack, "");
    action.region = region;
    action.space = LogicalId({"Artifacts", region});
    actions.emplace_back(ToJson(std::move(action)));
  }
  return Stage("Artifacts", std::move(actions));
}

// Parameters that are not named fall back to their defaults, so all are.
std::string ToolingParameters(const ToolingView& view) {
  json::Object parameters{{"CodeBucket", "${CodeBucket}"}, {"CodeKey", "${CodeKey}"}};
  for (const std::string& region : view.regions) {
    parameters.Set(KeyParameter(region),
                   fmt::format("#{{{}.KeyArn}}", LogicalId({"Artifacts", region})));
  }
  parameters.Set("GithubApi", "${GithubApi}");
  parameters.Set("GithubTokenArn", "${GithubTokenArn}");
  return json::Write(parameters);
}

}  // namespace

json::Array DeliveryStages(const PipelineSpec& spec) {
  json::Array stages = List({SourceStage(spec), BuildStage(spec)});
  if (IsTested(spec.project)) stages.emplace_back(TestingStage());
  if (spec.view.NeedsApproval(*spec.environment)) stages.emplace_back(ApprovalStage(spec));
  for (const center::Text& region : spec.environment->regions)
    stages.emplace_back(RegionStage(spec, *region));
  return stages;
}

json::Array ToolingStages(const PipelineSpec& spec) {
  const Action tooling =
      ToolingStackAction(spec, "Tooling", kToolingStack, ToolingParameters(spec.view));
  return List({SourceStage(spec), BuildStage(spec), ArtifactsStage(spec),
               Stage("Tooling", List({ToJson(tooling)}))});
}

}  // namespace trunkline::stacks
