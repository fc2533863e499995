// SteeredOutcome: how an action goes because a test or a mock wants it so, whatever it is about.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "flow/catalogue.h"
#include "sim/event.h"

namespace trunkline::sim {

// At most one of `condition` and `error`; neither: the action succeeds, which stand-ins
// (sim/stand_in.h) can be told only.
struct SteeredOutcome {
  std::string condition;    // the result that its Conditions decide on: "Next", "True"
  std::string error;        // the error branch it takes
  json::Object attributes;  // of a stand-in that does not fail: "$.Customer.FirstName" -> value
};

struct OutcomeFault {
  std::string member;   // "Condition", "Error" or "Attributes"; empty: the whole
  std::string message;  // says what is possible
};
// What an action of this kind cannot do. Its parameters decide which conditions it has; nullptr:
// they are not known, and all count.
std::optional<OutcomeFault> FaultOf(const flow::ActionKind& kind, const SteeredOutcome& outcome,
                                    const json::Object* parameters = nullptr);

// Of an outcome without fault: what tells a contact; the request is not filled in.
GoOn AsGoOn(const SteeredOutcome& outcome);

}  // namespace trunkline::sim
