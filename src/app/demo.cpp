#include "app/demo.h"

#include "app/deliver.h"
#include "app/deliver_text.h"
#include "app/demo_call.h"
#include "app/demo_cloud.h"
#include "app/quiet_progress.h"
#include "base/finding_text.h"

namespace trunkline::app {
namespace {

constexpr std::string_view kFlow = "ACME_Main";

Result<void> DeliverCenter(DemoRun& demo) {
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

Result<void> Call(DemoRun& demo) {
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

Result<void> Chapters(DemoRun& demo) {
  TL_DO(DeliverCenter(demo));
  return Call(demo);
}

}  // namespace

Result<DemoOutcome> RunDemo(AppWorld& world, const DemoArgs& args,
                            const std::function<void(const std::string&)>& tell) {
  return RunInDemoCloud(world, args, tell, Chapters);
}

}  // namespace trunkline::app
