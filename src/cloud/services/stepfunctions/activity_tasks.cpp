// GetActivityTask: a worker asks for work, and waits for up to a minute.
#include "base/json_write.h"
#include "cloud/job_kinds.h"
#include "cloud/services/stepfunctions/executions.h"
#include "cloud/services/stepfunctions/families.h"
#include "cloud/wait.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr std::chrono::seconds kPatience{60};
constexpr Milliseconds kPause{200};

// Gives the task to the worker; nothing when the execution does not wait for it any more.
Answer<std::optional<json::Object>> Take(Context& context, const Record& task,
                                         std::string_view worker) {
  const std::string id(task.body.GetString("execution"));
  const int strand = static_cast<int>(task.body.GetInt("strand"));
  const int call = static_cast<int>(task.body.GetInt("call"));
  const std::string token = task.id;
  context.store.Delete(context.RegionScope(), kActivityTask, token);
  std::optional<json::Object> taken;
  TL_DO(StepExecution(context, id, [&](Interpreter& interpreter) {
    const Strand* waiting = interpreter.FindCall(strand, call);
    if (!waiting) return;
    taken =
        json::Object{{"taskToken", token}, {"input", json::Write(waiting->task.At("arguments"))}};
    interpreter.ActivityStarted(strand, call, worker);
  }));
  if (taken)
    context.jobs.ScheduleAt(context, kWakeExecutionJob, {{"execution", id}}, context.Now());
  return taken;
}

Answer<> TakeNext(Context& context, const json::Object& input) {
  const std::string arn(input.GetString("activityArn"));
  TL_DO(FindActivity(context, arn));
  while (true) {
    const auto waiting = context.store.List(context.RegionScope(), kActivityTask, arn);
    if (waiting.empty()) return json::Object();
    const Record task = *waiting.front();
    TL_TRY(std::optional<json::Object> taken, Take(context, task, input.GetString("workerName")));
    if (taken) return std::move(*taken);
  }
}

net::aw<Answer<>> GetActivityTask(WaitContext context, json::Object input) {
  const TimePoint end = context.clock().Now() + kPatience;
  while (true) {
    auto taken = context.State([&](Context& state) -> Answer<> { return TakeNext(state, input); });
    if (!taken || taken->Has("taskToken") || context.clock().Now() >= end) co_return taken;
    co_await context.Sleep(kPause);
  }
}

constexpr WaitHandler kGetActivityTask{GetActivityTask};

constexpr Operation kOperations[] = {
    {.name = "GetActivityTask", .wait = &kGetActivityTask},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kActivityTaskOperations = kOperations;

}  // namespace trunkline::cloud::stepfunctions
