#include "cloud/services/codepipeline/action_types.h"

#include <algorithm>
#include <iterator>

#include "cloud/services/codepipeline/actions/list.h"
#include "cloud/services/codepipeline/records.h"

namespace trunkline::cloud::codepipeline {
namespace {

#define TL_POINT_AT_ACTION(name) &k##name##Action,
constexpr const ActionKind* kAll[] = {TL_CODEPIPELINE_ACTIONS(TL_POINT_AT_ACTION)};
#undef TL_POINT_AT_ACTION

json::Object ToDetails(const ArtifactCount& count) {
  return {{"minimumCount", count.least}, {"maximumCount", count.most}};
}

}  // namespace

std::span<const ActionKind* const> AllActionKinds() {
  return kAll;
}

const ActionKind* FindActionKind(std::string_view category, std::string_view provider) {
  const auto* const found =
      std::find_if(std::begin(kAll), std::end(kAll), [&](const ActionKind* kind) {
        return kind->category == category && kind->provider == provider;
      });
  return found == std::end(kAll) ? nullptr : *found;
}

std::string CustomTypeId(const json::Object& action_type_id) {
  return fmt::format("{}:{}:{}", action_type_id.GetString("category"),
                     action_type_id.GetString("provider"), action_type_id.GetString("version"));
}

json::Object ToActionType(const ActionKind& kind) {
  json::Array properties;
  for (const Setting& setting : kind.settings) {
    properties.push_back(json::Object{{"name", setting.name},
                                      {"required", setting.required},
                                      {"key", setting.required},
                                      {"secret", false},
                                      {"queryable", false}});
  }
  return {{"id", json::Object{{"category", kind.category},
                              {"owner", "AWS"},
                              {"provider", kind.provider},
                              {"version", "1"}}},
          {"settings", json::Object()},
          {"actionConfigurationProperties", std::move(properties)},
          {"inputArtifactDetails", ToDetails(kind.inputs)},
          {"outputArtifactDetails", ToDetails(kind.outputs)}};
}

std::optional<json::Object> FindActionType(Context& context, const json::Object& action_type_id) {
  if (action_type_id.GetString("owner") == "Custom") {
    const Record* record =
        context.store.Find(context.RegionScope(), kCustomType, CustomTypeId(action_type_id));
    return record ? std::optional(record->body.GetObject("ActionType")) : std::nullopt;
  }
  if (action_type_id.GetString("owner") != "AWS" || action_type_id.GetString("version") != "1")
    return std::nullopt;
  const ActionKind* kind =
      FindActionKind(action_type_id.GetString("category"), action_type_id.GetString("provider"));
  return kind ? std::optional(ToActionType(*kind)) : std::nullopt;
}

}  // namespace trunkline::cloud::codepipeline
