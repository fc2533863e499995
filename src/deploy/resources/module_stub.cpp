#include "deploy/flow_kind.h"
#include "deploy/flow_restore.h"
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> ReadModuleStub(Session& session) {
  return ReadFlows(session, kModules);
}
void PlanModuleStub(const Target& target, const Live& live, Plan& plan) {
  PlanStubs(target, live, kModules, plan);
}
net::aw<Result<void>> ApplyModuleStub(Session& session, const Change& change) {
  return ApplyStub(session, kModules, change);
}
net::aw<Result<void>> RestoreModuleStub(Session& session, const Undo& undo) {
  return RestoreStub(session, kModules, undo);
}

}  // namespace

const ResourceKind kModuleStubKind{.name = "module stub",
                                   .plural = "modules",
                                   .project = "contact-flows",
                                   .read = ReadModuleStub,
                                   .plan = PlanModuleStub,
                                   .apply = ApplyModuleStub,
                                   .restore = RestoreModuleStub};

}  // namespace trunkline::deploy
