// The state of a contact as exploration knows it: position, and what is still read there.
#pragma once

#include <string>

#include "sim/explore/flow_map.h"
#include "sim/explore/reads.h"
#include "sim/state.h"

namespace trunkline::sim {

// Equal keys: the contacts go on alike. Times, ids and words that were said are not in it.
std::string KeyOf(const ContactState& contact, const FlowMap& map, const Reads& reads);

}  // namespace trunkline::sim
