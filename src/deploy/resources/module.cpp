#include "deploy/flow_kind.h"
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

void PlanChanges(const Target& target, const Live& live, Plan& plan) {
  PlanContents(target, live, kModules, plan);
}
net::aw<Result<void>> Apply(Session& session, const Change& change) {
  return ApplyContent(session, kModules, change);
}

}  // namespace

// Read by the stubs' kind.
const ResourceKind kModuleKind{.name = "module",
                               .plural = "modules",
                               .project = "contact-flows",
                               .read = nullptr,
                               .plan = PlanChanges,
                               .apply = Apply};

}  // namespace trunkline::deploy
