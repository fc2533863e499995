// AWS::ApiGateway::Method: an update puts it anew, with its integration and responses.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

void AddMethodId(const WaitContext& /*context*/, const ResourceOrder& order, json::Object& known) {
  known.Set("MethodId", order.physical_id.empty()
                            ? GeneratedName(order, {.property = "MethodId", .limit = 64})
                            : order.physical_id);
}

Answer<void> AddAuthorization(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                              json::Object& properties) {
  if (!properties.Has("AuthorizationType")) properties.Set("AuthorizationType", "NONE");
  return {};
}

net::aw<Answer<void>> PutParts(WaitContext context, ResourceOrder order);

constexpr auto kProperties = Properties<
    "ApiKeyRequired AuthorizationScopes AuthorizationType AuthorizerId HttpMethod*^ "
    "Integration~ MethodResponses~ OperationName RequestModels RequestParameters "
    "RequestValidatorId ResourceId*^ RestApiId*^">();

constexpr Name kNames[] = {
    {"IntegrationHttpMethod", "integrationHttpMethod"},
};

constexpr Mapping kMapping{
    .type = "AWS::ApiGateway::Method",
    .properties = kProperties,
    .service = "apigateway",
    .create = "PutMethod",
    .describe = "GetMethod",
    .remove = "DeleteMethod",
    .id = "MethodId",
    .keys = "RestApiId ResourceId HttpMethod",
    .names = kNames,
    .prepare = AddAuthorization,
    .complete = AddMethodId,
    .after = PutParts,
    .after_properties =
        "ApiKeyRequired AuthorizationScopes AuthorizationType AuthorizerId Integration "
        "MethodResponses OperationName RequestModels RequestParameters RequestValidatorId",
    .keys_of = KeysOfProperties,
};

net::aw<Answer<void>> CallPart(WaitContext context, ResourceOrder order, std::string operation,
                               json::Object part) {
  const json::Object keys = KeysOfProperties(kMapping, order);
  const InputParts parts{.keys = &keys, .properties = &part};
  TL_CO_TRY(json::Object input, MakeInput(context, kMapping, order, operation, parts));
  Answer<> done = co_await context.Call("apigateway", operation, std::move(input));
  if (!done) co_return std::move(done).error();
  co_return Answer<void>();
}

net::aw<Answer<void>> PutAgain(WaitContext context, ResourceOrder order) {
  Answer<void> done = co_await CallPart(context, order, "DeleteMethod", {});
  // Gone already: an update that is rolled back got no further than this.
  if (!done && !IsGone(done.error().code)) co_return done;
  json::Object method = order.properties;
  for (const std::string_view part : {"Integration", "MethodResponses"}) method.Remove(part);
  co_return co_await CallPart(context, order, "PutMethod", std::move(method));
}

net::aw<Answer<void>> PutParts(WaitContext context, ResourceOrder order) {
  if (!order.previous.empty()) {
    if (order.previous == order.properties) co_return Answer<void>();
    Answer<void> again = co_await PutAgain(context, order);
    if (!again) co_return again;
  }
  const json::Array responses = order.properties.GetArray("MethodResponses");
  for (const json::Value& row : responses) {
    json::Object response = row.IsObject() ? row.AsObject() : json::Object();
    Answer<void> done = co_await CallPart(context, order, "PutMethodResponse", std::move(response));
    if (!done) co_return done;
  }
  json::Object integration = order.properties.GetObject("Integration");
  if (integration.empty()) co_return Answer<void>();
  const json::Array answers = integration.GetArray("IntegrationResponses");
  integration.Remove("IntegrationResponses");
  Answer<void> put = co_await CallPart(context, order, "PutIntegration", std::move(integration));
  if (!put) co_return put;
  for (const json::Value& row : answers) {
    json::Object response = row.IsObject() ? row.AsObject() : json::Object();
    Answer<void> done =
        co_await CallPart(context, order, "PutIntegrationResponse", std::move(response));
    if (!done) co_return done;
  }
  co_return Answer<void>();
}

}  // namespace

constinit const ResourceType kApiGatewayMethodType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
