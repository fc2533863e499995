#include "sim/testing/test_run.h"

#include <algorithm>

#include "base/json_read.h"
#include "base/overloaded.h"

namespace trunkline::sim {
namespace {

constexpr std::string_view kFunction = "InvokeLambdaFunction";
constexpr std::string_view kBot = "ConnectParticipantWithLexBot";

// Actions whose beginning a test can observe or override.
bool IsSteerable(std::string_view type) {
  return type == kFunction || type == kBot || type == "CheckHoursOfOperation" ||
         type.ends_with("ToQueue");
}

// An outcome of Ran: an error branch, and not the default one.
bool IsError(std::string_view outcome) {
  return outcome.ends_with("Error") || outcome.ends_with("TimeLimitExceeded");
}

// "Equals" -> "to be 'x'".
std::string Demand(const Assertion& assertion) {
  const std::string& op = assertion.op;
  if (op == "Exists") return "to have a value";
  const std::string_view words = op == "Equals"                   ? "to be"
                                 : op == "TextStartsWith"         ? "to start with"
                                 : op == "TextEndsWith"           ? "to end with"
                                 : op == "TextContains"           ? "to contain"
                                 : op == "NumberGreaterThan"      ? "to be greater than"
                                 : op == "NumberGreaterOrEqualTo" ? "to be at least"
                                 : op == "NumberLessThan"         ? "to be less than"
                                                                  : "to be at most";
  return fmt::format("{} '{}'", words, assertion.operand);
}

LambdaAnswered MockedFunction(const Override& used) {
  LambdaAnswered answer{.payload = used.loaded};
  answer.took = used.delay;
  if (used.error.empty()) return answer;
  const bool late = used.error == "TimeLimitExceeded";
  answer.outcome = late ? LambdaAnswered::Outcome::kTimedOut : LambdaAnswered::Outcome::kError;
  answer.error = "the test lets it fail";
  return answer;
}

// The data was checked when the test was read.
BotAnswered MockedBot(const Override& used) {
  BotAnswered answer;
  answer.took = used.delay;
  if (!used.error.empty()) {
    answer.error = fmt::format("the test lets it fail with {}", used.error);
    return answer;
  }
  const json::Value data = json::Parse(used.loaded).value();
  answer.intent = data.AsObject().GetString("IntentName");
  answer.slots = data.AsObject().GetObject("Slots");
  answer.intent_state = "ReadyForFulfillment";
  answer.dialog_action = "Close";
  answer.score = 1;
  return answer;
}

}  // namespace

bool Watched::Satisfied() const {
  const Usage& usage = observation->usage;
  switch (usage.kind) {
    case Usage::Kind::kExactly:
      return times == usage.times;
    case Usage::Kind::kAtLeast:
      return times >= usage.times;
    case Usage::Kind::kAtMost:
      return times <= usage.times;
    case Usage::Kind::kAlways:
      return true;
  }
  return true;
}

TestRun::TestRun(const TestCase& test, const World& world, TimePoint began)
    : world_(world),
      began_(began),
      outcomes_(test.rehearsal.outcomes),
      agent_(test.rehearsal.agent_does.begin(), test.rehearsal.agent_does.end()) {
  std::set<std::string> later;
  for (const Observation& one : test.observations) later.insert(one.next.begin(), one.next.end());
  for (const Observation& one : test.observations) {
    watched_.push_back({.observation = &one});
    if (!later.contains(one.id)) Activate(watched_.back());
  }
}

std::optional<Event> TestRun::NextOfAgent(const Contact& contact) {
  if (agent_.empty() || contact.phase() != Phase::kTalking) return std::nullopt;
  std::optional<Event> event = std::move(agent_.front());
  agent_.pop_front();
  return event;
}

void TestRun::Activate(Watched& watched) {
  watched.active = watched.was_active = true;
  watched.heard_before = heard_.size();
  watched.begun_before = begun_.size();
}

// An event matches every observation that is active when it happens, in the order of the document.
template <class Fitting>
void TestRun::Match(const Contact& contact, const Fitting& fitting) {
  std::vector<Watched*> matched;
  for (Watched& one : watched_) {
    if (one.active && fitting(one.observation->event)) matched.push_back(&one);
  }
  for (Watched* one : matched) {
    if (!finished_) Matched(contact, *one);
  }
}

void TestRun::Matched(const Contact& contact, Watched& watched) {
  const Observation& observation = *watched.observation;
  const Usage& usage = observation.usage;
  if (watched.times++ == 0) watched.first = contact.now();
  if (usage.kind == Usage::Kind::kAtMost && watched.times > usage.times) {
    return Differ(fmt::format("observation '{}' may match {} times at most, and matched once more",
                              observation.id, usage.times));
  }
  if (observation.event.type == TestEventType::kFlowActionCompleted)
    (observation.event.action_type == kBot ? bot_completed_ : function_completed_) = true;
  for (const TestAction& action : observation.actions) {
    if (finished_) return;
    Do(contact, observation, action);
  }
  if (usage.kind == Usage::Kind::kExactly && watched.times == usage.times) watched.active = false;
  const bool opens = usage.Optional() ? watched.times == 1 : watched.times == usage.times;
  if (!opens) return;
  for (Watched& one : watched_) {
    if (std::ranges::find(observation.next, one.observation->id) != observation.next.end() &&
        !one.was_active)
      Activate(one);
  }
}

void TestRun::Do(const Contact& contact, const Observation& observation, const TestAction& action) {
  std::visit(Overloaded{
                 [&](const Instruction& one) { instructions_.push_back(one); },
                 [&](const Override& one) { overrides_.push_back(one); },
                 [&](const Assertion& one) { Assert(contact, observation, action, one); },
                 [&](const LogData& one) {
                   for (const auto& [label, text] : one.expressions)
                     log_.emplace_back(label, Expand(text, Reading(contact)));
                 },
                 [&](const EndTest&) { finished_ = true; },
             },
             action.what);
}

// Results of functions and bots are there once their completion was observed.
std::optional<std::string> TestRun::Read(const Contact& contact,
                                         const std::string& reference) const {
  constexpr std::string_view kResultData = "$.LambdaInvocation.ResultData.";
  if (reference.starts_with(kResultData))
    return Read(contact, "$.External." + reference.substr(kResultData.size()));
  if (reference.starts_with("$.External.") && !function_completed_) return std::nullopt;
  if (reference.starts_with("$.Lex.") && !bot_completed_) return std::nullopt;
  return contact.Read(reference);
}

ReadReference TestRun::Reading(const Contact& contact) const {
  return [this, &contact](const std::string& reference) { return Read(contact, reference); };
}

void TestRun::Assert(const Contact& contact, const Observation& observation,
                     const TestAction& action, const Assertion& assertion) {
  AssertionOutcome outcome{.assertion = assertion, .actual = Read(contact, assertion.reference)};
  outcome.holds = Holds(assertion, outcome.actual);
  assertions_.push_back(outcome);
  if (outcome.holds) return;
  const bool early = !outcome.actual && contact.Read(assertion.reference);
  const std::string_view hint =
      early ? " (it has one once a FlowActionCompleted of its action was observed)" : "";
  Differ(fmt::format("observation '{}', action '{}': expected {} {} but it {}{}", observation.id,
                     action.id, assertion.reference, Demand(assertion),
                     outcome.actual ? fmt::format("is '{}'", *outcome.actual) : "has no value",
                     hint));
}

void TestRun::Differ(std::string difference) {
  finished_ = true;
  difference_ = std::move(difference);
}

void TestRun::Happen(const Contact& contact, TestEventType type) {
  Match(contact, [&](const TestEvent& event) { return event.type == type; });
}

void TestRun::See(const Contact& contact, const Effect& effect) {
  coverage_.See(effect);
  if (std::holds_alternative<Stopped>(effect.what)) {
    flow_ = effect.flow;
    action_ = effect.action;
  }
  if (finished_) return;
  if (const auto* say = std::get_if<Say>(&effect.what)) {
    if (say->to != Party::kCustomer) return;
    heard_.push_back(say->text.empty() ? say->prompt + say->media_uri : say->text);
    return Match(contact, [&](const TestEvent& event) {
      return event.type == TestEventType::kMessageReceived &&
             Fits(event, *say, world_,
                  [&](const std::string& reference) { return contact.Read(reference); });
    });
  }
  const auto* ran = std::get_if<Ran>(&effect.what);
  if (ran == nullptr || IsError(ran->outcome)) return;
  Match(contact, [&](const TestEvent& event) {
    return event.type == TestEventType::kFlowActionCompleted && event.action_type == ran->type &&
           IsResource(world_, ran->type, event.resource, resource_);
  });
}

Steering TestRun::Before(const Contact& contact, const Stopped& stopped) {
  if (contact.now() - began_ > kTestLimit) timed_out_ = true;
  if (finished_ || timed_out_) return {.stop = true};
  resource_ = stopped.resource;
  if (IsSteerable(stopped.type)) {
    begun_.push_back({.type = std::string(stopped.type),
                      .name = ResourceName(world_, stopped.type, stopped.resource)});
    Match(contact, [&](const TestEvent& event) {
      return event.type == TestEventType::kFlowActionStarted && event.action_type == stopped.type &&
             IsResource(world_, stopped.type, event.resource, stopped.resource);
    });
  }
  const Instruction* next = NextInstruction();
  const bool hangs_up = next != nullptr && next->kind == Instruction::Kind::kHangUp;
  if (finished_ || hangs_up) return {.stop = true};
  coverage_.Begin(*flow_, action_);
  if (const auto wanted = TakeOutcome(stopped.type)) return {.go_on = AsGoOn(*wanted)};
  const auto used = std::ranges::find_if(overrides_, [&](const Override& one) {
    return one.action_type == stopped.type &&
           IsResource(world_, stopped.type, one.resource, stopped.resource);
  });
  if (used == overrides_.end()) return {};
  const Override taken = *used;
  overrides_.erase(used);
  return Use(taken);
}

std::optional<SteeredOutcome> TestRun::TakeOutcome(std::string_view type) {
  const auto found = std::ranges::find_if(outcomes_, [&](const WantedOutcome& one) {
    const std::string flow = WithoutSymbol(one.flow);
    const bool here =
        flow.empty() || flow == flow_->name || flow == flow_->id || flow == flow_->arn;
    return here && (one.action.empty() || one.action == action_) &&
           (one.type.empty() || one.type == type);
  });
  if (found == outcomes_.end()) return std::nullopt;
  SteeredOutcome outcome = std::move(found->outcome);
  outcomes_.erase(found);
  return outcome;
}

std::optional<std::string> TestRun::UnusedOutcome() const {
  if (outcomes_.empty()) return std::nullopt;
  const WantedOutcome& one = outcomes_.front();
  const SteeredOutcome& outcome = one.outcome;
  const std::string who =
      one.action.empty() ? "an action of type " + one.type : fmt::format("action '{}'", one.action);
  const std::string what = !outcome.error.empty() ? "take the error " + outcome.error
                           : outcome.condition.empty()
                               ? std::string("succeed")
                               : fmt::format("give '{}'", outcome.condition);
  return fmt::format("{}{} was to {}, but it never ran", who,
                     one.flow.empty() ? "" : fmt::format(" of flow '{}'", WithoutSymbol(one.flow)),
                     what);
}

Steering TestRun::Use(const Override& used) {
  Steering steering;
  if (!used.substitute.empty()) {
    const auto resource = FindResource(world_, used.action_type, used.substitute);
    if (!resource) {
      Differ(fmt::format("'{}' cannot take the place of '{}': there is no such resource",
                         used.substitute, used.resource));
      steering.stop = true;
      return steering;
    }
    steering.go_on.resource = *resource;
  } else if (used.action_type == kFunction) {
    steering.function = MockedFunction(used);
  } else if (used.action_type == kBot) {
    steering.bot = MockedBot(used);
  } else {
    steering.go_on.error = used.error;
    steering.go_on.result = used.result;
  }
  return steering;
}

bool TestRun::AllMatched() const {
  return outcomes_.empty() && std::ranges::all_of(watched_, [](const Watched& one) {
           // AtMost holds only when the contact has had its chance to match once more.
           return one.observation->event.type == TestEventType::kTestCompleted ||
                  (one.Satisfied() && one.observation->usage.kind != Usage::Kind::kAtMost);
         });
}

const Instruction* TestRun::NextInstruction() const {
  return instructions_.empty() ? nullptr : &instructions_.front();
}

void TestRun::Report(TestOutcome& outcome) {
  outcome.assertions = std::move(assertions_);
  outcome.log = std::move(log_);
  outcome.coverage = std::move(coverage_);
  for (const Override& one : overrides_) {
    outcome.unused.push_back(fmt::format("the override of {} '{}' was not used", one.action_type,
                                         ResourceName(world_, one.action_type, one.resource)));
  }
}

}  // namespace trunkline::sim
