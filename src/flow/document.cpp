#include "flow/document.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <utility>

namespace trunkline::flow {
namespace {

// Console exports write these; the first five were seen, the others follow the pattern.
using LayoutName = std::pair<std::string_view, std::string_view>;
constexpr LayoutName kLayoutNames[] = {
    {"contactFlow", "CONTACT_FLOW"},         {"customerQueue", "CUSTOMER_QUEUE"},
    {"outboundWhisper", "OUTBOUND_WHISPER"}, {"queueTransfer", "QUEUE_TRANSFER"},
    {"agentWhisper", "AGENT_WHISPER"},       {"customerHold", "CUSTOMER_HOLD"},
    {"customerWhisper", "CUSTOMER_WHISPER"}, {"agentHold", "AGENT_HOLD"},
    {"agentTransfer", "AGENT_TRANSFER"},     {"campaign", "CAMPAIGN"},
};

}  // namespace

void ActionIndex::Build(const std::vector<Action>& actions) {
  constexpr std::size_t kFew = 8;  // are looked through as fast
  slots_.clear();
  count_ = actions.size();
  if (count_ <= kFew) return;
  slots_.assign(std::bit_ceil(count_ * 2), kFree);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < count_; ++i) {
    std::size_t at = std::hash<std::string>()(actions[i].id) & mask;
    while (slots_[at] != kFree) at = (at + 1) & mask;
    slots_[at] = static_cast<std::uint32_t>(i);
  }
}

const Action* ActionIndex::Find(const std::vector<Action>& actions, std::string_view id) const {
  if (slots_.empty() || count_ != actions.size()) {
    const auto found = std::ranges::find(actions, id, &Action::id);
    return found == actions.end() ? nullptr : &*found;
  }
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = std::hash<std::string_view>()(id) & mask; slots_[at] != kFree;
       at = (at + 1) & mask) {
    if (actions[slots_[at]].id == id) return &actions[slots_[at]];
  }
  return nullptr;
}

const Action* Document::FindAction(std::string_view id) const {
  return index.Find(actions, id);
}

std::string_view ToText(Format format) {
  switch (format) {
    case Format::kBare:
      return "bare";
    case Format::kWrapped:
      return "wrapped";
    case Format::kDescribed:
      return "described";
    case Format::kLegacy:
      return "legacy";
  }
  return "bare";
}

std::string_view FlowTypeOfLayoutName(std::string_view name) {
  const auto* const found = std::ranges::find(kLayoutNames, name, &LayoutName::first);
  return found == std::end(kLayoutNames) ? std::string_view() : found->second;
}

std::string_view LayoutNameOfFlowType(std::string_view type) {
  const auto* const found = std::ranges::find(kLayoutNames, type, &LayoutName::second);
  return found == std::end(kLayoutNames) ? std::string_view() : found->first;
}

}  // namespace trunkline::flow
