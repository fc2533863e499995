#include "deploy/flow_drift.h"
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

net::aw<Result<void>> DriftOfModules(Session& session, std::vector<Drifted>& drifted) {
  return DriftOfFlows(session, kModules, drifted);
}

net::aw<Result<void>> RemoveModule(Session& session, const Change& change) {
  return DeleteInInstance(session, change, std::string(kModules.remove), kModules.id);
}

}  // namespace

// Read by the stubs' kind.
const ResourceKind kModuleKind{.name = "module",
                               .plural = "modules",
                               .project = "contact-flows",
                               .read = nullptr,
                               .plan = PlanModule,
                               .apply = ApplyModule,
                               .restore = RestoreModule,
                               .remove = RemoveModule,
                               .drift = DriftOfModules};

}  // namespace trunkline::deploy
