#include "cloud/services/cloudformation/serverless/http_authorizers.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/open_api.h"
#include "cloud/services/cloudformation/serverless/security.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

// Which kind of authorizer has a property, and what it is called otherwise.
struct AuthorizerProperty {
  std::string_view name;
  bool jwt = false;
};
constexpr AuthorizerProperty kProperties[] = {{"AuthorizationScopes", true},
                                              {"IdentitySource", true},
                                              {"FunctionArn"},
                                              {"FunctionInvokeRole"},
                                              {"Identity"},
                                              {"AuthorizerPayloadFormatVersion"},
                                              {"EnableSimpleResponses"},
                                              {"EnableFunctionDefaultPermissions"}};

std::string AllowedFor(const AuthorizerProperty& property) {
  if (!property.jwt) return "Lambda Authorizer";
  if (property.name == "IdentitySource") {
    return "OAuth2 Authorizer. For Lambda Authorizer, use the 'Identity' property instead";
  }
  return "OAuth2 Authorizer";
}

Answer<void> CheckAuthorizer(const std::string& id, const std::string& name,
                             const json::Object& authorizer) {
  if (authorizer.Has("OpenIdConnectUrl")) {
    return InvalidResource(
        id, fmt::format("'OpenIdConnectUrl' is no longer a supported property for authorizer '{}'. "
                        "Please refer to the AWS SAM documentation.",
                        name));
  }
  const json::Value* scopes = Present(authorizer, "AuthorizationScopes");
  if (scopes && !scopes->IsArray())
    return InvalidResource(id, "AuthorizationScopes must be a list.");
  const bool jwt = Given(authorizer, "JwtConfiguration") != nullptr;
  for (const AuthorizerProperty& property : kProperties) {
    if (property.jwt == jwt || !Present(authorizer, property.name)) continue;
    return InvalidResource(
        id, fmt::format("{} is only supported for {}.", property.name, AllowedFor(property)));
  }
  for (const std::string_view needed : {"FunctionArn", "AuthorizerPayloadFormatVersion"}) {
    if (jwt || Given(authorizer, needed)) continue;
    return InvalidResource(id, fmt::format("{} Lambda Authorizer must define '{}'.", name, needed));
  }
  const json::Value* own = Present(authorizer, "EnableFunctionDefaultPermissions");
  if (own && !own->IsBool()) {
    return InvalidResource(
        id, fmt::format("Property 'Authorizers.{}.EnableFunctionDefaultPermissions' should be a "
                        "boolean.",
                        name));
  }
  if (!jwt || Given(authorizer, "IdentitySource")) return {};
  return InvalidResource(id,
                         fmt::format("{} OAuth2 Authorizer must define 'IdentitySource'.", name));
}

json::Object JwtScheme(const json::Object& authorizer) {
  json::Object config;
  for (const json::Member& member : authorizer.GetObject("JwtConfiguration"))
    config.Set(ToLower(member.key), member.value);
  json::Object made;
  made.Set("jwtConfiguration", std::move(config));
  Copy(made, "identitySource", authorizer, "IdentitySource");
  made.Set("type", "jwt");
  json::Object scheme{{"type", "oauth2"}};
  scheme.Set("x-amazon-apigateway-authorizer", std::move(made));
  return scheme;
}

struct IdentityPart {
  std::string_view property;
  std::string_view prefix;
};
constexpr IdentityPart kIdentityParts[] = {{"Headers", "$request.header."},
                                           {"QueryStrings", "$request.querystring."},
                                           {"StageVariables", "$stageVariables."},
                                           {"Context", "$context."}};

void AddIdentity(const json::Object& identity, json::Object& made) {
  if (identity.empty()) return;
  Copy(made, "authorizerResultTtlInSeconds", identity, "ReauthorizeEvery");
  json::Array sources;
  for (const IdentityPart& part : kIdentityParts) {
    for (const json::Value& one : identity.GetArray(part.property))
      sources.emplace_back(std::string(part.prefix) + TextOf(one));
  }
  made.Set("identitySource", std::move(sources));
}

json::Object FunctionScheme(const json::Object& authorizer) {
  json::Object function;
  Copy(function, "__FunctionArn__", authorizer, "FunctionArn");
  json::Object made{{"type", "request"}};
  made.Set("authorizerUri", Sub("arn:aws:apigateway:${AWS::Region}:lambda:path/"
                                "2015-03-31/functions/${__FunctionArn__}/invocations",
                                std::move(function)));
  const json::Value* role = Given(authorizer, "FunctionInvokeRole");
  if (role && *role != json::Value("NONE")) made.Set("authorizerCredentials", *role);
  AddIdentity(authorizer.GetObject("Identity"), made);
  Copy(made, "authorizerPayloadFormatVersion", authorizer, "AuthorizerPayloadFormatVersion");
  if (const json::Value* simple = Given(authorizer, "EnableSimpleResponses"))
    made.Set("enableSimpleResponses", *simple);
  json::Object scheme{{"type", "apiKey"}, {"name", "Unused"}, {"in", "header"}};
  scheme.Set("x-amazon-apigateway-authorizer", std::move(made));
  return scheme;
}

Answer<json::Object> SchemesOf(const Source& source, const json::Object& auth) {
  json::Object schemes;
  if (auth.GetBool("EnableIamAuthorizer")) schemes.Set("AWS_IAM", IamScheme());
  const json::Value* given = Given(auth, "Authorizers");
  if (!given) return schemes;
  if (!given->IsObject())
    return InvalidResource(source.id, "Property 'Auth.Authorizers' should be a map.");
  for (const json::Member& member : given->AsObject()) {
    if (!member.value.IsObject()) {
      return InvalidResource(
          source.id, fmt::format("Property 'Auth.Authorizers.{}' should be a map.", member.key));
    }
    const json::Object& authorizer = member.value.AsObject();
    TL_DO(CheckAuthorizer(source.id, member.key, authorizer));
    schemes.Set(member.key, Given(authorizer, "JwtConfiguration") ? JwtScheme(authorizer)
                                                                  : FunctionScheme(authorizer));
  }
  return schemes;
}

// Routes that say nothing have the API's authorizer.
Answer<void> SetDefault(const std::string& name, const json::Object& auth, json::Object& body) {
  const json::Object& authorizer = auth.GetObject("Authorizers").GetObject(name);
  const json::Value* scopes = Present(authorizer, "AuthorizationScopes");
  for (const std::string& path : PathsOf(body)) {
    TL_TRY(const std::vector<NamedMethod> methods, AllMethodsAt(body, path));
    for (const NamedMethod& method : methods) {
      if (method.name == "options" || Given(*method.definition, "security")) continue;
      json::Object requirement;
      requirement.Set(name, scopes ? *scopes : json::Value(json::Array()));
      method.definition->Set("security", json::Array{std::move(requirement)});
    }
  }
  return {};
}

constexpr std::string_view kAuthProperties[] = {"Authorizers", "DefaultAuthorizer",
                                                "EnableIamAuthorizer"};

Answer<void> CheckAuth(const Source& source, const json::Object& auth, const json::Object& body) {
  if (body.empty()) {
    return InvalidResource(
        source.id,
        "Auth works only with inline OpenApi specified in the 'DefinitionBody' property.");
  }
  for (const json::Member& member : auth) {
    if (std::find(std::begin(kAuthProperties), std::end(kAuthProperties), member.key) ==
        std::end(kAuthProperties))
      return InvalidResource(source.id, "Invalid value for 'Auth' property");
  }
  const json::Value value(body);
  if (IsOpenApi(&value)) return {};
  return InvalidResource(source.id,
                         "Unable to add Auth configuration because 'DefinitionBody' does not "
                         "contain a valid OpenApi definition.");
}

}  // namespace

Answer<void> AddHttpAuth(const Source& source, json::Object& body) {
  const json::Object& auth = source.properties.GetObject("Auth");
  if (auth.empty()) return {};
  TL_DO(CheckAuth(source, auth, body));
  TL_TRY(const json::Object schemes, SchemesOf(source, auth));
  for (const json::Member& scheme : schemes) {
    ObjectAt(ObjectAt(body, "components"), "securitySchemes").Set(scheme.key, scheme.value);
  }
  const json::Value* chosen = Given(auth, "DefaultAuthorizer");
  if (!chosen || IsNoValue(*chosen)) return {};
  if (!chosen->IsString())
    return InvalidResource(source.id, "Property 'Auth.DefaultAuthorizer' should be a string.");
  if (!schemes.Has(chosen->AsString())) {
    return InvalidResource(source.id,
                           fmt::format("Unable to set DefaultAuthorizer because '{}' was not "
                                       "defined in 'Authorizers'.",
                                       chosen->AsString()));
  }
  return SetDefault(chosen->AsString(), auth, body);
}

std::vector<Resource> HttpAuthorizerPermissions(const Source& source) {
  std::vector<Resource> all;
  const json::Object& auth = source.properties.GetObject("Auth");
  for (const json::Member& member : auth.GetObject("Authorizers")) {
    if (!member.value.IsObject()) continue;
    const json::Object& authorizer = member.value.AsObject();
    const json::Value* function = Given(authorizer, "FunctionArn");
    if (!function || !Given(authorizer, "EnableFunctionDefaultPermissions")) continue;
    all.push_back(AuthorizerPermission(source, member.key, *function, "${AWS::Partition}"));
  }
  return all;
}

}  // namespace trunkline::cloud::cloudformation::serverless
