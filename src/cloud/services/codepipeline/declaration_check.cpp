#include "cloud/services/codepipeline/declaration_check.h"

#include <algorithm>
#include <map>
#include <set>

#include "cloud/services/codepipeline/records.h"
#include "cloud/services/codepipeline/roles.h"
#include "cloud/services/codepipeline/variables.h"

namespace trunkline::cloud::codepipeline {
namespace {

constexpr std::size_t kLeastStages = 2;
constexpr std::size_t kMostStages = 50;
constexpr std::size_t kMostActionsInStage = 50;
constexpr std::size_t kMostActions = 500;

bool IsSource(const json::Object& action) {
  return action.GetObject("actionTypeId").GetString("category") == "Source";
}

Answer<void> CheckStores(const Context& context, const json::Object& pipeline) {
  const bool one = pipeline.Has("artifactStore");
  const json::Object& many = pipeline.GetObject("artifactStores");
  if (one == !many.empty()) {
    return InvalidStructure(
        "Pipeline must contain exactly one of artifactStore and artifactStores. Use artifactStores "
        "when the pipeline has a cross-region action.");
  }
  if (!one && !many.Has(context.region)) {
    return InvalidStructure(fmt::format(
        "Pipeline artifactStores should contain an artifact store in region '{}'", context.region));
  }
  for (const json::Value& stage : pipeline.GetArray("stages")) {
    for (const json::Value& item : stage.AsObject().GetArray("actions")) {
      const json::Object& action = item.AsObject();
      const std::string_view region = action.GetString("region", context.region);
      if (region == context.region || many.Has(region)) continue;
      return InvalidStructure(
          fmt::format("Action '{}' is in region '{}', but the pipeline has no artifact store there",
                      action.GetString("name"), region));
    }
  }
  return {};
}

Answer<void> CheckStage(const json::Object& stage, bool first) {
  const std::string_view name = stage.GetString("name");
  const json::Array& actions = stage.GetArray("actions");
  if (actions.empty())
    return InvalidStage(fmt::format("Stage '{}' must have at least one action", name));
  if (actions.size() > kMostActionsInStage) {
    return InvalidStage(fmt::format("Stage '{}' has {} actions. There should be a maximum of {}",
                                    name, actions.size(), kMostActionsInStage));
  }
  std::set<std::string_view> names;
  for (const json::Value& item : actions) {
    const json::Object& action = item.AsObject();
    if (!names.insert(action.GetString("name")).second) {
      return InvalidStructure(
          fmt::format("Action names must be unique within a stage. {} has been used more than once "
                      "in stage {}",
                      action.GetString("name"), name));
    }
    if (first && !IsSource(action))
      return InvalidStructure(
          "Pipeline should start with a stage that only contains source actions");
    if (!first && IsSource(action)) {
      return InvalidStructure(
          fmt::format("Only the first stage may contain source actions, but stage '{}' has '{}'",
                      name, action.GetString("name")));
    }
  }
  return CheckConditions(stage);
}

Answer<void> CheckStages(const json::Object& pipeline) {
  const json::Array& stages = pipeline.GetArray("stages");
  if (stages.size() < kLeastStages) {
    return InvalidStructure(
        fmt::format("Pipeline has only {} stage(s). There should be a minimum of {} stages in a "
                    "pipeline",
                    stages.size(), kLeastStages));
  }
  if (stages.size() > kMostStages) {
    return InvalidStructure(
        fmt::format("Pipeline has {} stages. There should be a maximum of {} stages in a pipeline",
                    stages.size(), kMostStages));
  }
  std::set<std::string_view> names;
  std::size_t actions = 0;
  for (const json::Value& item : stages) {
    const json::Object& stage = item.AsObject();
    if (!names.insert(stage.GetString("name")).second) {
      return InvalidStage(
          fmt::format("Stage name must be unique within a pipeline. {} has been "
                      "used more than once",
                      stage.GetString("name")));
    }
    TL_DO(CheckStage(stage, names.size() == 1));
    actions += stage.GetArray("actions").size();
  }
  if (actions <= kMostActions) return {};
  return ServiceError(
      "LimitExceededException",
      fmt::format("Pipeline has {} actions. There should be a maximum of {} actions in a pipeline",
                  actions, kMostActions));
}

// The actions of a stage in the order in which they run.
std::vector<const json::Object*> InRunOrder(const json::Object& stage) {
  std::vector<const json::Object*> actions;
  for (const json::Value& item : stage.GetArray("actions")) actions.push_back(&item.AsObject());
  std::ranges::stable_sort(actions, {},
                           [](const json::Object* one) { return one->GetInt("runOrder", 1); });
  return actions;
}

// What earlier actions give to later ones: artifacts and variables.
struct Given {
  std::map<std::string, const json::Object*, std::less<>> artifacts;  // name -> its maker
  std::set<std::string, std::less<>> namespaces{"codepipeline", "variables"};
};

Answer<void> CheckInputs(const Given& given, const json::Object& action) {
  for (const json::Value& input : action.GetArray("inputArtifacts")) {
    const std::string_view name = input.AsObject().GetString("name");
    const auto made = given.artifacts.find(name);
    // An action of the same run order runs beside this one, not before it.
    if (made == given.artifacts.end()) {
      return InvalidAction(
          fmt::format("Input Artifact Bundle {} in action {} is not declared as Output Artifact "
                      "Bundle in any of the preceding actions",
                      name, action.GetString("name")));
    }
  }
  return {};
}

Answer<void> AddOutputs(Given& given, const json::Object& action) {
  for (const json::Value& output : action.GetArray("outputArtifacts")) {
    const std::string_view name = output.AsObject().GetString("name");
    if (!given.artifacts.emplace(name, &action).second) {
      return InvalidStructure(
          fmt::format("Output Artifact Bundle name must be unique within the pipeline. {} has been "
                      "used more than once",
                      name));
    }
  }
  const std::string_view ns = action.GetString("namespace");
  if (ns.empty() || given.namespaces.emplace(ns).second) return {};
  return InvalidAction(fmt::format(
      "Namespace must be unique within the pipeline. {} has been used more than once", ns));
}

Answer<void> CheckReferences(const Given& given, std::string_view stage,
                             const json::Object& action) {
  for (const json::Member& setting : action.GetObject("configuration")) {
    for (const VariableReference& reference : FindReferences(setting.value.AsString())) {
      if (given.namespaces.contains(reference.space)) continue;
      return InvalidAction(fmt::format(
          "Valid format for a pipeline execution variable reference is a namespace and a key "
          "separated by a period (.). The following pipeline execution variables are referencing a "
          "namespace that does not exist. StageName=[{}], ActionName=[{}], "
          "ActionConfigurationKey=[{}], VariableReferenceText=[{}.{}]",
          stage, action.GetString("name"), setting.key, reference.space, reference.key));
    }
  }
  return {};
}

Answer<void> CheckFlow(Context& context, const json::Object& pipeline) {
  Given given;
  for (const json::Value& item : pipeline.GetArray("stages")) {
    const auto actions = InRunOrder(item.AsObject());
    for (std::size_t first = 0; first < actions.size();) {
      std::size_t last = first;
      const std::int64_t order = actions[first]->GetInt("runOrder", 1);
      for (; last < actions.size() && actions[last]->GetInt("runOrder", 1) == order; ++last) {
        TL_DO(CheckAction(context, pipeline, *actions[last]));
        TL_DO(CheckInputs(given, *actions[last]));
        TL_DO(CheckReferences(given, item.AsObject().GetString("name"), *actions[last]));
      }
      for (; first < last; ++first) TL_DO(AddOutputs(given, *actions[first]));
    }
  }
  return {};
}

}  // namespace

ServiceError InvalidStructure(std::string_view message) {
  return {"InvalidStructureException", message};
}

ServiceError InvalidAction(std::string_view message) {
  return {"InvalidActionDeclarationException", message};
}

ServiceError InvalidStage(std::string_view message) {
  return {"InvalidStageDeclarationException", message};
}

Answer<void> CheckDeclaration(Context& context, const json::Object& pipeline) {
  TL_DO(CheckStages(pipeline));
  TL_DO(CheckStores(context, pipeline));
  TL_DO(CheckFeatures(pipeline));
  TL_DO(CheckFlow(context, pipeline));
  const std::string_view role = pipeline.GetString("roleArn");
  if (ServiceMayAssume(context, pipeline.GetString("name"), role)) return {};
  return InvalidStructure(
      fmt::format("CodePipeline is not authorized to perform AssumeRole on role {}", role));
}

}  // namespace trunkline::cloud::codepipeline
