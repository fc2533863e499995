// What the properties of a REST API say, written into its document.
#include "cloud/services/cloudformation/serverless/api_body.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/api.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/open_api.h"
#include "cloud/services/cloudformation/serverless/security.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr std::string_view kAuthProperties[] = {"Authorizers",
                                                "DefaultAuthorizer",
                                                "InvokeRole",
                                                "AddDefaultAuthorizerToCorsPreflight",
                                                "AddApiKeyRequiredToCorsPreflight",
                                                "ApiKeyRequired",
                                                "ResourcePolicy",
                                                "UsagePlan"};

Answer<void> CheckAuth(const Source& source, const json::Object& auth, const json::Object& body) {
  if (body.empty()) {
    return InvalidResource(
        source.id, "Auth works only with inline Swagger specified in 'DefinitionBody' property.");
  }
  for (const json::Member& member : auth) {
    if (std::find(std::begin(kAuthProperties), std::end(kAuthProperties), member.key) ==
        std::end(kAuthProperties))
      return InvalidResource(source.id, "Invalid value for 'Auth' property");
  }
  if (IsValidBody(body)) return {};
  return InvalidResource(source.id,
                         "Unable to add Auth configuration because 'DefinitionBody' does not "
                         "contain a valid Swagger definition.");
}

Answer<void> AddAuthorizers(const Source& source, const json::Object& auth, json::Object& body) {
  const json::Value* given = Given(auth, "Authorizers");
  const json::Value* chosen = Given(auth, "DefaultAuthorizer");
  const bool iam = chosen && *chosen == json::Value("AWS_IAM");
  if (given && !given->IsObject())
    return InvalidResource(source.id, "Property 'Auth.Authorizers' should be a map.");
  if (!given && !iam) return {};
  json::Object authorizers = given ? given->AsObject() : json::Object();
  if (iam) ObjectAt(body, "securityDefinitions").Set("AWS_IAM", IamScheme());
  for (const json::Member& member : authorizers) {
    if (!member.value.IsObject()) {
      return InvalidResource(
          source.id, fmt::format("Property 'Auth.Authorizers.{}' should be a map.", member.key));
    }
    TL_TRY(json::Object scheme, AuthorizerScheme(source.id, member.key, member.value.AsObject()));
    ObjectAt(body, "securityDefinitions").Set(member.key, std::move(scheme));
  }
  if (!chosen) return {};
  if (!chosen->IsString()) return InvalidResource(source.id, "DefaultAuthorizer is not a string.");
  if (!iam && !authorizers.Has(chosen->AsString())) {
    return InvalidResource(source.id,
                           fmt::format("Unable to set DefaultAuthorizer because '{}' was not "
                                       "defined in 'Authorizers'.",
                                       chosen->AsString()));
  }
  return SetDefaultAuthorizer(body, chosen->AsString(), authorizers,
                              auth.GetBool("AddDefaultAuthorizerToCorsPreflight", true));
}

Answer<void> AddAuth(const Source& source, json::Object& body) {
  const json::Object& auth = source.properties.GetObject("Auth");
  if (auth.empty()) return {};
  TL_DO(CheckAuth(source, auth, body));
  TL_DO(AddAuthorizers(source, auth, body));
  if (Given(auth, "ApiKeyRequired")) {
    AddApiKeyScheme(body);
    TL_DO(SetDefaultApiKey(body, auth.GetBool("AddApiKeyRequiredToCorsPreflight", true)));
  }
  const json::Value* policy = Given(auth, "ResourcePolicy");
  if (!policy) return {};
  if (!policy->IsObject())
    return InvalidStructure("ResourcePolicy must be a map (ResourcePolicyStatement).");
  TL_DO(AddResourcePolicy(policy->AsObject(), PathsOf(body), source.properties.At("StageName"),
                          body));
  AddCustomStatements(policy->AsObject(), body);
  return {};
}

Answer<void> AddModels(const Source& source, json::Object& body) {
  const json::Object& models = source.properties.GetObject("Models");
  if (models.empty()) return {};
  if (body.empty()) {
    return InvalidResource(
        source.id, "Models works only with inline Swagger specified in 'DefinitionBody' property.");
  }
  for (const json::Member& model : models) {
    if (!model.value.IsObject())
      return InvalidResource(source.id, "Invalid value for 'Models' property");
    if (!Given(model.value.AsObject(), "type"))
      return InvalidStructure("'Models' schema is missing 'type'.");
    ObjectAt(body, "definitions").Set(ToLower(model.key), model.value);
  }
  return {};
}

// "image~1png" is "image/png".
json::Value Unescaped(const json::Value& value) {
  if (value.IsString()) return json::Value(Replace(value.AsString(), "~1", "/"));
  if (value.IsArray()) {
    json::Array made;
    for (const json::Value& item : value.AsArray()) made.push_back(Unescaped(item));
    return json::Value(std::move(made));
  }
  return value;
}

Answer<void> DisableEndpoint(const Source& source, json::Object& body) {
  const json::Value* disabled = Present(source.properties, "DisableExecuteApiEndpoint");
  if (!disabled) return {};
  if (body.empty()) {
    return InvalidResource(
        source.id, "DisableExecuteApiEndpoint works only within 'DefinitionBody' property.");
  }
  constexpr std::string_view kEndpoint = "x-amazon-apigateway-endpoint-configuration";
  if (!IsVersion3(body.Find("openapi"))) {
    ObjectAt(body, kEndpoint).Set("disableExecuteApiEndpoint", *disabled);
    return {};
  }
  json::Array servers = body.GetArray("servers");
  if (servers.empty()) servers.emplace_back(json::Object());
  for (json::Value& server : servers) {
    if (server.IsObject())
      ObjectAt(server.AsObject(), kEndpoint).Set("disableExecuteApiEndpoint", *disabled);
  }
  body.Set("servers", std::move(servers));
  return {};
}

// Swagger's words in a document of OpenAPI 3 become its own.
void Move(json::Object& body, std::string_view from, std::string_view to) {
  const json::Value* value = Given(body, from);
  if (!value) return;
  json::Value moved = *value;
  ObjectAt(body, "components").Set(to, std::move(moved));
  body.Remove(from);
}

void ToOpenApi3(json::Object& options) {
  options.Remove("consumes");
  options.Remove("produces");
  json::Value* responses = options.Find("responses");
  json::Value* ok =
      responses && responses->IsObject() ? responses->AsObject().Find("200") : nullptr;
  json::Value* headers = ok && ok->IsObject() ? ok->AsObject().Find("headers") : nullptr;
  if (!headers || !headers->IsObject()) return;
  for (json::Member& header : headers->AsObject()) {
    json::Object typed;
    typed.Set("schema", header.value);
    header.value = json::Value(std::move(typed));
  }
}

void Modernize(const Source& source, json::Object& body) {
  if (Present(body, "swagger")) return;
  const json::Value* version = Given(source.properties, "OpenApiVersion");
  if (!version) version = body.Find("openapi");
  if (!IsVersion3(version)) return;
  Move(body, "securityDefinitions", "securitySchemes");
  Move(body, "definitions", "schemas");
  for (json::Member& path : ObjectAt(body, "paths")) {
    json::Value* options = path.value.IsObject() ? path.value.AsObject().Find("options") : nullptr;
    if (options && options->IsObject()) ToOpenApi3(options->AsObject());
  }
}

}  // namespace

bool IsValidBody(const json::Object& body) {
  const json::Value value(body);
  return IsSwagger(&value);
}

Answer<void> CompleteBody(const Source& source, json::Object& body) {
  const std::size_t paths = body.GetObject("paths").size();
  for (const std::string_view name : {"Auth", "Cors"}) {
    if (const json::Value* value = source.properties.Find(name))
      TL_DO(CheckRepeated(source, *value, paths));
  }
  TL_DO(AddCors(source, body));
  TL_DO(AddAuth(source, body));
  TL_DO(AddGatewayResponses(source, body));
  const json::Value* media = Given(source.properties, "BinaryMediaTypes");
  if (media && !body.empty()) body.Set("x-amazon-apigateway-binary-media-types", Unescaped(*media));
  TL_DO(AddModels(source, body));
  TL_DO(DisableEndpoint(source, body));
  if (!body.empty()) Modernize(source, body);
  return {};
}

}  // namespace trunkline::cloud::cloudformation::serverless
