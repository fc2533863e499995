#include "cli/deliver_command.h"

#include <algorithm>

#include "app/deliver.h"
#include "app/deliver_text.h"
#include "base/finding_text.h"
#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/interrupt.h"
#include "cli/progress.h"

namespace trunkline::cli {
namespace {

void PrintRegionErrors(World& world, const app::DeliverReport& report) {
  for (const app::RegionReport& region : report.regions) {
    if (region.error) world.err.Write(region.error->ToText() + "\n");
    world.err.Write(ToText(region.plan.findings, world.err.IsTerminal()));
  }
}

// Whoever approves is told what keeps a plan from being made, too.
Exit WriteSummary(World& world, const Arguments& arguments, const app::DeliverReport& report) {
  const Result<void> written =
      world.files.Write(arguments.Get("--summary"), app::ToSummary(report) + "\n");
  if (!written) return Fail(world, arguments, written.error());
  const bool read = std::ranges::none_of(
      report.regions, [](const app::RegionReport& region) { return region.error.has_value(); });
  return read && !HasErrors(report.findings) ? Exit::kDone : Exit::kFailed;
}

}  // namespace

Exit DeliverCommand(World& world, const Arguments& arguments, bool plan_only) {
  app::AppWorld app_world = MakeAppWorld(world);
  app::DeliverArgs args{
      .folder = arguments.Get("--folder", "."),
      .environment = arguments.Get("--env"),
      .region = arguments.Get("--region"),
      .project = arguments.Get("--only"),
      .endpoint_url = arguments.Get("--endpoint-url"),
      .profile = arguments.Get("--profile"),
      .role = {.arn = arguments.Get("--role-arn"), .external_id = arguments.Get("--external-id")},
      .plan_only = plan_only,
      .prune = arguments.Has("--prune"),
      .rollback = arguments.Has("--rollback"),
      .stop = nullptr};
  if (const Result<void> usable = app::CheckDeliverArgs(args); !usable)
    return Fail(world, arguments, usable.error(), Exit::kUsage);
  if (!plan_only) args.stop = StopOnInterrupt();
  LineProgress progress(world.err);
  Result<app::DeliverReport> report = app::Deliver(app_world, args, progress);
  if (!report) return Fail(world, arguments, report.error());
  world.err.Write(ToText(report->findings, world.err.IsTerminal()));
  PrintRegionErrors(world, *report);
  world.out.Write(arguments.Has("--json") ? json::WritePretty(json::Value(app::ToJson(*report)))
                                          : app::ToText(*report));
  if (arguments.Has("--summary")) return WriteSummary(world, arguments, *report);
  return report->ok() ? Exit::kDone : Exit::kFailed;
}

}  // namespace trunkline::cli
