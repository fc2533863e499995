// Gateway responses.
#include <fmt/format.h>

#include "cloud/execute_api/gateway_response.h"
#include "cloud/services/apigateway/families.h"
#include "cloud/services/apigateway/patch.h"
#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::apigateway {
namespace {

// What was put, else the kind's own form with what was put for all of its class (seen).
json::Object ResponseOf(Context& context, std::string_view api_id, std::string_view type) {
  const Record* put = FindPart(context, kGatewayResponse, api_id, type);
  if (put) return put->body;
  const auto* kind = execute_api::FindGatewayResponse(type);
  if (!kind) return json::Object();
  json::Object shown = execute_api::DefaultGatewayResponse(*kind);
  constexpr int kServerErrors = 500;
  const std::string_view group = kind->status < kServerErrors ? "DEFAULT_4XX" : "DEFAULT_5XX";
  const Record* all =
      kind->status == 0 ? nullptr : FindPart(context, kGatewayResponse, api_id, group);
  if (!all) return shown;
  for (const std::string_view member : {"statusCode", "responseParameters", "responseTemplates"}) {
    if (const json::Value* value = all->body.Find(member)) shown.Set(member, *value);
  }
  return shown;
}

constexpr std::string_view kChange = "add, remove, replace";
constexpr std::string_view kMissing = "Invalid parameter name specified";
constexpr PatchRow kRows[] = {
    {.path = "/responseParameters/*", .ops = kChange, .missing = kMissing},
    {.path = "/responseTemplates/*", .ops = kChange, .missing = kMissing},
    {.path = "/statusCode", .op_is_path = true},
};
constexpr PatchTable kTable{.operation = "UpdateGatewayResponse", .rows = kRows};

Answer<void> PatchResponse(Context& context, const PatchOperation& patch, json::Object& body) {
  const bool map = patch.path.size() == 2 && patch.op != "remove";
  if (map && patch.value.empty()) {
    return BadRequest(fmt::format("Invalid null or empty value in {}", patch.path.front()));
  }
  TL_DO(CheckPatch(kTable, patch, body));
  return ApplyPatch(context, kTable.operation, patch, body);
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
  TL_TRY(const std::vector<PatchOperation> operations, ReadPatch(input));
  for (const PatchOperation& patch : operations) TL_DO(PatchResponse(context, patch, body));
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
