// TestState: one state, without an execution.
#include "cloud/services/stepfunctions/test_state.h"

#include "base/json_write.h"
#include "cloud/services/stepfunctions/families.h"
#include "cloud/services/stepfunctions/interpreter.h"
#include "cloud/services/stepfunctions/tasks.h"

namespace trunkline::cloud::stepfunctions {
namespace {

// Whether more iterations of a Map have failed, as the caller says, than it tolerates. Without a
// threshold any number may (seen).
bool ExceedsThreshold(const Trial& trial, std::size_t items) {
  const double failed = trial.settings.GetDouble("mapIterationFailureCount");
  const json::Value* count = trial.trace.Find("toleratedFailureCount");
  if (count && failed > count->AsDouble()) return true;
  const json::Value* share = trial.trace.Find("toleratedFailurePercentage");
  return share && items > 0 && failed * 100 / static_cast<double>(items) > share->AsDouble();
}

Outcome<> MockedResult(const Trial& trial) {
  if (trial.mock.Has("errorOutput")) {
    const json::Object& error = trial.mock.GetObject("errorOutput");
    Failure failure{.error = std::string(error.GetString("error"))};
    if (error.Has("cause")) failure.cause = error.GetString("cause");
    return failure;
  }
  const std::size_t items = trial.run.strands.at(0).task.GetArray("items").size();
  if (trial.node().type == StateType::kMap && ExceedsThreshold(trial, items)) {
    return Failure{.error = "States.ExceedToleratedFailureThreshold",
                   .cause = "The specified tolerated failure threshold was exceeded"};
  }
  return trial.mocked;
}

net::aw<Outcome<>> CallTested(WaitContext context, json::Object task, std::string role) {
  auto resource = ReadResource(task.GetString("resource"));
  if (!resource) co_return RuntimeFailure(resource.error().message());
  const std::string session = NewToken(context.random(), 32, kAlphanumeric);
  const TaskRole roles{.machine_role = role,
                       .task_role = std::string(task.GetString("role")),
                       .session = session,
                       .execution = {}};
  auto as_role = AsRole(context, roles);
  if (!as_role) co_return std::move(as_role).error();
  json::Value arguments = task.At("arguments");
  auto called = co_await CallTask(std::move(*as_role), std::move(*resource), std::move(arguments));
  if (!called) co_return std::move(called).error();
  co_return std::move(called->output);
}

void SetFailure(json::Object& answer, const Failure& failure) {
  answer.SetIfNotEmpty("error", failure.error);
  if (failure.cause) answer.Set("cause", *failure.cause);
}

json::Object ErrorDetails(const Interpreter& interpreter) {
  json::Object details;
  if (interpreter.exhausted) details.Set("retryIndex", *interpreter.exhausted);
  if (!interpreter.handled) return details;
  const Interpreter::Handled& handled = *interpreter.handled;
  if (handled.caught) details.Set("catchIndex", *handled.caught);
  if (!handled.retry) return details;
  details.Set("retryIndex", *handled.retry);
  details.Set("retryBackoffIntervalSeconds",
              std::chrono::duration_cast<std::chrono::seconds>(handled.delay).count());
  return details;
}

// How the state was left.
json::Object Report(Trial& trial, const Interpreter& interpreter) {
  json::Object answer;
  const Run& run = trial.run;
  const auto strand = run.strands.find(0);
  if (interpreter.handled && interpreter.handled->retry) {
    answer.Set("status", "RETRIABLE");
    SetFailure(answer, interpreter.handled->failure);
  } else if (run.end && run.end->status == "SUCCEEDED") {
    answer.Set("status", "SUCCEEDED");
    answer.Set("output", run.end->output.value_or(""));
  } else if (run.end) {
    answer.Set("status", "FAILED");
    if (run.end->error) answer.Set("error", *run.end->error);
    if (run.end->cause) answer.Set("cause", *run.end->cause);
  } else if (strand != run.strands.end()) {
    answer.Set("status", interpreter.handled ? "CAUGHT_ERROR" : "SUCCEEDED");
    if (interpreter.handled) SetFailure(answer, interpreter.handled->failure);
    answer.Set("output", json::Write(strand->second.input));
    answer.Set("nextState", strand->second.state);
  }
  if (trial.level == "INFO") return answer;
  json::Object details = ErrorDetails(interpreter);
  if (!details.empty()) trial.trace.Set("errorDetails", std::move(details));
  answer.Set("inspectionData", trial.trace);
  return answer;
}

Interpreter InterpreterOf(Trial& trial, const WaitContext& context, TimePoint now) {
  Interpreter interpreter(trial.run, context.random(), now);
  interpreter.trace = &trial.trace;
  interpreter.context_object = &trial.context_object;
  if (trial.reader_items) interpreter.reader_items = &*trial.reader_items;
  return interpreter;
}

// The fields before a Parallel state's branches are not shown (seen).
void HideInputsOfParallel(Trial& trial) {
  if (trial.node().type != StateType::kParallel) return;
  for (const std::string_view step : {"afterInputPath", "afterParameters", "afterArguments"})
    trial.trace.Remove(step);
}

// What the state waits for after its first step; nothing when it has been left or has failed.
std::optional<Strand::Phase> WaitsFor(const Trial& trial, const Interpreter& first) {
  const auto strand = trial.run.strands.find(0);
  if (trial.run.end || first.handled || strand == trial.run.strands.end()) return std::nullopt;
  return strand->second.phase;
}

// A Wait state is not waited for.
json::Object EndWait(const WaitContext& context, Trial& trial) {
  const TimePoint due = trial.run.strands.at(0).wake.value_or(context.clock().Now());
  Interpreter interpreter = InterpreterOf(trial, context, due);
  interpreter.HandleDue();
  return Report(trial, interpreter);
}

net::aw<Answer<>> EndTask(WaitContext context, Trial trial) {
  Outcome<> result = json::Value();
  if (trial.mock.empty()) {
    json::Object task = trial.run.strands.at(0).task;
    result = co_await CallTested(context, std::move(task), trial.role);
  } else {
    result = MockedResult(trial);
  }
  if (result && trial.node().type == StateType::kTask) {
    const std::string text = json::Write(*result);
    trial.trace.Set("result", trial.mock.GetString("result", text));
  }
  Interpreter interpreter = InterpreterOf(trial, context, context.clock().Now());
  interpreter.AnswerForTest(std::move(result));
  co_return Report(trial, interpreter);
}

net::aw<Answer<>> TestState(WaitContext context, json::Object input) {
  auto prepared = ReadTrial(context, input);
  if (!prepared) co_return std::move(prepared).error();
  Trial trial = std::move(*prepared);
  Interpreter first = InterpreterOf(trial, context, context.clock().Now());
  first.Resume();
  first.Drive(1);
  HideInputsOfParallel(trial);
  using Phase = Strand::Phase;
  const std::optional<Phase> phase = WaitsFor(trial, first);
  if (phase == Phase::kWait) co_return EndWait(context, trial);
  if (phase != Phase::kTask && phase != Phase::kJoin) co_return Report(trial, first);
  co_return co_await EndTask(std::move(context), std::move(trial));
}

constexpr WaitHandler kTestState{TestState};

constexpr Operation kOperations[] = {
    {.name = "TestState", .wait = &kTestState},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTestStateOperations = kOperations;

}  // namespace trunkline::cloud::stepfunctions
