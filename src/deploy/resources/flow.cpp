#include "deploy/flow_drift.h"
#include "deploy/flow_kind.h"
#include "deploy/flow_restore.h"
#include "deploy/gone.h"
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

void PlanFlow(const Target& target, const Live& live, Plan& plan) {
  PlanContents(target, live, kFlows, plan);
}
net::aw<Result<void>> ApplyFlow(Session& session, const Change& change) {
  const bool gone = change.action == Action::kSetAside || change.action == Action::kArchive;
  return gone ? ApplyGone(session, kFlows, change) : ApplyContent(session, kFlows, change);
}
net::aw<Result<void>> RestoreFlow(Session& session, const Undo& undo) {
  return RestoreFlow(session, kFlows, undo);
}

net::aw<Result<void>> DriftOfFlows(Session& session, std::vector<Drifted>& drifted) {
  return DriftOfFlows(session, kFlows, drifted);
}

net::aw<Result<void>> RemoveFlow(Session& session, const Change& change) {
  return DeleteInInstance(session, change, std::string(kFlows.remove), kFlows.id);
}

}  // namespace

// Read by the stubs' kind.
const ResourceKind kFlowKind{.name = "flow",
                             .plural = "flows",
                             .project = "contact-flows",
                             .read = nullptr,
                             .plan = PlanFlow,
                             .apply = ApplyFlow,
                             .restore = RestoreFlow,
                             .remove = RemoveFlow,
                             .drift = DriftOfFlows};

}  // namespace trunkline::deploy
