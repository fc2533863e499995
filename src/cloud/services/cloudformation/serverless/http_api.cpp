// AWS::Serverless::HttpApi: an HTTP API, its stage, and what belongs to them.
#include <algorithm>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/cloudformation/serverless/domain.h"
#include "cloud/services/cloudformation/serverless/http_authorizers.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/kinds.h"
#include "cloud/services/cloudformation/serverless/locations.h"
#include "cloud/services/cloudformation/serverless/logical_ids.h"
#include "cloud/services/cloudformation/serverless/open_api.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

bool IsValid(const json::Object& body) {
  const json::Value value(body);
  return IsOpenApi(&value);
}

// ---- CorsConfiguration

struct CorsName {
  std::string_view property;
  std::string_view name;
};
constexpr CorsName kCorsNames[] = {{"AllowOrigins", "allowOrigins"},
                                   {"AllowHeaders", "allowHeaders"},
                                   {"AllowMethods", "allowMethods"},
                                   {"ExposeHeaders", "exposeHeaders"},
                                   {"MaxAge", "maxAge"},
                                   {"AllowCredentials", "allowCredentials"}};

// A function in its place: the names within it are the document's.
json::Value CorsFunction(const json::Value& value) {
  std::string text = json::Write(value);
  for (const CorsName& row : kCorsNames) text = Replace(text, row.property, row.name);
  const auto read = json::Parse(text);
  return read ? *read : value;
}

Answer<json::Object> CorsOf(const Source& source, const json::Value& value) {
  if (value.IsBool()) return json::Object{{"allowOrigins", json::Array{"*"}}};
  if (IsIntrinsic(value)) return CorsFunction(value).AsObject();
  if (!value.IsObject()) return InvalidResource(source.id, "Invalid value for 'Cors' property.");
  const json::Object& config = value.AsObject();
  json::Object made;
  for (const json::Member& member : config) {
    const auto row = std::find_if(std::begin(kCorsNames), std::end(kCorsNames),
                                  [&](const CorsName& one) { return one.property == member.key; });
    if (row == std::end(kCorsNames)) {
      return InvalidResource(source.id,
                             fmt::format("Invalid key '{}' for 'Cors' property.", member.key));
    }
    const bool kept = row->name == "maxAge" ? !member.value.IsNull() : IsGiven(member.value);
    if (kept) made.Set(row->name, member.value);
  }
  const bool everybody = config.GetArray("AllowOrigins") == json::Array{"*"};
  if (everybody && config.GetBool("AllowCredentials")) {
    return InvalidResource(source.id,
                           "Unable to add Cors configuration because 'AllowCredentials' can not be "
                           "true when 'AllowOrigin' is \"'*'\" or not set.");
  }
  return made;
}

Answer<void> AddCors(const Source& source, json::Object& body) {
  const json::Value* given = Given(source.properties, "CorsConfiguration");
  if (!given) return {};
  if (body.empty()) {
    return InvalidResource(
        source.id, "Cors works only with inline OpenApi specified in 'DefinitionBody' property.");
  }
  TL_TRY(json::Object cors, CorsOf(source, *given));
  if (!IsValid(body)) {
    return InvalidResource(source.id,
                           "Unable to add Cors configuration because 'DefinitionBody' does not "
                           "contain a valid OpenApi definition.");
  }
  json::Object& own = ObjectAt(body, "x-amazon-apigateway-cors");
  for (json::Member& member : cors) own.Set(member.key, std::move(member.value));
  return {};
}

// ---- names, tags, the endpoint

Answer<void> AddTags(const Source& source, json::Object& body) {
  const json::Object& given = source.properties.GetObject("Tags");
  if (!given.empty() && body.empty()) {
    return InvalidResource(
        source.id,
        "Tags works only with inline OpenApi specified in the 'DefinitionBody' property.");
  }
  if (!IsValid(body)) return {};
  json::Object tags = given;
  tags.Set("httpapi:createdBy", "SAM");
  json::Array all = body.GetArray("tags");
  for (const json::Member& tag : tags) {
    const json::Value name(tag.key);
    auto known = std::find_if(all.begin(), all.end(), [&](const json::Value& one) {
      return one.IsObject() && one.AsObject().GetString("name") == tag.key;
    });
    if (known == all.end()) {
      all.emplace_back(json::Object{{"name", name}});
      known = all.end() - 1;
    }
    known->AsObject().Set("x-amazon-apigateway-tag-value", tag.value);
  }
  body.Set("tags", std::move(all));
  return {};
}

Answer<void> AddInfo(const Source& source, std::string_view property, json::Object& body) {
  const json::Value* given = Given(source.properties, property);
  if (!given) return {};
  const bool title = property == "Name";
  if (body.empty()) {
    return InvalidResource(source.id, fmt::format("{} works only with inline OpenApi specified in "
                                                  "the 'DefinitionBody' property.",
                                                  property));
  }
  json::Object& info = ObjectAt(body, "info");
  const json::Value* before = Given(info, title ? "title" : "description");
  const bool taken = title ? !before || *before != Ref("AWS::StackName") : before != nullptr;
  if (taken) {
    return InvalidResource(source.id,
                           fmt::format("Unable to set {} because it is already defined within "
                                       "inline OpenAPI specified in the 'DefinitionBody' property.",
                                       property));
  }
  info.Set(title ? "title" : "description", *given);
  return {};
}

Answer<void> DisableEndpoint(const Source& source, json::Object& body) {
  const json::Value* disabled = Present(source.properties, "DisableExecuteApiEndpoint");
  if (!disabled) return {};
  if (body.empty()) {
    return InvalidResource(
        source.id, "DisableExecuteApiEndpoint works only within 'DefinitionBody' property.");
  }
  json::Array servers = body.GetArray("servers");
  if (servers.empty()) servers.emplace_back(json::Object());
  for (json::Value& server : servers) {
    if (!server.IsObject()) continue;
    ObjectAt(server.AsObject(), "x-amazon-apigateway-endpoint-configuration")
        .Set("disableExecuteApiEndpoint", *disabled);
  }
  body.Set("servers", std::move(servers));
  return {};
}

// A strict import takes no path without a slash.
void RenameDefaultPath(json::Object& body) {
  json::Object& paths = ObjectAt(body, "paths");
  const json::Value* item = paths.Find(kDefaultPath);
  if (!item) return;
  json::Value moved = *item;
  paths.Remove(kDefaultPath);
  paths.Set("/$default", std::move(moved));
}

Answer<Resource> MakeApi(const Source& source) {
  const json::Object& own = source.properties;
  Resource api{
      .id = source.id, .type = "AWS::ApiGatewayV2::Api", .members = source.Own(), .properties = {}};
  json::Object body = own.GetObject("DefinitionBody");
  const json::Value* uri = Given(own, "DefinitionUri");
  if (uri && !body.empty()) {
    return InvalidResource(
        source.id, "Specify either 'DefinitionUri' or 'DefinitionBody' property and not both.");
  }
  TL_DO(AddCors(source, body));
  TL_DO(AddHttpAuth(source, body));
  TL_DO(AddTags(source, body));
  TL_DO(DisableEndpoint(source, body));
  TL_DO(AddInfo(source, "Name", body));
  TL_DO(AddInfo(source, "Description", body));
  if (const json::Value* strict = Given(own, "FailOnWarnings")) {
    api.properties.Set("FailOnWarnings", *strict);
    if (!body.empty()) RenameDefaultPath(body);
  }
  if (uri) {
    TL_TRY(json::Object place, S3Location(*uri, source.id, "DefinitionUri"));
    api.properties.Set("BodyS3Location", std::move(place));
    return api;
  }
  if (!body.empty()) {
    api.properties.Set("Body", std::move(body));
    return api;
  }
  return InvalidResource(
      source.id,
      "'DefinitionUri' or 'DefinitionBody' are required properties of an "
      "'AWS::Serverless::HttpApi'. Add a value for one of these properties or add a 'HttpApi' "
      "event to an 'AWS::Serverless::Function'.");
}

std::string StageId(const std::string& api, const json::Value& name) {
  const std::string text = name.IsString() ? name.AsString() : std::string();
  if (text == "$default") return api + "ApiGatewayDefaultStage";
  return IsAlphanumeric(text) ? api + text + "Stage"
                              : HashedId(api + "Stage", std::string_view(text));
}

Resource MakeStage(const Source& source) {
  const json::Object& own = source.properties;
  const json::Value* given = Given(own, "StageName");
  const json::Value name = given ? *given : json::Value("$default");
  Resource stage{.id = StageId(source.id, name),
                 .type = "AWS::ApiGatewayV2::Stage",
                 .members = source.Inherited(),
                 .properties = {}};
  stage.properties.Set("ApiId", Ref(source.id));
  stage.properties.Set("StageName", name);
  for (const std::string_view passed :
       {"StageVariables", "AccessLogSettings", "DefaultRouteSettings", "RouteSettings"})
    Copy(stage.properties, passed, own);
  json::Object tags = own.GetObject("Tags");
  const json::Value* body = own.Find("DefinitionBody");
  if (IsOpenApi(body)) tags.Set("httpapi:createdBy", "SAM");
  if (!tags.empty()) stage.properties.Set("Tags", std::move(tags));
  stage.properties.Set("AutoDeploy", true);
  return stage;
}

Answer<std::vector<Resource>> Translate(Document& document, Source& source) {
  if (const json::Value* cors = Present(source.properties, "CorsConfiguration"))
    source.properties.Set("CorsConfiguration", document.values.Resolve(*cors));
  TL_TRY(Resource api, MakeApi(source));
  TL_TRY(std::vector<Resource> all, MakeDomain(document, source, true));
  for (Resource& permission : HttpAuthorizerPermissions(source))
    all.push_back(std::move(permission));
  all.push_back(std::move(api));
  all.push_back(MakeStage(source));
  return all;
}

constexpr Rule kRules[] = {{kManaged, "b"},
                           {"Name", "*"},
                           {"StageName", "sm"},
                           {"Tags", "m"},
                           {"PropagateTags", "b"},
                           {"DefinitionBody", "m"},
                           {"DefinitionUri", "sm"},
                           {"StageVariables", "m"},
                           {"CorsConfiguration", "bm"},
                           {"AccessLogSettings", "m"},
                           {"DefaultRouteSettings", "m"},
                           {"Auth", "m"},
                           {"RouteSettings", "m"},
                           {"Domain", "m"},
                           {"FailOnWarnings", "b"},
                           {"Description", "s"},
                           {"DisableExecuteApiEndpoint", "b"}};
constexpr Referable kReferable[] = {{"Stage", "AWS::ApiGatewayV2::Stage"},
                                    {"DomainName", "AWS::ApiGatewayV2::DomainName"}};

}  // namespace

constinit const Kind kHttpApiKind{
    .type = kHttpApi, .rules = kRules, .referable = kReferable, .translate = Translate};

}  // namespace trunkline::cloud::cloudformation::serverless
