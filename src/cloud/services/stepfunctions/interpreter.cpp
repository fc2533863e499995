#include "cloud/services/stepfunctions/interpreter.h"

#include <stdexcept>
#include <utility>

#include "base/json_write.h"

namespace trunkline::cloud::stepfunctions {

json::Object FailureDetails(const std::optional<std::string>& error,
                            const std::optional<std::string>& cause) {
  json::Object details;
  if (error) details.Set("error", *error);
  if (cause) details.Set("cause", *cause);
  return details;
}

void SetPayload(json::Object& details, std::string_view name, std::string text) {
  details.Set(name, std::move(text));
  details.Set(fmt::format("{}Details", name), json::Object{{"truncated", false}});
}

const Node& Interpreter::NodeOf(const Strand& strand) const {
  const Node* node = run_.machine->Find(strand.state);
  if (!node) throw std::logic_error(fmt::format("there is no state '{}'", strand.state));
  return *node;
}

json::Value Interpreter::ContextOf(const Strand& strand, const Node& node) const {
  if (!node.uses_context) return {};
  if (context_object) {
    json::Object given = *context_object;
    if (!strand.item.IsNull()) given.Set("Map", json::Object{{"Item", strand.item}});
    return given;
  }
  json::Object execution{{"Id", run_.execution_arn},
                         {"Input", run_.input},
                         {"StartTime", run_.start_time},
                         {"Name", run_.name},
                         {"RoleArn", run_.role_arn}};
  if (!run_.sync) execution.Set("RedriveCount", run_.redrives);
  execution.SetIfNotEmpty("RedriveTime", run_.redrive_time);
  json::Object state{{"Name", strand.state}, {"EnteredTime", ToIsoMillis(strand.entered)}};
  if (strand.retries > 0 || node.type == StateType::kTask) state.Set("RetryCount", strand.retries);
  json::Object context{
      {"Execution", std::move(execution)},
      {"StateMachine", json::Object{{"Id", run_.machine_arn}, {"Name", run_.machine_name}}},
      {"State", std::move(state)}};
  if (const json::Value* token = strand.task.Find("token"))
    context.Set("Task", json::Object{{"Token", *token}});
  if (!strand.item.IsNull()) context.Set("Map", json::Object{{"Item", strand.item}});
  return context;
}

StateView Interpreter::ViewOf(const Strand& strand, const Node& node,
                              const json::Value& context) const {
  return {.node = node,
          .input = strand.input,
          .context = context,
          .variables = strand.variables,
          .random = random_,
          .now = now_,
          .trace = trace};
}

// The last place in the history is kept for the event that ends the execution.
bool Interpreter::OutOfEvents() {
  if (!run_.keeps_history || run_.last_event < kHistoryLimit - 1) return false;
  FailStrand(
      0, {.error = std::string(kRuntime),
          .cause = fmt::format("The execution reached the maximum number of history events ({}).",
                               kHistoryLimit)});
  return true;
}

void Interpreter::Start(std::string_view start_at, json::Object started_details) {
  run_.AddEvent("ExecutionStarted", 0, now_, "executionStartedEventDetails",
                std::move(started_details));
  Strand strand;
  strand.state = start_at;
  strand.input = run_.input;
  run_.strands.emplace(0, std::move(strand));
  run_.touched.insert(0);
  ready_.push_back(0);
}

void Interpreter::Resume() {
  for (const auto& [id, strand] : run_.strands) {
    if (strand.CanGoOn()) ready_.push_back(id);
  }
}

std::vector<int> Interpreter::DueStrands() const {
  std::vector<int> due;
  for (const auto& [id, strand] : run_.strands) {
    const auto time = strand.NextDue();
    if (time && *time <= now_) due.push_back(id);
  }
  return due;
}

void Interpreter::HandleDue() {
  if (run_.end) return;
  if (run_.deadline && *run_.deadline <= now_) {
    run_.checkpoint = run_.Checkpoint();
    run_.AddEvent("ExecutionTimedOut", 0, now_, "executionTimedOutEventDetails",
                  FailureDetails(std::string(kTimeout), {}));
    EndRun({.status = "TIMED_OUT"});
    return;
  }
  // All that is late is told before the first of it fails the states around it (seen).
  std::vector<std::pair<int, Failure>> late;
  for (const int id : DueStrands()) {
    if (run_.end || !run_.strands.contains(id)) continue;
    Strand& strand = run_.Touch(id);
    if (strand.phase == Phase::kTask) {
      late.emplace_back(id, TimeOut(strand));
    } else if (strand.retrying) {
      strand.retrying = false;
      strand.phase = Phase::kExecute;
      ready_.push_back(id);
    } else {
      EndWait(strand, NodeOf(strand));
    }
  }
  for (auto& [id, failure] : late) {
    if (!run_.end && run_.strands.contains(id)) Fail(id, std::move(failure));
  }
}

bool Interpreter::Drive(int budget) {
  while (!ready_.empty() && !run_.end && budget-- > 0) {
    const int id = ready_.front();
    ready_.pop_front();
    if (run_.strands.contains(id)) Step(id);
  }
  return !ready_.empty() && !run_.end;
}

void Interpreter::Step(int id) {
  Strand& strand = run_.Touch(id);
  if (strand.task.Has("starting")) return AddStarted(strand);
  const Node& node = NodeOf(strand);
  if (strand.phase == Phase::kEnter) Enter(strand, node);
  if (OutOfEvents()) return;
  if (strand.phase == Phase::kExecute) Execute(strand, node);
}

void Interpreter::Enter(Strand& strand, const Node& node) {
  json::Object details{{"name", strand.state}};
  SetPayload(details, "input", json::Write(strand.input));
  strand.before_event = strand.last_event;
  strand.last_event =
      run_.AddEvent(fmt::format("{}StateEntered", ToText(node.type)), strand.last_event, now_,
                    "stateEnteredEventDetails", std::move(details));
  strand.entered_event = strand.last_event;
  strand.entered = now_;
  strand.attempts.clear();
  strand.retries = 0;
  strand.phase = Phase::kExecute;
}

void Interpreter::Execute(Strand& strand, const Node& node) {
  if (node.type == StateType::kTask) {
    ExecuteTask(strand, node);
    return;
  }
  const json::Value context = ContextOf(strand, node);
  const StateView view = ViewOf(strand, node, context);
  switch (node.type) {
    case StateType::kPass:
      return ExecutePass(strand, view);
    case StateType::kChoice:
      return ExecuteChoice(strand, view);
    case StateType::kWait:
      return ExecuteWait(strand, view);
    case StateType::kSucceed:
      return ExecuteSucceed(strand, view);
    case StateType::kFail:
      return ExecuteFail(strand, view);
    case StateType::kParallel:
      return ExecuteParallel(strand, view);
    case StateType::kMap:
      return ExecuteMap(strand, view);
    case StateType::kTask:
      break;
  }
}

void Interpreter::LeaveByNext(int id, const Node& node, Outcome<Departure> departure) {
  const bool last = node.type == StateType::kSucceed || node.body->GetBool("End");
  Leave(id, node, std::move(departure), last ? "" : node.body->GetString("Next"));
}

void Interpreter::Leave(int id, const Node& node, Outcome<Departure> departure,
                        std::string_view next) {
  if (!departure) {
    Fail(id, std::move(departure).error());
    return;
  }
  std::string text = json::Write(departure->output);
  if (text.size() > kPayloadLimit) {
    Fail(id,
         {.error = std::string(kDataLimit),
          .cause = fmt::format("The state/task '{}' returned a result with a size exceeding the "
                               "maximum number of bytes service limit.",
                               node.name)});
    return;
  }
  Strand& strand = run_.Touch(id);
  json::Object details{{"name", strand.state}};
  SetPayload(details, "output", std::move(text));
  if (!departure->assigned.empty()) {
    json::Object assigned;
    for (const auto& member : departure->assigned)
      assigned.Set(member.key, json::Write(member.value));
    details.Set("assignedVariables", std::move(assigned));
    details.Set("assignedVariablesDetails", json::Object{{"truncated", false}});
  }
  strand.last_event =
      run_.AddEvent(fmt::format("{}StateExited", ToText(node.type)), strand.last_event, now_,
                    "stateExitedEventDetails", std::move(details));
  for (auto& member : departure->assigned)
    strand.variables.Set(member.key, std::move(member.value));
  if (trace && !strand.variables.empty()) trace->Set("variables", json::Write(strand.variables));
  strand.task = {};
  if (next.empty()) {
    Finish(id, std::move(departure->output));
    return;
  }
  strand.state = next;
  strand.input = std::move(departure->output);
  strand.output = {};
  strand.phase = Phase::kEnter;
  ready_.push_back(id);
}

void Interpreter::Finish(int id, json::Value output) {
  if (id != 0) {
    FinishChild(id, std::move(output));
    return;
  }
  std::string text = json::Write(output);
  json::Object details;
  SetPayload(details, "output", text);
  run_.AddEvent("ExecutionSucceeded", run_.strands.at(0).last_event, now_,
                "executionSucceededEventDetails", std::move(details));
  EndRun({.status = "SUCCEEDED", .output = std::move(text)});
}

void Interpreter::EndRun(End end) {
  for (const auto& [id, strand] : run_.strands) {
    if (strand.phase == Phase::kTask) abandoned.push_back(strand.task);
    run_.gone.insert(id);
  }
  run_.strands.clear();
  run_.touched.clear();
  run_.end = std::move(end);
}

void Interpreter::Abort(const std::optional<std::string>& error,
                        const std::optional<std::string>& cause) {
  run_.checkpoint = run_.Checkpoint();
  run_.AddEvent("ExecutionAborted", 0, now_, "executionAbortedEventDetails",
                FailureDetails(error, cause));
  EndRun({.status = "ABORTED", .output = {}, .error = error, .cause = cause});
}

// States that were under way are done again; what was done stays done.
void Interpreter::Redrive(const json::Array& checkpoint) {
  run_.end.reset();
  run_.AddEvent("ExecutionRedriven", 0, now_, "executionRedrivenEventDetails",
                {{"redriveCount", run_.redrives}});
  for (const json::Value& body : checkpoint) {
    Strand strand = Strand::FromJson(body.AsObject());
    if (strand.phase != Phase::kDone && strand.phase != Phase::kJoin &&
        strand.phase != Phase::kEnter)
      strand.phase = Phase::kExecute;
    strand.retrying = false;
    strand.attempts.clear();
    run_.touched.insert(strand.id);
    run_.gone.erase(strand.id);
    run_.strands.emplace(strand.id, std::move(strand));
  }
  run_.CountChildren();
  Resume();
}

}  // namespace trunkline::cloud::stepfunctions
