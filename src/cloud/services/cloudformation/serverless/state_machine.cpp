// AWS::Serverless::StateMachine.
#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/cloudformation/serverless/events.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/kinds.h"
#include "cloud/services/cloudformation/serverless/locations.h"
#include "cloud/services/cloudformation/serverless/logical_ids.h"
#include "cloud/services/cloudformation/serverless/roles.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

bool IsDynamic(const json::Value& value) {
  return value.IsString() && value.AsString().starts_with("{{resolve:");
}

// Functions within a definition become substitutions: the definition itself is a text.
void TakeOut(json::Value& value, json::Object& substitutions) {
  if (IsIntrinsic(value) || IsDynamic(value)) {
    const std::string name = fmt::format("definition_substitution_{}", substitutions.size() + 1);
    substitutions.Set(name, std::move(value));
    value = json::Value(fmt::format("${{{}}}", name));
    return;
  }
  if (value.IsArray()) {
    for (json::Value& item : value.AsArray()) TakeOut(item, substitutions);
  } else if (value.IsObject()) {
    for (json::Member& member : value.AsObject()) TakeOut(member.value, substitutions);
  }
}

json::Value Lines(const json::Value& definition) {
  json::Array lines;
  const std::string text = json::WritePretty(definition, 4);
  for (const std::string_view line : Split(Trim(text), '\n')) lines.emplace_back(line);
  json::Object join;
  join.Set("Fn::Join", json::Array{"\n", std::move(lines)});
  return json::Value(std::move(join));
}

Answer<void> SetDefinition(const Source& source, Resource& machine) {
  const json::Value* definition = Given(source.properties, "Definition");
  const json::Value* uri = Given(source.properties, "DefinitionUri");
  if (definition && uri) {
    return InvalidResource(source.id,
                           "Specify either 'Definition' or 'DefinitionUri' property and not both.");
  }
  json::Object substitutions = source.properties.GetObject("DefinitionSubstitutions");
  if (definition) {
    json::Value sorted = Sorted(*definition);
    json::Object taken;
    TakeOut(sorted, taken);
    for (json::Member& member : taken) substitutions.Set(member.key, std::move(member.value));
    machine.properties.Set("DefinitionString", Lines(sorted));
  } else if (uri) {
    TL_TRY(json::Object place, S3Location(*uri, source.id, "DefinitionUri"));
    machine.properties.Set("DefinitionS3Location", std::move(place));
  } else {
    return InvalidResource(source.id,
                           "Either 'Definition' or 'DefinitionUri' property must be specified.");
  }
  if (!substitutions.empty())
    machine.properties.Set("DefinitionSubstitutions", std::move(substitutions));
  return {};
}

json::Array TagsOf(const Source& source) {
  json::Array tags = TagList({{"stateMachine:createdBy", "SAM"}});
  for (json::Value& tag : TagList(source.properties.GetObject("Tags")))
    tags.push_back(std::move(tag));
  return tags;
}

// The role, where none is given.
Answer<void> SetRole(Source& source, Resource& machine, Resources& all) {
  const json::Value* given = Given(source.properties, "Role");
  if (given && Given(source.properties, "Policies")) {
    return InvalidResource(source.id,
                           "Specify either 'Role' or 'Policies' (but not both at the "
                           "same time) or neither of them");
  }
  if (given) {
    machine.properties.Set("RoleArn", *given);
    return {};
  }
  if (source.properties.GetObject("Tracing").GetBool("Enabled")) {
    json::Array policies = source.properties.GetArray("Policies");
    policies.emplace_back(ManagedPolicyArn("AWSXrayWriteOnlyAccess"));
    source.properties.Set("Policies", std::move(policies));
  }
  TL_TRY(Resource role, MakeExecutionRole(source, {.trust = TrustOf("states.amazonaws.com"),
                                                   .managed = {},
                                                   .policies = {},
                                                   .tags = TagsOf(source)}));
  machine.properties.Set("RoleArn", GetAtt(role.id, "Arn"));
  all.push_back(std::move(role));
  return {};
}

// AutoPublishAlias: a version that stays, and the alias that goes over to it.
Answer<json::Value> AddAlias(const Source& source, Resources& all) {
  const json::Value* alias_name = Given(source.properties, "AutoPublishAlias");
  const json::Value* preference = Given(source.properties, "DeploymentPreference");
  for (const auto& [needed, name] :
       {std::pair(Given(source.properties, "UseAliasAsEventTarget"), "UseAliasAsEventTarget"),
        std::pair(preference, "DeploymentPreference")}) {
    if (!needed || alias_name) continue;
    return InvalidResource(
        source.id, fmt::format("'{}' requires 'AutoPublishAlias' property to be specified.", name));
  }
  if (!alias_name) return json::Value(Ref(source.id));
  Resource version{.id = source.id + "Version",
                   .type = "AWS::StepFunctions::StateMachineVersion",
                   .members = source.Inherited(),
                   .properties = {}};
  for (const std::string_view policy : {"DeletionPolicy", "UpdateReplacePolicy"}) {
    if (!version.members.Has(policy)) version.members.Set(policy, "Retain");
  }
  version.properties.Set("StateMachineArn", Ref(source.id));
  version.properties.Set("StateMachineRevisionId", GetAtt(source.id, "StateMachineRevisionId"));
  json::Object deployment =
      preference && preference->IsObject() ? preference->AsObject() : json::Object();
  if (!preference) deployment.Set("Type", "ALL_AT_ONCE");
  deployment.Set("StateMachineVersionArn", Ref(version.id));
  Resource alias{.id = fmt::format("{}Alias{}", source.id, TextOf(*alias_name)),
                 .type = "AWS::StepFunctions::StateMachineAlias",
                 .members = source.Inherited(),
                 .properties = {}};
  alias.properties.Set("Name", *alias_name);
  alias.properties.Set("DeploymentPreference", std::move(deployment));
  json::Value target =
      Given(source.properties, "UseAliasAsEventTarget") ? Ref(alias.id) : Ref(source.id);
  all.push_back(std::move(version));
  all.push_back(std::move(alias));
  return target;
}

Answer<Resources> Translate(Document& document, Source& source) {
  TL_DO(ExpandPolicyTemplates(source));
  Resource machine{.id = source.id,
                   .type = "AWS::StepFunctions::StateMachine",
                   .members = source.Own(),
                   .properties = {}};
  Resources all;
  TL_DO(SetDefinition(source, machine));
  TL_DO(SetRole(source, machine, all));
  Copy(machine.properties, "StateMachineName", source.properties, "Name");
  Copy(machine.properties, "StateMachineType", source.properties, "Type");
  Copy(machine.properties, "LoggingConfiguration", source.properties, "Logging");
  Copy(machine.properties, "TracingConfiguration", source.properties, "Tracing");
  machine.properties.Set("Tags", TagsOf(source));
  TL_TRY(const json::Value arn, AddAlias(source, all));
  Target target{.id = source.id,
                .name = nullptr,
                .arn = arn,
                .inherited = source.Inherited(),
                .condition = std::string(source.condition()),
                .role = nullptr,
                .permissions_boundary = nullptr};
  if (const json::Value* boundary = Given(source.properties, "PermissionsBoundary"))
    target.permissions_boundary = *boundary;
  TL_TRY(Resources events, TranslateEvents(document, source, target));
  for (Resource& resource : events) all.push_back(std::move(resource));
  all.push_back(std::move(machine));
  TL_DO(PropagateTags(all, source));
  return all;
}

constexpr Rule kRules[] = {{"Definition", "m"},
                           {"DefinitionUri", "sm"},
                           {"Logging", "m"},
                           {"Role", "s"},
                           {"RolePath", "*"},
                           {"DefinitionSubstitutions", "m"},
                           {"Events", "x"},
                           {"Name", "s"},
                           {"Type", "s"},
                           {"Tags", "m"},
                           {"PropagateTags", "b"},
                           {"Policies", "sa"},
                           {"Tracing", "m"},
                           {"PermissionsBoundary", "s"},
                           {"AutoPublishAlias", "*"},
                           {"DeploymentPreference", "*"},
                           {"UseAliasAsEventTarget", "Fb"}};

}  // namespace

constinit const Kind kStateMachineKind{
    .type = kStateMachine, .rules = kRules, .referable = {}, .translate = Translate};

}  // namespace trunkline::cloud::cloudformation::serverless
