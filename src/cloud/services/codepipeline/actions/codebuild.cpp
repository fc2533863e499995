// Build and Test / CodeBuild.
#include "base/json_read.h"
#include "cloud/services/codepipeline/actions/list.h"
#include "cloud/services/codepipeline/build.h"

namespace trunkline::cloud::codepipeline {
namespace {

constexpr std::string_view kNotVariables =
    "expected EnvironmentVariables to be a JSON list of objects with name, value and type";

// The configuration's JSON text, then the action's own variables.
Answer<json::Array> ReadVariables(const ActionOrder& order) {
  json::Array variables;
  const std::string text = order.Get("EnvironmentVariables");
  if (!text.empty()) {
    const Result<json::Value> read = json::Parse(text);
    if (!read || !read->IsArray()) return ServiceError("ConfigurationError", kNotVariables);
    variables = read->AsArray();
  }
  for (const json::Value& variable : order.declaration.GetArray("environmentVariables"))
    variables.push_back(variable);
  for (json::Value& variable : variables) {
    if (!variable.IsObject() || !variable.AsObject().Has("name"))
      return ServiceError("ConfigurationError", kNotVariables);
    if (!variable.AsObject().Has("type")) variable.AsObject().Set("type", "PLAINTEXT");
  }
  return variables;
}

std::string PrimaryOf(const ActionOrder& order) {
  std::string named = order.Get("PrimarySource");
  if (!named.empty() || order.inputs.size() != 1) return named;
  return std::string(order.inputs.front().AsObject().GetString("name"));
}

net::aw<ActionOutcome> RunCodeBuild(ActionOrder order) {
  json::Object start{{"projectName", order.Get("ProjectName")}};
  TL_CO_TRY(json::Array variables, ReadVariables(order));
  if (!variables.empty()) start.Set("environmentVariablesOverride", std::move(variables));
  const bool batch = order.Get("BatchEnabled") == "true";
  if (batch && order.Get("CombineArtifacts") == "true")
    start.Set("buildBatchConfigOverride", json::Object{{"combineArtifacts", true}});
  TL_CO_TRY(BuildInput input, AddArtifacts(order, std::move(start), PrimaryOf(order)));
  co_return co_await RunBuild(std::move(order), std::move(input), batch);
}

constexpr Setting kSettings[] = {{"ProjectName", true},
                                 {"PrimarySource", false},
                                 {"BatchEnabled", false},
                                 {"CombineArtifacts", false},
                                 {"EnvironmentVariables", false}};

}  // namespace

constinit const ActionKind kCodeBuildBuildAction{.category = "Build",
                                                 .provider = "CodeBuild",
                                                 .settings = kSettings,
                                                 .inputs = {1, 5},
                                                 .outputs = {0, 5},
                                                 .time_limit = std::chrono::hours(8),
                                                 .run = RunCodeBuild};
constinit const ActionKind kCodeBuildTestAction{.category = "Test",
                                                .provider = "CodeBuild",
                                                .settings = kSettings,
                                                .inputs = {1, 5},
                                                .outputs = {0, 5},
                                                .time_limit = std::chrono::hours(8),
                                                .run = RunCodeBuild};

}  // namespace trunkline::cloud::codepipeline
