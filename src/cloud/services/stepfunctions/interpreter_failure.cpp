// What happens when a state fails: Retry, Catch, and the way up to whoever waits for the strand.
#include <algorithm>
#include <cmath>

#include "cloud/services/stepfunctions/interpreter.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr int kDefaultAttempts = 3;

// States.Runtime is neither retried nor caught, by whatever name (seen).
bool Matches(const json::Object& rule, const Failure& failure) {
  if (failure.error == kRuntime) return false;
  return std::ranges::any_of(rule.GetArray("ErrorEquals"), [&](const json::Value& name) {
    if (!name.IsString()) return false;
    const std::string& wanted = name.AsString();
    return wanted == failure.error || (!failure.also.empty() && wanted == failure.also) ||
           wanted == "States.ALL" || (wanted == "States.TaskFailed" && failure.error != kTimeout);
  });
}

const json::Object* FindRule(const json::Object& state, std::string_view list,
                             const Failure& failure, std::size_t& index) {
  const json::Array& rules = state.GetArray(list);
  for (index = 0; index < rules.size(); ++index) {
    const json::Object& rule = rules[index].AsObject();
    if (Matches(rule, failure)) return &rule;
  }
  return nullptr;
}

Milliseconds DelayBefore(const json::Object& rule, int attempt, Random& random) {
  const double rate = rule.GetDouble("BackoffRate", 2.0);
  double seconds = rule.GetDouble("IntervalSeconds", 1.0) * std::pow(rate, attempt - 1);
  constexpr double kLongest = 31'622'400;  // a year
  seconds = std::min({seconds, rule.GetDouble("MaxDelaySeconds", kLongest), kLongest});
  auto delay = static_cast<std::int64_t>(seconds * 1000);
  if (rule.GetString("JitterStrategy") == "FULL" && delay > 0)
    delay = static_cast<std::int64_t>(UniformBelow(random, static_cast<std::uint64_t>(delay) + 1));
  return Milliseconds(delay);
}

std::optional<std::string> NotEmpty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

bool IsFanOut(const Node& node) {
  return node.type == StateType::kParallel || node.type == StateType::kMap;
}

}  // namespace

void Interpreter::Fail(int id, Failure failure) {
  Strand& strand = run_.Touch(id);
  const Node& node = NodeOf(strand);
  if (failure.in_state) {
    TellState(strand, failure);
    // An expression that fails before the state has told of anything follows what was before it
    // (seen).
    const bool first = failure.error == kQueryError && strand.last_event == strand.entered_event;
    if (failure.before_entry || first) strand.last_event = strand.before_event;
    AddEvaluationFailed(strand, failure);
  }
  if (Retry(strand, node, failure)) return;
  if (IsFanOut(node) && failure.error != kRuntime) {
    strand.last_event =
        run_.AddEvent(fmt::format("{}StateFailed", ToText(node.type)), strand.last_event, now_);
  }
  if (Catch(strand, node, failure)) return;
  FailStrand(id, failure);
}

// A test of a state tells the bare cause (seen).
void Interpreter::TellState(const Strand& strand, Failure& failure) const {
  failure.in_state = false;
  if (trace) return;
  failure.cause = fmt::format(
      "An error occurred while executing the state '{}' (entered at the event id #{}). {}",
      strand.state, strand.entered_event, failure.cause.value_or(""));
}

void Interpreter::AddEvaluationFailed(Strand& strand, const Failure& failure) {
  if (failure.error != kQueryError) return;
  json::Object details = FailureDetails(failure.error, failure.cause);
  details.SetIfNotEmpty("location", failure.location);
  details.Set("state", strand.state);
  strand.last_event = run_.AddEvent("EvaluationFailed", strand.last_event, now_,
                                    "evaluationFailedEventDetails", std::move(details));
}

bool Interpreter::Retry(Strand& strand, const Node& node, const Failure& failure) {
  std::size_t index = 0;
  const json::Object* rule = FindRule(*node.body, "Retry", failure, index);
  if (!rule) return false;
  strand.attempts.resize(std::max(strand.attempts.size(), index + 1));
  int& attempts = strand.attempts[index];
  if (attempts >= rule->GetInt("MaxAttempts", kDefaultAttempts)) {
    exhausted = index;
    return false;
  }
  ++attempts;
  ++strand.retries;
  const Milliseconds delay = DelayBefore(*rule, attempts, random_);
  handled = Handled{.failure = failure, .retry = index, .caught = {}, .delay = delay};
  strand.wake = now_ + delay;
  strand.retrying = true;
  strand.phase = Phase::kWait;
  strand.task = {};
  return true;
}

bool Interpreter::Catch(Strand& strand, const Node& node, const Failure& failure) {
  std::size_t index = 0;
  const json::Object* rule = FindRule(*node.body, "Catch", failure, index);
  if (!rule) return false;
  const json::Value output =
      json::Object{{"Error", failure.error}, {"Cause", failure.cause.value_or("")}};
  const json::Value context = ContextOf(strand, node);
  const StateView view = ViewOf(strand, node, context);
  auto departure = DepartCaught(view, *rule, fmt::format("Catch[{}]/", index), output);
  if (departure) {
    handled = Handled{.failure = failure, .retry = {}, .caught = index};
    Leave(strand.id, node, std::move(departure), rule->GetString("Next"));
    return true;
  }
  // A failure of the clause itself is caught by no other.
  Failure second = std::move(departure).error();
  TellState(strand, second);
  AddEvaluationFailed(strand, second);
  FailStrand(strand.id, second);
  return true;
}

void Interpreter::FailStrand(int id, const Failure& failure) {
  if (run_.checkpoint.empty()) run_.checkpoint = run_.Checkpoint();
  const Strand& strand = run_.strands.at(id);
  const std::int64_t last = strand.last_event;
  if (id == 0) {
    run_.AddEvent("ExecutionFailed", last, now_, "executionFailedEventDetails",
                  FailureDetails(NotEmpty(failure.error), failure.cause));
    EndRun({.status = "FAILED",
            .output = {},
            .error = NotEmpty(failure.error),
            .cause = failure.cause});
    return;
  }
  const int parent_id = strand.parent;
  if (failure.error != kRuntime) AddAborted(strand);
  run_.Touch(parent_id).last_event = last;
  Abandon(parent_id);
  Fail(parent_id, failure);
  // Somebody above caught it: there is nothing to redrive.
  if (!run_.end) run_.checkpoint.clear();
}

// What becomes of the branches or iterations when one of them fails. All follow its last event
// (seen).
void Interpreter::AddAborted(const Strand& failed) {
  const std::int64_t last = failed.last_event;
  const Strand& parent = run_.strands.at(failed.parent);
  const bool map = NodeOf(parent).type == StateType::kMap;
  const auto add = [&](const Strand& child, std::string_view what, bool of_state) {
    if (map) {
      run_.AddEvent(fmt::format("MapIteration{}", what), last, now_,
                    fmt::format("mapIteration{}EventDetails", what),
                    {{"name", parent.state}, {"index", child.index}});
    }
    if (of_state)
      run_.AddEvent(fmt::format("{}StateAborted", ToText(NodeOf(child).type)), last, now_);
  };
  add(failed, "Failed", NodeOf(failed).type == StateType::kTask);
  for (const int id : run_.ChildrenOf(parent.id)) {
    const Strand& child = run_.strands.at(id);
    if (id != failed.id && child.phase != Phase::kDone)
      add(child, "Aborted", child.phase != Phase::kEnter);
  }
}

// The children go, with what they wait for.
void Interpreter::Abandon(int id) {
  for (const int child : run_.ChildrenOf(id)) {
    Abandon(child);
    const Strand& strand = run_.strands.at(child);
    if (strand.phase == Phase::kTask) abandoned.push_back(strand.task);
    run_.Remove(child);
  }
  Strand& strand = run_.strands.at(id);
  strand.started = 0;
  strand.done = 0;
}

}  // namespace trunkline::cloud::stepfunctions
