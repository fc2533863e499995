#include "cloud/services/lambda/layers.h"

#include <set>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/access/evaluate.h"
#include "cloud/arn.h"
#include "cloud/objects.h"
#include "cloud/services/lambda/records.h"

namespace trunkline::cloud::lambda {
namespace {

constexpr std::string_view kPrefix = "layer:";

// The end of an ARN: "layer:<name>" or "layer:<name>:<version>".
std::optional<LayerName> ReadArn(std::string_view text) {
  const auto arn = ParseArn(text);
  if (!arn || arn->service != "lambda" || !arn->resource.starts_with(kPrefix)) return std::nullopt;
  const std::string rest = arn->resource.substr(kPrefix.size());
  const std::size_t colon = rest.find(':');
  return LayerName{.scope = {arn->account, arn->region},
                   .name = rest.substr(0, colon),
                   .version = colon == std::string::npos ? "" : rest.substr(colon + 1)};
}

void CollectUsed(Store& store, Kind kind, std::set<std::string, std::less<>>& used) {
  for (const auto& [scope, record] : store.ListEverywhere(kind)) {
    const json::Object& configuration = record->body.GetObject("Configuration");
    for (const json::Value& layer : configuration.GetArray("Layers"))
      used.emplace(layer.AsObject().GetString("Arn"));
  }
}

}  // namespace

std::string LayerName::Arn() const {
  return MakeArn(scope, "lambda", fmt::format("layer:{}", name));
}

std::string LayerName::VersionArn() const {
  return fmt::format("{}:{}", Arn(), version);
}

Answer<LayerName> ReadLayer(const Context& context, const json::Object& input) {
  const std::string_view given = input.GetString("LayerName");
  LayerName layer{.scope = context.RegionScope(), .name = std::string(given), .version = {}};
  if (auto named = ReadArn(given)) layer = std::move(*named);
  if (layer.scope.region != context.region) {
    return ServiceError(
        "InvalidParameterValueException",
        fmt::format("expected a layer of Region {} but got '{}'", context.region, given));
  }
  if (!input.Has("VersionNumber")) return layer;
  const std::int64_t number = input.GetInt("VersionNumber");
  if (number < 1)
    return ServiceError("InvalidParameterValueException", "Layer Version Cannot be less than 1");
  layer.version = std::to_string(number);
  return layer;
}

Answer<LayerName> ReadLayerVersionArn(std::string_view arn) {
  auto layer = ReadArn(arn);
  if (layer && !layer->version.empty()) return std::move(*layer);
  return ServiceError("InvalidParameterValueException",
                      fmt::format("expected the ARN of a layer version but got '{}'", arn));
}

const Record* FindLayerVersion(Store& store, const LayerName& layer) {
  const Record* version =
      store.Find(layer.scope, kLayerVersion, fmt::format("{}:{}", layer.name, layer.version));
  return version && !version->body.GetBool("Deleted") ? version : nullptr;
}

bool MayGetLayer(const Context& context, const LayerName& layer, const Record& version) {
  if (layer.scope.account == context.caller.account) return true;
  const access::Call call{.account = context.caller.account,
                          .principal_arn = context.caller.arn,
                          .role_arn = {},
                          .service = {},
                          .action = "lambda:GetLayerVersion",
                          .resource = layer.VersionArn(),
                          .keys = {}};
  const json::Object policy{{"Version", "2012-10-17"},
                            {"Statement", version.body.GetArray("Statements")}};
  return access::Ask(*access::ReadPolicy(json::Write(policy)), call, true).effect ==
         access::Effect::kAllow;
}

ServiceError MayNotGetLayer(const Context& context, const LayerName& layer) {
  return ServiceError(
             "AccessDeniedException",
             fmt::format("User: {} is not authorized to perform: lambda:GetLayerVersion on "
                         "resource: {} because no resource-based policy allows the "
                         "lambda:GetLayerVersion action",
                         context.caller.arn, layer.VersionArn()))
      .WithStatus(403);
}

void DropUnusedLayers(Context& context) {
  std::vector<std::pair<Scope, const Record*>> deleted;
  for (const auto& [scope, record] : context.store.ListEverywhere(kLayerVersion))
    if (record->body.GetBool("Deleted")) deleted.emplace_back(scope, record);
  if (deleted.empty()) return;
  std::set<std::string, std::less<>> used;
  for (const Kind kind : {kFunction, kVersion}) CollectUsed(context.store, kind, used);
  for (const auto& [scope, record] : deleted) {
    if (used.contains(record->body.GetObject("Shown").GetString("LayerVersionArn"))) continue;
    context.objects.Drop(std::string(record->body.GetString("CodeId")));
    context.store.Delete(scope, kLayerVersion, std::string(record->id));
  }
}

}  // namespace trunkline::cloud::lambda
