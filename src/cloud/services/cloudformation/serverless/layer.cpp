// AWS::Serverless::LayerVersion: every change is a version of its own, with a logical id of its
// own.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/kinds.h"
#include "cloud/services/cloudformation/serverless/locations.h"
#include "cloud/services/cloudformation/serverless/logical_ids.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr Rule kRules[] = {{"LayerName", "sm"},
                           {"Description", "s"},
                           {"PublishLambdaVersion", "b"},
                           {"ContentUri", "Rsm"},
                           {"CompatibleArchitectures", "a"},
                           {"CompatibleRuntimes", "a"},
                           {"LicenseInfo", "s"},
                           {"RetentionPolicy", "s"}};

// "Retain" or "Delete", in any case of letters; empty: not said.
Answer<std::string> RetentionOf(const Source& source) {
  const json::Value* given = Present(source.properties, "RetentionPolicy");
  if (!given) return std::string();
  if (IsIntrinsic(*given)) {
    return InvalidResource(source.id,
                           "'RetentionPolicy' does not accept intrinsic functions, please use one "
                           "of the following options: ['Retain', 'Delete']");
  }
  for (const std::string_view option : {"Retain", "Delete"}) {
    if (given->IsString() && EqualsIgnoreCase(given->AsString(), option))
      return std::string(option);
  }
  return InvalidResource(
      source.id, "'RetentionPolicy' must be one of the following options: ['Retain', 'Delete'].");
}

// The logical id is made of all that is said of the layer, in the order of the rules.
std::string VersionId(const Source& source) {
  json::Object properties;
  for (const Rule& rule : kRules) Copy(properties, rule.name, source.properties);
  json::Object body{{"Type", source.type}};
  Copy(body, "DependsOn", source.body);
  Copy(body, "Condition", source.body);
  body.Set("Properties", std::move(properties));
  json::Object data;
  data.Set(source.id, std::move(body));
  return HashedId(source.id, json::Value(std::move(data)));
}

Answer<void> CheckArchitectures(const std::string& id, const json::Object& properties) {
  for (const json::Value& one : properties.GetArray("CompatibleArchitectures")) {
    if (IsIntrinsic(one) || one == json::Value("x86_64") || one == json::Value("arm64")) continue;
    return InvalidResource(id, "CompatibleArchitectures needs to be a list of 'x86_64' or 'arm64'");
  }
  return {};
}

Answer<std::vector<Resource>> Translate(Document& document, Source& source) {
  for (const std::string_view name :
       {"LayerName", "LicenseInfo", "Description", "RetentionPolicy"}) {
    if (const json::Value* value = Present(source.properties, name))
      source.properties.Set(name, document.values.Resolve(*value));
  }
  TL_TRY(const std::string retention, RetentionOf(source));
  Resource layer{.id = VersionId(source),
                 .type = "AWS::Lambda::LayerVersion",
                 .members = source.Inherited(),
                 .properties = {}};
  document.renamed[source.id] = layer.id;
  if (!layer.members.Has("DeletionPolicy")) layer.members.Set("DeletionPolicy", "Retain");
  layer.members.SetIfNotEmpty("DeletionPolicy", retention);
  Copy(layer.members, "DependsOn", source.body);
  const json::Value* name = Given(source.properties, "LayerName");
  layer.properties.Set("LayerName", name ? *name : json::Value(source.id));
  TL_TRY(json::Object content, S3Code(source.properties.At("ContentUri"), layer.id, "ContentUri"));
  layer.properties.Set("Content", std::move(content));
  for (const std::string_view passed :
       {"Description", "CompatibleArchitectures", "CompatibleRuntimes", "LicenseInfo"})
    Copy(layer.properties, passed, source.properties);
  TL_DO(CheckArchitectures(layer.id, layer.properties));
  return std::vector<Resource>{std::move(layer)};
}

}  // namespace

constinit const Kind kLayerKind{.type = "AWS::Serverless::LayerVersion",
                                .rules = kRules,
                                .referable = {},
                                .translate = Translate};

}  // namespace trunkline::cloud::cloudformation::serverless
