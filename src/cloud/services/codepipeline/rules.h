// The rules of conditions: one table that validation, ListRuleTypes and running read.
//
// CloudWatchAlarm, CodeBuild and Commands rules are not here: a pipeline that declares one is
// refused.
#pragma once

#include <span>
#include <string_view>

#include "cloud/services/codepipeline/action_types.h"
#include "cloud/services/codepipeline/progress.h"

namespace trunkline::cloud::codepipeline {

struct RuleAnswer {
  bool pending = false;  // somebody else ends it
  RuleOutcome outcome;
};

struct RuleKind {
  std::string_view provider;
  std::span<const Setting> settings;
  ArtifactCount inputs;
  net::aw<Answer<RuleAnswer>> (*run)(ActionOrder order) = nullptr;
};

std::span<const RuleKind* const> AllRuleKinds();
const RuleKind* FindRuleKind(std::string_view provider);

extern constinit const RuleKind kDeploymentWindowRule;
extern constinit const RuleKind kLambdaInvokeRule;
extern constinit const RuleKind kVariableCheckRule;

}  // namespace trunkline::cloud::codepipeline
