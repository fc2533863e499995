#include "app/webhook_reconcile.h"

#include "app/webhook_text.h"
#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/fail.h"
#include "cli/list.h"
#include "cli/webhook_options.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {kFunctionOption, kFolderOption, kRegionOption, kToolingProfileOption,
                               kEndpointOption};

Exit RunWebhookReconcile(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const Result<json::Object> report =
      app::RunWebhookReconcile(app_world, ReadWebhookArgs(arguments));
  if (!report) return Fail(world, arguments, report.error());
  world.out.Write(arguments.Has("--json") ? json::WritePretty(*report)
                                          : app::ReconciledText(*report));
  return report->GetBool("ok") ? Exit::kDone : Exit::kFailed;
}

}  // namespace

const Command kWebhookReconcileCommand{
    .name = "webhook reconcile",
    .summary = "starts the pipelines for pushes whose deliveries were lost",
    .positionals = "",
    .options = kOptions,
    .details =
        "The router compares the head of each branch with what it routed last, and with "
        "what the pipelines have seen.\n"
        "It does so by itself on a schedule.",
    .example = "trunkline webhook reconcile --region eu-central-1",
    .run = RunWebhookReconcile};

}  // namespace trunkline::cli
