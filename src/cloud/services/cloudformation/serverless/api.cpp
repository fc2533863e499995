#include "cloud/services/cloudformation/serverless/api.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/domain.h"
#include "cloud/services/cloudformation/serverless/events.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/kinds.h"
#include "cloud/services/cloudformation/serverless/locations.h"
#include "cloud/services/cloudformation/serverless/logical_ids.h"
#include "cloud/services/cloudformation/serverless/open_api.h"
#include "cloud/services/cloudformation/serverless/security.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

// "2.0" and "3.0.1": what the property may say.
bool IsVersion(const json::Value& value) {
  std::string text = TextOf(value);
  if (!text.starts_with('2') && !text.starts_with('3')) return false;
  text[0] = '3';
  const json::Value third(text);
  return IsVersion3(&third);
}

Answer<void> CheckSource(const Source& source) {
  const json::Object& own = source.properties;
  const bool uri = Given(own, "DefinitionUri") != nullptr;
  if (uri && Given(own, "DefinitionBody")) {
    return InvalidResource(
        source.id, "Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.");
  }
  if (uri && Given(own, "MergeDefinitions")) {
    return InvalidResource(source.id,
                           "Cannot set 'MergeDefinitions' to True when using `DefinitionUri`.");
  }
  const json::Value* version = Given(own, "OpenApiVersion");
  if (version && !IsVersion(*version)) {
    return InvalidResource(source.id, "The OpenApiVersion value must be of the format '3.0.0'.");
  }
  return {};
}

Answer<void> SetEndpoint(const Source& source, json::Object& api) {
  const json::Value* given = Given(source.properties, "EndpointConfiguration");
  if (!given) return {};
  const json::Object nothing;
  const json::Object& config = given->IsObject() ? given->AsObject() : nothing;
  const json::Value* type = Given(config, "Type");
  json::Object endpoint{{"Types", json::Array{type ? *type : *given}}};
  api.Set("Parameters", json::Object{{"endpointConfigurationTypes", type ? *type : *given}});
  if (type) {
    if (config.Has("VPCEndpointIds") && config.Has("VpcEndpointIds")) {
      return InvalidResource(source.id,
                             "'VPCEndpointIds' and 'VpcEndpointIds' cannot be used together in "
                             "EndpointConfiguration.");
    }
    Copy(endpoint, "VpcEndpointIds", config);
    Copy(endpoint, "VpcEndpointIds", config, "VPCEndpointIds");
    Copy(endpoint, "IpAddressType", config);
  }
  api.Set("EndpointConfiguration", std::move(endpoint));
  return {};
}

Answer<Resource> MakeApi(const Source& source) {
  TL_DO(CheckSource(source));
  Resource api{.id = source.id,
               .type = "AWS::ApiGateway::RestApi",
               .members = source.Own(),
               .properties = {}};
  const json::Object& own = source.properties;
  Copy(api.properties, "BinaryMediaTypes", own);
  Copy(api.properties, "MinimumCompressionSize", own);
  TL_DO(SetEndpoint(source, api.properties));
  json::Object body = own.GetObject("DefinitionBody");
  TL_DO(CompleteBody(source, body));
  if (const json::Value* uri = Given(own, "DefinitionUri")) {
    TL_TRY(json::Object place, S3Location(*uri, source.id, "DefinitionUri"));
    api.properties.Set("BodyS3Location", std::move(place));
  } else if (!body.empty()) {
    api.properties.Set("Body", std::move(body));
  }
  for (const std::string_view name :
       {"FailOnWarnings", "Name", "Description", "Mode", "ApiKeySourceType", "Policy",
        "SecurityPolicy", "EndpointAccessMode"}) {
    if (const json::Value* value = Given(own, name)) api.properties.Set(name, *value);
  }
  return api;
}

// Functions with a name of their own, whose events are the API's: another name is a new deployment.
std::string FunctionNames(const Document& document, const std::string& api) {
  const auto found = document.function_names.find(api);
  return found == document.function_names.end() ? std::string() : found->second;
}

// A changed document is a new deployment: its logical id has a hash of it.
Resource MakeDeployment(const Document& document, const Source& source, const Resource& api) {
  const json::Value* body = Present(api.properties, "Body");
  if (!body) body = Present(api.properties, "BodyS3Location");
  std::string data;
  if (body) {
    data = HashedText(*body);
    for (const std::string_view name : {"OpenApiVersion", "Domain"}) {
      if (const json::Value* value = Given(source.properties, name)) data += HashedText(*value);
    }
    data += FunctionNames(document, source.id);
    if (Given(source.properties, "AlwaysDeploy")) data = document.moment;
  }
  Resource deployment{.id = HashedId(source.id + "Deployment", std::string_view(data)),
                      .type = "AWS::ApiGateway::Deployment",
                      .members = source.Inherited(),
                      .properties = {}};
  if (!data.empty())
    deployment.properties.Set("Description", "RestApi deployment id: " + HashOf(data));
  deployment.properties.Set("RestApiId", Ref(source.id));
  if (!Given(source.properties, "OpenApiVersion")) deployment.properties.Set("StageName", "Stage");
  return deployment;
}

Resource MakeStage(const Source& source, const std::string& deployment) {
  const json::Object& own = source.properties;
  const std::string_view name = own.GetString("StageName");
  Resource stage{.id = IsAlphanumeric(name) ? fmt::format("{}{}Stage", source.id, name)
                                            : HashedId(source.id + "Stage", name),
                 .type = "AWS::ApiGateway::Stage",
                 .members = source.Inherited(),
                 .properties = {}};
  stage.properties.Set("RestApiId", Ref(source.id));
  stage.properties.Set("DeploymentId", Ref(deployment));
  for (const std::string_view passed :
       {"StageName", "CacheClusterEnabled", "CacheClusterSize", "Variables", "MethodSettings",
        "AccessLogSetting", "CanarySetting", "TracingEnabled"})
    Copy(stage.properties, passed, own);
  if (Present(own, "Tags")) stage.properties.Set("Tags", TagList(own.GetObject("Tags")));
  return stage;
}

// API Gateway may call the functions of its authorizers.
Resources AuthorizerPermissions(const Source& source) {
  Resources all;
  const json::Object& auth = source.properties.GetObject("Auth");
  for (const json::Member& member : auth.GetObject("Authorizers")) {
    const json::Object nothing;
    const json::Object& authorizer = member.value.IsObject() ? member.value.AsObject() : nothing;
    const json::Value* function = Given(authorizer, "FunctionArn");
    if (!function || Given(authorizer, "DisableFunctionDefaultPermissions")) continue;
    all.push_back(AuthorizerPermission(source, member.key, *function, "aws"));
  }
  return all;
}

Answer<Resources> Translate(Document& document, Source& source) {
  for (const std::string_view name : {"BinaryMediaTypes", "Domain", "Auth"}) {
    if (const json::Value* value = Present(source.properties, name))
      source.properties.Set(name, document.values.Resolve(*value));
  }
  TL_TRY(Resource api, MakeApi(source));
  TL_TRY(Resources all, MakeDomain(document, source, false));
  Resource deployment = MakeDeployment(document, source, api);
  Resource stage = MakeStage(source, deployment.id);
  TL_TRY(const Resources plan, MakeUsagePlan(document, source, stage.id));
  all.insert(all.end(), plan.begin(), plan.end());
  for (Resource& permission : AuthorizerPermissions(source)) all.push_back(std::move(permission));
  all.push_back(std::move(api));
  all.push_back(std::move(deployment));
  all.push_back(std::move(stage));
  TL_DO(PropagateTags(all, source));
  return all;
}

constexpr Rule kRules[] = {{kManaged, "b"},
                           {"Name", "sm"},
                           {"StageName", "Rsm"},
                           {"Tags", "m"},
                           {"PropagateTags", "b"},
                           {"DefinitionBody", "m"},
                           {"DefinitionUri", "sm"},
                           {"MergeDefinitions", "Fb"},
                           {"CacheClusterEnabled", "b"},
                           {"CacheClusterSize", "s"},
                           {"Variables", "m"},
                           {"EndpointConfiguration", "sm"},
                           {"MethodSettings", "l"},
                           {"BinaryMediaTypes", "l"},
                           {"MinimumCompressionSize", "i"},
                           {"Cors", "sm"},
                           {"Auth", "m"},
                           {"GatewayResponses", "m"},
                           {"AccessLogSetting", "m"},
                           {"CanarySetting", "m"},
                           {"TracingEnabled", "b"},
                           {"OpenApiVersion", "s"},
                           {"Models", "m"},
                           {"Domain", "m"},
                           {"FailOnWarnings", "b"},
                           {"Description", "s"},
                           {"Mode", "s"},
                           {"DisableExecuteApiEndpoint", "b"},
                           {"ApiKeySourceType", "s"},
                           {"AlwaysDeploy", "Fb"},
                           {"Policy", "sm"},
                           {"SecurityPolicy", "s"},
                           {"EndpointAccessMode", "s"}};
constexpr Referable kReferable[] = {{"Stage", "AWS::ApiGateway::Stage"},
                                    {"Deployment", "AWS::ApiGateway::Deployment"},
                                    {"DomainName", "AWS::ApiGateway::DomainName"},
                                    {"UsagePlan", "AWS::ApiGateway::UsagePlan"},
                                    {"UsagePlanKey", "AWS::ApiGateway::UsagePlanKey"},
                                    {"ApiKey", "AWS::ApiGateway::ApiKey"}};

}  // namespace

void ApplyOpenApiVersions(Document& document) {
  for (const json::Member& member : document.resources) {
    if (document.TypeOf(member.key) != kApi) continue;
    json::Object* properties = document.PropertiesOf(member.key);
    json::Value* body = properties ? properties->Find("DefinitionBody") : nullptr;
    if (!body || !body->IsObject() || !properties->GetBool(kManaged)) continue;
    const json::Value* version = properties->Find("OpenApiVersion");
    if (!IsVersion3(version)) continue;
    const std::string text = TextOf(*version);
    properties->Set("OpenApiVersion", text);
    json::Object& own = properties->Find("DefinitionBody")->AsObject();
    own.Set("openapi", text);
    own.Remove("swagger");
  }
}

constinit const Kind kApiKind{
    .type = kApi, .rules = kRules, .referable = kReferable, .translate = Translate};

}  // namespace trunkline::cloud::cloudformation::serverless
