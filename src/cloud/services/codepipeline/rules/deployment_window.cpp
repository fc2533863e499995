// DeploymentWindow: waits until the clock is within a window.
#include "cloud/services/codepipeline/cron_window.h"
#include "cloud/services/codepipeline/rules.h"

namespace trunkline::cloud::codepipeline {
namespace {

net::aw<Answer<RuleAnswer>> Run(ActionOrder order) {
  const Result<bool> open =
      IsInWindow(order.Get("Cron"), order.Get("TimeZone"), order.context.clock().Now());
  if (!open) co_return ServiceError("ConfigurationError", open.error().message());
  RuleAnswer answer;
  answer.outcome.succeeded = *open;
  answer.outcome.later = !*open;
  answer.outcome.summary = *open ? "The deployment window is open"
                                 : "Waiting for the deployment "
                                   "window to open";
  co_return answer;
}

constexpr Setting kSettings[] = {{"Cron", true}, {"TimeZone", false}};

}  // namespace

constinit const RuleKind kDeploymentWindowRule{
    .provider = "DeploymentWindow", .settings = kSettings, .inputs = {0, 0}, .run = Run};

}  // namespace trunkline::cloud::codepipeline
