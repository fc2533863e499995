#include "deploy/flow_kind.h"
#include "deploy/flow_restore.h"
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> ReadFlowStub(Session& session) {
  return ReadFlows(session, kFlows);
}
void PlanFlowStub(const Target& target, const Live& live, Plan& plan) {
  PlanStubs(target, live, kFlows, plan);
}
net::aw<Result<void>> ApplyFlowStub(Session& session, const Change& change) {
  return ApplyStub(session, kFlows, change);
}
net::aw<Result<void>> RestoreFlowStub(Session& session, const Undo& undo) {
  return RestoreStub(session, kFlows, undo);
}

}  // namespace

const ResourceKind kFlowStubKind{.name = "flow stub",
                                 .plural = "flows",
                                 .project = "contact-flows",
                                 .read = ReadFlowStub,
                                 .plan = PlanFlowStub,
                                 .apply = ApplyFlowStub,
                                 .restore = RestoreFlowStub};

}  // namespace trunkline::deploy
