// Gateway responses.
#include "cloud/execute_api/gateway_response.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/patch.h"
#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::apigateway {
namespace {

json::Object ResponseOf(Context& context, std::string_view api_id, std::string_view type) {
  const Record* put = FindPart(context, kGatewayResponse, api_id, type);
  if (put) return put->body;
  const auto* kind = execute_api::FindGatewayResponse(type);
  return kind ? execute_api::DefaultGatewayResponse(*kind) : json::Object();
}

Answer<> PutGatewayResponse(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input));
  const std::string api_id = api->id;
  const std::string_view type = input.GetString("responseType");
  json::Object body = execute_api::DefaultGatewayResponse(*execute_api::FindGatewayResponse(type));
  for (const json::Member& member : WithoutKeys(input, {"restApiId"}))
    body.Set(member.key, member.value);
  body.Set("defaultResponse", false);
  SavePart(context, kGatewayResponse, api_id, body, type);
  return body;
}

Answer<> UpdateGatewayResponse(Context& context, const json::Object& input) {
  TL_TRY(const Record* api, FindApi(context, input));
  const std::string api_id = api->id;
  const std::string_view type = input.GetString("responseType");
  json::Object body = ResponseOf(context, api_id, type);
  TL_DO(Patch(context, "UpdateGatewayResponse", input,
              {"statusCode", "responseParameters", "responseTemplates"}, body));
  body.Set("defaultResponse", false);
  SavePart(context, kGatewayResponse, api_id, body, type);
  return body;
}

Answer<> GetGatewayResponse(Context& context, const json::Object& input) {
  TL_DO(FindApi(context, input));
  return ResponseOf(context, input.GetString("restApiId"), input.GetString("responseType"));
}

// All kinds, in one page: they are few.
Answer<> GetGatewayResponses(Context& context, const json::Object& input) {
  TL_DO(FindApi(context, input));
  json::Array items;
  for (const auto& kind : execute_api::GatewayResponseKinds())
    items.emplace_back(ResponseOf(context, input.GetString("restApiId"), kind.type));
  return json::Object{{"items", std::move(items)}};
}

Answer<> DeleteGatewayResponse(Context& context, const json::Object& input) {
  TL_DO(FindApi(context, input));
  if (!FindPart(context, kGatewayResponse, input.GetString("restApiId"),
                input.GetString("responseType")))
    return NotFound("Gateway response type not defined on api");
  return DeletePart(context, kGatewayResponse, input);
}

constexpr Operation kOperations[] = {
    {.name = "DeleteGatewayResponse", .handle = DeleteGatewayResponse},
    {.name = "GetGatewayResponse", .handle = GetGatewayResponse},
    {.name = "GetGatewayResponses", .handle = GetGatewayResponses},
    {.name = "PutGatewayResponse", .handle = PutGatewayResponse},
    {.name = "UpdateGatewayResponse", .handle = UpdateGatewayResponse},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kGatewayResponseOperations = kOperations;

}  // namespace trunkline::cloud::apigateway
