// The member "Rehearsal" of a test case's Metadata.
#include <array>

#include "sim/contact_json.h"
#include "sim/testing/reader.h"

namespace trunkline::sim {
namespace {

constexpr std::string_view kWhat = "'Rehearsal'";
constexpr std::array<std::string_view, 2> kAgents = {"Answers", "Nobody"};

void ReadErrors(TestReader& reader, const json::Value& at, std::vector<WantedOutcome>& outcomes) {
  const json::Array* all = reader.FindArray(at, kWhat, "Errors", false);
  if (all == nullptr) return;
  constexpr std::string_view kError = "an entry of 'Errors'";
  for (const json::Value& one : *all) {
    outcomes.push_back({.flow = reader.Text(one, kError, "Flow"),
                        .action = reader.Text(one, kError, "Action"),
                        .outcome = {.error = reader.Text(one, kError, "ErrorType")},
                        .place = reader.PlaceOf(one)});
    if (one.IsObject()) reader.OnlyKnown(one.AsObject(), kError, {"Flow", "Action", "ErrorType"});
  }
}

constexpr std::string_view kOutcome = "an entry of 'Outcomes'";

// Of which action. What a type cannot do is said here; without a type it is known only where the
// flow is (sim/testing/check_outcomes.h).
void CheckType(TestReader& reader, const json::Value& at, const WantedOutcome& wanted) {
  if (wanted.type.empty()) {
    if (wanted.action.empty())
      reader.Say(at, kMissingMember, fmt::format("{} names no 'Action' and no 'Type'", kOutcome));
    return;
  }
  const json::Object& entry = at.AsObject();
  const flow::ActionKind* kind = flow::FindActionKind(wanted.type);
  if (kind == nullptr) {
    const std::string nearest = flow::SuggestActionType(wanted.type);
    return reader.Say(entry.At("Type"), kUnknownWord,
                      fmt::format("there is no action type '{}'", wanted.type),
                      nearest.empty() ? "" : fmt::format("did you mean '{}'?", nearest));
  }
  const auto fault = FaultOf(*kind, wanted.outcome);
  if (!fault) return;
  const json::Value* member = fault->member.empty() ? nullptr : entry.Find(fault->member);
  reader.Say(member == nullptr ? at : *member, kUnknownWord, fault->message);
}

void ReadOutcomes(TestReader& reader, const json::Value& at, std::vector<WantedOutcome>& outcomes) {
  const json::Array* all = reader.FindArray(at, kWhat, "Outcomes", false);
  if (all == nullptr) return;
  for (const json::Value& one : *all) {
    if (!one.IsObject()) {
      reader.Text(one, kOutcome, "Action");
      continue;
    }
    WantedOutcome wanted{.flow = reader.Text(one, kOutcome, "Flow", false),
                         .action = reader.Text(one, kOutcome, "Action", false),
                         .type = reader.Text(one, kOutcome, "Type", false),
                         .outcome = {.condition = reader.Text(one, kOutcome, "Condition", false),
                                     .error = reader.Text(one, kOutcome, "Error", false)},
                         .place = reader.PlaceOf(one)};
    reader.OnlyKnown(one.AsObject(), kOutcome,
                     {"Flow", "Action", "Type", "Condition", "Error", "Attributes"});
    const json::Object* attributes = reader.FindObject(one, kOutcome, "Attributes", false);
    if (attributes != nullptr) wanted.outcome.attributes = *attributes;
    CheckType(reader, one, wanted);
    outcomes.push_back(std::move(wanted));
  }
}

std::vector<Event> ReadAgentEvents(TestReader& reader, const json::Value& at) {
  std::vector<Event> events;
  const json::Array* all = reader.FindArray(at, kWhat, "AgentDoes", false);
  if (all == nullptr) return events;
  for (const json::Value& one : *all) {
    const Result<Event> event = ReadAgentEvent(one.IsObject() ? one.AsObject() : json::Object());
    if (event) {
      events.push_back(*event);
    } else {
      reader.Say(one, kWrongShape, event.error().message());
    }
  }
  return events;
}

std::optional<TimePoint> ReadTime(TestReader& reader, const json::Value& at) {
  const std::string text = reader.Text(at, kWhat, "At", false);
  if (text.empty()) return std::nullopt;
  const auto time = ParseIso8601(text);
  if (time) return time;
  reader.Say(
      at.AsObject().At("At"), kOutOfBounds,
      fmt::format("expected a time such as '2026-12-24T18:00:00Z' as 'At' but got '{}'", text));
  return std::nullopt;
}

std::optional<std::uint64_t> ReadSeed(TestReader& reader, const json::Value& at) {
  const json::Value* seed = at.AsObject().Find("Seed");
  if (seed == nullptr) return std::nullopt;
  if (seed->IsNumber() && seed->AsInt() >= 0) return static_cast<std::uint64_t>(seed->AsInt());
  reader.Say(*seed, kOutOfBounds, "expected a number from 0 on as 'Seed'");
  return std::nullopt;
}

}  // namespace

RehearsalSetting ReadRehearsal(TestReader& reader, const json::Value& metadata) {
  RehearsalSetting setting;
  if (reader.FindObject(metadata, "'Metadata'", "Rehearsal", false) == nullptr) return setting;
  const json::Value& at = metadata.AsObject().At("Rehearsal");
  reader.OnlyKnown(at.AsObject(), kWhat,
                   {"Agent", "AgentDoes", "Errors", "Outcomes", "At", "Seed"});
  if (at.AsObject().Has("Agent"))
    setting.agent_answers = reader.Word(at, kWhat, "Agent", kAgents) == "Answers";
  setting.agent_does = ReadAgentEvents(reader, at);
  ReadErrors(reader, at, setting.outcomes);
  ReadOutcomes(reader, at, setting.outcomes);
  setting.at = ReadTime(reader, at);
  setting.seed = ReadSeed(reader, at);
  return setting;
}

}  // namespace trunkline::sim
