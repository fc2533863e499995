// Compute / Commands: shell commands without a project of one's own. They run as a build of a
// project that exists for the time of the action.
#include "base/hash.h"
#include "base/json_write.h"
#include "cloud/services/codepipeline/actions/list.h"
#include "cloud/services/codepipeline/build.h"

namespace trunkline::cloud::codepipeline {
namespace {

std::string ProjectOf(const ActionOrder& order) {
  return "codepipeline-commands-" + order.id;
}

json::Object ToArtifactSpec(const json::Object& output) {
  json::Array files = output.GetArray("files");
  if (files.empty()) files.emplace_back("**/*");
  return {{"files", std::move(files)}};
}

// A buildspec, which may be JSON, because YAML may.
std::string Buildspec(const ActionOrder& order) {
  json::Object build{{"commands", order.declaration.GetArray("commands")}};
  json::Object spec{{"version", "0.2"}, {"phases", json::Object{{"build", std::move(build)}}}};
  if (const json::Array& names = order.declaration.GetArray("outputVariables"); !names.empty())
    spec.Set("env", json::Object{{"exported-variables", names}});
  const json::Array& outputs = order.declaration.GetArray("outputArtifacts");
  json::Object artifacts;
  if (outputs.size() == 1) artifacts = ToArtifactSpec(outputs.front().AsObject());
  if (outputs.size() > 1) {
    json::Object parts;
    for (const json::Value& output : outputs) {
      parts.Set(output.AsObject().GetString("name"), ToArtifactSpec(output.AsObject()));
    }
    artifacts.Set("secondary-artifacts", std::move(parts));
  }
  if (!artifacts.empty()) spec.Set("artifacts", std::move(artifacts));
  return json::Write(spec);
}

json::Object Project(const ActionOrder& order) {
  json::Array variables = order.declaration.GetArray("environmentVariables");
  json::Object environment{{"type", "LINUX_CONTAINER"},
                           {"image", "aws/codebuild/amazonlinux-x86_64-standard:5.0"},
                           {"computeType", "BUILD_GENERAL1_SMALL"},
                           {"environmentVariables", std::move(variables)}};
  json::Object logs{{"status", "ENABLED"},
                    {"groupName", "/aws/codepipeline/" + order.pipeline},
                    {"streamName", order.execution}};
  return {{"name", ProjectOf(order)},
          {"serviceRole", order.role_arn},
          {"source", json::Object{{"type", "CODEPIPELINE"}, {"buildspec", Buildspec(order)}}},
          {"artifacts", json::Object{{"type", "CODEPIPELINE"}}},
          {"environment", std::move(environment)},
          {"logsConfig", json::Object{{"cloudWatchLogs", std::move(logs)}}}};
}

net::aw<ActionOutcome> Start(ActionOrder order) {
  const WaitContext caller = BuildCaller(order);
  const Answer<> made = co_await caller.Call("codebuild", "CreateProject", Project(order));
  if (!made && made.error().code != "ResourceAlreadyExistsException") co_return made.error();
  json::Object start{{"projectName", ProjectOf(order)}};
  if (order.inputs.empty()) start.Set("sourceTypeOverride", "NO_SOURCE");
  const std::string primary = order.inputs.empty()
                                  ? std::string()
                                  : std::string(order.inputs.front().AsObject().GetString("name"));
  TL_CO_TRY(BuildInput input, AddArtifacts(order, std::move(start), primary));
  co_return co_await RunBuild(std::move(order), std::move(input), false);
}

// The project is CodePipeline's own affair: the action's role needs permissions for what the build
// itself does, its log and its artifacts, and none of CodeBuild.
WaitContext AsService(const WaitContext& actor) {
  Caller caller = actor.caller();
  caller.acts_in_role = false;
  return actor.As(std::move(caller), actor.region());
}

net::aw<ActionOutcome> RunCommands(ActionOrder order) {
  order.actor = AsService(order.actor);
  const WaitContext caller = BuildCaller(order);
  json::Object project{{"name", ProjectOf(order)}};
  ActionOutcome outcome = co_await Start(std::move(order));
  // The log stays; a project that cannot be removed harms nobody.
  (void)co_await caller.Call("codebuild", "DeleteProject", std::move(project));
  co_return outcome;
}

}  // namespace

constinit const ActionKind kCommandsAction{.category = "Compute",
                                           .provider = "Commands",
                                           .settings = {},
                                           .inputs = {1, 10},
                                           .outputs = {0, 10},
                                           .time_limit = std::chrono::hours(1),
                                           .run = RunCommands};

}  // namespace trunkline::cloud::codepipeline
