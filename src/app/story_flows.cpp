#include "app/story_flows.h"

#include "app/open_environment.h"

namespace trunkline::app {

Result<FlowHashes> ReadFlowHashes(AppWorld& world, const DemoCenter& center) {
  const EnvironmentArgs args{.folder = center.folder,
                             .environment = center.environment,
                             .region = {},
                             .endpoint_url = center.endpoint,
                             .profile = {},
                             .role = {}};
  TL_TRY(const auto opened, OpenEnvironment(world, args));
  const deploy::Target target = opened->TargetIn(opened->regions.front());
  std::vector<std::string> kinds{"instance", "flow stub", "module stub"};
  TL_TRY(const deploy::Live live, opened->connection.Run(deploy::ReadLive(
                                      opened->client, target, opened->deploy_world, kinds)));
  FlowHashes hashes;
  for (const auto& [kind, resources] : live.resources) {
    if (!kind.starts_with("flow") && !kind.starts_with("module")) continue;
    for (const auto& [name, resource] : resources) {
      const std::string hash = resource.Tag(deploy::kHashTag);
      if (!hash.empty()) hashes[name] = hash;  // the others came with the instance
    }
  }
  return hashes;
}

std::vector<std::string> ChangedFlows(const FlowHashes& before, const FlowHashes& after) {
  std::vector<std::string> changed;
  for (const auto& [name, hash] : after) {
    const auto was = before.find(name);
    if (was == before.end() || was->second != hash) changed.push_back(name);
  }
  for (const auto& [name, hash] : before) {
    if (!after.contains(name)) changed.push_back(name);
  }
  return changed;
}

}  // namespace trunkline::app
