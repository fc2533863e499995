// TestState: one state, without an execution.
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/stepfunctions/families.h"
#include "cloud/services/stepfunctions/interpreter.h"
#include "cloud/services/stepfunctions/tasks.h"
#include "cloud/services/stepfunctions/validate.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr std::string_view kDefaultName = "StateName";

// The state under test and what it is tested with.
struct Trial {
  Run run;
  std::string state;
  json::Object trace;
  json::Object mock;
  std::string role;
  std::string level;
};

ServiceError Invalid(std::string message) {
  return {"ValidationException", std::move(message)};
}

// The definition is a state, or a machine of which `stateName` names one.
Answer<std::string> ReadDefinition(const json::Object& input, std::string& name) {
  const std::string_view text = input.GetString("definition");
  auto parsed = json::Parse(text);
  if (!parsed || !parsed->IsObject()) {
    return ServiceError("InvalidDefinition",
                        "Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: The "
                        "definition is not a JSON object'");
  }
  name = input.GetString("stateName");
  if (parsed->AsObject().Has("States")) {
    const std::string errors = JoinErrors(Validate(text, false));
    if (!errors.empty()) {
      return ServiceError("InvalidDefinition",
                          fmt::format("Invalid State Machine Definition: '{}'", errors));
    }
    if (name.empty())
      return Invalid("The stateName must be given with a state machine's definition");
    return std::string(text);
  }
  const std::string errors = JoinErrors(ValidateState(*parsed));
  if (!errors.empty()) {
    return ServiceError("InvalidDefinition",
                        fmt::format("Invalid State Machine Definition: '{}'", errors));
  }
  if (name.empty()) name = kDefaultName;
  json::Object states;
  states.Set(name, std::move(*parsed));
  return json::Write(json::Object{{"StartAt", name}, {"States", std::move(states)}});
}

Answer<json::Value> ReadJson(const json::Object& input, std::string_view member,
                             std::string_view fallback) {
  auto value = json::Parse(input.GetString(member, fallback));
  if (value) return std::move(*value);
  if (member != "input")
    return Invalid(fmt::format("The {} is not valid JSON: {}", member, value.error().message()));
  return ServiceError("InvalidExecutionInput",
                      fmt::format("Invalid State Machine Execution Input: '{}'",
                                  ExplainJson(input.GetString(member)).message));
}

Answer<void> CheckTestable(const Node& node, const json::Object& input, bool mocked) {
  const bool fans_out = node.type == StateType::kParallel || node.type == StateType::kMap;
  if (fans_out && !mocked) {
    return Invalid(fmt::format("State type '{}' is not supported when a mock is not specified",
                               ToText(node.type)));
  }
  if (node.type != StateType::kTask) return {};
  const auto resource = ReadResource(node.body->GetString("Resource"));
  const bool request = resource && resource->pattern == Resource::Pattern::kRequest &&
                       resource->kind != Resource::Kind::kActivity;
  if (!request && !mocked) {
    return Invalid("The resource of this Task state is not supported when a mock is not specified");
  }
  if (!input.Has("roleArn") && !mocked)
    return Invalid("RoleArn must be specified when testing a Task state without a mock");
  return {};
}

void UseContext(Run& run, const json::Object& context) {
  const json::Object& execution = context.GetObject("Execution");
  run.execution_arn = execution.GetString("Id", run.execution_arn);
  run.name = execution.GetString("Name", run.name);
  run.role_arn = execution.GetString("RoleArn", run.role_arn);
  run.start_time = execution.GetString("StartTime", run.start_time);
  if (const json::Value* given = execution.Find("Input")) run.input = *given;
  const json::Object& machine = context.GetObject("StateMachine");
  run.machine_arn = machine.GetString("Id", run.machine_arn);
  run.machine_name = machine.GetString("Name", run.machine_name);
}

Answer<Trial> Prepare(const WaitContext& context, const json::Object& input) {
  Trial trial;
  TL_TRY(const std::string definition, ReadDefinition(input, trial.state));
  auto machine = Machine::Read(definition);
  if (!machine) {
    return ServiceError("InvalidDefinition", fmt::format("Invalid State Machine Definition: '{}'",
                                                         machine.error().message()));
  }
  trial.run.machine = std::move(*machine);
  const Node* node = trial.run.machine->Find(trial.state);
  if (!node) return Invalid(fmt::format("State not found: '{}'", trial.state));
  trial.mock = input.GetObject("mock");
  TL_DO(CheckTestable(*node, input, input.Has("mock")));
  TL_TRY(const json::Value given, ReadJson(input, "input", "{}"));
  TL_TRY(const json::Value variables, ReadJson(input, "variables", "{}"));
  TL_TRY(const json::Value context_object, ReadJson(input, "context", "{}"));
  trial.role = input.GetString("roleArn");
  trial.level = input.GetString("inspectionLevel", "INFO");
  trial.run.role_arn = trial.role;
  trial.run.region = context.region();
  trial.run.start_time = ToIsoMillis(context.clock().Now());
  trial.run.input = given;
  if (context_object.IsObject()) UseContext(trial.run, context_object.AsObject());
  Strand strand;
  strand.state = trial.state;
  strand.input = given;
  if (variables.IsObject()) strand.variables = variables.AsObject();
  trial.trace.Set("input", json::Write(given));
  trial.run.strands.emplace(0, std::move(strand));
  return trial;
}

Outcome<> MockedResult(const json::Object& mock) {
  if (mock.Has("errorOutput")) {
    const json::Object& error = mock.GetObject("errorOutput");
    Failure failure{.error = std::string(error.GetString("error"))};
    if (error.Has("cause")) failure.cause = error.GetString("cause");
    return failure;
  }
  auto result = json::Parse(mock.GetString("result", "{}"));
  if (result) return std::move(*result);
  return RuntimeFailure(
      fmt::format("The mocked result is not valid JSON: {}", result.error().message()));
}

net::aw<Outcome<>> ResultOfTask(WaitContext context, json::Object task, json::Object mock,
                                std::string role) {
  if (!mock.empty()) co_return MockedResult(mock);
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

json::Object ErrorDetails(const Interpreter::Handled& handled) {
  if (handled.caught) return {{"catchIndex", *handled.caught}};
  json::Object details{{"retryIndex", handled.retry.value_or(0)}};
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
  if (interpreter.handled) trial.trace.Set("errorDetails", ErrorDetails(*interpreter.handled));
  answer.Set("inspectionData", trial.trace);
  return answer;
}

// One step of the state: until it waits for somebody.
template <class Event>
Interpreter StepTrial(Trial& trial, const WaitContext& context, TimePoint now, Event event) {
  Interpreter interpreter(trial.run, context.random(), now);
  interpreter.trace = &trial.trace;
  interpreter.Resume();
  event(interpreter);
  interpreter.Drive(1);
  return interpreter;
}

net::aw<Answer<>> TestState(WaitContext context, json::Object input) {
  auto prepared = Prepare(context, input);
  if (!prepared) co_return std::move(prepared).error();
  Trial trial = std::move(*prepared);
  const TimePoint now = context.clock().Now();
  Interpreter first = StepTrial(trial, context, now, [](Interpreter&) {});
  const auto strand = trial.run.strands.find(0);
  if (trial.run.end || strand == trial.run.strands.end() || first.handled)
    co_return Report(trial, first);
  const Strand::Phase phase = strand->second.phase;
  if (phase == Strand::Phase::kWait) {
    // A Wait state is not waited for.
    const TimePoint due = strand->second.wake.value_or(now);
    const Interpreter second =
        StepTrial(trial, context, due, [](Interpreter& run) { run.HandleDue(); });
    co_return Report(trial, second);
  }
  if (phase != Strand::Phase::kTask && phase != Strand::Phase::kJoin)
    co_return Report(trial, first);
  json::Object task = strand->second.task;
  auto result = co_await ResultOfTask(context, std::move(task), trial.mock, trial.role);
  if (result) trial.trace.Set("result", json::Write(*result));
  Interpreter last(trial.run, context.random(), context.clock().Now());
  last.trace = &trial.trace;
  last.AnswerForTest(std::move(result));
  co_return Report(trial, last);
}

constexpr WaitHandler kTestState{TestState};

constexpr Operation kOperations[] = {
    {.name = "TestState", .wait = &kTestState},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTestStateOperations = kOperations;

}  // namespace trunkline::cloud::stepfunctions
