#include "flow/document.h"

#include <algorithm>
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

const Action* Document::FindAction(std::string_view id) const {
  const auto found = std::ranges::find(actions, id, &Action::id);
  return found == actions.end() ? nullptr : &*found;
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
