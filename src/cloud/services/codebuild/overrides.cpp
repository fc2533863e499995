// What StartBuild and StartBuildBatch change of a project for one build.
#include <algorithm>
#include <array>

#include "cloud/services/codebuild/project.h"
#include "cloud/services/codebuild/records.h"
#include "cloud/services/codebuild/start_build.h"

namespace trunkline::cloud::codebuild {
namespace {

struct Override {
  std::string_view input;
  std::string_view member;
};

constexpr std::array<Override, 12> kOverrides = {{
    {"secondarySourcesOverride", "secondarySources"},
    {"secondarySourcesVersionOverride", "secondarySourceVersions"},
    {"sourceVersion", "sourceVersion"},
    {"cacheOverride", "cache"},
    {"serviceRoleOverride", "serviceRole"},
    {"timeoutInMinutesOverride", "timeoutInMinutes"},
    {"buildTimeoutInMinutesOverride", "timeoutInMinutes"},
    {"queuedTimeoutInMinutesOverride", "queuedTimeoutInMinutes"},
    {"encryptionKeyOverride", "encryptionKey"},
    {"logsConfigOverride", "logsConfig"},
    {"buildBatchConfigOverride", "buildBatchConfig"},
    {"autoRetryLimitOverride", "autoRetryLimit"},
}};

constexpr std::array<Override, 9> kSourceOverrides = {{
    {"sourceTypeOverride", "type"},
    {"sourceLocationOverride", "location"},
    {"sourceAuthOverride", "auth"},
    {"gitCloneDepthOverride", "gitCloneDepth"},
    {"gitSubmodulesConfigOverride", "gitSubmodulesConfig"},
    {"buildspecOverride", "buildspec"},
    {"insecureSslOverride", "insecureSsl"},
    {"reportBuildStatusOverride", "reportBuildStatus"},
    {"buildStatusConfigOverride", "buildStatusConfig"},
}};

constexpr std::array<Override, 9> kEnvironmentOverrides = {{
    {"environmentTypeOverride", "type"},
    {"imageOverride", "image"},
    {"computeTypeOverride", "computeType"},
    {"certificateOverride", "certificate"},
    {"privilegedModeOverride", "privilegedMode"},
    {"registryCredentialOverride", "registryCredential"},
    {"imagePullCredentialsTypeOverride", "imagePullCredentialsType"},
    {"fleetOverride", "fleet"},
    {"hostKernelOverride", "hostKernel"},
}};

template <std::size_t N>
void Apply(const std::array<Override, N>& rows, const json::Object& input, json::Object& to) {
  for (const Override& row : rows) {
    if (const json::Value* value = input.Find(row.input)) to.Set(row.member, *value);
  }
}

// A variable of the same name is replaced, others are added.
void MergeVariables(json::Array& variables, const json::Array& given) {
  for (const json::Value& one : given) {
    const std::string_view name = one.AsObject().GetString("name");
    const auto same = std::find_if(variables.begin(), variables.end(), [&](const json::Value& had) {
      return had.AsObject().GetString("name") == name;
    });
    if (same == variables.end()) {
      variables.push_back(one);
    } else {
      *same = one;
    }
  }
}

json::Array CompleteAll(const json::Array& artifacts, std::string_view project) {
  json::Array complete;
  for (const json::Value& one : artifacts)
    complete.push_back(CompleteArtifacts(one.AsObject(), project));
  return complete;
}

// A pipeline's project has no source of its own.
Answer<void> CheckPipelineSource(const json::Object& project) {
  const json::Object& source = project.GetObject("source");
  const json::Object& artifacts = project.GetObject("artifacts");
  if (source.GetString("type") == "CODEPIPELINE" && source.GetString("location").empty()) {
    return InvalidInput(
        "Project source type CODEPIPELINE is built by CodePipeline only: there is no source "
        "location");
  }
  if (artifacts.GetString("type") == "CODEPIPELINE" && artifacts.GetString("location").empty()) {
    return InvalidInput(
        "Project artifacts type CODEPIPELINE is built by CodePipeline only: there is no artifact "
        "location");
  }
  return {};
}

}  // namespace

Answer<> ApplyOverrides(Context& context, const json::Object& project, const json::Object& input) {
  json::Object made = project;
  const std::string name(project.GetString("name"));
  Apply(kOverrides, input, made);
  json::Object source = project.GetObject("source");
  Apply(kSourceOverrides, input, source);
  made.Set("source", CompleteSource(std::move(source)));
  json::Object environment = project.GetObject("environment");
  Apply(kEnvironmentOverrides, input, environment);
  MergeVariables(environment["environmentVariables"].AsArray(),
                 input.GetArray("environmentVariablesOverride"));
  made.Set("environment", CompleteEnvironment(std::move(environment)));
  if (input.Has("artifactsOverride"))
    made.Set("artifacts", CompleteArtifacts(input.GetObject("artifactsOverride"), name));
  if (input.Has("secondaryArtifactsOverride")) {
    made.Set("secondaryArtifacts", CompleteAll(input.GetArray("secondaryArtifactsOverride"), name));
  }
  TL_DO(CheckBuildable(made));
  TL_DO(CheckPipelineSource(made));
  if (input.Has("serviceRoleOverride"))
    TL_DO(CheckServiceRole(context, made.GetString("serviceRole")));
  return made;
}

}  // namespace trunkline::cloud::codebuild
