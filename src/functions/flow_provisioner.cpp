// The flow provisioner: delivers the contact-flows project of one environment to its own Region,
// all or nothing (docs/provisioner.md).
#include "functions/flow_provisioner.h"

#include "base/finding_json.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "deploy/change_text.h"
#include "deploy/target.h"
#include "functions/delivery.h"
#include "functions/list.h"

namespace trunkline::functions {
namespace {

// Lambda ends a function after 15 minutes at most; what is left is for putting back.
constexpr Milliseconds kTimeLimit = std::chrono::minutes(10);

deploy::PlanOptions Wanted() {
  deploy::PlanOptions options;
  options.project = "contact-flows";
  options.prune = true;
  options.map_last = true;
  options.associations = true;
  options.longest_shift = Milliseconds(0);  // callers of functions are shifted by builds
  return options;
}

net::aw<Result<void>> Deliver(const FunctionWorld& world, const Monorepo& monorepo,
                              ProvisionerRun& run) {
  const deploy::Target target =
      deploy::MakeTarget(monorepo.center, *monorepo.environment, run.region);
  deploy::DeployWorld deploy_world = DeployWorldOf(world);
  TL_CO_TRY(deploy::Live live, co_await deploy::ReadLive(world.client, target, deploy_world));
  run.plan = deploy::MakePlan(target, live, Wanted());
  run.findings = run.plan->findings;
  if (HasErrors(run.findings)) co_return Result<void>();
  TimeLimit limit(world.clock, kTimeLimit);
  deploy::ApplyOptions options;
  options.rollback = true;
  options.stop = limit.stop();
  run.applied =
      co_await deploy::Apply(world.client, target, deploy_world, live, *run.plan, options, limit);
  co_return Result<void>();
}

net::aw<Result<void>> Run(const FunctionWorld& world, ProvisionerRun& run) {
  TL_CO_TRY(const std::unique_ptr<Monorepo> monorepo, co_await FetchMonorepo(world, run.event));
  co_return co_await Deliver(world, *monorepo, run);
}

net::aw<Result<void>> Store(const FunctionWorld& world, const DeliveryEvent& event,
                            const json::Object& report) {
  json::Object object{{"Bucket", event.bucket},
                      {"Key", event.key + ".report.json"},
                      {"ContentType", "application/json"},
                      {"Body", json::WritePretty(report)}};
  TL_CO_DO(co_await world.client.Call("s3", "PutObject", std::move(object)));
  co_return Result<void>();
}

net::aw<Result<json::Value>> Answer(const FunctionWorld& world, json::Value event) {
  TL_CO_TRY(DeliveryEvent read, ReadDeliveryEvent(event));
  ProvisionerRun run;
  run.event = std::move(read);
  run.region = world.client.region();
  Result<void> done = co_await Run(world, run);
  if (!done) run.error = std::move(done).error();
  json::Object report = ReportOf(run);
  // The delivery is what it is: a report that cannot be stored is said, and is no failure of it.
  Result<void> stored = co_await Store(world, run.event, report);
  if (!stored) {
    world.log.Warn("cannot store the report: {}", stored.error().message());
    report.Set("reportError", ToJson(stored.error()));
  }
  world.log.Info("{}", MessageOf(run));
  co_return json::Value(std::move(report));
}

std::string Lines(const std::vector<deploy::Change>& changes, std::string_view mark) {
  std::string text;
  for (const deploy::Change& change : changes) {
    if (!change.internal) text += fmt::format("  {} {}\n", mark, deploy::ToText(change));
  }
  return text;
}

std::string FailureLines(const std::vector<deploy::Failure>& failures, std::string_view mark) {
  std::string text;
  for (const deploy::Failure& failure : failures) {
    const std::vector<std::string>& steps = failure.error.steps();
    text += fmt::format("  {} {}: {}{}\n", mark, deploy::ToText(failure.change),
                        failure.error.message(), steps.empty() ? "" : ", while " + steps.front());
  }
  return text;
}

std::string MessageOf(const deploy::Applied& applied, std::size_t unchanged) {
  if (applied.ok() && applied.done.empty())
    return fmt::format("nothing to change, {} resources are as wanted\n", unchanged);
  if (applied.ok()) {
    return fmt::format("{} changed, {} unchanged\n{}", deploy::CountShown(applied.done), unchanged,
                       Lines(applied.done, "ok"));
  }
  std::string text = applied.failed.empty()
                         ? fmt::format(
                               "not done within {}, so it was rolled back; take what is "
                               "new in smaller steps\n",
                               ToDurationText(kTimeLimit))
                         : std::string("failed, so it was rolled back\n");
  text += FailureLines(applied.failed, "failed");
  text += Lines(applied.restored, "put back after:");
  text += FailureLines(applied.not_restored, "NOT put back after:");
  if (!applied.not_restored.empty()) text += "run it again: it goes on from what is there\n";
  return text;
}

}  // namespace

std::string MessageOf(const ProvisionerRun& run) {
  std::string text =
      fmt::format("contact-flows to '{}' in {}{}: ", run.event.environment, run.region,
                  run.event.commit.empty() ? "" : " at " + run.event.commit);
  if (run.error) return text + "not started, nothing was changed\n" + run.error->ToText() + "\n";
  if (!run.applied)
    return text + "the flows do not fit the instance, nothing was changed\n" + ToText(run.findings);
  return text + MessageOf(*run.applied, run.plan->unchanged);
}

json::Object ReportOf(const ProvisionerRun& run) {
  json::Object report{{"ok", run.ok()},
                      {"environment", run.event.environment},
                      {"region", run.region},
                      {"commit", run.event.commit}};
  const bool stands = run.ok();
  report.Set("changes", stands ? deploy::ToJson(run.applied->done) : json::Array());
  if (run.plan) report.Set("unchanged", run.plan->unchanged);
  if (run.applied && !stands) {
    report.Set("failed", deploy::ToJson(run.applied->failed));
    report.Set("notTried", deploy::ToJson(run.applied->blocked));
    report.Set("restored", deploy::ToJson(run.applied->restored));
    report.Set("notRestored", deploy::ToJson(run.applied->not_restored));
  }
  if (!run.findings.empty()) report.Set("findings", ToJson(run.findings));
  if (run.error) report.Set("error", ToJson(*run.error));
  report.Set("message", MessageOf(run));
  return report;
}

const Function kFlowProvisionerFunction{
    .name = "flow-provisioner",
    .summary = "delivers an environment's flows to its Region, all or nothing",
    .answer = Answer};

}  // namespace trunkline::functions
