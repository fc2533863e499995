#include "deploy/flow_kind.h"
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

void PlanFlow(const Target& target, const Live& live, Plan& plan) {
  PlanContents(target, live, kFlows, plan);
}
net::aw<Result<void>> ApplyFlow(Session& session, const Change& change) {
  return ApplyContent(session, kFlows, change);
}

}  // namespace

// Read by the stubs' kind.
const ResourceKind kFlowKind{.name = "flow",
                             .plural = "flows",
                             .project = "contact-flows",
                             .read = nullptr,
                             .plan = PlanFlow,
                             .apply = ApplyFlow};

}  // namespace trunkline::deploy
