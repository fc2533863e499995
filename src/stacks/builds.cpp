// The CodeBuild projects of the tooling stack: one that synthesizes, one for each environment that
// delivers (its role may take that environment's operator role and no other), one that runs the
// tests of functions and may do nothing else.
#include <fmt/format.h>

#include "base/json_write.h"
#include "stacks/buildspecs.h"
#include "stacks/delivery_time.h"
#include "stacks/names.h"
#include "stacks/policy.h"
#include "stacks/tooling_parts.h"

namespace trunkline::stacks {
namespace {

struct BuildSpec {
  std::string logical_id;
  std::string name;
  std::string description;
  std::string role_name;
  std::string buildspec;  // its text, or the file's name
  int minutes = 60;
  json::Array variables = {};
  json::Array statements = {};  // of the role, beside log and artifacts
  bool writes_artifacts = false;
};

json::Object Variable(std::string_view name, std::string_view value) {
  return {{"Name", name}, {"Value", value}};
}

json::Object ProjectProperties(const ToolingView& view, BuildSpec& spec) {
  json::Object environment{{"Type", "LINUX_CONTAINER"},
                           {"ComputeType", "BUILD_GENERAL1_SMALL"},
                           {"Image", "aws/codebuild/amazonlinux-x86_64-standard:5.0"}};
  if (!spec.variables.empty()) environment.Set("EnvironmentVariables", std::move(spec.variables));
  json::Object log{{"Status", "ENABLED"}, {"GroupName", Ref(spec.logical_id + "Log")}};
  json::Object properties{{"Name", spec.name},
                          {"Description", spec.description},
                          {"ServiceRole", GetAtt(spec.logical_id + "Role", "Arn")},
                          {"EncryptionKey", KeyOf(*view.tooling.region)},
                          {"TimeoutInMinutes", spec.minutes},
                          {"Artifacts", json::Object{{"Type", "CODEPIPELINE"}}}};
  properties.Set("Source",
                 json::Object{{"Type", "CODEPIPELINE"}, {"BuildSpec", std::move(spec.buildspec)}});
  properties.Set("Environment", std::move(environment));
  properties.Set("LogsConfig", json::Object{{"CloudWatchLogs", std::move(log)}});
  return properties;
}

json::Array RoleStatements(const ToolingView& view, BuildSpec& spec) {
  const std::string log = fmt::format("/aws/codebuild/{}", spec.name);
  // Builds ask for their group, though it is there.
  json::Array statements = List(
      {AllowLogs(log),
       Allow("AskForItsLog", {"logs:CreateLogGroup"},
             Arn(fmt::format("logs:${{AWS::Region}}:${{AWS::AccountId}}:log-group:{}:*", log)))});
  Append(statements, spec.writes_artifacts ? ArtifactStatements(view, {*view.tooling.region})
                                           : ReadArtifactStatements(view));
  Append(statements, std::move(spec.statements));
  return statements;
}

void AddProject(Template& stack, const ToolingView& view, BuildSpec spec) {
  json::Object log{{"LogGroupName", fmt::format("/aws/codebuild/{}", spec.name)},
                   {"RetentionInDays", 90}};
  stack.Add(spec.logical_id + "Log", {.type = "AWS::Logs::LogGroup", .properties = std::move(log)});
  const json::Object project =
      Arn(fmt::format("codebuild:${{AWS::Region}}:${{AWS::AccountId}}:project/{}", spec.name));
  stack.Add(spec.logical_id + "Role",
            Role({.name = spec.role_name,
                  .description = fmt::format("The role of builds of {}.", spec.name),
                  .trust = TrustService("codebuild", project),
                  .statements = RoleStatements(view, spec),
                  .boundary = ToolingBoundary()}));
  const std::string id = spec.logical_id;
  stack.Add(id, {.type = "AWS::CodeBuild::Project", .properties = ProjectProperties(view, spec)});
}

void AddSynth(Template& stack, const ToolingView& view) {
  AddProject(stack, view,
             {.logical_id = "Synth",
              .name = std::string(kSynthProject),
              .description = "Checks the monorepo and synthesizes the templates.",
              .role_name = "trunkline-build-synth",
              .buildspec = json::WritePretty(SynthBuildspec()),
              .writes_artifacts = true});
}

void AddTest(Template& stack, const ToolingView& view) {
  const json::Object reports =
      Allow("Report",
            {"codebuild:BatchPutCodeCoverages", "codebuild:BatchPutTestCases",
             "codebuild:CreateReport", "codebuild:CreateReportGroup", "codebuild:UpdateReport"},
            Arn(fmt::format("codebuild:${{AWS::Region}}:${{AWS::AccountId}}:report-group/{}-*",
                            kTestProject)));
  AddProject(stack, view,
             {.logical_id = "Test",
              .name = std::string(kTestProject),
              .description = "Runs the commands of a project's test.json.",
              .role_name = "trunkline-build-test",
              .buildspec = std::string(kTestBuildspecFile),
              .statements = List({reports})});
}

void AddDeliver(Template& stack, const ToolingView& view, const center::Environment& environment) {
  const std::string& name = *environment.name;
  const auto role = [&](const std::string& one) {
    return RoleArn(*view.tooling.region, *environment.account, one);
  };
  json::Array variables = List(
      {Variable("TRUNKLINE_ENV", name),
       Variable("TRUNKLINE_OPERATOR_ROLE", role(OperatorRole(name))),
       Variable("TRUNKLINE_DEPLOY_ROLE", role(DeployRole(name))),
       Variable("TRUNKLINE_STACK_ROLE", role(StackRole(name))),
       Variable("TRUNKLINE_EXTERNAL_ID", ExternalId(view.tooling, name)),
       Variable("TRUNKLINE_PERMISSIONS_BOUNDARY",
                BoundaryArn(*view.tooling.region, *environment.account)),
       Variable("TRUNKLINE_WAIT_MINUTES", std::to_string(WaitMinutes(view.center, environment))),
       Variable(kLongestShiftVariable, std::to_string(ShiftMinutes(view.center, environment)))});
  const json::Object watch =
      Allow("WaitForPipelines", {"codepipeline:ListPipelineExecutions"},
            Arn("codepipeline:${AWS::Region}:${AWS::AccountId}:amzconnect-*"));
  AddProject(
      stack, view,
      {.logical_id = LogicalId({"Deliver", name}),
       .name = DeliverProject(name),
       .description = fmt::format("Delivers projects to environment {}.", name),
       .role_name = DeliverRole(name),
       .buildspec = json::WritePretty(DeliverBuildspec()),
       .minutes = DeliverMinutes(view.center, environment),
       .variables = std::move(variables),
       .statements = List({Allow("ActInTarget", {"sts:AssumeRole"},
                                 json::Array{role(OperatorRole(name)), role(DeployRole(name))}),
                           watch, Allow("FindPipelines", {"codepipeline:ListPipelines"}, "*")})});
}

}  // namespace

void AddBuilds(Template& stack, const ToolingView& view) {
  AddSynth(stack, view);
  if (HasTests(view.center)) AddTest(stack, view);
  for (const center::Environment* environment : view.environments)
    AddDeliver(stack, view, *environment);
}

}  // namespace trunkline::stacks
