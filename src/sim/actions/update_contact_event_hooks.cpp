// Set customer queue, hold, whisper, disconnect flow: remembered for the contact, the latest one
// counts.
#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "sim/actions/list.h"
#include "sim/lookup.h"

namespace trunkline::sim {
namespace {

constexpr std::string_view kHooks[] = {
    "AgentHold",       "AgentWhisper",   "CustomerHold",      "CustomerQueue", "CustomerRemaining",
    "CustomerWhisper", "DefaultAgentUI", "DisconnectAgentUI", "PauseContact",  "ResumeContact"};

bool IsHook(std::string_view name) {
  return std::ranges::find(kHooks, name) != std::end(kHooks);
}

// "disable whisper" of the console: {AgentWhisper: {DisableExecution: "true"}}.
void Configure(Turn& turn) {
  for (const auto& [hook, entry, offset] : turn.Map("EventHooksConfiguration")) {
    const bool disabled = entry.IsObject() &&
                          EqualsIgnoreCase(entry.AsObject().GetString("DisableExecution"), "true");
    if (disabled) turn.contact.disabled_hooks.insert(hook);
    if (!disabled) turn.contact.disabled_hooks.erase(hook);
  }
}

Outcome RunUpdateContactEventHooks(Turn& turn) {
  const json::Object& hooks = turn.Map("EventHooks");
  for (const auto& [hook, value, offset] : hooks) {
    const auto flow = ScalarText(value);
    if (!IsHook(hook)) return Fail("there is no event hook '{}'", hook);
    if (!flow || flow->empty()) return Fail("event hook '{}' names no flow", hook);
    if (turn.world().FindFlow(*flow) == nullptr) return Fail("flow '{}' does not exist", *flow);
  }
  for (const auto& [hook, value, offset] : hooks)
    turn.contact.hooks[hook] = ScalarText(value).value_or("");
  Configure(turn);
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateContactEventHooks{.run = RunUpdateContactEventHooks};

}  // namespace trunkline::sim
