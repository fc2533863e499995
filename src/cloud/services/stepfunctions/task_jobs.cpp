// Jobs of .sync tasks: nested executions and builds.
#include <algorithm>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/engine.h"
#include "cloud/job_kinds.h"
#include "cloud/services/stepfunctions/sdk_values.h"
#include "cloud/services/stepfunctions/tasks.h"

namespace trunkline::cloud {
namespace stepfunctions {
namespace {

// The pauses between two looks grow from the first to the second.
constexpr Milliseconds kFirstPause{50};
constexpr Milliseconds kLongestPause{1'000};

struct Look {
  bool ended = false;
  bool succeeded = false;
  json::Value result;
};

const aws::Shape* OutputOf(const WaitContext& context, std::string_view service,
                           std::string_view operation) {
  const auto route = context.engine().dispatch.Find(service, operation);
  return route ? route->row->output : nullptr;
}

// Times are milliseconds in the results of jobs, unlike those of requests (seen).
void UseMilliseconds(json::Object& result, const json::Object& answer) {
  for (const auto& [name, member] :
       {std::pair<std::string_view, std::string_view>{"StartDate", "startDate"},
        {"StopDate", "stopDate"}}) {
    if (answer.Has(member))
      result.Set(name, static_cast<std::int64_t>(answer.GetDouble(member) * 1000));
  }
}

json::Value Parsed(std::string_view text) {
  auto value = json::Parse(text);
  return value ? std::move(*value) : json::Value(text);
}

Answer<Look> LookAtExecution(const WaitContext& context, const Resource& resource,
                             const std::string& job) {
  TL_TRY(const json::Object answer,
         context.Dispatch("stepfunctions", "DescribeExecution", {{"executionArn", job}}));
  const std::string_view status = answer.GetString("status");
  Look look{
      .ended = status != "RUNNING" && status != "PENDING_REDRIVE",
      .succeeded = status == "SUCCEEDED",
      .result = FromServiceOutput(OutputOf(context, "stepfunctions", "DescribeExecution"), answer)};
  json::Object& result = look.result.AsObject();
  UseMilliseconds(result, answer);
  if (resource.sync2 && look.succeeded) {
    for (const std::string_view member : {"Input", "Output"}) {
      if (result.Has(member)) result.Set(member, Parsed(result.GetString(member)));
    }
  }
  return look;
}

Answer<Look> LookAtBuild(const WaitContext& context, const std::string& job) {
  const json::Object input{{"ids", json::Array{job}}};
  TL_TRY(const json::Object answer, context.Dispatch("codebuild", "BatchGetBuilds", input));
  const json::Array& builds = answer.GetArray("builds");
  if (builds.empty()) return ServiceError("InvalidInputException", "The build is gone");
  const std::string_view status = builds.front().AsObject().GetString("buildStatus");
  const json::Value all =
      FromServiceOutput(OutputOf(context, "codebuild", "BatchGetBuilds"), answer);
  return Look{.ended = status != "IN_PROGRESS",
              .succeeded = status == "SUCCEEDED",
              .result = json::Object{{"Build", all.AsObject().GetArray("Builds").front()}}};
}

// A job that has ended meanwhile is none to stop.
net::aw<Answer<>> StopTask(WaitContext context, json::Object payload) {
  std::string service(payload.GetString("service"));
  std::string operation(payload.GetString("operation"));
  json::Object input = payload.GetObject("input");
  co_return co_await context.Call(std::move(service), std::move(operation), std::move(input));
}

constexpr WaitHandler kStopTask{StopTask};

}  // namespace

net::aw<Outcome<>> WaitForJob(WaitContext context, Resource resource, std::string job) {
  Milliseconds pause = kFirstPause;
  while (true) {
    const auto look = resource.service == "states" ? LookAtExecution(context, resource, job)
                                                   : LookAtBuild(context, job);
    if (!look) {
      co_return Failure{.error = "States.TaskFailed", .cause = look.error().message};
    }
    if (look->ended && look->succeeded) co_return look->result;
    if (look->ended)
      co_return Failure{.error = "States.TaskFailed", .cause = json::Write(look->result)};
    co_await context.Sleep(pause);
    pause = std::min(pause * 2, kLongestPause);
  }
}

std::optional<StopCall> StopOf(const json::Object& task) {
  const std::string_view job = task.GetString("job");
  const auto resource = ReadResource(task.GetString("resource"));
  if (job.empty() || !resource) return std::nullopt;
  if (resource->service == "states") {
    return StopCall{.service = "stepfunctions",
                    .operation = "StopExecution",
                    .input = json::Object{{"executionArn", job}}};
  }
  return StopCall{
      .service = "codebuild", .operation = "StopBuild", .input = json::Object{{"id", job}}};
}

}  // namespace stepfunctions

constinit const JobKind kStopTaskJob{.name = "states.stop-task", .wait = &stepfunctions::kStopTask};

}  // namespace trunkline::cloud
