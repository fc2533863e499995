// Authorizers: functions that look at requests, and issuers of JSON Web Tokens.
#include "cloud/execute_api/authorizers.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/execute_api/function_uri.h"
#include "cloud/services/apigatewayv2/deploy.h"
#include "cloud/services/apigatewayv2/families.h"
#include "cloud/services/apigatewayv2/records.h"

namespace trunkline::cloud::apigatewayv2 {
namespace {

Answer<void> CheckSources(const json::Object& authorizer) {
  for (const json::Value& source : authorizer.GetArray("IdentitySource")) {
    const std::string_view text = source.AsString();
    const bool known = text.starts_with("$request.header.") ||
                       text.starts_with("$request.querystring.") || text.starts_with("$context.") ||
                       text.starts_with("$stageVariables.");
    if (!known)
      return BadRequest(fmt::format("Invalid identity source expression specified: {}", text));
  }
  return {};
}

Answer<void> CheckJwt(const json::Object& authorizer) {
  const json::Object& jwt = authorizer.GetObject("JwtConfiguration");
  if (jwt.GetString("Issuer").empty() || jwt.GetArray("Audience").empty())
    return BadRequest("JwtConfiguration with Issuer and Audience is required for JWT authorizers");
  if (authorizer.GetArray("IdentitySource").size() != 1)
    return BadRequest("A JWT authorizer takes one identity source");
  return {};
}

Answer<void> CheckFunction(const json::Object& authorizer) {
  if (!execute_api::ReadFunctionUri(authorizer.GetString("AuthorizerUri")))
    return BadRequest("Invalid Authorizer URI: expected the invocation ARN of a Lambda function");
  const std::string_view version = authorizer.GetString("AuthorizerPayloadFormatVersion");
  if (version != "1.0" && version != "2.0")
    return BadRequest("AuthorizerPayloadFormatVersion must be 1.0 or 2.0");
  if (authorizer.GetBool("EnableSimpleResponses") && version != "2.0")
    return BadRequest("EnableSimpleResponses needs AuthorizerPayloadFormatVersion 2.0");
  const std::int64_t ttl = authorizer.GetInt("AuthorizerResultTtlInSeconds");
  if (ttl > 0 && authorizer.GetArray("IdentitySource").empty())
    return BadRequest("Authorizer result caching needs an identity source");
  return {};
}

Answer<void> CheckAuthorizer(const json::Object& authorizer) {
  TL_DO(CheckSources(authorizer));
  if (!authorizer.GetString("IdentityValidationExpression").empty())
    return BadRequest("IdentityValidationExpression is not supported for HTTP APIs");
  return authorizer.GetString("AuthorizerType") == "JWT" ? CheckJwt(authorizer)
                                                         : CheckFunction(authorizer);
}

Answer<> CreateAuthorizer(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input.GetString("ApiId")));
  const std::string api_id = api->id;
  json::Object body = WithoutKeys(input, {"ApiId"});
  TL_DO(CheckAuthorizer(body));
  if (context.store.FindByName(context.RegionScope(), kAuthorizer.kind, api_id,
                               body.GetString("Name")))
    return BadRequest("Authorizer name must be unique. Please specify a different name.");
  body = AddPart(context, kAuthorizer, api_id, std::move(body), input.GetString("Name"));
  AutoDeploy(context, api_id);
  return body;
}

Answer<> UpdateAuthorizer(Context& context, const json::Object& input) {
  TL_TRY(const Record* authorizer, FindPart(context, kAuthorizer, input));
  const Record before = *authorizer;
  json::Object body = before.body;
  Merge(body, WithoutKeys(input, {"ApiId", "AuthorizerId"}), {});
  TL_DO(CheckAuthorizer(body));
  SavePart(context, kAuthorizer, before, body, body.GetString("Name"));
  AutoDeploy(context, before.parent);
  return body;
}

Answer<> GetAuthorizer(Context& context, const json::Object& input) {
  return GetPart(context, kAuthorizer, input);
}

Answer<> GetAuthorizers(Context& context, const json::Object& input) {
  return ListParts(context, kAuthorizer, input);
}

Answer<> DeleteAuthorizer(Context& context, const json::Object& input) {
  TL_TRY(const Record* authorizer, FindPart(context, kAuthorizer, input));
  const Record gone = *authorizer;
  for (const Record* route : context.store.List(context.RegionScope(), kRoute.kind, gone.parent)) {
    if (route->body.GetString("AuthorizerId") == gone.id) {
      return ServiceError("ConflictException",
                          fmt::format("Cannot delete Authorizer '{}': it is referenced by Route "
                                      "'{}'",
                                      gone.id, route->id));
    }
  }
  context.store.Delete(context.RegionScope(), kAuthorizer.kind, gone.id);
  AutoDeploy(context, gone.parent);
  return json::Object();
}

// What is remembered of a stage's callers lives in memory, with the service's data plane.
Answer<> ResetAuthorizersCache(Context& context, const json::Object& input) {
  TL_DO(FindPart(context, kStage, input));
  execute_api::ForgetAuthorizations(context, input.GetString("ApiId"),
                                    input.GetString("StageName"));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateAuthorizer", .handle = CreateAuthorizer},
    {.name = "DeleteAuthorizer", .handle = DeleteAuthorizer},
    {.name = "GetAuthorizer", .handle = GetAuthorizer},
    {.name = "GetAuthorizers", .handle = GetAuthorizers},
    {.name = "ResetAuthorizersCache", .handle = ResetAuthorizersCache},
    {.name = "UpdateAuthorizer", .handle = UpdateAuthorizer},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kAuthorizerOperations = kOperations;

}  // namespace trunkline::cloud::apigatewayv2
