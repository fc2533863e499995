#include "cli/pipelines_show.h"

#include "app/pipelines_text.h"
#include "base/json_write.h"
#include "cli/fail.h"
#include "cli/pipelines_command.h"

namespace trunkline::cli {

Exit ShowPipeline(World& world, app::AppWorld& app_world, const Arguments& arguments,
                  const ShownPipeline& shown) {
  app::ExecutionStatus before;
  const Result<app::ExecutionStatus> status =
      app::WatchPipeline(app_world, ToolingArgsOf(arguments), shown.name, shown.execution,
                         shown.follow, [&](const app::ExecutionStatus& now) {
                           if (shown.follow) world.err.Write(app::ChangesText(before, now));
                           before = now;
                         });
  if (!status) return Fail(world, arguments, status.error());
  world.out.Write(arguments.Has("--json") ? json::WritePretty(app::ToJson(*status))
                                          : app::ToText(*status));
  const bool well = status->status == "Succeeded" || status->status == "Superseded";
  return status->id.empty() || !status->HasEnded() || well ? Exit::kDone : Exit::kFailed;
}

Exit Told(World& world, const Arguments& arguments, const json::Object& object,
          const std::string& sentence) {
  world.out.Write(arguments.Has("--json") ? json::WritePretty(object) : sentence + "\n");
  return Exit::kDone;
}

}  // namespace trunkline::cli
