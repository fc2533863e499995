#include "deploy/flow_kind.h"
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> Read(Session& session) {
  return ReadFlows(session, kModules);
}
void PlanChanges(const Target& target, const Live& live, Plan& plan) {
  PlanStubs(target, live, kModules, plan);
}
net::aw<Result<void>> Apply(Session& session, const Change& change) {
  return ApplyStub(session, kModules, change);
}

}  // namespace

const ResourceKind kModuleStubKind{.name = "module stub",
                                   .plural = "modules",
                                   .project = "contact-flows",
                                   .read = Read,
                                   .plan = PlanChanges,
                                   .apply = Apply};

}  // namespace trunkline::deploy
