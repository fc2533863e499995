#include "sim/actions/list.h"

#include <algorithm>
#include <unordered_map>

#include "sim/stand_in.h"

namespace trunkline::sim {
namespace {

#define TL_SIM_ROW(name) ListedRunner{.type = #name, .runner = &kRun##name},
constexpr ListedRunner kRunners[] = {TL_SIM_ACTIONS(TL_SIM_ROW)};
#undef TL_SIM_ROW

static_assert(std::ranges::is_sorted(kRunners, {}, &ListedRunner::type));

}  // namespace

std::span<const ListedRunner> AllRunners() {
  return kRunners;
}

const Runner* FindRunner(std::string_view type) {
  const auto* found = std::ranges::lower_bound(kRunners, type, {}, &ListedRunner::type);
  return found != std::end(kRunners) && found->type == type ? found->runner : nullptr;
}

const Runner* RunnerOf(const flow::ActionKind* kind) {
  static const auto kByKind = [] {
    std::unordered_map<const flow::ActionKind*, const Runner*> runners;
    for (const flow::ActionKind* one : flow::AllActionKinds()) {
      const bool stands_in = FindStandIn(one->name) != nullptr;
      runners.emplace(one, stands_in ? &kRunStandIn : FindRunner(one->name));
    }
    return runners;
  }();
  const auto found = kByKind.find(kind);
  return found == kByKind.end() ? nullptr : found->second;
}

}  // namespace trunkline::sim
