#include "app/pipelines.h"

#include <algorithm>

#include "app/pipelines_logs.h"
#include "base/json_read.h"
#include "base/text.h"

namespace trunkline::app {
namespace {

constexpr Milliseconds kFar{3000};  // between two looks at AWS
constexpr Milliseconds kNear{150};  // at the embedded cloud

std::optional<TimePoint> TimeOf(const json::Object& object, std::string_view name) {
  const json::Value* value = object.Find(name);
  if (!value || !value->IsNumber()) return std::nullopt;
  return FromEpochSeconds(value->AsDouble());
}

// Stages and actions as they are declared; nothing of them has run.
std::vector<StageStatus> StagesOf(const json::Object& pipeline) {
  std::vector<StageStatus> stages;
  for (const json::Value& stage : pipeline.GetArray("stages")) {
    StageStatus status{.name = std::string(stage.AsObject().GetString("name")), .actions = {}};
    for (const json::Value& action : stage.AsObject().GetArray("actions")) {
      const json::Object& type = action.AsObject().GetObject("actionTypeId");
      ActionStatus one;
      one.name = action.AsObject().GetString("name");
      one.category = type.GetString("category");
      one.provider = type.GetString("provider");
      status.actions.push_back(std::move(one));
    }
    stages.push_back(std::move(status));
  }
  return stages;
}

ActionStatus* FindAction(std::vector<StageStatus>& stages, std::string_view stage,
                         std::string_view action) {
  for (StageStatus& one : stages) {
    if (one.name != stage) continue;
    for (ActionStatus& candidate : one.actions) {
      if (candidate.name == action) return &candidate;
    }
  }
  return nullptr;
}

// The list has the latest run of an action first; what a retry replaced does not count.
void Fill(const json::Array& details, std::vector<StageStatus>& stages) {
  for (const json::Value& detail : details) {
    const json::Object& run = detail.AsObject();
    ActionStatus* action =
        FindAction(stages, run.GetString("stageName"), run.GetString("actionName"));
    if (!action || !action->status.empty()) continue;
    const json::Object& result = run.GetObject("output").GetObject("executionResult");
    action->status = run.GetString("status");
    action->external_id = result.GetString("externalExecutionId");
    action->message = result.GetObject("errorDetails").GetString("message");
    if (action->message.empty()) action->message = result.GetString("externalExecutionSummary");
    action->question =
        run.GetObject("input").GetObject("resolvedConfiguration").GetString("CustomData");
    action->started = TimeOf(run, "startTime");
    action->changed = TimeOf(run, "lastUpdateTime");
  }
}

// Of a connection the summary is a JSON text (seen): {"ProviderType": "GitHub", "CommitMessage":
// ...}.
std::string Subject(std::string_view summary) {
  const Result<json::Value> parsed = json::Parse(summary);
  const std::string_view message =
      parsed && parsed->IsObject() ? parsed->AsObject().GetString("CommitMessage") : summary;
  return std::string(message.substr(0, message.find('\n')));
}

// Of the latest executions, `wanted` or the first; AWS keeps a year of them.
net::aw<Result<void>> FindSummary(aws::Client client, std::string wanted, ExecutionStatus& status) {
  json::Object input{{"pipelineName", status.pipeline}, {"maxResults", 100}};
  TL_CO_TRY(const json::Object page,
            co_await client.Call("codepipeline", "ListPipelineExecutions", std::move(input)));
  for (const json::Value& one : page.GetArray("pipelineExecutionSummaries")) {
    if (!wanted.empty() && one.AsObject().GetString("pipelineExecutionId") != wanted) continue;
    status = ToStatus(status.pipeline, one.AsObject());
    co_return Result<void>();
  }
  if (wanted.empty()) co_return Result<void>();
  co_return Error(ErrorKind::kNotFound,
                  "pipeline '{}' has no execution '{}' among its latest hundred", status.pipeline,
                  wanted);
}

// What of an execution is worth telling again.
std::string Fingerprint(const ExecutionStatus& status) {
  std::string print = status.id + status.status;
  for (const StageStatus& stage : status.stages) {
    for (const ActionStatus& action : stage.actions) print += "|" + action.status;
  }
  return print;
}

bool AsksAPerson(const ExecutionStatus& status) {
  const StageStatus* stage = status.At();
  return stage && std::ranges::any_of(stage->actions, &ActionStatus::AsksAPerson);
}

constexpr std::size_t kLastLines = 10;

net::aw<void> AddLastLines(aws::Client client, ExecutionStatus& status) {
  for (StageStatus& stage : status.stages) {
    for (ActionStatus& action : stage.actions) {
      if (action.provider != "CodeBuild" || action.status != "Failed" || action.external_id.empty())
        continue;
      action.last_lines = co_await LastLines(client, action.external_id, kLastLines);
    }
  }
}

net::aw<Result<ExecutionStatus>> Watch(Tooling& tooling, std::string name, std::string execution,
                                       bool follow,
                                       const std::function<void(const ExecutionStatus&)>& changed) {
  TL_CO_TRY(name, co_await FindPipeline(tooling.client, name));
  std::string told;
  for (;;) {
    TL_CO_TRY(ExecutionStatus status, co_await ReadExecution(tooling.client, name, execution));
    if (const std::string print = Fingerprint(status); print != told) {
      changed(status);
      told = print;
    }
    if (!follow || status.id.empty() || status.HasEnded() || AsksAPerson(status)) {
      co_await AddLastLines(tooling.client, status);
      co_return status;
    }
    execution = status.id;
    co_await tooling.connection.timers().Wait(tooling.connection.IsEmbedded() ? kNear : kFar);
  }
}

net::aw<Result<std::vector<ExecutionStatus>>> ReadAll(aws::Client client) {
  TL_CO_TRY(const std::vector<std::string> names, co_await PipelineNames(client));
  std::vector<ExecutionStatus> all;
  for (const std::string& name : names) {
    TL_CO_TRY(ExecutionStatus status, co_await ReadExecution(client, name, ""));
    all.push_back(std::move(status));
  }
  co_return all;
}

}  // namespace

ExecutionStatus ToStatus(std::string pipeline, const json::Object& summary) {
  ExecutionStatus status;
  status.pipeline = std::move(pipeline);
  status.id = summary.GetString("pipelineExecutionId");
  status.status = summary.GetString("status");
  status.trigger = summary.GetObject("trigger").GetString("triggerType");
  status.started = TimeOf(summary, "startTime");
  for (const json::Value& revision : summary.GetArray("sourceRevisions")) {
    // The program comes from a bucket: its versions are no commits.
    constexpr std::size_t kCommitLength = 40;
    if (revision.AsObject().GetString("revisionId").size() != kCommitLength) continue;
    status.commit = revision.AsObject().GetString("revisionId");
    status.summary = Subject(revision.AsObject().GetString("revisionSummary"));
  }
  return status;
}

std::string StageStatus::status() const {
  std::string status;
  for (const ActionStatus& action : actions) {
    if (action.status == "InProgress" || action.status == "Failed") return action.status;
    if (!action.status.empty()) status = action.status;
  }
  return status;
}

const StageStatus* ExecutionStatus::At() const {
  const StageStatus* at = nullptr;
  for (const StageStatus& stage : stages) {
    if (!stage.status().empty()) at = &stage;
  }
  return at;
}

net::aw<Result<std::vector<std::string>>> PipelineNames(aws::Client client) {
  TL_CO_TRY(const json::Object page,
            co_await client.CallAllPages("codepipeline", "ListPipelines", json::Object()));
  std::vector<std::string> names;
  for (const json::Value& one : page.GetArray("pipelines")) {
    std::string name(one.AsObject().GetString("name"));
    if (name.starts_with(kPipelinePrefix)) names.push_back(std::move(name));
  }
  std::ranges::sort(names);
  co_return names;
}

net::aw<Result<std::string>> FindPipeline(aws::Client client, std::string name) {
  TL_CO_TRY(const std::vector<std::string> names, co_await PipelineNames(client));
  const std::string whole =
      name.starts_with(kPipelinePrefix) ? name : std::string(kPipelinePrefix) + name;
  if (std::ranges::find(names, whole) != names.end()) co_return whole;
  if (names.empty()) {
    co_return Error(ErrorKind::kNotFound,
                    "there are no pipelines in {}; 'trunkline pipelines deploy' makes them",
                    client.region());
  }
  const auto nearest = Nearest(whole, names);
  co_return Error(ErrorKind::kNotFound, "there is no pipeline '{}'; there is {}{}", name,
                  Join(names, ", "), nearest ? fmt::format(" (did you mean '{}'?)", *nearest) : "");
}

net::aw<Result<ExecutionStatus>> ReadExecution(aws::Client client, std::string pipeline,
                                               std::string execution, bool stages) {
  ExecutionStatus status;
  status.pipeline = pipeline;
  TL_CO_DO(co_await FindSummary(client, execution, status));
  if (!stages) co_return status;
  json::Object wanted{{"name", pipeline}};
  TL_CO_TRY(const json::Object declared,
            co_await client.Call("codepipeline", "GetPipeline", std::move(wanted)));
  status.stages = StagesOf(declared.GetObject("pipeline"));
  if (status.id.empty()) co_return status;
  json::Object filter{{"pipelineExecutionId", status.id}};
  json::Object input{{"pipelineName", pipeline}, {"filter", std::move(filter)}};
  TL_CO_TRY(const json::Object runs,
            co_await client.CallAllPages("codepipeline", "ListActionExecutions", std::move(input)));
  Fill(runs.GetArray("actionExecutionDetails"), status.stages);
  co_return status;
}

Result<std::vector<ExecutionStatus>> ListPipelines(AppWorld& world, const ToolingArgs& args) {
  TL_TRY(const auto tooling, OpenTooling(world, args));
  return tooling->connection.Run(ReadAll(tooling->client));
}

Result<ExecutionStatus> WatchPipeline(AppWorld& world, const ToolingArgs& args,
                                      const std::string& name, const std::string& execution,
                                      bool follow,
                                      const std::function<void(const ExecutionStatus&)>& changed) {
  TL_TRY(const auto tooling, OpenTooling(world, args));
  return tooling->connection.Run(Watch(*tooling, name, execution, follow, changed));
}

}  // namespace trunkline::app
