// Action types and rule types: AWS's own, and custom ones for job workers.
#include "base/text.h"
#include "cloud/services/codepipeline/action_types.h"
#include "cloud/services/codepipeline/families.h"
#include "cloud/services/codepipeline/records.h"
#include "cloud/services/codepipeline/rules.h"
#include "cloud/services/codepipeline/tag_checks.h"

namespace trunkline::cloud::codepipeline {
namespace {

Answer<> ListActionTypes(Context& context, const json::Object& input) {
  const std::string_view owner = input.GetString("actionOwnerFilter");
  if (input.Has("nextToken"))
    return ServiceError("InvalidNextTokenException", "The next token is not valid");
  json::Array types;
  if (owner.empty() || owner == "AWS") {
    for (const ActionKind* kind : AllActionKinds()) types.emplace_back(ToActionType(*kind));
  }
  if (owner.empty() || owner == "Custom") {
    for (const Record* record : context.store.List(context.RegionScope(), kCustomType))
      types.push_back(record->body.At("ActionType"));
  }
  return json::Object{{"actionTypes", std::move(types)}};
}

Answer<> GetActionType(Context& context, const json::Object& input) {
  const std::optional<json::Object> type = FindActionType(context, input);
  if (!type) {
    return ServiceError("ActionTypeNotFoundException",
                        fmt::format("Could not find action type {} of owner {}",
                                    CustomTypeId(input), input.GetString("owner")));
  }
  json::Array properties;
  for (const json::Value& item : type->GetArray("actionConfigurationProperties")) {
    const json::Object& property = item.AsObject();
    properties.emplace_back(json::Object{{"name", property.At("name")},
                                         {"optional", !property.GetBool("required")},
                                         {"key", property.GetBool("key")},
                                         {"noEcho", property.GetBool("secret")},
                                         {"queryable", property.GetBool("queryable")}});
  }
  json::Object executor{
      {"configuration", json::Object{{"jobWorkerExecutorConfiguration",
                                      json::Object{{"pollingServicePrincipals",
                                                    json::Array{"codepipeline.amazonaws.com"}}}}}},
      {"type", "JobWorker"}};
  return json::Object{
      {"actionType", json::Object{{"id", type->At("id")},
                                  {"executor", std::move(executor)},
                                  {"inputArtifactDetails", type->At("inputArtifactDetails")},
                                  {"outputArtifactDetails", type->At("outputArtifactDetails")},
                                  {"properties", std::move(properties)}}}};
}

Answer<> ListRuleTypes(Context&, const json::Object&) {
  json::Array types;
  for (const RuleKind* kind : AllRuleKinds()) {
    json::Array properties;
    for (const Setting& setting : kind->settings) {
      properties.emplace_back(json::Object{{"name", setting.name},
                                           {"required", setting.required},
                                           {"key", setting.required},
                                           {"secret", false}});
    }
    types.emplace_back(json::Object{
        {"id", json::Object{{"category", "Rule"},
                            {"owner", "AWS"},
                            {"provider", kind->provider},
                            {"version", "1"}}},
        {"settings", json::Object()},
        {"ruleConfigurationProperties", std::move(properties)},
        {"inputArtifactDetails",
         json::Object{{"minimumCount", kind->inputs.least}, {"maximumCount", kind->inputs.most}}}});
  }
  return json::Object{{"ruleTypes", std::move(types)}};
}

Answer<> CreateCustomActionType(Context& context, const json::Object& input) {
  const std::string id = CustomTypeId(input);
  if (context.store.Find(context.RegionScope(), kCustomType, id)) {
    return ValidationError(fmt::format(
        "A custom action type with category '{}', provider '{}' and version '{}' exists already",
        input.GetString("category"), input.GetString("provider"), input.GetString("version")));
  }
  TL_TRY(json::Array tags, JoinTags(context, {}, input.GetArray("tags")));
  json::Object type{{"id", json::Object{{"category", input.At("category")},
                                        {"owner", "Custom"},
                                        {"provider", input.At("provider")},
                                        {"version", input.At("version")}}},
                    {"settings", input.GetObject("settings")},
                    {"actionConfigurationProperties", input.GetArray("configurationProperties")},
                    {"inputArtifactDetails", input.At("inputArtifactDetails")},
                    {"outputArtifactDetails", input.At("outputArtifactDetails")}};
  context.store.Put(
      context.RegionScope(), kCustomType,
      {.id = id, .parent = {}, .name = id, .body = {{"ActionType", type}, {"Tags", tags}}});
  json::Object answer{{"actionType", std::move(type)}};
  if (!tags.empty()) answer.Set("tags", std::move(tags));
  return answer;
}

// Deleting what is not there is no error.
Answer<> DeleteCustomActionType(Context& context, const json::Object& input) {
  context.store.Delete(context.RegionScope(), kCustomType, CustomTypeId(input));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateCustomActionType", .handle = CreateCustomActionType},
    {.name = "DeleteCustomActionType", .handle = DeleteCustomActionType},
    {.name = "GetActionType", .handle = GetActionType},
    {.name = "ListActionTypes", .handle = ListActionTypes},
    {.name = "ListRuleTypes", .handle = ListRuleTypes},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTypeOperations = kOperations;

}  // namespace trunkline::cloud::codepipeline
