#include "deploy/mapping.h"

#include <algorithm>

namespace trunkline::deploy {

bool NeedsMapping(const Target& target) {
  const auto& functions = target.center.functions;
  return std::none_of(functions.begin(), functions.end(), [](const center::Function& function) {
    return function.name.value == kMappingName;
  });
}

json::Object MapOf(const Target& target, const Live& live) {
  json::Object map;
  for (const flow::MappingEntry& entry : flow::MappingEntries(Symbols(target, live)))
    map.Set(entry.key, entry.arn);
  return map;
}

}  // namespace trunkline::deploy
