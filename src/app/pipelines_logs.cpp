#include "app/pipelines_logs.h"

#include "base/text.h"

namespace trunkline::app {
namespace {

using Write = std::function<void(const std::string&)>;

// Where a build writes: {groupName, streamName}; empty when it has not begun to.
net::aw<Result<json::Object>> LogOf(aws::Client client, std::string build) {
  json::Array ids;
  ids.emplace_back(build);
  json::Object wanted{{"ids", std::move(ids)}};
  TL_CO_TRY(const json::Object found,
            co_await client.Call("codebuild", "BatchGetBuilds", std::move(wanted)));
  const json::Array& builds = found.GetArray("builds");
  if (builds.empty())
    co_return Error(ErrorKind::kNotFound, "build '{}' is not there any more", build);
  const json::Object& logs = builds.front().AsObject().GetObject("logs");
  if (!logs.Has("streamName")) co_return json::Object();
  co_return json::Object{{"logGroupName", logs.GetString("groupName")},
                         {"logStreamName", logs.GetString("streamName")}};
}

net::aw<Result<void>> WriteBuild(aws::Client client, std::string build, const Write& write) {
  TL_CO_TRY(json::Object input, co_await LogOf(client, std::move(build)));
  if (input.empty()) co_return Result<void>();
  input.Set("startFromHead", true);
  TL_CO_TRY(const json::Object events,
            co_await client.CallAllPages("logs", "GetLogEvents", std::move(input)));
  for (const json::Value& event : events.GetArray("events")) {
    std::string line(event.AsObject().GetString("message"));
    if (!line.ends_with('\n')) line += '\n';
    write(line);
  }
  co_return Result<void>();
}

// One page from the end; CodeBuild's own lines about phases come last.
net::aw<Result<std::vector<std::string>>> ReadLastLines(aws::Client client, std::string build) {
  TL_CO_TRY(json::Object input, co_await LogOf(client, std::move(build)));
  std::vector<std::string> lines;
  if (input.empty()) co_return lines;
  input.Set("startFromHead", false);
  input.Set("limit", 200);
  TL_CO_TRY(const json::Object page,
            co_await client.Call("logs", "GetLogEvents", std::move(input)));
  for (const json::Value& event : page.GetArray("events")) {
    for (const std::string_view line : Split(event.AsObject().GetString("message"), '\n')) {
      if (!Trim(line).empty() && !line.starts_with("[Container]")) lines.emplace_back(line);
    }
  }
  co_return lines;
}

std::vector<std::string> BuildActions(const ExecutionStatus& status) {
  std::vector<std::string> names;
  for (const StageStatus& stage : status.stages) {
    for (const ActionStatus& action : stage.actions) {
      if (action.provider == "CodeBuild") names.push_back(stage.name + "/" + action.name);
    }
  }
  return names;
}

bool IsWanted(const StageStatus& stage, const ActionStatus& action, const std::string& wanted) {
  if (action.provider != "CodeBuild" || action.external_id.empty()) return false;
  return wanted.empty() || wanted == action.name || wanted == stage.name ||
         wanted == stage.name + "/" + action.name;
}

net::aw<Result<void>> WriteAll(aws::Client client, const LogsArgs& args, const Write& write) {
  TL_CO_TRY(const std::string name, co_await FindPipeline(client, args.pipeline));
  TL_CO_TRY(const ExecutionStatus status, co_await ReadExecution(client, name, args.execution));
  std::size_t count = 0;
  for (const StageStatus& stage : status.stages) {
    for (const ActionStatus& action : stage.actions) {
      if (!IsWanted(stage, action, args.action)) continue;
      write(fmt::format("{}== {}/{}: {}\n", count++ == 0 ? "" : "\n", stage.name, action.name,
                        action.external_id));
      TL_CO_DO(co_await WriteBuild(client, action.external_id, write));
    }
  }
  if (count > 0) co_return Result<void>();
  co_return Error(ErrorKind::kNotFound,
                  "no build of pipeline '{}' has run{} in its {} execution; its builds are {}",
                  name, args.action.empty() ? "" : " as '" + args.action + "'",
                  args.execution.empty() ? "latest" : "'" + args.execution + "'",
                  Join(BuildActions(status), ", "));
}

}  // namespace

net::aw<std::vector<std::string>> LastLines(aws::Client client, std::string build,
                                            std::size_t most) {
  Result<std::vector<std::string>> lines = co_await ReadLastLines(client, std::move(build));
  if (!lines) {
    std::vector<std::string> why{"its log cannot be read: " + lines.error().message()};
    co_return why;
  }
  const std::size_t more = lines->size() > most ? lines->size() - most : 0;
  lines->erase(lines->begin(), lines->begin() + static_cast<std::ptrdiff_t>(more));
  co_return std::move(*lines);
}

Result<void> ReadPipelineLogs(AppWorld& world, const ToolingArgs& args, const LogsArgs& logs,
                              const std::function<void(const std::string&)>& write) {
  TL_TRY(const auto tooling, OpenTooling(world, args));
  return tooling->connection.Run(WriteAll(tooling->client, logs, write));
}

}  // namespace trunkline::app
