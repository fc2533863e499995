// AWS::Lambda::Alias.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/resources/lambda_provisioned.h"

namespace trunkline::cloud::cloudformation {
namespace {

// "arn:aws:lambda:...:function:NAME:ALIAS".
json::Object KeysOfAlias(const Mapping& /*mapping*/, const ResourceOrder& order) {
  const std::size_t colon = order.physical_id.rfind(':');
  json::Object keys;
  keys.Set("FunctionName", order.physical_id.substr(0, colon));
  keys.Set("Name", order.physical_id.substr(colon + 1));
  return keys;
}

// The API has the weights as a map by version.
Answer<void> MapWeights(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                        json::Object& properties) {
  const json::Object routing = properties.GetObject("RoutingConfig");
  if (!routing.Has("AdditionalVersionWeights")) return {};
  json::Object weights;
  for (const json::Value& row : routing.GetArray("AdditionalVersionWeights")) {
    if (row.IsObject())
      weights.Set(row.AsObject().GetString("FunctionVersion"), row.AsObject().At("FunctionWeight"));
  }
  json::Object mapped;
  mapped.Set("AdditionalVersionWeights", std::move(weights));
  properties.Set("RoutingConfig", std::move(mapped));
  return {};
}

constexpr auto kProperties = Properties<
    "Description FunctionName*^~ FunctionVersion* Name*^ "
    "ProvisionedConcurrencyConfig~ RoutingConfig~">();

constexpr auto kAttributes = Words<"AliasArn">();

constexpr Fallback kFallbacks[] = {
    {"RoutingConfig", R"({"AdditionalVersionWeights": {}})"},
};

constexpr Mapping kMapping{
    .type = "AWS::Lambda::Alias",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "lambda",
    .create = "CreateAlias",
    .describe = "GetAlias",
    .update = "UpdateAlias",
    .remove = "DeleteAlias",
    .id = "AliasArn",
    .fallbacks = kFallbacks,
    .prepare = MapWeights,
    .after = ApplyProvisioned,
    .after_properties = "ProvisionedConcurrencyConfig",
    .keys_of = KeysOfAlias,
};

}  // namespace

constinit const ResourceType kLambdaAliasType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
