#include "deploy/mapping.h"

#include <algorithm>

namespace trunkline::deploy {

bool NeedsMapping(const Target& target) {
  const auto& functions = target.center.functions;
  return std::none_of(functions.begin(), functions.end(), [](const center::Function& function) {
    return function.name.value == kMappingName;
  });
}

json::Object MapOf(const Live& live) {
  json::Object map;
  for (const std::string_view kind : {"queue", "prompt", "flow", "module", "hours", "bot"}) {
    const auto found = live.resources.find(kind);
    json::Object names;
    if (found != live.resources.end()) {
      for (const auto& [name, resource] : found->second) names.Set(name, resource.arn);
    }
    map.Set(kind, std::move(names));
  }
  return map;
}

}  // namespace trunkline::deploy
