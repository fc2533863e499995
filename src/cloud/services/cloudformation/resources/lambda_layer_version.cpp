// AWS::Lambda::LayerVersion.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// "arn:aws:lambda:...:layer:NAME:VERSION".
json::Object KeysOfLayer(const Mapping& /*mapping*/, const ResourceOrder& order) {
  const std::size_t colon = order.physical_id.rfind(':');
  json::Object keys;
  keys.Set("LayerName", order.physical_id.substr(0, colon));
  keys.Set("VersionNumber", order.physical_id.substr(colon + 1));
  return keys;
}

constexpr auto kProperties = Properties<
    "CompatibleArchitectures^ CompatibleRuntimes^ Content*^~ Description^ LayerName^ "
    "LicenseInfo^">();

constexpr auto kAttributes = Words<"LayerVersionArn">();

constexpr Mapping kMapping{
    .type = "AWS::Lambda::LayerVersion",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "lambda",
    .create = "PublishLayerVersion",
    .describe = "GetLayerVersion",
    .remove = "DeleteLayerVersion",
    .id = "LayerVersionArn",
    .naming = {.property = "LayerName", .limit = 64},
    .keys_of = KeysOfLayer,
};

}  // namespace

constinit const ResourceType kLambdaLayerVersionType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
