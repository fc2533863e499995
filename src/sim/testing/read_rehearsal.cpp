// The member "Rehearsal" of a test case's Metadata.
#include <array>

#include "sim/testing/reader.h"

namespace trunkline::sim {
namespace {

constexpr std::string_view kWhat = "'Rehearsal'";
constexpr std::array<std::string_view, 2> kAgents = {"Answers", "Nobody"};

std::vector<Fault> ReadFaults(TestReader& reader, const json::Value& at) {
  std::vector<Fault> faults;
  const json::Array* all = reader.FindArray(at, kWhat, "Errors", false);
  if (all == nullptr) return faults;
  constexpr std::string_view kFault = "an entry of 'Errors'";
  for (const json::Value& one : *all) {
    faults.push_back({.flow = reader.Text(one, kFault, "Flow"),
                      .action = reader.Text(one, kFault, "Action"),
                      .error = reader.Text(one, kFault, "ErrorType")});
    if (one.IsObject()) reader.OnlyKnown(one.AsObject(), kFault, {"Flow", "Action", "ErrorType"});
  }
  return faults;
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
  reader.OnlyKnown(at.AsObject(), kWhat, {"Agent", "Errors", "At", "Seed"});
  if (at.AsObject().Has("Agent"))
    setting.agent_answers = reader.Word(at, kWhat, "Agent", kAgents) == "Answers";
  setting.faults = ReadFaults(reader, at);
  setting.at = ReadTime(reader, at);
  setting.seed = ReadSeed(reader, at);
  return setting;
}

}  // namespace trunkline::sim
