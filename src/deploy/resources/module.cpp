#include "deploy/flow_kind.h"
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

void PlanModule(const Target& target, const Live& live, Plan& plan) {
  PlanContents(target, live, kModules, plan);
}
net::aw<Result<void>> ApplyModule(Session& session, const Change& change) {
  return ApplyContent(session, kModules, change);
}

}  // namespace

// Read by the stubs' kind.
const ResourceKind kModuleKind{.name = "module",
                               .plural = "modules",
                               .project = "contact-flows",
                               .read = nullptr,
                               .plan = PlanModule,
                               .apply = ApplyModule};

}  // namespace trunkline::deploy
