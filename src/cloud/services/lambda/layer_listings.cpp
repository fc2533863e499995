// ListLayers and ListLayerVersions.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/layers.h"

namespace trunkline::cloud::lambda {
namespace {

constexpr std::size_t kMostItems = 50;

bool Names(const json::Array& list, std::string_view wanted) {
  return std::ranges::any_of(list,
                             [&](const json::Value& one) { return one.AsString() == wanted; });
}

// Whether it is there and fits the runtime and architecture that are asked for.
bool Matches(const Record& version, const json::Object& input) {
  if (version.body.GetBool("Deleted")) return false;
  const json::Object& shown = version.body.GetObject("Shown");
  const std::string_view runtime = input.GetString("CompatibleRuntime");
  const std::string_view architecture = input.GetString("CompatibleArchitecture");
  return (runtime.empty() || Names(shown.GetArray("CompatibleRuntimes"), runtime)) &&
         (architecture.empty() || Names(shown.GetArray("CompatibleArchitectures"), architecture));
}

json::Object Listed(const Record& version) {
  json::Object item = version.body.GetObject("Shown");
  item.Remove("Content");
  item.Remove("LayerArn");
  return item;
}

std::size_t Limit(const json::Object& input) {
  return std::min(static_cast<std::size_t>(input.GetInt("MaxItems", kMostItems)), kMostItems);
}

std::string FilterText(const json::Object& input) {
  return fmt::format("{}|{}", input.GetString("CompatibleRuntime"),
                     input.GetString("CompatibleArchitecture"));
}

ServiceError WrongMarker() {
  return {"InvalidParameterValueException", "Marker is not one that this listing gave out"};
}

Answer<> ListLayers(Context& context, const json::Object& input) {
  // Versions are in order of their layers' numbers, newest first: the first one that fits counts.
  std::map<std::string, const Record*> latest;
  for (const Record* version : context.store.List(context.RegionScope(), kLayerVersion))
    if (Matches(*version, input)) latest.try_emplace(version->parent, version);
  const RecordFilter filter{.text = FilterText(input),
                            .keep = [&](const Record& layer) { return latest.contains(layer.id); }};
  const Result<RecordPage> page = context.store.ListPage(
      context.RegionScope(), kLayer, {}, Limit(input), input.GetString("Marker"), filter);
  if (!page) return WrongMarker();
  json::Array layers;
  for (const Record* layer : page->records) {
    const LayerName name{.scope = context.RegionScope(), .name = layer->id, .version = {}};
    json::Object item{{"LayerName", layer->id},
                      {"LayerArn", name.Arn()},
                      {"LatestMatchingVersion", Listed(*latest.at(layer->id))}};
    layers.push_back(std::move(item));
  }
  json::Object answer{{"Layers", std::move(layers)}};
  answer.SetIfNotEmpty("NextMarker", page->next);
  return answer;
}

Answer<> ListLayerVersions(Context& context, const json::Object& input) {
  TL_TRY(const LayerName layer, ReadLayer(context, input));
  if (layer.scope.account != context.caller.account) return MayNotGetLayer(context, layer);
  const RecordFilter filter{.text = FilterText(input),
                            .keep = [&](const Record& version) { return Matches(version, input); }};
  const Result<RecordPage> page =
      context.store.ListPage(context.RegionScope(), kLayerVersion, layer.name, Limit(input),
                             input.GetString("Marker"), filter);
  if (!page) return WrongMarker();
  json::Array versions;
  for (const Record* version : page->records) versions.emplace_back(Listed(*version));
  json::Object answer{{"LayerVersions", std::move(versions)}};
  answer.SetIfNotEmpty("NextMarker", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "ListLayerVersions", .handle = ListLayerVersions},
    {.name = "ListLayers", .handle = ListLayers},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kLayerListingOperations = kOperations;

}  // namespace trunkline::cloud::lambda
