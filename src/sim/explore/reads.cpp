#include "sim/explore/reads.h"

#include <algorithm>
#include <array>

namespace trunkline::sim {
namespace {

constexpr std::array<std::string_view, 6> kEphemeral = {"ContactId",        "InitialContactId",
                                                        "LambdaInvocation", "Media",
                                                        "MediaStreams",     "PreviousContactId"};
constexpr std::array<std::string_view, 15> kOfFrame = {"$.Case.",
                                                       "$.Customer.",
                                                       "$.DataTableList.",
                                                       "$.DataTables.",
                                                       "$.DeliveryReceipts",
                                                       "$.Email.",
                                                       "$.External.",
                                                       "$.FlowAttributes.",
                                                       "$.Lex.",
                                                       "$.Metrics.",
                                                       "$.Modules.",
                                                       "$.OutboundCommunication.",
                                                       "$.StoredCustomerInput",
                                                       "$.Views.",
                                                       "$.Wisdom."};
constexpr std::size_t kWord = 64;

void AddPath(const flow::Path& path, std::vector<std::string>& found) {
  if (std::ranges::find(kEphemeral, path.Root()) != kEphemeral.end()) return;
  found.push_back(flow::ToText(path));
  for (const flow::PathStep& step : path.steps) {
    for (const flow::Path& inner : step.dynamic) AddPath(inner, found);
  }
}

void AddText(std::string_view text, std::vector<std::string>& found) {
  for (const flow::Piece& piece : flow::Scan(text)) {
    if (piece.path) AddPath(*piece.path, found);
  }
}

void AddValue(const json::Value& value, std::vector<std::string>& found) {
  if (value.IsString()) return AddText(value.AsString(), found);
  if (value.IsArray()) {
    for (const json::Value& item : value.AsArray()) AddValue(item, found);
  } else if (value.IsObject()) {
    for (const json::Member& member : value.AsObject()) {
      AddText(member.key, found);
      AddValue(member.value, found);
    }
  }
}

bool Unite(std::vector<std::uint64_t>& into, const std::vector<std::uint64_t>& other) {
  bool changed = false;
  for (std::size_t i = 0; i < into.size(); ++i) {
    const std::uint64_t united = into[i] | other[i];
    changed = changed || united != into[i];
    into[i] = united;
  }
  return changed;
}

}  // namespace

std::vector<std::string> ReferencesIn(std::string_view text) {
  std::vector<std::string> found;
  AddText(text, found);
  return found;
}

std::vector<std::string> ReferencesOf(const flow::Action& action) {
  std::vector<std::string> found;
  AddValue(action.parameters, found);
  for (const flow::ConditionBranch& branch : action.conditions) {
    for (const std::string& operand : branch.operands) AddText(operand, found);
  }
  return found;
}

bool IsOfFrame(std::string_view reference) {
  return std::ranges::any_of(kOfFrame,
                             [&](std::string_view one) { return reference.starts_with(one); });
}

Reads::Reads(const FlowMap& map, const std::vector<std::string>& always) {
  std::vector<std::vector<std::size_t>> own(map.size());
  for (std::size_t place = 0; place < map.size(); ++place) {
    for (std::string& name : ReferencesOf(map.ActionAt(place)))
      own[place].push_back(NumberOf(std::move(name)));
    for (const std::string& name : always) own[place].push_back(NumberOf(name));
    const flow::Action& action = map.ActionAt(place);
    if (action.type == "Loop")
      own[place].push_back(
          NumberOf(std::string(kLoopRead) + map.FlowAt(place).id + "/" + action.id));
  }
  std::vector<Bits> live(map.size(), Bits(names_.size() / kWord + 1));
  for (std::size_t place = 0; place < map.size(); ++place) {
    for (const std::size_t name : own[place]) live[place][name / kWord] |= 1ULL << (name % kWord);
  }
  Spread(map, live);
  live_.resize(map.size() + 1);  // the last one stays empty
  for (std::size_t place = 0; place < map.size(); ++place) {
    for (std::uint32_t name = 0; name < names_.size(); ++name) {
      if ((live[place][name / kWord] >> (name % kWord) & 1U) != 0) live_[place].push_back(name);
    }
  }
}

std::size_t Reads::NumberOf(std::string name) {
  const auto [entry, added] = numbers_.emplace(name, names_.size());
  if (added) names_.push_back(std::move(name));
  return entry->second;
}

// What can be read later is read from here on: until nothing changes.
void Reads::Spread(const FlowMap& map, std::vector<Bits>& live) const {
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t place = map.size(); place-- > 0;) {
      for (const std::size_t next : map.Next(place))
        changed = Unite(live[place], live[next]) || changed;
    }
  }
}

const std::vector<std::uint32_t>& Reads::LiveAt(std::size_t place) const {
  return place == kNowhere ? live_.back() : live_[place];
}

}  // namespace trunkline::sim
