#include "app/export.h"

#include "base/finding_text.h"
#include "base/json_write.h"
#include "cli/app_world.h"
#include "cli/environment_options.h"
#include "cli/fail.h"
#include "cli/list.h"

namespace trunkline::cli {
namespace {

constexpr Option kOptions[] = {
    {.name = "--instance",
     .value = "INSTANCE",
     .help = "id, ARN or alias of the instance",
     .required = true},
    {.name = "-o", .value = "DIR", .help = "the monorepo to write to", .required = true},
    {.name = "--samples",
     .value = "",
     .help = "also the flows that every instance comes with, where nobody changed them"},
    {.name = "--overwrite",
     .value = "",
     .help = "also replace files that no export wrote, or that were changed since"},
    {.name = "--region",
     .value = "REGION",
     .help = "the Region of the instance (default: AWS_REGION or the profile's)"},
    kProfileOption,
    kRoleOption,
    kExternalIdOption,
    kEndpointOption,
};

Exit RunExport(World& world, const Arguments& arguments) {
  app::AppWorld app_world = MakeAppWorld(world);
  const Result<app::ExportReport> report =
      app::ExportInstance(app_world, {.instance = arguments.Get("--instance"),
                                      .folder = arguments.Get("-o"),
                                      .samples = arguments.Has("--samples"),
                                      .overwrite = arguments.Has("--overwrite"),
                                      .region = arguments.Get("--region"),
                                      .endpoint_url = arguments.Get("--endpoint-url"),
                                      .profile = arguments.Get("--profile"),
                                      .role = {.arn = arguments.Get("--role-arn"),
                                               .external_id = arguments.Get("--external-id")}});
  if (!report) return Fail(world, arguments, report.error());
  const Exit exit = HasErrors(report->outcome.findings) ? Exit::kFailed : Exit::kDone;
  if (arguments.Has("--json")) {
    world.out.Write(json::WritePretty(app::ToJson(*report)));
    return exit;
  }
  world.err.Write(ToText(report->outcome.findings, world.err.IsTerminal()));
  world.out.Write(app::ToText(*report));
  return exit;
}

}  // namespace

const Command kExportCommand{
    .name = "export",
    .summary = "reads the flows and modules of a live instance into portable files",
    .positionals = "",
    .options = kOptions,
    .details =
        "Every ARN and id of a resource that the instance lists becomes a symbol; what cannot be "
        "resolved is listed. A run that ended early goes on where it was, and later runs read "
        "what changed. Exit code 1 when a flow had to be left out.",
    .example = "trunkline export --instance acme-prod -o my-center",
    .run = RunExport};

}  // namespace trunkline::cli
