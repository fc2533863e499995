// SendTaskSuccess, SendTaskFailure, SendTaskHeartbeat: what holders of a task's token say.
#include <algorithm>

#include "base/json_read.h"
#include "cloud/job_kinds.h"
#include "cloud/services/stepfunctions/executions.h"
#include "cloud/services/stepfunctions/families.h"

namespace trunkline::cloud::stepfunctions {
namespace {

bool LooksLikeToken(std::string_view token) {
  constexpr std::size_t kLength = 128;
  return token.size() == kLength && std::ranges::all_of(token, [](char c) {
           return kAlphanumeric.find(c) != std::string_view::npos;
         });
}

struct Place {
  std::string execution;
  int strand = 0;
  int call = 0;
};

Answer<Place> FindTask(Context& context, const json::Object& input) {
  const std::string_view token = input.GetString("taskToken");
  const Record* record = context.store.Find(context.RegionScope(), kTaskToken, token);
  if (record) {
    return Place{.execution = std::string(record->body.GetString("execution")),
                 .strand = static_cast<int>(record->body.GetInt("strand")),
                 .call = static_cast<int>(record->body.GetInt("call"))};
  }
  if (!LooksLikeToken(token)) return ServiceError("InvalidToken", "Invalid Token: 'Invalid token'");
  return ServiceError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
}

// Moves the execution on, if the task is still waited for.
Answer<> Tell(Context& context, const json::Object& input,
              const std::function<void(Interpreter&, const Place&)>& event) {
  TL_TRY(const Place place, FindTask(context, input));
  bool waited = false;
  TL_DO(StepExecution(context, place.execution, [&](Interpreter& interpreter) {
    waited = interpreter.FindCall(place.strand, place.call) != nullptr;
    if (waited) event(interpreter, place);
  }));
  if (!waited) {
    return ServiceError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
  }
  context.jobs.ScheduleAt(context, kWakeExecutionJob, {{"execution", place.execution}},
                          context.Now());
  return json::Object();
}

Answer<> SendTaskSuccess(Context& context, const json::Object& input) {
  auto output = json::Parse(input.GetString("output"));
  if (!output) {
    return ServiceError("InvalidOutput",
                        fmt::format("Invalid Output: '{}'", output.error().message()));
  }
  return Tell(context, input, [&](Interpreter& interpreter, const Place& place) {
    interpreter.TaskSucceeded(place.strand, place.call, std::move(*output));
  });
}

Answer<> SendTaskFailure(Context& context, const json::Object& input) {
  Failure failure{.error = std::string(input.GetString("error"))};
  if (input.Has("cause")) failure.cause = input.GetString("cause");
  return Tell(context, input, [&](Interpreter& interpreter, const Place& place) {
    interpreter.TaskFailed(place.strand, place.call, std::move(failure));
  });
}

Answer<> SendTaskHeartbeat(Context& context, const json::Object& input) {
  return Tell(context, input, [](Interpreter& interpreter, const Place& place) {
    interpreter.Heartbeat(place.strand, place.call);
  });
}

constexpr Operation kOperations[] = {
    {.name = "SendTaskFailure", .handle = SendTaskFailure},
    {.name = "SendTaskHeartbeat", .handle = SendTaskHeartbeat},
    {.name = "SendTaskSuccess", .handle = SendTaskSuccess},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTokenOperations = kOperations;

}  // namespace trunkline::cloud::stepfunctions
