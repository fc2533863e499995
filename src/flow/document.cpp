#include "flow/document.h"

#include <algorithm>
#include <utility>

namespace trunkline::flow {

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
  // Console exports write these; the first five were seen, the others follow the pattern.
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"contactFlow", "CONTACT_FLOW"},         {"customerQueue", "CUSTOMER_QUEUE"},
      {"outboundWhisper", "OUTBOUND_WHISPER"}, {"queueTransfer", "QUEUE_TRANSFER"},
      {"agentWhisper", "AGENT_WHISPER"},       {"customerHold", "CUSTOMER_HOLD"},
      {"customerWhisper", "CUSTOMER_WHISPER"}, {"agentHold", "AGENT_HOLD"},
      {"agentTransfer", "AGENT_TRANSFER"},     {"campaign", "CAMPAIGN"},
  };
  const auto* const found =
      std::ranges::find(kNames, name, &std::pair<std::string_view, std::string_view>::first);
  return found == std::end(kNames) ? std::string_view() : found->second;
}

}  // namespace trunkline::flow
