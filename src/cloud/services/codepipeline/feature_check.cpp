// What only pipelines of type V2 may have, and whether it is well formed.
#include <algorithm>
#include <array>
#include <set>

#include "cloud/services/codepipeline/declaration_check.h"
#include "cloud/services/codepipeline/records.h"
#include "cloud/services/codepipeline/rules.h"

namespace trunkline::cloud::codepipeline {
namespace {

ServiceError OnlyV2(std::string_view what) {
  return InvalidStructure(
      fmt::format("{} can only be used in pipelines of type V2, but this one is of type V1", what));
}

Answer<void> CheckV1(const json::Object& pipeline) {
  if (pipeline.GetString("executionMode", "SUPERSEDED") != "SUPERSEDED")
    return OnlyV2(fmt::format("The execution mode {}", pipeline.GetString("executionMode")));
  if (!pipeline.GetArray("triggers").empty()) return OnlyV2("Triggers");
  if (!pipeline.GetArray("variables").empty()) return OnlyV2("Pipeline variables");
  for (const json::Value& item : pipeline.GetArray("stages")) {
    const json::Object& stage = item.AsObject();
    for (const std::string_view part : {"beforeEntry", "onSuccess", "onFailure"}) {
      if (stage.Has(part))
        return OnlyV2(fmt::format("The {} of stage '{}'", part, stage.GetString("name")));
    }
  }
  return {};
}

Answer<void> CheckVariables(const json::Object& pipeline) {
  std::set<std::string_view> names;
  for (const json::Value& variable : pipeline.GetArray("variables")) {
    const std::string_view name = variable.AsObject().GetString("name");
    if (names.insert(name).second) continue;
    return InvalidStructure(fmt::format(
        "Variable names must be unique within the pipeline. {} has been used more than once",
        name));
  }
  return {};
}

bool IsConnectionSource(const json::Object& pipeline, std::string_view action_name) {
  const json::Object& stage = pipeline.GetArray("stages").front().AsObject();
  const json::Object* action = FindAction(stage, action_name);
  return action &&
         action->GetObject("actionTypeId").GetString("provider") == "CodeStarSourceConnection";
}

// Tags stand alone; file paths only restrict branches (or pull requests' branches).
bool IsValidFilter(const json::Object& filter) {
  const bool tags = filter.Has("tags");
  const bool branches = filter.Has("branches");
  const bool paths = filter.Has("filePaths");
  if (tags) return !branches && !paths;
  return branches || !paths;
}

Answer<void> CheckTrigger(const json::Object& git) {
  const ServiceError invalid = InvalidStructure(
      "The trigger configuration for the source action is not valid. Make sure to choose valid "
      "filter combinations.");
  for (const std::string_view kind : {"push", "pullRequest"}) {
    for (const json::Value& filter : git.GetArray(kind)) {
      if (!IsValidFilter(filter.AsObject())) return invalid;
      for (const json::Member& part : filter.AsObject()) {
        if (part.value.IsObject() && part.value.AsObject().empty()) return invalid;
      }
    }
  }
  return {};
}

Answer<void> CheckTriggers(const json::Object& pipeline) {
  std::set<std::string_view> sources;
  for (const json::Value& trigger : pipeline.GetArray("triggers")) {
    const json::Object& git = trigger.AsObject().GetObject("gitConfiguration");
    const std::string_view source = git.GetString("sourceActionName");
    if (!IsConnectionSource(pipeline, source) || !sources.insert(source).second) {
      return InvalidStructure(
          "Triggers for connection must reference a CodeStarSourceConnection action. Note that "
          "when you specify a trigger, you can't specify more than one trigger per source action.");
    }
    TL_DO(CheckTrigger(git));
  }
  return {};
}

// The results each kind of condition may have.
struct Allowed {
  std::string_view part;
  std::array<std::string_view, 4> results;
};
constexpr std::array<Allowed, 3> kAllowed = {{
    {"beforeEntry", {"FAIL", "SKIP"}},
    {"onSuccess", {"FAIL", "ROLLBACK"}},
    {"onFailure", {"FAIL", "ROLLBACK", "RETRY", "SKIP"}},
}};

Answer<void> CheckResult(std::string_view stage, const Allowed& allowed, std::string_view result) {
  if (std::ranges::find(allowed.results, result) != allowed.results.end()) return {};
  return InvalidStage(fmt::format("The result {} is not valid for the {} conditions of stage '{}'",
                                  result, allowed.part, stage));
}

Answer<void> CheckRule(std::string_view stage, const json::Object& rule) {
  const json::Object& type = rule.GetObject("ruleTypeId");
  const RuleKind* kind = FindRuleKind(type.GetString("provider"));
  if (!kind || type.GetString("version", "1") != "1") {
    return InvalidStage(fmt::format(
        "RuleType (Category: 'Rule', Provider: '{}', Owner: 'AWS', Version: '{}') in "
        "rule '{}' of stage '{}' is not available",
        type.GetString("provider"), type.GetString("version", "1"), rule.GetString("name"), stage));
  }
  for (const Setting& setting : kind->settings) {
    if (!setting.required || rule.GetObject("configuration").Has(setting.name)) continue;
    return InvalidStage(
        fmt::format("Rule configuration for rule '{}' is missing required configuration '{}'",
                    rule.GetString("name"), setting.name));
  }
  return {};
}

}  // namespace

Answer<void> CheckConditions(const json::Object& stage) {
  const std::string_view name = stage.GetString("name");
  for (const Allowed& allowed : kAllowed) {
    const json::Object& part = stage.GetObject(allowed.part);
    if (part.Has("result")) TL_DO(CheckResult(name, allowed, part.GetString("result")));
    for (const json::Value& item : part.GetArray("conditions")) {
      const json::Object& condition = item.AsObject();
      TL_DO(CheckResult(name, allowed, condition.GetString("result")));
      for (const json::Value& rule : condition.GetArray("rules"))
        TL_DO(CheckRule(name, rule.AsObject()));
    }
  }
  if (stage.GetObject("onFailure").Has("retryConfiguration") &&
      stage.GetObject("onFailure").GetString("result") != "RETRY") {
    return InvalidStage(fmt::format(
        "The retryConfiguration of stage '{}' can only be used with the result RETRY", name));
  }
  return {};
}

Answer<void> CheckFeatures(const json::Object& pipeline) {
  if (pipeline.GetString("pipelineType", "V1") == "V1") TL_DO(CheckV1(pipeline));
  TL_DO(CheckVariables(pipeline));
  return CheckTriggers(pipeline);
}

}  // namespace trunkline::cloud::codepipeline
