#include "stacks/pipeline_action.h"

#include "base/json_write.h"

namespace trunkline::stacks {
namespace {

json::Array Artifacts(const std::vector<std::string_view>& names) {
  json::Array artifacts;
  for (const std::string_view name : names) artifacts.emplace_back(json::Object{{"Name", name}});
  return artifacts;
}

}  // namespace

json::Object ToJson(Action action) {
  json::Object type{{"Category", action.category},
                    {"Owner", "AWS"},
                    {"Provider", action.provider},
                    {"Version", "1"}};
  json::Object row{{"Name", action.name}, {"RunOrder", action.order}};
  row.Set("ActionTypeId", std::move(type));
  row.SetIfNotEmpty("Namespace", action.space);
  row.SetIfNotEmpty("Region", action.region);
  row.SetIfNotEmpty("RoleArn", action.role);
  row.Set("Configuration", std::move(action.configuration));
  if (!action.inputs.empty()) row.Set("InputArtifacts", Artifacts(action.inputs));
  if (!action.outputs.empty()) row.Set("OutputArtifacts", Artifacts(action.outputs));
  return row;
}

json::Object Stage(std::string_view name, json::Array actions) {
  return {{"Name", name}, {"Actions", std::move(actions)}};
}

std::string BuildVariables(const std::vector<std::pair<std::string, std::string>>& variables) {
  json::Array rows;
  for (const auto& [name, value] : variables) {
    rows.emplace_back(json::Object{{"name", name}, {"value", value}, {"type", "PLAINTEXT"}});
  }
  return json::Write(rows);
}

}  // namespace trunkline::stacks
