#include "cloud/services/cloudformation/serverless/globals.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

// What a section may have, in the order in which the service lists it.
struct Section {
  std::string_view name;
  std::string_view properties;
};

// Of all that resources get from the section, as text: every resource has a copy of it.
constexpr std::size_t kMaxJoined = 4'000'000;

constexpr Section kSections[] = {
    {"Api",
     "Auth Name DefinitionUri CacheClusterEnabled CacheClusterSize MergeDefinitions Variables "
     "EndpointConfiguration MethodSettings BinaryMediaTypes MinimumCompressionSize Cors "
     "GatewayResponses AccessLogSetting CanarySetting TracingEnabled OpenApiVersion Domain "
     "AlwaysDeploy PropagateTags SecurityPolicy EndpointAccessMode"},
    {"CapacityProvider",
     "VpcConfig OperatorRole Tags InstanceRequirements ScalingConfig KmsKeyArn PropagateTags"},
    {"Function",
     "Handler Runtime CodeUri DeadLetterQueue Description MemorySize Timeout VpcConfig Environment "
     "Tags PropagateTags Tracing KmsKeyArn AutoPublishAlias AutoPublishAliasAllProperties Layers "
     "DeploymentPreference RolePath PermissionsBoundary ReservedConcurrentExecutions "
     "ProvisionedConcurrencyConfig AssumeRolePolicyDocument EventInvokeConfig FileSystemConfigs "
     "CodeSigningConfigArn Architectures SnapStart EphemeralStorage FunctionUrlConfig "
     "RuntimeManagementConfig LoggingConfig RecursiveLoop SourceKMSKeyArn TenancyConfig "
     "DurableConfig CapacityProviderConfig FunctionScalingConfig PublishToLatestPublished "
     "VersionDeletionPolicy"},
    {"HttpApi",
     "Auth AccessLogSettings StageVariables Tags CorsConfiguration DefaultRouteSettings Domain "
     "RouteSettings FailOnWarnings PropagateTags"},
    {"LayerVersion", "PublishLambdaVersion"},
    {"SimpleTable", "SSESpecification"},
    {"StateMachine", "PropagateTags"},
    {"WebSocketApi",
     "AccessLogSettings ApiKeySelectionExpression DefaultRouteSettings DisableExecuteApiEndpoint "
     "DisableSchemaValidation Domain FailOnWarnings IpAddressType PropagateTags "
     "RouteSelectionExpression RouteSettings StageVariables Tags"},
};

ServiceError InvalidGlobals(std::string_view what) {
  return {"ValidationError", fmt::format("'Globals' section is invalid. {}", what)};
}

// ['A', 'B']
std::string Quoted(const std::vector<std::string_view>& names) {
  std::string list;
  for (const std::string_view name : names)
    list += fmt::format("{}'{}'", list.empty() ? "" : ", ", name);
  return "[" + list + "]";
}

const Section* FindSection(std::string_view name) {
  const auto found = std::find_if(std::begin(kSections), std::end(kSections),
                                  [&](const Section& one) { return one.name == name; });
  return found == std::end(kSections) ? nullptr : found;
}

Answer<void> CheckSection(std::string_view name, const json::Value& properties) {
  const Section* section = FindSection(name);
  if (!section) {
    std::vector<std::string_view> names;
    for (const Section& one : kSections) names.push_back(one.name);
    return InvalidGlobals(fmt::format(
        "'{}' is not supported. Must be one of the following values - {}", name, Quoted(names)));
  }
  if (!properties.IsObject()) return InvalidGlobals("Value of ${section} must be a dictionary");
  const std::vector<std::string_view> supported = Split(section->properties, ' ');
  for (const json::Member& member : properties.AsObject()) {
    if (std::find(supported.begin(), supported.end(), member.key) != supported.end()) continue;
    return InvalidGlobals(
        fmt::format("'{}' is not a supported property of '{}'. Must be one of the following "
                    "values - {}",
                    member.key, name, Quoted(supported)));
  }
  return {};
}

// A function is a value like a text: it is not joined.
bool IsMap(const json::Value& value) {
  return value.IsObject() && !IsIntrinsic(value);
}

json::Value Joined(const json::Value& global, const json::Value& local) {
  if (global.IsArray() && local.IsArray()) {
    json::Array all = global.AsArray();
    all.insert(all.end(), local.AsArray().begin(), local.AsArray().end());
    return json::Value(std::move(all));
  }
  if (!IsMap(global) || !IsMap(local)) return local;
  json::Object all = global.AsObject();
  for (const json::Member& member : local.AsObject()) {
    const json::Value* before = all.Find(member.key);
    all.Set(member.key, before ? Joined(*before, member.value) : member.value);
  }
  return json::Value(std::move(all));
}

// The properties that a resource does not want are named by its IgnoreGlobals.
Answer<json::Object> WantedGlobals(const std::string& id, json::Object globals,
                                   const json::Value* ignored) {
  const ServiceError wrong = InvalidResource(
      id, fmt::format("Resource {} has invalid resource attribute 'IgnoreGlobals'.", id));
  if (!ignored || !IsGiven(*ignored)) return globals;
  if (ignored->IsString() && ignored->AsString() == "*") return json::Object();
  if (!ignored->IsArray()) return wrong;
  for (const json::Value& name : ignored->AsArray()) {
    if (name.IsString() && globals.Remove(name.AsString())) continue;
    return InvalidResource(
        id, fmt::format("Resource {} has invalid resource attribute 'IgnoreGlobals' on item '{}'.",
                        id, TextOf(name)));
  }
  return globals;
}

}  // namespace

Answer<void> MergeGlobals(Document& document) {
  const json::Value* section = document.sections.Find("Globals");
  if (!section) return {};
  if (!section->IsObject()) return InvalidGlobals("It must be a non-empty dictionary");
  const json::Object globals = section->AsObject();
  for (const json::Member& member : globals) TL_DO(CheckSection(member.key, member.value));
  std::size_t joined = 0;
  for (json::Member& member : document.resources) {
    if (!member.value.IsObject()) continue;
    json::Object& resource = member.value.AsObject();
    const std::string_view type = resource.GetString("Type");
    if (!type.starts_with("AWS::Serverless::")) continue;
    const json::Value* ignored = resource.Find("IgnoreGlobals");
    const json::Object& of_type = globals.GetObject(type.substr(17));
    TL_TRY(json::Object wanted, WantedGlobals(member.key, of_type, ignored));
    resource.Remove("IgnoreGlobals");
    if (wanted.empty()) continue;
    joined += json::Write(json::Value(wanted)).size();
    if (joined > kMaxJoined) {
      return InvalidGlobals(
          fmt::format("Joined into every resource it is larger than {} bytes", kMaxJoined));
    }
    const json::Value own(resource.GetObject("Properties"));
    resource.Set("Properties", Joined(json::Value(std::move(wanted)), own));
  }
  document.sections.Remove("Globals");
  return {};
}

}  // namespace trunkline::cloud::cloudformation::serverless
