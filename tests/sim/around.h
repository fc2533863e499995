// One action under test, "x", in a flow that does nothing else: for the tests of action types.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/contact.h"
#include "tests/sim/fixture.h"

namespace trunkline::sim::tests {

using Branches = std::vector<std::pair<std::string, std::string>>;

// A world whose main flow runs `first` (it begins), then action "x", then hangs up at "end".
inline World Around(std::string_view type, std::string_view parameters, Branches branches = {},
                    const std::string& first = "") {
  if (branches.empty()) branches = {{"next", "end"}, {"Error:NoMatchingError", "end"}};
  World world = SmallWorld();
  world.flows.push_back(MakeFlow("main", "CONTACT_FLOW",
                                 (first.empty() ? "" : first + ",") +
                                     Action("x", type, parameters, branches) + "," +
                                     Action("end", "DisconnectParticipant", "{}")));
  return world;
}

inline std::string SetQueue(std::string_view queue = "q-sales") {
  return Action("queue", "UpdateContactTargetQueue",
                R"({"QueueId":")" + std::string(queue) + R"("})", {{"next", "x"}});
}

// "<outcome>" or "<outcome>: <detail>" of action "x" when the contact has just begun.
inline std::string OutcomeOf(TestCall& call) {
  if (call.effects().empty()) call.Start();
  for (const Effect& effect : call.effects()) {
    const auto* ran = std::get_if<Ran>(&effect.what);
    if (ran == nullptr || effect.action != "x") continue;
    return ran->outcome + (ran->detail.empty() ? "" : ": " + ran->detail);
  }
  return "not run";
}

inline std::string Outcome(std::string_view type, std::string_view parameters,
                           const std::string& first = "") {
  TestCall call(Around(type, parameters, {}, first));
  return OutcomeOf(call);
}

inline std::string OutcomeOnChat(std::string_view type, std::string_view parameters) {
  TestCall call(Around(type, parameters), {.channel = Channel::kChat});
  return OutcomeOf(call);
}

}  // namespace trunkline::sim::tests
