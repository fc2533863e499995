// What a call of TestState says.
#include <algorithm>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/services/stepfunctions/resource.h"
#include "cloud/services/stepfunctions/test_state.h"
#include "cloud/services/stepfunctions/validate.h"

namespace trunkline::cloud::stepfunctions {
namespace {

// How the context object calls the state, whatever its name (seen).
constexpr std::string_view kName = "StateName";

ServiceError InvalidDefinition(std::string_view errors) {
  return {"InvalidDefinition", fmt::format("Invalid State Machine Definition: '{}'", errors)};
}

// The definition is a state, or a machine of which `stateName` names one.
Answer<std::string> ReadDefinition(const json::Object& input, std::string& name) {
  const std::string_view text = input.GetString("definition");
  auto parsed = json::Parse(text);
  if (!parsed || !parsed->IsObject()) return InvalidDefinition(JoinErrors(Validate(text, false)));
  name = input.GetString("stateName");
  if (parsed->AsObject().Has("States")) {
    const std::string errors = JoinErrors(Validate(text, false));
    if (!errors.empty()) return InvalidDefinition(errors);
    if (name.empty())
      return InvalidTest("The stateName must be given with a state machine's definition");
    return std::string(text);
  }
  const std::string errors = JoinErrors(ValidateState(*parsed));
  if (!errors.empty()) return InvalidDefinition(errors);
  if (name.empty()) name = kName;
  json::Object states;
  states.Set(name, std::move(*parsed));
  return json::Write(json::Object{{"StartAt", name}, {"States", std::move(states)}});
}

Answer<void> ReadMachine(const json::Object& input, Trial& trial) {
  TL_TRY(const std::string definition, ReadDefinition(input, trial.state));
  auto machine = Machine::Read(definition);
  if (!machine) return InvalidDefinition(machine.error().message());
  trial.run.machine = std::move(*machine);
  if (!trial.run.machine->Find(trial.state)) return InvalidTest("State not found in definition");
  return {};
}

// In place of an execution there is one of an express machine that nobody made.
json::Object MadeUpContext(const WaitContext& context, const Trial& trial) {
  const std::string machine = NewUuid(context.random());
  const std::string name = NewUuid(context.random());
  const std::string prefix =
      fmt::format("arn:aws:states:{}:{}:", context.region(), context.caller().account);
  const std::string now = ToIsoMillis(context.clock().Now());
  json::Object execution{{"Id", fmt::format("{}express:{}:{}", prefix, machine, name)},
                         {"Input", trial.run.input},
                         {"Name", name},
                         {"RoleArn", trial.role.empty() ? json::Value() : json::Value(trial.role)},
                         {"StartTime", now}};
  json::Object state{{"Name", kName}, {"EnteredTime", now}};
  const StateType type = trial.node().type;
  if (type == StateType::kTask || type == StateType::kMap || type == StateType::kParallel)
    state.Set("RetryCount", trial.settings.GetInt("retrierRetryCount"));
  json::Object made{
      {"Execution", std::move(execution)},
      {"StateMachine", json::Object{{"Id", prefix + "stateMachine:" + machine}, {"Name", machine}}},
      {"State", std::move(state)}};
  const auto resource = ReadResource(trial.node().body->GetString("Resource"));
  if (resource && resource->pattern == Resource::Pattern::kToken)
    made.Set("Task", json::Object{{"Token", NewToken(context.random(), 128, kAlphanumeric)}});
  return made;
}

Answer<void> ReadContext(const WaitContext& context, const json::Object& input, Trial& trial) {
  if (!input.Has("context")) {
    trial.context_object = MadeUpContext(context, trial);
    return {};
  }
  auto given = json::Parse(input.GetString("context"));
  if (!given || !given->IsObject())
    return InvalidTest("Invalid Context object provided: it must be a JSON object");
  TL_DO(CheckContextObject(given->AsObject(), trial.node()));
  trial.context_object = std::move(given->AsObject());
  return {};
}

bool HasInner(const json::Object& state, std::string_view name, int depth) {
  constexpr int kDeepest = 20;
  if (depth > kDeepest) return false;
  return std::ranges::any_of(InnerGraphs(state), [&](const InnerGraph& inner) {
    const json::Object& states = inner.graph->GetObject("States");
    return states.Has(name) || std::ranges::any_of(states, [&](const json::Member& member) {
             return member.value.IsObject() && HasInner(member.value.AsObject(), name, depth + 1);
           });
  });
}

Answer<void> ReadSettings(const json::Object& input, Trial& trial) {
  trial.settings = input.GetObject("stateConfiguration");
  const std::string_view culprit = trial.settings.GetString("errorCausedByState");
  if (!culprit.empty() && !HasInner(*trial.node().body, culprit, 0))
    return InvalidTest("State not found in definition");
  if (!trial.settings.Has("mapItemReaderData")) return {};
  auto data = json::Parse(trial.settings.GetString("mapItemReaderData"));
  if (!data || !data->IsArray()) return InvalidTest("The mapItemReaderData must be a JSON array");
  trial.reader_items = std::move(data->AsArray());
  return {};
}

// The state has been entered; its retriers have been used as often as the caller says.
void AddStrand(const WaitContext& context, Trial& trial, json::Object variables) {
  Strand strand;
  strand.state = trial.state;
  strand.input = trial.run.input;
  strand.phase = Strand::Phase::kExecute;
  strand.entered = context.clock().Now();
  strand.retries = static_cast<int>(trial.settings.GetInt("retrierRetryCount"));
  strand.attempts.assign(trial.node().body->GetArray("Retry").size(), strand.retries);
  if (!variables.empty()) trial.trace.Set("variables", json::Write(variables));
  strand.variables = std::move(variables);
  trial.run.strands.emplace(0, std::move(strand));
}

}  // namespace

ServiceError InvalidTest(std::string_view message) {
  return {"ValidationException", message};
}

Answer<json::Value> ReadTestJson(const json::Object& input, std::string_view member,
                                 std::string_view fallback) {
  auto value = json::Parse(input.GetString(member, fallback));
  if (value) return std::move(*value);
  if (member != "input")
    return InvalidTest(
        fmt::format("The {} is not valid JSON: {}", member, value.error().message()));
  return ServiceError("InvalidExecutionInput",
                      fmt::format("Invalid State Machine Execution Input: '{}'",
                                  ExplainJson(input.GetString(member)).message));
}

Answer<Trial> ReadTrial(const WaitContext& context, const json::Object& input) {
  Trial trial;
  TL_DO(ReadMachine(input, trial));
  TL_TRY(trial.mocked, ReadMock(context, trial.node(), input));
  trial.mock = input.GetObject("mock");
  TL_DO(ReadSettings(input, trial));
  TL_TRY(trial.run.input, ReadTestJson(input, "input", "{}"));
  TL_TRY(json::Value variables, ReadTestJson(input, "variables", "{}"));
  trial.role = input.GetString("roleArn");
  trial.level = input.GetString("inspectionLevel", "INFO");
  trial.run.role_arn = trial.role;
  trial.run.region = context.region();
  TL_DO(ReadContext(context, input, trial));
  trial.trace.Set("input", input.GetString("input", "{}"));
  if (!variables.IsObject()) variables = json::Object();
  AddStrand(context, trial, std::move(variables.AsObject()));
  return trial;
}

}  // namespace trunkline::cloud::stepfunctions
