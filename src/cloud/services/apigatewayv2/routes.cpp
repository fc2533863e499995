// Routes.
#include <fmt/format.h>

#include "cloud/services/apigatewayv2/api.h"
#include "cloud/services/apigatewayv2/deploy.h"
#include "cloud/services/apigatewayv2/families.h"
#include "cloud/services/apigatewayv2/records.h"
#include "cloud/services/apigatewayv2/route_key.h"

namespace trunkline::cloud::apigatewayv2 {
namespace {

Answer<void> CheckAuthorization(Context& context, std::string_view api_id,
                                const json::Object& route) {
  const std::string_view type = route.GetString("AuthorizationType", "NONE");
  const bool custom = type == "CUSTOM";
  if (!custom && type != "JWT") {
    if (!route.GetString("AuthorizerId").empty() && type == "NONE")
      return BadRequest("Authorizer cannot be specified with authorization type NONE");
    return {};
  }
  const Record* authorizer =
      FindPart(context, kAuthorizer, api_id, route.GetString("AuthorizerId"));
  if (!authorizer) return BadRequest("Invalid Authorizer identifier specified");
  if (authorizer->body.GetString("AuthorizerType") != (custom ? "REQUEST" : "JWT"))
    return BadRequest("The authorizer's type and the route's authorization type do not match");
  return {};
}

Answer<void> CheckTarget(Context& context, std::string_view api_id, std::string_view target) {
  constexpr std::string_view kPrefix = "integrations/";
  if (target.empty()) return {};
  if (target.starts_with(kPrefix) &&
      FindPart(context, kIntegration, api_id, target.substr(kPrefix.size())))
    return {};
  return BadRequest(
      fmt::format("Invalid target '{}': expected integrations/<integration id> of an "
                  "integration of this API",
                  target));
}

Answer<void> CheckRoute(Context& context, std::string_view api_id, const json::Object& route) {
  if (!ReadRouteKey(route.GetString("RouteKey"))) return BadRequest(kWrongRouteKey);
  if (route.GetBool("ApiKeyRequired"))
    return BadRequest("ApiKeyRequired is not supported for HTTP APIs");
  for (const std::string_view member :
       {"ModelSelectionExpression", "RouteResponseSelectionExpression", "RequestModels",
        "RequestParameters"}) {
    if (route.Has(member))
      return BadRequest(fmt::format("{} is not supported for HTTP APIs", member));
  }
  TL_DO(CheckAuthorization(context, api_id, route));
  TL_DO(CheckTarget(context, api_id, route.GetString("Target")));
  const Record* same = context.store.FindByName(context.RegionScope(), kRoute.kind, api_id,
                                                route.GetString("RouteKey"));
  if (same && same->id != route.GetString("RouteId")) {
    return ServiceError(
        "ConflictException",
        fmt::format("Route with key {} already exists for this API", route.GetString("RouteKey")));
  }
  return {};
}

Answer<> CreateRoute(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input.GetString("ApiId")));
  const std::string api_id = api->id;
  json::Object body = WithoutKeys(input, {"ApiId"});
  TL_DO(CheckRoute(context, api_id, body));
  if (!body.Has("ApiKeyRequired")) body.Set("ApiKeyRequired", false);
  if (!body.Has("AuthorizationType")) body.Set("AuthorizationType", "NONE");
  body = AddPart(context, kRoute, api_id, std::move(body), input.GetString("RouteKey"));
  AutoDeploy(context, api_id);
  return body;
}

Answer<> UpdateRoute(Context& context, const json::Object& input) {
  TL_TRY(const Record* route, FindPart(context, kRoute, input));
  const Record before = *route;
  json::Object body = before.body;
  Merge(body, WithoutKeys(input, {"ApiId", "RouteId"}), {});
  const std::string_view type = body.GetString("AuthorizationType");
  if (type == "NONE" || type == "AWS_IAM") body.Remove("AuthorizerId");
  TL_DO(CheckRoute(context, before.parent, body));
  SavePart(context, kRoute, before, body, body.GetString("RouteKey"));
  AutoDeploy(context, before.parent);
  return body;
}

Answer<> GetRoute(Context& context, const json::Object& input) {
  return GetPart(context, kRoute, input);
}

Answer<> GetRoutes(Context& context, const json::Object& input) {
  return ListParts(context, kRoute, input);
}

Answer<> DeleteRoute(Context& context, const json::Object& input) {
  TL_TRY(const Record* route, FindPart(context, kRoute, input));
  const Record gone = *route;
  context.store.Delete(context.RegionScope(), kRoute.kind, gone.id);
  AutoDeploy(context, gone.parent);
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateRoute", .handle = CreateRoute}, {.name = "DeleteRoute", .handle = DeleteRoute},
    {.name = "GetRoute", .handle = GetRoute},       {.name = "GetRoutes", .handle = GetRoutes},
    {.name = "UpdateRoute", .handle = UpdateRoute},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kRouteOperations = kOperations;

}  // namespace trunkline::cloud::apigatewayv2
