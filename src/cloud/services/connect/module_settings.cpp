#include <array>

#include <fmt/format.h>

#include "base/json_read.h"
#include "cloud/services/connect/module_parts.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kMaxResults = 8;  // admin guide: custom branches of a module

Answer<void> CheckSchema(const json::Object& settings, std::string_view member) {
  const json::Value* part = settings.Find(member);
  if (part == nullptr) return {};
  if (!part->IsObject() ||
      (part->AsObject().Has("schema") && !part->AsObject().At("schema").IsObject())) {
    return InvalidRequest(
        fmt::format("expected an object with a JSON schema in '{}' of Settings", member));
  }
  return {};
}

Answer<void> CheckResults(const json::Object& settings) {
  const json::Value* transitions = settings.Find("transitions");
  if (transitions == nullptr) return {};
  const json::Value* results =
      transitions->IsObject() ? transitions->AsObject().Find("results") : nullptr;
  if (!transitions->IsObject() || (results != nullptr && !results->IsArray())) {
    return InvalidRequest("expected an object with a list 'results' in 'transitions' of Settings");
  }
  if (results == nullptr) return {};
  if (results->AsArray().size() > kMaxResults) {
    return InvalidRequest(fmt::format("a flow module has at most {} results but Settings has {}",
                                      kMaxResults, results->AsArray().size()));
  }
  for (const json::Value& result : results->AsArray()) {
    if (!result.IsObject() || result.AsObject().GetString("name").empty()) {
      return InvalidRequest("every entry of 'transitions.results' of Settings needs a 'name'");
    }
  }
  return {};
}

}  // namespace

Answer<void> CheckModuleSettings(std::string_view settings) {
  const Result<json::Value> parsed = json::Parse(settings);
  if (!parsed) {
    return InvalidRequest(fmt::format("Settings is no JSON: {}", parsed.error().message()));
  }
  if (!parsed->IsObject()) {
    return InvalidRequest(
        fmt::format("expected an object in Settings but got {}", parsed->TypeName()));
  }
  TL_DO(CheckSchema(parsed->AsObject(), "input"));
  TL_DO(CheckSchema(parsed->AsObject(), "resultData"));
  return CheckResults(parsed->AsObject());
}

}  // namespace trunkline::cloud::connect
