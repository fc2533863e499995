// Authorizers: functions that look at a token or at the whole request.
#include <fmt/format.h>

#include "base/text.h"
#include "cloud/execute_api/function_uri.h"
#include "cloud/services/apigateway/api.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/patch.h"

namespace trunkline::cloud::apigateway {
namespace {

constexpr int kDefaultLife = 300;  // seconds, documented; not shown (seen)
constexpr int kLongestLife = 3600;

Answer<void> CheckName(Context& context, std::string_view api_id, const json::Object& authorizer) {
  const Record* same = context.store.FindByName(context.RegionScope(), kAuthorizer.kind, api_id,
                                                authorizer.GetString("name"));
  if (!same || same->id == authorizer.GetString("id")) return {};
  return BadRequest("Authorizer name must be unique. Please specify a different name.");
}

Answer<> CreateAuthorizer(Context& context, const json::Object& input) {
  // Seen, of an API that is not there.
  if (!FindApi(context, input)) {
    return Conflict(
        "Unable to complete operation due to concurrent modification. Please try again later.");
  }
  const std::string api_id(input.GetString("restApiId"));
  json::Object body{{"id", NewPartId(context)}};
  for (const json::Member& member : WithoutKeys(input, {"restApiId"}))
    body.Set(member.key, member.value);
  if (!body.Has("identitySource") && body.GetString("type") == "TOKEN")
    body.Set("identitySource", "method.request.header.Authorization");
  if (!body.Has("authType")) body.Set("authType", "custom");
  TL_DO(CheckAuthorizer(body));
  TL_DO(CheckName(context, api_id, body));
  SavePart(context, kAuthorizer, api_id, body, body.GetString("name"));
  return body;
}

Answer<> UpdateAuthorizer(Context& context, const json::Object& input) {
  TL_TRY(const Record* authorizer, FindPart(context, kAuthorizer, input));
  const Record before = *authorizer;
  json::Object body = before.body;
  TL_DO(Patch(context, "UpdateAuthorizer", input,
              {"authType", "authorizerCredentials", "authorizerResultTtlInSeconds", "authorizerUri",
               "identitySource", "identityValidationExpression", "name", "providerARNs", "type"},
              body));
  TL_DO(CheckAuthorizer(body));
  TL_DO(CheckName(context, before.parent, body));
  SavePart(context, kAuthorizer, before.parent, body, body.GetString("name"));
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
  for (const Record* one :
       context.store.List(context.RegionScope(), kResource.kind, authorizer->parent)) {
    for (const json::Member& method : one->body.GetObject("resourceMethods")) {
      if (method.value.AsObject().GetString("authorizerId") == authorizer->id)
        return Conflict("Cannot delete authorizer, is referenced in method(s): " + method.key +
                        " " + one->name);
    }
  }
  return DeletePart(context, kAuthorizer, input);
}

Answer<void> CheckSources(const json::Object& authorizer) {
  const std::string_view sources = authorizer.GetString("identitySource");
  if (sources.empty()) return {};
  for (const std::string_view source : Split(sources, ',')) {
    const std::string_view text = Trim(source);
    const bool known = text.starts_with("method.request.header.") ||
                       text.starts_with("method.request.querystring.") ||
                       text.starts_with("stageVariables.") || text.starts_with("context.");
    if (!known)
      return BadRequest(fmt::format("Invalid Authorizer identity source specified: {}", text));
  }
  return {};
}

constexpr Operation kOperations[] = {
    {.name = "CreateAuthorizer", .handle = CreateAuthorizer},
    {.name = "DeleteAuthorizer", .handle = DeleteAuthorizer},
    {.name = "GetAuthorizer", .handle = GetAuthorizer},
    {.name = "GetAuthorizers", .handle = GetAuthorizers},
    {.name = "UpdateAuthorizer", .handle = UpdateAuthorizer},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<void> CheckAuthorizer(const json::Object& authorizer) {
  const std::string_view type = authorizer.GetString("type");
  if (type == "COGNITO_USER_POOLS")
    return BadRequest("Cognito user pools are not implemented by this cloud");
  if (!execute_api::ReadFunctionUri(authorizer.GetString("authorizerUri")))
    return BadRequest(
        "Invalid Authorizer URI: " + std::string(authorizer.GetString("authorizerUri")) +
        ". Authorizer URI should be a valid API Gateway ARN that represents a Lambda "
        "function invocation.");
  const std::int64_t life = authorizer.GetInt("authorizerResultTtlInSeconds", kDefaultLife);
  if (life < 0 || life > kLongestLife)
    return BadRequest("Authorizer result TTL must be between 0 and 3600 seconds");
  if (type == "REQUEST" && life > 0 && authorizer.GetString("identitySource").empty())
    return BadRequest("Identity source is required for REQUEST authorizers with caching");
  if (type == "TOKEN" &&
      !authorizer.GetString("identitySource").starts_with("method.request.header."))
    return BadRequest("Identity source of a TOKEN authorizer must be a header");
  return CheckSources(authorizer);
}

constinit const Family kAuthorizerOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
