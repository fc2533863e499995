#include "cloud/execute_api/rest_api.h"

#include <fmt/format.h>

#include "cloud/engine.h"
#include "cloud/execute_api/access_log.h"
#include "cloud/execute_api/answer.h"
#include "cloud/execute_api/gateway_response.h"
#include "cloud/execute_api/rest_authorize.h"
#include "cloud/execute_api/rest_integrate.h"
#include "cloud/execute_api/rest_validate.h"
#include "cloud/services/apigateway/records.h"

namespace trunkline::cloud::execute_api {
namespace {

// Nothing: there is no such stage, or the API does not answer under its own address.
std::optional<RestMethod> Meet(Store& store, ApiCall& call, Place place) {
  const Record* api = store.Find(call.scope, apigateway::kApi, call.api_id);
  if (!api) return std::nullopt;
  const bool by_domain = place.domain_prefix != call.api_id;
  if (api->body.GetBool("disableExecuteApiEndpoint") && !by_domain) return std::nullopt;
  if (place.stage.empty()) TakeStage(place);
  const Record* stage = store.Find(call.scope, apigateway::kStage.kind,
                                   fmt::format("{}/{}", call.api_id, place.stage));
  if (!stage) return std::nullopt;
  call.stage = stage->name;
  call.stage_variables = stage->body.GetObject("variables");
  call.path = place.path;
  call.base_path = place.base_path;
  const Record* deployment =
      store.Find(call.scope, apigateway::kDeployment.kind, stage->body.GetString("deploymentId"));
  if (!deployment) return std::nullopt;
  call.deployment_id = deployment->id;
  RestMethod met = MeetMethod(deployment->body.GetObject("snapshot"), call);
  met.access_log = stage->body.GetObject("accessLogSettings");
  return met;
}

net::aw<net::Response> Answer(WaitContext context, ApiCall& call, const RestMethod& met) {
  if (call.body.size() > kLargestBody)
    co_return GatewayAnswer(call, met.gateway_responses, "REQUEST_TOO_LARGE");
  // Seen: a path or method that is not there is answered as one that nobody may call.
  if (met.method.empty())
    co_return GatewayAnswer(call, met.gateway_responses, "MISSING_AUTHENTICATION_TOKEN");
  auto refusal = co_await AuthorizeRest(context, call, met);
  if (refusal) co_return std::move(*refusal);
  co_return co_await ServeRestMethod(context, call, met);
}

void AddIds(const ApiCall& call, net::Response& response) {
  response.headers.Set("x-amzn-RequestId", call.request_id);
  response.headers.Set("x-amz-apigw-id", call.extended_id);
}

}  // namespace

net::aw<net::Response> ServeRestMethod(WaitContext context, ApiCall& call, const RestMethod& met) {
  auto refusal = ValidateRest(call, met);
  if (refusal) co_return std::move(*refusal);
  co_return co_await IntegrateRest(context, call, met);
}

net::aw<net::Response> ServeRestApi(WaitContext context, ApiCall& call, Place place) {
  const std::optional<RestMethod> met = Meet(context.engine().store, call, std::move(place));
  net::Response response = MessageAnswer(403, "Forbidden");
  if (met) {
    response = co_await Answer(context, call, *met);
  } else {
    response.headers.Set("x-amzn-ErrorType", "ForbiddenException");
  }
  AddIds(call, response);
  if (met) {
    const Milliseconds took = context.clock().Now() - call.time;
    WriteAccessLog(context, met->access_log, call, response, took);
  }
  co_return response;
}

}  // namespace trunkline::cloud::execute_api
