// The action types a pipeline may use: one table that validation, ListActionTypes and running read.
//
// AWS's own are rows, each in its file of actions/; a row without `run` is known by name and shape
// but cannot be used here. Custom ones are records.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "cloud/services/codepipeline/action_run.h"

namespace trunkline::cloud::codepipeline {

// One key of an action's configuration.
struct Setting {
  std::string_view name;
  bool required = false;
};

struct ArtifactCount {
  std::size_t least = 0;
  std::size_t most = 0;
};

struct ActionKind {
  std::string_view category;
  std::string_view provider;
  std::span<const Setting> settings;
  ArtifactCount inputs;
  ArtifactCount outputs;
  Milliseconds time_limit{0};
  net::aw<ActionOutcome> (*run)(ActionOrder order) = nullptr;
  bool has_variables = true;  // may have a namespace
};

// All that AWS owns, by category and provider.
std::span<const ActionKind* const> AllActionKinds();
// Null: AWS owns no such type.
const ActionKind* FindActionKind(std::string_view category, std::string_view provider);

std::string CustomTypeId(const json::Object& action_type_id);
// ActionType as ListActionTypes shows it, of AWS's or of a custom one; nothing: there is none.
std::optional<json::Object> FindActionType(Context& context, const json::Object& action_type_id);
json::Object ToActionType(const ActionKind& kind);

// What a custom action may take; AWS's default is seven days for approvals and one for jobs.
inline constexpr Milliseconds kCustomTimeLimit = std::chrono::hours(24);

}  // namespace trunkline::cloud::codepipeline
