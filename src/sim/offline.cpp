#include "sim/offline.h"

#include "base/text.h"

namespace trunkline::sim {
namespace {

std::string Sets(const StandIn& stand_in) {
  std::vector<std::string> roots;
  for (const std::string_view root : stand_in.sets) roots.push_back(fmt::format("$.{}", root));
  return Join(roots, ", ");
}

// What a test can choose.
std::string Choices(const flow::ActionKind& kind, bool stands_in) {
  std::vector<std::string> choices;
  if (!kind.errors.empty()) choices.emplace_back("an error");
  if (!kind.results.empty()) choices.emplace_back("a result of its conditions");
  if (stands_in && kind.results.empty()) choices.emplace_back("success");
  return Join(choices, " or ");
}

}  // namespace

std::vector<std::string> OfflineFacts(const flow::ActionKind& kind) {
  const StandIn* stand_in = FindStandIn(kind.name);
  std::vector<std::string> facts;
  if (stand_in == nullptr) {
    facts.emplace_back("it runs");
  } else {
    facts.push_back(fmt::format("it stands in for a service that is not there: {}, because {}",
                                OutcomeOf(*stand_in), stand_in->why));
  }
  const std::string choices = Choices(kind, stand_in != nullptr);
  if (!choices.empty() && kind.next != flow::Next::kTerminal)
    facts.push_back(fmt::format("a test or a mock can give it {}", choices));
  if (stand_in != nullptr && !stand_in->sets.empty())
    facts.push_back(fmt::format("a test or a mock can say what it sets: {}", Sets(*stand_in)));
  return facts;
}

json::Object OfflineData(const flow::ActionKind& kind) {
  const StandIn* stand_in = FindStandIn(kind.name);
  json::Object data{{"standsIn", stand_in != nullptr}};
  if (stand_in == nullptr) return data;
  json::Array sets;
  for (const std::string_view root : stand_in->sets) sets.emplace_back(root);
  data.Set("outcome", OutcomeOf(*stand_in));
  data.Set("why", stand_in->why);
  data.Set("sets", std::move(sets));
  return data;
}

}  // namespace trunkline::sim
