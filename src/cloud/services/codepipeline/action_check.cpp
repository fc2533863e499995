// One action of a declaration: its type, artifacts, configuration and role.
#include "base/text.h"
#include "cloud/services/codepipeline/action_types.h"
#include "cloud/services/codepipeline/declaration_check.h"
#include "cloud/services/codepipeline/roles.h"

namespace trunkline::cloud::codepipeline {
namespace {

ServiceError NotAvailable(const Context& context, const json::Object& action) {
  const json::Object& type = action.GetObject("actionTypeId");
  return InvalidAction(fmt::format(
      "ActionType (Category: '{}', Provider: '{}', Owner: '{}', Version: '{}') in action '{}' is "
      "not available in region '{}'",
      type.GetString("category"), type.GetString("provider"), type.GetString("owner"),
      type.GetString("version"), action.GetString("name"),
      Replace(ToUpper(context.region), "-", "_")));
}

Answer<void> CheckCount(std::string_view action, std::string_view what, std::size_t count,
                        const json::Object& details) {
  const auto least = static_cast<std::size_t>(details.GetInt("minimumCount"));
  const auto most = static_cast<std::size_t>(details.GetInt("maximumCount"));
  if (count < least) {
    return InvalidAction(
        fmt::format("Action {} declares {} {} artifacts which is less than the minimum count ({})",
                    action, count, what, least));
  }
  if (count <= most) return {};
  return InvalidAction(
      fmt::format("Action {} declares {} {} artifacts which is more than the maximum count ({})",
                  action, count, what, most));
}

const json::Object* FindProperty(const json::Object& type, std::string_view name) {
  for (const json::Value& property : type.GetArray("actionConfigurationProperties")) {
    if (property.AsObject().GetString("name") == name) return &property.AsObject();
  }
  return nullptr;
}

Answer<void> CheckConfiguration(const json::Object& action, const json::Object& type) {
  const std::string_view name = action.GetString("name");
  const json::Object& configuration = action.GetObject("configuration");
  for (const json::Value& item : type.GetArray("actionConfigurationProperties")) {
    const json::Object& property = item.AsObject();
    if (!property.GetBool("required") || configuration.Has(property.GetString("name"))) continue;
    return InvalidAction(
        fmt::format("Action configuration for action '{}' is missing required configuration '{}'",
                    name, property.GetString("name")));
  }
  for (const json::Member& setting : configuration) {
    if (FindProperty(type, setting.key)) continue;
    return InvalidAction(
        fmt::format("Action configuration for action '{}' contains unknown configuration '{}'",
                    name, setting.key));
  }
  return {};
}

Answer<void> CheckExtras(const json::Object& action) {
  const json::Object& type = action.GetObject("actionTypeId");
  const std::string_view name = action.GetString("name");
  const bool compute = type.GetString("category") == "Compute";
  if (compute && action.GetArray("commands").empty())
    return InvalidAction(fmt::format("Action {} must have a non-empty commands field", name));
  bool files = false;
  for (const json::Value& output : action.GetArray("outputArtifacts"))
    files = files || output.AsObject().Has("files");
  if (!compute && (files || action.Has("commands"))) {
    return InvalidAction(
        fmt::format("The following action cannot contain a commands field: {}. To "
                    "use the commands field, use a compute action.",
                    name));
  }
  if (!compute && action.Has("outputVariables")) {
    return InvalidAction(fmt::format(
        "The following action cannot contain an outputVariables field: {}. To use it, use a "
        "compute action.",
        name));
  }
  if (!compute && action.Has("environmentVariables") && type.GetString("provider") != "CodeBuild") {
    return InvalidAction(fmt::format(
        "The following action cannot contain an environmentVariables field: {}.", name));
  }
  if (action.Has("timeoutInMinutes") && type.GetString("category") != "Approval") {
    return InvalidAction(fmt::format(
        "Action {} has a timeoutInMinutes, which only manual approval actions may have", name));
  }
  return {};
}

Answer<void> CheckRole(Context& context, const json::Object& pipeline, const json::Object& action) {
  const std::string_view role = action.GetString("roleArn");
  const ActionRoles roles{.pipeline = pipeline.GetString("name"),
                          .pipeline_role = pipeline.GetString("roleArn"),
                          .action_role = role};
  if (role.empty() || ActionSession(context, roles, "check")) return {};
  return InvalidStructure(fmt::format("{} is not authorized to perform AssumeRole on role {}",
                                      pipeline.GetString("roleArn"), role));
}

}  // namespace

Answer<void> CheckAction(Context& context, const json::Object& pipeline,
                         const json::Object& action) {
  const json::Object& type_id = action.GetObject("actionTypeId");
  const std::string_view name = action.GetString("name");
  const auto type = FindActionType(context, type_id);
  if (!type) return NotAvailable(context, action);
  TL_DO(CheckCount(name, "input", action.GetArray("inputArtifacts").size(),
                   type->GetObject("inputArtifactDetails")));
  TL_DO(CheckCount(name, "output", action.GetArray("outputArtifacts").size(),
                   type->GetObject("outputArtifactDetails")));
  TL_DO(CheckConfiguration(action, *type));
  TL_DO(CheckExtras(action));
  if (type_id.GetString("category") == "Source" &&
      action.GetString("region", context.region) != context.region) {
    return InvalidStructure(fmt::format(
        "Source action '{}' must be in the region of the pipeline, '{}'", name, context.region));
  }
  return CheckRole(context, pipeline, action);
}

}  // namespace trunkline::cloud::codepipeline
