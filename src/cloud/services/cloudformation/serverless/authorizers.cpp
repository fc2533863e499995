// Authorizers of REST APIs, as documents describe them.
#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/open_api.h"
#include "cloud/services/cloudformation/serverless/security.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

struct Identity {
  std::string_view property;
  std::string_view prefix;
};
constexpr Identity kIdentities[] = {{"Headers", "method.request.header."},
                                    {"QueryStrings", "method.request.querystring."},
                                    {"StageVariables", "stageVariables."},
                                    {"Context", "context."}};

Answer<std::string> IdentitySource(const std::string& api, const std::string& name,
                                   const json::Object& identity) {
  std::vector<std::string> sources;
  for (const Identity& row : kIdentities) {
    const json::Value* given = Given(identity, row.property);
    if (!given) continue;
    const std::string path = fmt::format("Auth.Authorizers.{}.Identity.{}", name, row.property);
    if (!given->IsArray())
      return InvalidResource(api, fmt::format("Property '{}' should be a list.", path));
    for (const json::Value& one : given->AsArray()) {
      if (!one.IsString())
        return InvalidResource(api, fmt::format("Property '{}' should be a string.", path));
      sources.push_back(std::string(row.prefix) + one.AsString());
    }
  }
  return Join(sources, ", ");
}

// Answers are kept for some time only where there is something to know a caller by.
bool NeedsIdentity(const json::Object& identity) {
  for (const Identity& row : kIdentities) {
    if (Given(identity, row.property)) return false;
  }
  const json::Value* every = Present(identity, "ReauthorizeEvery");
  return !every || IsGiven(*every);
}

Answer<void> CheckAuthorizer(const std::string& api, const std::string& name,
                             const json::Object& authorizer) {
  const std::string_view payload = authorizer.GetString("FunctionPayloadType");
  if (!payload.empty() && payload != "TOKEN" && payload != "REQUEST") {
    return InvalidResource(
        api, fmt::format("{} Authorizer has invalid 'FunctionPayloadType': {}.", name, payload));
  }
  const json::Value* identity = Given(authorizer, "Identity");
  if (identity && !identity->IsObject()) {
    return InvalidResource(api,
                           fmt::format("Property 'Authorizer.{}.Identity' should be a map.", name));
  }
  if (payload == "REQUEST" && NeedsIdentity(authorizer.GetObject("Identity"))) {
    return InvalidResource(
        api, fmt::format("{} Authorizer must specify Identity with at least one of Headers, "
                         "QueryStrings, StageVariables, or Context.",
                         name));
  }
  const json::Value* scopes = Present(authorizer, "AuthorizationScopes");
  if (scopes && !scopes->IsArray()) {
    return InvalidResource(
        api, fmt::format("Property 'Authorizers.{}.AuthorizationScopes' should be a list.", name));
  }
  const json::Value* own = Present(authorizer, "DisableFunctionDefaultPermissions");
  if (own && !own->IsBool()) {
    return InvalidResource(
        api, fmt::format("Property 'Authorizers.{}.DisableFunctionDefaultPermissions' should be a "
                         "boolean.",
                         name));
  }
  return {};
}

json::Object PoolAuthorizer(const json::Object& authorizer) {
  const json::Value& pools = authorizer.At("UserPoolArn");
  json::Object made;
  made.Set("type", "cognito_user_pools");
  made.Set("providerARNs", pools.IsArray() ? pools.AsArray() : json::Array{pools});
  return made;
}

Answer<json::Object> FunctionAuthorizer(const std::string& api, const std::string& name,
                                        const json::Object& authorizer) {
  const bool request = authorizer.GetString("FunctionPayloadType") == "REQUEST";
  const json::Object& identity = authorizer.GetObject("Identity");
  json::Object function;
  Copy(function, "__FunctionArn__", authorizer, "FunctionArn");
  json::Object made;
  made.Set("type", request ? "request" : "token");
  made.Set("authorizerUri", Sub("arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/"
                                "functions/${__FunctionArn__}/invocations",
                                std::move(function)));
  Copy(made, "authorizerResultTtlInSeconds", identity, "ReauthorizeEvery");
  const json::Value* role = Given(authorizer, "FunctionInvokeRole");
  if (role && *role != json::Value("NONE")) made.Set("authorizerCredentials", *role);
  if (request) {
    TL_TRY(const std::string source, IdentitySource(api, name, identity));
    made.SetIfNotEmpty("identitySource", source);
  }
  return made;
}

}  // namespace

Resource AuthorizerPermission(const Source& source, const std::string& authorizer,
                              const json::Value& function, std::string_view partition) {
  json::Object variables;
  variables.Set("__ApiId__", Ref(source.id));
  Resource permission{.id = source.id + authorizer + "AuthorizerPermission",
                      .type = "AWS::Lambda::Permission",
                      .members = source.Inherited(),
                      .properties = {}};
  permission.properties.Set("Action", "lambda:InvokeFunction");
  permission.properties.Set("FunctionName", function);
  permission.properties.Set("Principal", "apigateway.amazonaws.com");
  permission.properties.Set(
      "SourceArn", Sub(fmt::format("arn:{}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:"
                                   "${{__ApiId__}}/authorizers/*",
                                   partition),
                       std::move(variables)));
  return permission;
}

Answer<json::Object> AuthorizerScheme(const std::string& api, const std::string& name,
                                      const json::Object& authorizer) {
  TL_DO(CheckAuthorizer(api, name, authorizer));
  const json::Object& identity = authorizer.GetObject("Identity");
  const bool pool = Given(authorizer, "UserPoolArn") != nullptr;
  const bool request = !pool && authorizer.GetString("FunctionPayloadType") == "REQUEST";
  json::Object made;
  if (pool) {
    made = PoolAuthorizer(authorizer);
  } else {
    TL_TRY(made, FunctionAuthorizer(api, name, authorizer));
  }
  if (!request) {
    if (const json::Value* pattern = Given(identity, "ValidationExpression"))
      made.Set("identityValidationExpression", *pattern);
  }
  const json::Value* header = Given(identity, "Header");
  json::Object scheme;
  scheme.Set("type", "apiKey");
  scheme.Set("name", request  ? json::Value("Unused")
                     : header ? *header
                              : json::Value("Authorization"));
  scheme.Set("in", "header");
  scheme.Set("x-amazon-apigateway-authtype", pool ? "cognito_user_pools" : "custom");
  scheme.Set("x-amazon-apigateway-authorizer", std::move(made));
  return scheme;
}

}  // namespace trunkline::cloud::cloudformation::serverless
