#include "deploy/flow_kind.h"
#include "deploy/flow_restore.h"
#include "deploy/gone.h"
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

void PlanModule(const Target& target, const Live& live, Plan& plan) {
  PlanContents(target, live, kModules, plan);
}
net::aw<Result<void>> ApplyModule(Session& session, const Change& change) {
  const bool gone = change.action == Action::kSetAside || change.action == Action::kArchive;
  return gone ? ApplyGone(session, kModules, change) : ApplyContent(session, kModules, change);
}
net::aw<Result<void>> RestoreModule(Session& session, const Undo& undo) {
  return RestoreFlow(session, kModules, undo);
}

}  // namespace

// Read by the stubs' kind.
const ResourceKind kModuleKind{.name = "module",
                               .plural = "modules",
                               .project = "contact-flows",
                               .read = nullptr,
                               .plan = PlanModule,
                               .apply = ApplyModule,
                               .restore = RestoreModule};

}  // namespace trunkline::deploy
