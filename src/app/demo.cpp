#include "app/demo.h"

#include <map>

#include "app/deliver.h"
#include "app/deliver_text.h"
#include "app/demo_call.h"
#include "app/demo_cloud.h"
#include "app/quiet_progress.h"
#include "base/finding_text.h"
#include "center/init.h"

namespace trunkline::app {
namespace {

constexpr std::string_view kFlow = "ACME_Main";

struct Demo {
  AppWorld& world;  // with the demo's environment
  const DemoArgs& args;
  Steps& steps;
  DemoOutcome& outcome;

  // Asked between steps, so that what was made is taken away again.
  Result<void> MayGoOn() const {
    if (args.stop == nullptr || !*args.stop) return {};
    return Error(ErrorKind::kConflict, "the demo was interrupted");
  }
};

Result<void> DeliverCenter(Demo& demo) {
  const DeliverArgs args{.folder = demo.outcome.folder,
                         .environment = "dev",
                         .region = {},
                         .project = {},
                         .endpoint_url = demo.outcome.endpoint,
                         .profile = {},
                         .stop = demo.args.stop};
  QuietProgress progress;
  TL_TRY(const DeliverReport report, Deliver(demo.world, args, progress));
  TL_DO(demo.MayGoOn());
  if (!report.ok()) {
    std::string why = ToText(report.findings) + progress.errors();
    for (const RegionReport& region : report.regions)
      why += ToText(region.plan.findings) + (region.error ? region.error->ToText() : "");
    return Error(ErrorKind::kConflict, "the center could not be delivered:\n{}", why);
  }
  for (const RegionReport& region : report.regions) {
    demo.steps.Took(region.duration,
                    fmt::format("delivered {} resources to {} of account {}",
                                CountShown(region.applied->done), region.region, report.account));
  }
  return {};
}

Result<void> Call(Demo& demo) {
  const DemoCenter center{
      .endpoint = demo.outcome.endpoint, .folder = demo.outcome.folder, .environment = "dev"};
  TL_TRY(demo.outcome.number, ClaimDemoNumber(demo.world, center, std::string(kFlow)));
  demo.steps.Done("claimed {} and attached it to {}", demo.outcome.number, kFlow);
  TL_DO(demo.MayGoOn());
  TL_TRY(PlacedCall call,
         PlaceDemoCall(demo.world, demo.outcome.endpoint, demo.outcome.number, demo.args.say));
  demo.outcome.transcript = std::move(call.transcript);
  demo.outcome.queue = std::move(call.queue);
  demo.steps.Done("called it and said '{}'", demo.args.say);
  return {};
}

}  // namespace

Result<DemoOutcome> RunDemo(AppWorld& world, const DemoArgs& args,
                            const std::function<void(const std::string&)>& tell) {
  Steps steps(world.clock, tell);
  DemoOutcome outcome;
  TL_TRY(RunningCloud cloud, StartCloud(world, args.keep));
  outcome.endpoint = cloud.endpoint;
  steps.Done("started the embedded cloud at {}", cloud.endpoint);
  TL_TRY(outcome.folder, TemporaryFolder());
  FolderGuard guard(world.files, outcome.folder);
  TL_TRY(const std::vector<std::string> files, center::WriteTemplate(world.files, outcome.folder));
  steps.Done("wrote the ACME center: {} files in {}", files.size(), outcome.folder);
  const MapEnvironment environment(ChildEnvironment(world.environment));
  AppWorld inner = world.With(environment);
  Demo demo{.world = inner, .args = args, .steps = steps, .outcome = outcome};
  TL_DO(DeliverCenter(demo));
  TL_DO(Call(demo));
  outcome.took = steps.all();
  if (args.keep) {
    guard.keep = true;
    outcome.cloud_pid = cloud.child.pid();
    cloud.child.Release();
  }
  return outcome;
}

}  // namespace trunkline::app
