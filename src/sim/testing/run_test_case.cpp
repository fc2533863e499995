#include "sim/testing/run_test_case.h"

#include <algorithm>

#include "base/text.h"
#include "sim/state.h"
#include "sim/testing/test_run.h"

namespace trunkline::sim {
Call CallOf(const TestCase& test, const TestSetting& setting) {
  Call call{.flow = WithoutSymbol(test.flow),
            .channel = test.channel,
            .now = test.rehearsal.at.value_or(setting.at),
            .seed = test.rehearsal.seed.value_or(setting.seed),
            .attributes = test.attributes};
  if (test.rehearsal.agent_answers)
    call.answering = Answering{.mode = Answering::Mode::kAfterFirstMessage};
  call.customer.address = test.from.empty() ? "+15550100" : test.from;
  return call;
}

namespace {

bool CanTake(const Contact& contact, const Instruction& instruction) {
  const Needs needs = contact.needs();
  switch (instruction.kind) {
    case Instruction::Kind::kKeys:
      return needs.keys;
    case Instruction::Kind::kWords:
      return needs.speech;
    case Instruction::Kind::kHangUp:
      return true;
  }
  return false;
}

Event EventOf(const Instruction& instruction) {
  if (instruction.kind == Instruction::Kind::kHangUp) return CallerHungUp{};
  if (instruction.kind == Instruction::Kind::kKeys) return CallerPressed{instruction.value};
  return CallerSaid{instruction.value};
}

}  // namespace

std::optional<Event> NextEvent(const Contact& contact, TestRun& run, TimePoint end) {
  const Instruction* next = run.NextInstruction();
  if (next != nullptr && CanTake(contact, *next)) {
    Event event = EventOf(*next);
    run.InstructionGiven();
    return event;
  }
  if (auto event = run.NextOfAgent(contact)) return event;
  if (next == nullptr && run.AllMatched() && run.agent_left() == 0) return std::nullopt;
  const Needs needs = contact.needs();
  if (!needs.timer) return std::nullopt;
  if (contact.now() + needs.until_timer > end) {
    run.RunsOutOfTime();
    return std::nullopt;
  }
  return TimerFired{*needs.timer};
}

namespace {

// Where the contact stands: "the contact ended (the flow hung up)".
std::string Standing(const Contact& contact, const Transcript& transcript) {
  if (contact.phase() == Phase::kEnded)
    return fmt::format("the contact ended ({})", transcript.end);
  if (contact.phase() == Phase::kQueued)
    return fmt::format("the customer waits in queue '{}'", transcript.queue);
  const Needs needs = contact.needs();
  if (needs.speech) return "the flow waits for what the customer says";
  if (needs.keys) return "the flow waits for keys";
  return "the contact goes on";
}

std::string Heard(const TestRun& run, std::size_t from, const TestEvent& event) {
  const std::vector<std::string>& all = run.heard();
  if (from >= all.size()) return "the customer heard nothing more";
  std::vector<std::string> some(all.begin() + static_cast<std::ptrdiff_t>(from), all.end());
  const std::string& expected = event.ssml.empty() ? event.text : event.ssml;
  if (event.type == TestEventType::kMessageReceived && !expected.empty()) {
    const auto closest = std::ranges::max_element(
        some, {}, [&](const std::string& one) { return Similarity(one, expected); });
    if (event.matching == Matching::kSimilarity && some.size() > 1)
      return fmt::format("the closest that the customer heard was '{}'", *closest);
  }
  return fmt::format("the customer heard '{}'", Join(some, "', then '"));
}

// "a transfer to queue 'Sales'".
std::string Named(std::string_view type, std::string_view name) {
  const std::string_view words = type == "InvokeLambdaFunction"           ? "a call of function"
                                 : type == "ConnectParticipantWithLexBot" ? "a talk with bot"
                                 : type == "CheckHoursOfOperation"        ? "a check of hours"
                                                                          : "a transfer to queue";
  return fmt::format("{} '{}'", words, name);
}

std::string BegunInstead(const TestRun& run, const Watched& watched) {
  std::vector<std::string> others;
  const std::vector<Begun>& all = run.begun();
  for (std::size_t i = watched.begun_before; i < all.size(); ++i) {
    if (all[i].type == watched.observation->event.action_type)
      others.push_back(Named(all[i].type, all[i].name));
  }
  return others.empty() ? std::string() : "there was " + Join(others, ", then ");
}

// What an observation waited for that did not come.
std::string Missed(const TestRun& run, const Watched& watched, const World& world) {
  const TestEvent& event = watched.observation->event;
  switch (event.type) {
    case TestEventType::kTestInitiated:
    case TestEventType::kTestCompleted:
      return fmt::format("expected {}", ToText(event.type));
    case TestEventType::kMessageReceived:
      return fmt::format("expected the customer to hear '{}', but {}",
                         event.text + event.ssml + event.prompt + event.media_uri,
                         Heard(run, watched.heard_before, event));
    case TestEventType::kFlowActionStarted:
    case TestEventType::kFlowActionCompleted:
      break;
  }
  const std::string instead = BegunInstead(run, watched);
  return fmt::format(
      "expected {}{}, but {}",
      Named(event.action_type, ResourceName(world, event.action_type, event.resource)),
      event.type == TestEventType::kFlowActionCompleted ? " to succeed" : "",
      instead.empty() ? Heard(run, watched.heard_before, event) : instead);
}

// The first observation that did not match: one that was waited for before one that was not.
const Watched* FirstMissed(const TestRun& run) {
  const Watched* missed = nullptr;
  for (const Watched& one : run.watched()) {
    if (one.Satisfied()) continue;
    if (one.was_active) return &one;
    if (missed == nullptr) missed = &one;
  }
  return missed;
}

std::string Difference(const TestRun& run, const Contact& contact, const Transcript& transcript) {
  if (!run.difference().empty()) return run.difference();
  const World& world = *contact.state().world;
  const std::string standing = Standing(contact, transcript);
  if (const Instruction* next = run.NextInstruction()) {
    const bool keys = next->kind == Instruction::Kind::kKeys;
    return fmt::format("the customer was to {} '{}', but nobody asked for {}: {}",
                       keys ? "press" : "say", next->value, keys ? "keys" : "words", standing);
  }
  const Watched* missed = FirstMissed(run);
  if (missed == nullptr) return run.UnusedOutcome().value_or("");
  const std::string& id = missed->observation->id;
  if (!missed->was_active)
    return fmt::format("observation '{}' was never waited for: none before it matched", id);
  const Usage& usage = missed->observation->usage;
  const std::string times = usage.times == 1
                                ? std::string()
                                : fmt::format(" {} times (matched {})", usage.times, missed->times);
  return fmt::format("observation '{}': {}{}; {}", id, Missed(run, *missed, world), times,
                     standing);
}

void AddMissing(const Rehearsal& rehearsal, TestOutcome& outcome) {
  for (const std::string& name : rehearsal.missing_functions())
    outcome.missing.push_back("lambda:" + name);
  for (const std::string& name : rehearsal.missing_bots()) outcome.missing.push_back("bot:" + name);
}

}  // namespace

std::string_view ToText(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPassed:
      return "passed";
    case Verdict::kFailed:
      return "failed";
    case Verdict::kTimedOut:
      return "timed out";
  }
  return "";
}

TestOutcome Judge(TestRun& run, const Contact& contact, Transcript transcript, TimePoint began) {
  if (run.difference().empty()) run.Happen(contact, TestEventType::kTestCompleted);
  TestOutcome outcome;
  outcome.difference = Difference(run, contact, transcript);
  if (outcome.difference.empty() && run.agent_left() > 0)
    outcome.difference = fmt::format(
        "the agent was to do {} more, but did not talk with the customer", run.agent_left());
  if (outcome.difference.empty()) {
    outcome.verdict = Verdict::kPassed;
  } else if (run.timed_out() && run.difference().empty()) {
    outcome.verdict = Verdict::kTimedOut;
  }
  for (const Watched& one : run.watched()) {
    outcome.observations.push_back({.id = one.observation->id,
                                    .times = one.times,
                                    .passed = one.Satisfied(),
                                    .first = one.times == 0 ? Milliseconds{} : one.first - began});
  }
  run.Report(outcome);
  outcome.transcript = std::move(transcript);
  outcome.took = contact.now() - began;
  return outcome;
}

TestOutcome RunTestCase(const TestCase& test, std::shared_ptr<const World> world,
                        StandIns stand_ins, const TestSetting& setting) {
  const Call call = CallOf(test, setting);
  TestRun run(test, *world, call.now);
  Rehearsal rehearsal(std::move(world), call, std::move(stand_ins), &run);
  run.Happen(rehearsal.contact(), TestEventType::kTestInitiated);
  if (!run.finished()) rehearsal.Give(Started{});
  while (run.GoesOn(rehearsal.contact())) {
    const auto event = NextEvent(rehearsal.contact(), run, call.now + kTestLimit);
    if (!event) break;
    rehearsal.Give(*event);
  }
  TestOutcome outcome = Judge(run, rehearsal.contact(), rehearsal.transcript(), call.now);
  AddMissing(rehearsal, outcome);
  return outcome;
}

}  // namespace trunkline::sim
