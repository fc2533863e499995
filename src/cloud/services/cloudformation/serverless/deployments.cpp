#include "cloud/services/cloudformation/serverless/deployments.h"

#include <algorithm>
#include <set>

#include "cloud/services/cloudformation/serverless/function.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/roles.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr std::string_view kApplication = "ServerlessDeploymentApplication";
constexpr std::string_view kRole = "CodeDeployServiceRole";
constexpr std::string_view kConfigurations[] = {
    "Canary10Percent5Minutes",      "Canary10Percent10Minutes",      "Canary10Percent15Minutes",
    "Canary10Percent30Minutes",     "Linear10PercentEvery1Minute",   "Linear10PercentEvery2Minutes",
    "Linear10PercentEvery3Minutes", "Linear10PercentEvery10Minutes", "AllAtOnce"};

bool IsFalse(const json::Value& value) {
  return !IsGiven(value) || value == json::Value("false") || value == json::Value("False");
}

bool IsTrue(const json::Object& preference, std::string_view name) {
  const json::Value* value = preference.Find(name);
  return value && !IsFalse(*value);
}

// AWS's own configurations have a prefix; where the name stands in a function, so has that.
json::Value ConfigurationOf(const json::Value& type, bool in_sub) {
  if (IsIntrinsic(type)) {
    json::Object call;
    for (const json::Member& member : type.AsObject())
      call.Set(member.key, ConfigurationOf(member.value, member.key == "Fn::Sub"));
    return json::Value(std::move(call));
  }
  if (type.IsArray()) {
    json::Array all;
    for (const json::Value& one : type.AsArray()) all.push_back(ConfigurationOf(one, false));
    return json::Value(std::move(all));
  }
  const bool known =
      type.IsString() && std::find(std::begin(kConfigurations), std::end(kConfigurations),
                                   type.AsString()) != std::end(kConfigurations);
  if (!known) return type;
  json::Value sub = Sub("CodeDeployDefault.Lambda${ConfigName}", {{"ConfigName", type}});
  return in_sub ? sub.AsObject().At("Fn::Sub") : sub;
}

json::Value AlarmsOf(const json::Value& alarms) {
  if (const json::Array* branches = IfArguments(alarms))
    return If((*branches)[0], AlarmsOf((*branches)[1]), AlarmsOf((*branches)[2]));
  json::Object made;
  if (!alarms.IsArray() || alarms.AsArray().empty() || IsNoValue(alarms.AsArray().front()))
    return json::Value(std::move(made));
  json::Array names;
  for (const json::Value& alarm : alarms.AsArray()) {
    json::Object named;
    named.Set("Name", alarm);
    names.emplace_back(std::move(named));
  }
  made.Set("Enabled", true);
  made.Set("Alarms", std::move(names));
  return json::Value(std::move(made));
}

Resource GroupOf(const Deployment& deployment) {
  Resource group{.id = deployment.function + "DeploymentGroup",
                 .type = "AWS::CodeDeploy::DeploymentGroup",
                 .members = {},
                 .properties = {}};
  const json::Object& preference = deployment.preference;
  const json::Value* alarms = Given(preference, "Alarms");
  if (alarms && !IsNoValue(*alarms)) group.properties.Set("AlarmConfiguration", AlarmsOf(*alarms));
  group.properties.Set("ApplicationName", Ref(kApplication));
  json::Array events{"DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM",
                     "DEPLOYMENT_STOP_ON_REQUEST"};
  group.properties.Set("AutoRollbackConfiguration",
                       json::Object{{"Enabled", true}, {"Events", std::move(events)}});
  group.properties.Set("DeploymentConfigName", ConfigurationOf(preference.At("Type"), false));
  group.properties.Set(
      "DeploymentStyle",
      json::Object{{"DeploymentType", "BLUE_GREEN"}, {"DeploymentOption", "WITH_TRAFFIC_CONTROL"}});
  const json::Value* role = Given(preference, "Role");
  group.properties.Set("ServiceRoleArn", role ? *role : GetAtt(kRole, "Arn"));
  if (const json::Value* triggers = Given(preference, "TriggerConfigurations"))
    group.properties.Set("TriggerConfigurations", *triggers);
  if (!deployment.tags.empty()) group.properties.Set("Tags", TagList(deployment.tags));
  if (!deployment.condition.empty()) group.members.Set("Condition", deployment.condition);
  return group;
}

// The condition under which any of the functions is there; empty: always.
std::string CommonCondition(Document& document) {
  std::set<std::string> all;
  for (const Deployment& deployment : document.deployments) all.insert(deployment.condition);
  if (all.contains("")) return {};
  if (all.size() == 1) return *all.begin();
  constexpr std::string_view kName = "ServerlessCodeDeployCondition";
  document.AddCondition(kName, Or({all.begin(), all.end()}));
  return std::string(kName);
}

}  // namespace

Answer<void> AddDeployment(Document& document, const Source& source, FunctionParts& parts) {
  const json::Value* given = Given(source.properties, "DeploymentPreference");
  if (!given) return {};
  json::Object preference = given->AsObject();
  for (const std::string_view name : {"Enabled", "Type", "PassthroughCondition"}) {
    if (const json::Value* value = preference.Find(name))
      preference.Set(name, document.values.ResolveMapped(*value));
  }
  if (preference.Has("Enabled") && IsFalse(preference.At("Enabled"))) return {};
  if (!preference.Has("Type")) {
    return InvalidResource(source.id, "'DeploymentPreference' is missing required Property 'Type'");
  }
  const json::Object& hooks = preference.GetObject("Hooks");
  if (Present(preference, "Hooks") && !preference.At("Hooks").IsObject()) {
    return InvalidResource(source.id,
                           "'Hooks' property of 'DeploymentPreference' must be a dictionary");
  }
  if (!parts.alias) {
    return InvalidResource(
        source.id, "'DeploymentPreference' requires AutoPublishAlias property to be specified.");
  }
  json::Object update;
  update.Set("ApplicationName", Ref(kApplication));
  update.Set("DeploymentGroupName", Ref(source.id + "DeploymentGroup"));
  Copy(update, "BeforeAllowTrafficHook", hooks, "PreTraffic");
  Copy(update, "AfterAllowTrafficHook", hooks, "PostTraffic");
  json::Object policy;
  policy.Set("CodeDeployLambdaAliasUpdate", std::move(update));
  parts.alias->members.Set("UpdatePolicy", std::move(policy));
  Deployment deployment{.function = source.id, .preference = {}, .tags = {}, .condition = {}};
  if (IsTrue(preference, "PassthroughCondition")) deployment.condition = source.condition();
  if (source.properties.GetBool("PropagateTags"))
    deployment.tags = source.properties.GetObject("Tags");
  deployment.preference = std::move(preference);
  document.deployments.push_back(std::move(deployment));
  return {};
}

void AddDeployments(Document& document) {
  if (document.deployments.empty()) return;
  json::Object tags;
  bool own_roles = true;
  for (const Deployment& deployment : document.deployments) {
    for (const json::Member& tag : deployment.tags) tags.Set(tag.key, tag.value);
    own_roles = own_roles && Given(deployment.preference, "Role");
    document.Put(GroupOf(deployment));
  }
  json::Object members;
  members.SetIfNotEmpty("Condition", CommonCondition(document));
  Resource application{.id = std::string(kApplication),
                       .type = "AWS::CodeDeploy::Application",
                       .members = members,
                       .properties = {{"ComputePlatform", "Lambda"}}};
  Resource role{
      .id = std::string(kRole), .type = "AWS::IAM::Role", .members = members, .properties = {}};
  role.properties.Set("AssumeRolePolicyDocument", TrustOf("codedeploy.amazonaws.com"));
  AddManagedPolicy(role, "service-role/AWSCodeDeployRoleForLambda");
  if (!tags.empty()) {
    application.properties.Set("Tags", TagList(tags));
    role.properties.Set("Tags", TagList(tags));
  }
  document.Put(application);
  if (!own_roles) document.Put(role);
}

}  // namespace trunkline::cloud::cloudformation::serverless
