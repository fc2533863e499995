// Taking away what Trunkline has delivered to one Region, the last delivered first.
//
// Only what carries 'trunkline:managed' goes, and nothing of a CloudFormation stack. An instance
// that Trunkline made goes with everything in it; in one that was there before, what was delivered
// goes piece by piece. A bucket that holds something stays: recordings are nobody's to delete but
// the user's.
#pragma once

#include "base/result.h"
#include "deploy/phone.h"
#include "deploy/resource.h"

namespace trunkline::deploy {

// Reads what a removal has to know beside ReadLive(): whether the instance is ours, and its
// numbers.
struct Removal {
  Plan plan;                         // of kDelete
  std::vector<PhoneNumber> numbers;  // that Trunkline claimed
  std::size_t other_numbers = 0;     // that somebody else did
};
net::aw<Result<Removal>> PlanRemoval(Session& session);

// A pure function of what is live: every member of `live` has its tags.
Plan RemovalOf(const Live& live);

}  // namespace trunkline::deploy
