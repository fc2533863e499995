#include "stacks/system.h"

#include <fmt/format.h>

#include "base/json_write.h"
#include "stacks/names.h"
#include "stacks/roles.h"
#include "stacks/tooling.h"

namespace trunkline::stacks {
namespace {

std::vector<std::string> WithoutDefault(const json::Object& document) {
  std::vector<std::string> names;
  for (const json::Member& parameter : document.GetObject("Parameters")) {
    if (!parameter.value.AsObject().Has("Default")) names.push_back(parameter.key);
  }
  return names;
}

SystemStack MakeStack(std::string name, const center::Text& account, std::string region,
                      const Template& made) {
  const json::Value document = made.ToJson();
  return {.name = std::move(name),
          .account = *account,
          .region = std::move(region),
          .environment = {},
          .text = TemplateText(made),
          .parameters = WithoutDefault(document.AsObject())};
}

}  // namespace

std::vector<SystemStack> SystemStacks(const center::Center& center) {
  const center::Text& tooling = center.tooling->account;
  std::vector<SystemStack> stacks;
  const Template store = MakeArtifacts(center);
  for (const std::string& region : ArtifactRegions(center))
    stacks.push_back(MakeStack(std::string(kArtifactsStack), tooling, region, store));
  for (const center::Environment& environment : center.environments) {
    if (!environment.enabled) continue;
    SystemStack roles = MakeStack(RolesStack(*environment.name), environment.account,
                                  *environment.regions.front(), MakeRoles(center, environment));
    roles.environment = *environment.name;
    stacks.push_back(std::move(roles));
  }
  stacks.push_back(
      MakeStack(std::string(kToolingStack), tooling, *center.tooling->region, MakeTooling(center)));
  return stacks;
}

std::string ProgramKey(std::string_view sha256) {
  return fmt::format("trunkline/{}/trunkline.zip", sha256);
}

}  // namespace trunkline::stacks
