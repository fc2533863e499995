#include "deploy/flow_kind.h"
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> Read(Session& session) {
  return ReadFlows(session, kFlows);
}
void PlanChanges(const Target& target, const Live& live, Plan& plan) {
  PlanStubs(target, live, kFlows, plan);
}
net::aw<Result<void>> Apply(Session& session, const Change& change) {
  return ApplyStub(session, kFlows, change);
}

}  // namespace

const ResourceKind kFlowStubKind{.name = "flow stub",
                                 .plural = "flows",
                                 .project = "contact-flows",
                                 .read = Read,
                                 .plan = PlanChanges,
                                 .apply = Apply};

}  // namespace trunkline::deploy
