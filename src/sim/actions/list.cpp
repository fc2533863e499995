#include "sim/actions/list.h"

#include <algorithm>

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

}  // namespace trunkline::sim
