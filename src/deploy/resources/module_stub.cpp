#include "deploy/flow_kind.h"
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> Read(Session& session) { return ReadFlows(session, kModules); }
void Plan(const Target& target, const Live& live, deploy::Plan& plan) { PlanStubs(target, live, kModules, plan); }
net::aw<Result<void>> Apply(Session& session, const Change& change) { return ApplyStub(session, kModules, change); }

}  // namespace

const ResourceKind kModuleStubKind{.name = "module stub",
                               .plural = "modules",
                               .project = "contact-flows",
                               .read = Read,
                               .plan = Plan,
                               .apply = Apply};

}  // namespace trunkline::deploy
