// Stand-ins: the action types that exist on Amazon Connect and have no meaning here, because a
// service stands behind them that is not simulated (customer profiles, cases, data tables, views,
// Voice ID, campaigns, ...).
//
// Each is a row: how it goes by itself, what it can be told to set, and why. What changes something
// elsewhere succeeds; what looks something up finds nothing, as on an instance where nothing is
// kept; what asks the customer gets no answer until its time is up. A host tells it otherwise with
// GoOn (sim/steered_outcome.h). Every run is told as StoodIn, so that nobody takes it for the
// service.
#pragma once

#include <span>
#include <string_view>

#include "sim/runner.h"

namespace trunkline::sim {

struct StandIn {
  std::string_view type;
  // By itself: the error it takes, or the result its Conditions decide on. Both empty: it succeeds.
  std::string_view error = {};
  std::string_view result = {};
  std::string_view why;                         // "no cases are kept here"
  std::span<const std::string_view> sets = {};  // roots of what it sets: "Customer"
  bool decides = false;                         // it does not merely succeed: its Conditions decide
  // What a success sets by itself: ids and what the action wrote.
  void (*makes)(Turn& turn) = nullptr;
  // How long the customer has to answer; nullptr: nobody is asked.
  Milliseconds (*limit)(const Turn& turn) = nullptr;
};

// Alphabetical.
std::span<const StandIn> AllStandIns();
// nullptr when the type is none.
const StandIn* FindStandIn(std::string_view type);

// How it goes by itself: "success", "NoneFound", "False".
std::string_view OutcomeOf(const StandIn& stand_in);

// The behaviour of all of them.
extern const Runner kRunStandIn;
// As the host wants it.
Outcome RunAsTold(Turn& turn, const StandIn& stand_in, const GoOn& go_on);

}  // namespace trunkline::sim
