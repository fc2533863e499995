// Trace: what of a contact's past decides how its end is judged: what the caller heard since the
// last choice, and whether he proved who he is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/explore/explore.h"

namespace trunkline::sim {

struct Trace {
  bool quiet = true;     // nothing since the last choice
  bool served = false;   // he talked to somebody: the flow owes him no more words
  bool proven = false;   // left a block that proves who he is
  bool unknown = false;  // went on to a flow that is not known
  bool hung_up = false;  // the flow disconnected the customer
  Decider by = Decider::kNobody;
  Branch last;
  std::optional<Branch> decided;
  std::string why;                  // the contact's end
  std::vector<std::string> queued;  // names of the queues entered since the last choice

  void Choose(Decider decider);
  void See(const Effect& effect, const ExploreOrder& order);
  // What two contacts must have in common to be judged alike.
  std::string Key() const;
};

}  // namespace trunkline::sim
