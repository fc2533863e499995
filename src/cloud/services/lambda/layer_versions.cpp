// Versions of layers: published, shown, deleted.
#include <fmt/format.h>

#include "cloud/services/lambda/code.h"
#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/layers.h"
#include "cloud/services/lambda/records.h"

namespace trunkline::cloud::lambda {
namespace {

ServiceError NotThere() {
  return {"ResourceNotFoundException", "The resource you requested does not exist."};
}

// The next number; numbers are never given out again.
std::int64_t TakeNumber(Context& context, const std::string& name) {
  const Record* layer = context.store.Find(context.RegionScope(), kLayer, name);
  const std::int64_t number = layer ? layer->body.GetInt("NextVersion", 1) : 1;
  context.store.Put(
      context.RegionScope(), kLayer,
      {.id = name, .parent = {}, .name = name, .body = {{"NextVersion", number + 1}}});
  return number;
}

json::Object Shown(const Context& context, const LayerName& layer, std::int64_t number,
                   const Code& code, const json::Object& input) {
  json::Object content{{"CodeSha256", code.sha256}, {"CodeSize", code.size}};
  json::Object shown{
      {"Content", std::move(content)},          {"LayerArn", layer.Arn()},
      {"LayerVersionArn", layer.VersionArn()},  {"Description", input.GetString("Description")},
      {"CreatedDate", WireTime(context.Now())}, {"Version", number}};
  for (const std::string_view member :
       {"CompatibleRuntimes", "CompatibleArchitectures", "LicenseInfo"}) {
    if (const json::Value* value = input.Find(member)) shown.Set(member, *value);
  }
  return shown;
}

json::Object WithLocation(const Context& context, const Record& version) {
  json::Object shown = version.body.GetObject("Shown");
  shown["Content"].AsObject().Set("Location",
                                  CodeLocation(context, version.body.GetString("CodeId")));
  return shown;
}

Answer<> PublishLayerVersion(Context& context, const json::Object& input) {
  TL_TRY(LayerName layer, ReadLayer(context, input));
  if (layer.scope.account != context.caller.account) return MayNotGetLayer(context, layer);
  TL_TRY(const Code code, KeepCode(context, input.GetObject("Content")));
  const std::int64_t number = TakeNumber(context, layer.name);
  layer.version = std::to_string(number);
  constexpr std::int64_t kHighest = 9'999'999'999;
  Record version{.id = fmt::format("{}:{}", layer.name, number),
                 .parent = layer.name,
                 .name = fmt::format("{:010}", kHighest - number),
                 .body = {{"Shown", Shown(context, layer, number, code, input)},
                          {"CodeId", code.id},
                          {"Unpacked", code.unpacked}}};
  json::Object answer = WithLocation(context, version);
  context.store.Put(context.RegionScope(), kLayerVersion, std::move(version));
  return answer;
}

Answer<> Get(Context& context, const LayerName& layer) {
  const Record* version = FindLayerVersion(context.store, layer);
  if (layer.scope.account != context.caller.account &&
      (!version || !MayGetLayer(context, layer, *version)))
    return MayNotGetLayer(context, layer);
  if (!version) return NotThere();
  return WithLocation(context, *version);
}

Answer<> GetLayerVersion(Context& context, const json::Object& input) {
  TL_TRY(const LayerName layer, ReadLayer(context, input));
  return Get(context, layer);
}

Answer<> GetLayerVersionByArn(Context& context, const json::Object& input) {
  TL_TRY(const LayerName layer, ReadLayerVersionArn(input.GetString("Arn")));
  if (layer.scope.region != context.region) return NotThere();
  return Get(context, layer);
}

Answer<> DeleteLayerVersion(Context& context, const json::Object& input) {
  TL_TRY(const LayerName layer, ReadLayer(context, input));
  if (layer.scope.account != context.caller.account) return MayNotGetLayer(context, layer);
  const Record* found = FindLayerVersion(context.store, layer);
  if (!found) return json::Object();  // deleting what is gone succeeds
  Record version = *found;
  version.body.Set("Deleted", true);
  context.store.Put(context.RegionScope(), kLayerVersion, std::move(version));
  DropUnusedLayers(context);
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "DeleteLayerVersion", .handle = DeleteLayerVersion},
    {.name = "GetLayerVersion", .handle = GetLayerVersion},
    {.name = "GetLayerVersionByArn", .handle = GetLayerVersionByArn},
    {.name = "PublishLayerVersion", .handle = PublishLayerVersion},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kLayerVersionOperations = kOperations;

}  // namespace trunkline::cloud::lambda
