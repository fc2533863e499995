// Methods and their responses.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cloud/services/apigateway/api.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/method_place.h"
#include "cloud/services/apigateway/patch.h"

namespace trunkline::cloud::apigateway {
namespace {

constexpr std::array<std::string_view, 8> kMethods = {"ANY",     "DELETE", "GET",  "HEAD",
                                                      "OPTIONS", "PATCH",  "POST", "PUT"};

Answer<> PutMethod(Context& context, const json::Object& input) {
  TL_TRY(MethodPlace place, MethodPlace::Find(context, input, false));
  if (std::ranges::find(kMethods, place.http_method()) == kMethods.end())
    return BadRequest(
        "Invalid HttpMethod specified. Valid options are "
        "GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY");
  if (place.Has(MethodPart::kMethod)) return Conflict("Method already exists for this resource");
  json::Object body = WithoutKeys(input, {"restApiId", "resourceId"});
  if (!body.Has("apiKeyRequired")) body.Set("apiKeyRequired", false);
  TL_DO(CheckMethod(context, place.api_id(), body));
  place.Put(context, MethodPart::kMethod, body);
  return body;
}

Answer<> GetMethod(Context& context, const json::Object& input) {
  return GetMethodPart(context, MethodPart::kMethod, input);
}

constexpr std::string_view kChange = "add, remove, replace";
constexpr PatchRow kMethodRows[] = {
    {.path = "/apiKeyRequired"},
    {.path = "/authorizationScopes", .ops = kChange},
    {.path = "/authorizationScopes/*", .ops = kChange},
    {.path = "/authorizationType"},
    {.path = "/authorizerId"},
    {.path = "/operationName"},
    {.path = "/requestModels/*", .ops = kChange},
    {.path = "/requestParameters/*", .ops = kChange},
    {.path = "/requestValidatorId"},
};
constexpr PatchTable kMethodTable{.operation = "UpdateMethod", .rows = kMethodRows};

constexpr PatchRow kResponseRows[] = {
    {.path = "/responseModels/*",
     .ops = kChange,
     .missing = "Content-Type specified was not found"},
    {.path = "/responseParameters/*",
     .ops = kChange,
     .missing = "Invalid parameter name specified"},
};
constexpr PatchTable kResponseTable{.operation = "UpdateMethodResponse", .rows = kResponseRows};

Answer<> UpdateMethod(Context& context, const json::Object& input) {
  return PatchMethodPart(context, MethodPart::kMethod, kMethodTable, input);
}

Answer<> DeleteMethod(Context& context, const json::Object& input) {
  return DeleteMethodPart(context, MethodPart::kMethod, input);
}

Answer<> PutMethodResponse(Context& context, const json::Object& input) {
  TL_TRY(MethodPlace place, MethodPlace::Find(context, input, true));
  if (place.Has(MethodPart::kMethodResponse))
    return Conflict("Response already exists for this resource");
  json::Object body = WithoutKeys(input, {"restApiId", "resourceId", "httpMethod"});
  place.Put(context, MethodPart::kMethodResponse, body);
  return body;
}

Answer<> GetMethodResponse(Context& context, const json::Object& input) {
  return GetMethodPart(context, MethodPart::kMethodResponse, input);
}

Answer<> UpdateMethodResponse(Context& context, const json::Object& input) {
  return PatchMethodPart(context, MethodPart::kMethodResponse, kResponseTable, input);
}

Answer<> DeleteMethodResponse(Context& context, const json::Object& input) {
  return DeleteMethodPart(context, MethodPart::kMethodResponse, input);
}

constexpr Operation kOperations[] = {
    {.name = "DeleteMethod", .handle = DeleteMethod},
    {.name = "DeleteMethodResponse", .handle = DeleteMethodResponse},
    {.name = "GetMethod", .handle = GetMethod},
    {.name = "GetMethodResponse", .handle = GetMethodResponse},
    {.name = "PutMethod", .handle = PutMethod},
    {.name = "PutMethodResponse", .handle = PutMethodResponse},
    {.name = "UpdateMethod", .handle = UpdateMethod},
    {.name = "UpdateMethodResponse", .handle = UpdateMethodResponse},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<void> CheckMethod(Context& context, std::string_view api_id, const json::Object& method) {
  const std::string_view type = method.GetString("authorizationType");
  if (type == "COGNITO_USER_POOLS")
    return BadRequest("Cognito user pools are not implemented by this cloud");
  if (type != "NONE" && type != "AWS_IAM" && type != "CUSTOM")
    return BadRequest(
        "Invalid authorization type specified. Setting the authorization type to "
        "CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.");
  if (type == "CUSTOM" && !FindPart(context, kAuthorizer, api_id, method.GetString("authorizerId")))
    return BadRequest(
        "Invalid authorizer ID specified. Setting the authorization type to CUSTOM "
        "or COGNITO_USER_POOLS requires a valid authorizer.");
  const std::string_view validator = method.GetString("requestValidatorId");
  if (!validator.empty() && !FindPart(context, kValidator, api_id, validator))
    return BadRequest("Invalid Request Validator identifier specified");
  for (const json::Member& model : method.GetObject("requestModels")) {
    if (!FindPart(context, kModel, api_id, model.value.AsString()))
      return BadRequest(
          fmt::format("Invalid model identifier specified: {}", model.value.AsString()));
  }
  std::vector<std::string_view> names;
  for (const json::Member& parameter : method.GetObject("requestParameters")) {
    const std::string_view key = parameter.key;
    if (!key.starts_with("method.request.header.") &&
        !key.starts_with("method.request.querystring.") && !key.starts_with("method.request.path."))
      return BadRequest(
          fmt::format("Invalid mapping expression specified: Validation Result: "
                      "warnings : [], errors : [Invalid parameter name specified: "
                      "{}]",
                      key));
    const std::string_view name =
        key.substr(key.find('.', std::string_view("method.request.").size()) + 1);
    if (std::ranges::find(names, name) != names.end())
      return BadRequest("Parameter names must be unique across querystring, header and path");
    names.push_back(name);
  }
  return {};
}

constinit const Family kMethodOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
