#include "cloud/services/lambda/function_layers.h"

#include <filesystem>

#include <fmt/format.h>

#include "cloud/services/lambda/code.h"
#include "cloud/services/lambda/layers.h"

namespace trunkline::cloud::lambda {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostLayers = 5;  // Lambda quotas
constexpr std::string_view kOpt = "/opt/";
constexpr std::string_view kTask = "/var/task/";

ServiceError Invalid(std::string_view message) {
  return {"InvalidParameterValueException", message};
}

Answer<const Record*> FindUsable(Context& context, const LayerName& layer) {
  const Record* version = FindLayerVersion(context.store, layer);
  const bool own = layer.scope.account == context.caller.account;
  if (!own && (!version || !MayGetLayer(context, layer, *version)))
    return MayNotGetLayer(context, layer);
  if (layer.scope.region != context.region) {
    return Invalid(
        fmt::format("Layers are not in the same region as the function. Layers are expected to be "
                    "in region {}.",
                    context.region));
  }
  if (version) return version;
  return Invalid(fmt::format("Layer version {} does not exist.", layer.VersionArn()));
}

Answer<void> CheckDifferent(const json::Array& layers, const LayerName& layer) {
  for (const json::Value& other : layers) {
    const std::string_view arn = other.AsObject().GetString("Arn");
    if (arn.substr(0, arn.rfind(':')) != layer.Arn()) continue;
    return Invalid(
        fmt::format("Two different versions of the same layer are not allowed to be referenced in "
                    "the same function. {} and {} are versions of the same layer.",
                    arn, layer.VersionArn()));
  }
  return {};
}

// A deleted version is still there for who uses it.
Answer<const Record*> FindUsed(Context& context, const json::Value& used) {
  TL_TRY(const LayerName layer, ReadLayerVersionArn(used.AsObject().GetString("Arn")));
  const Record* version = context.store.Find(layer.scope, kLayerVersion,
                                             fmt::format("{}:{}", layer.name, layer.version));
  if (version) return version;
  return Invalid(fmt::format("Layer version {} does not exist.", layer.VersionArn()));
}

// `folders` of the view that are there, in front of what the variable has or behind it.
void Extend(std::string& variable, const LayerView& view, const std::vector<std::string>& folders,
            bool behind) {
  std::string found;
  for (const std::string& folder : folders) {
    std::error_code error;
    if (!fs::exists(view.folder + "/" + folder, error)) continue;
    if (!found.empty()) found += ':';
    found += view.root + "/" + folder;
  }
  if (found.empty()) return;
  if (variable.empty()) {
    variable = found;
  } else {
    variable = behind ? variable + ":" + found : found + ":" + variable;
  }
}

}  // namespace

Answer<void> ApplyLayers(Context& context, const json::Array& arns, json::Object& configuration) {
  if (arns.size() > kMostLayers)
    return Invalid(fmt::format("Cannot reference more than {} layers.", kMostLayers));
  json::Array layers;
  for (const json::Value& arn : arns) {
    TL_TRY(const LayerName layer, ReadLayerVersionArn(arn.AsString()));
    TL_TRY(const Record* version, FindUsable(context, layer));
    TL_DO(CheckDifferent(layers, layer));
    const json::Object& content = version->body.GetObject("Shown").GetObject("Content");
    json::Object shown{{"Arn", layer.VersionArn()}, {"CodeSize", content.GetInt("CodeSize")}};
    layers.push_back(std::move(shown));
  }
  if (layers.empty()) {
    configuration.Remove("Layers");
  } else {
    configuration.Set("Layers", std::move(layers));
  }
  return {};
}

Answer<void> CheckUnpackedSize(Context& context, const json::Object& configuration,
                               std::uint64_t unpacked) {
  std::uint64_t size = unpacked;
  for (const json::Value& used : configuration.GetArray("Layers")) {
    TL_TRY(const Record* version, FindUsed(context, used));
    size += static_cast<std::uint64_t>(version->body.GetInt("Unpacked"));
  }
  if (size <= kMostUnpacked) return {};
  return Invalid(
      fmt::format("Function code combined with layers exceeds the maximum allowed size of {} "
                  "bytes. The actual size is {} bytes.",
                  kMostUnpacked, size));
}

Answer<std::vector<std::string>> LayerCodeIds(Context& context, const json::Object& configuration) {
  std::vector<std::string> ids;
  for (const json::Value& used : configuration.GetArray("Layers")) {
    TL_TRY(const Record* version, FindUsed(context, used));
    ids.emplace_back(version->body.GetString("CodeId"));
  }
  return ids;
}

bool LayerMounts::possible() {
  if (possible_) return *possible_;
  const std::string folder = fs::absolute(engine_.data_folder).string();
  const Result<void> can = CanMountPrivately(
      {{.source = folder, .target = "/opt/layer"}, {.source = folder, .target = "/var/task"}});
  if (!can) {
    engine_.log.Warn("functions find their layers by search paths only, and nothing at /opt: {}",
                     can.error().message());
  }
  possible_ = static_cast<bool>(can);
  return *possible_;
}

LayerView ViewLayers(LayerMounts& layer_mounts, std::string folder, const std::string& code,
                     const std::string& language) {
  LayerView view{.folder = std::move(folder), .root = {}, .mounts = {}};
  if (view.folder.empty()) return view;
  view.root = view.folder;
  if (!layer_mounts.possible()) return view;
  view.root = "/opt";
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(view.folder, error)) {
    const std::string name = entry.path().filename().string();
    view.mounts.push_back({.source = entry.path().string(), .target = std::string(kOpt) + name});
  }
  view.mounts.push_back({.source = code, .target = "/var/task"});
  if (!language.empty()) view.mounts.push_back({.source = language, .target = "/var/lang"});
  return view;
}

void AddLayerPaths(const LayerView& view, const std::string& runtime,
                   std::map<std::string, std::string>& environment) {
  if (view.folder.empty()) return;
  Extend(environment["PATH"], view, {"bin"}, true);
  Extend(environment["LD_LIBRARY_PATH"], view, {"lib"}, true);
  if (environment["LD_LIBRARY_PATH"].empty()) environment.erase("LD_LIBRARY_PATH");
  if (runtime.starts_with("python")) {
    Extend(environment["PYTHONPATH"], view,
           {fmt::format("python/lib/{}/site-packages", runtime), "python"}, true);
  } else if (runtime.starts_with("nodejs")) {
    const std::string version = runtime.substr(6, runtime.find('.') - 6);
    Extend(environment["NODE_PATH"], view,
           {fmt::format("nodejs/node{}/node_modules", version), "nodejs/node_modules"}, false);
    if (environment["NODE_PATH"].empty()) environment.erase("NODE_PATH");
  }
}

std::string OutsidePath(const LayerView& view, const std::string& code, const std::string& path) {
  if (!view.folder.empty() && path.starts_with(kOpt))
    return view.folder + "/" + path.substr(kOpt.size());
  if (path.starts_with(kTask)) return code + "/" + path.substr(kTask.size());
  return path;
}

}  // namespace trunkline::cloud::lambda
