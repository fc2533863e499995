#include "deploy/mapping.h"

#include <algorithm>

#include "deploy/gone.h"

namespace trunkline::deploy {

bool NeedsMapping(const Target& target) {
  const auto& functions = target.center.functions;
  return std::none_of(functions.begin(), functions.end(), [](const center::Function& function) {
    return function.name.value == kMappingName;
  });
}

namespace {

void LeaveOut(const Target& target, const FlowKind& kind, Live& live) {
  const auto flows = live.resources.find(kind.kind);
  if (flows == live.resources.end()) return;
  std::erase_if(flows->second, [&](const auto& flow) {
    return IsLeftOver(target, kind, flow.first, flow.second);
  });
}

// A flow that left the monorepo is served no more, whether or not it is set aside yet: setting it
// aside does not change the map.
Live Served(const Target& target, Live live) {
  LeaveOut(target, kFlows, live);
  LeaveOut(target, kModules, live);
  return live;
}

}  // namespace

json::Object MapOf(const Target& target, const Live& live) {
  json::Object map;
  for (const flow::MappingEntry& entry :
       flow::MappingEntries(Symbols(target, Served(target, live))))
    map.Set(entry.key, entry.arn);
  return map;
}

}  // namespace trunkline::deploy
