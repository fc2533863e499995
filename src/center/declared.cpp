#include "center/declared.h"

#include <algorithm>

#include "flow/symbols.h"

namespace trunkline::center {
namespace {

using flow::ResourceKind;

// What a new instance has, as Amazon Connect makes it. The names are the same in every instance.
constexpr std::string_view kDefaultFlows[] = {
    "Default agent hold",    "Default agent transfer", "Default agent whisper",
    "Default customer hold", "Default customer queue", "Default customer whisper",
    "Default outbound",      "Default queue transfer",
};
constexpr std::string_view kDefaultPrompts[] = {
    "Beep.wav",
    "CustomerHold.wav",
    "CustomerQueue.wav",
    "Music_Jazz_MyTimetoFly_Inst.wav",
    "Music_Pop_ThisAndThatIsLife_Inst.wav",
    "Music_Pop_ThrowYourselfInFrontOfIt_Inst.wav",
    "Music_Rock_EverywhereTheSunShines_Inst.wav",
};
constexpr std::string_view kDefaultQueue = "BasicQueue";

template <class T>
std::vector<std::string> NamesOf(const std::vector<T>& all) {
  std::vector<std::string> names;
  for (const T& one : all) names.push_back(*one.name);
  return names;
}

}  // namespace

DeclaredNames::DeclaredNames(const Center& center, const std::set<ResourceKind>& unread) {
  names_[ResourceKind::kQueue] = NamesOf(center.queues);
  names_[ResourceKind::kQueue].emplace_back(kDefaultQueue);
  names_[ResourceKind::kHours] = NamesOf(center.hours);
  names_[ResourceKind::kHours].emplace_back(kBasicHours);
  names_[ResourceKind::kModule] = NamesOf(center.modules);
  names_[ResourceKind::kBot] = NamesOf(center.bots);
  names_[ResourceKind::kLambda] = NamesOf(center.functions);
  names_[ResourceKind::kLambda].emplace_back(flow::kMappingName);
  std::vector<std::string>& flows = names_[ResourceKind::kFlow] = NamesOf(center.flows);
  flows.insert(flows.end(), std::begin(kDefaultFlows), std::end(kDefaultFlows));
  std::vector<std::string>& prompts = names_[ResourceKind::kPrompt] = NamesOf(center.prompts);
  prompts.insert(prompts.end(), std::begin(kDefaultPrompts), std::end(kDefaultPrompts));
  for (const ResourceKind kind : unread) names_.erase(kind);
}

bool DeclaredNames::Has(flow::ResourceKind kind, std::string_view name) const {
  const auto& names = names_.at(kind);
  return std::ranges::find(names, name) != names.end();
}

}  // namespace trunkline::center
