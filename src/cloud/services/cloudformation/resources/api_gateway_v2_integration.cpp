// AWS::ApiGatewayV2::Integration.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"
#include "cloud/services/cloudformation/mapping/removed_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

// {StatusCode: {ResponseParameters: [{Destination, Source}]}} in a template, maps in the API.
Answer<void> MapParameters(const WaitContext& /*context*/, const ResourceOrder& order,
                           json::Object& properties) {
  EmptyRemovedKeys(order, "RequestParameters", properties);
  json::Value* responses = properties.Find("ResponseParameters");
  if (!responses || !responses->IsObject()) return {};
  for (json::Member& entry : responses->AsObject()) {
    if (!entry.value.IsObject() || !entry.value.AsObject().Has("ResponseParameters")) continue;
    json::Object mapped;
    for (const json::Value& row : entry.value.AsObject().GetArray("ResponseParameters")) {
      if (row.IsObject())
        mapped.Set(row.AsObject().GetString("Destination"), row.AsObject().GetString("Source"));
    }
    entry.value = std::move(mapped);
  }
  return {};
}

constexpr auto kProperties = Properties<
    "ApiId*^ ConnectionId ConnectionType ContentHandlingStrategy CredentialsArn "
    "Description IntegrationMethod IntegrationSubtype IntegrationType* IntegrationUri "
    "PassthroughBehavior PayloadFormatVersion RequestParameters RequestTemplates "
    "ResponseParameters TemplateSelectionExpression TimeoutInMillis TlsConfig">();

constexpr auto kAttributes = Words<"IntegrationId">();

constexpr Mapping kMapping{
    .type = "AWS::ApiGatewayV2::Integration",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigatewayv2",
    .create = "CreateIntegration",
    .describe = "GetIntegration",
    .update = "UpdateIntegration",
    .remove = "DeleteIntegration",
    .id = "IntegrationId",
    .keys = "IntegrationId ApiId",
    .prepare = MapParameters,
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayV2IntegrationType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
