// How alike two actions are that are not the same: for pairing what is left when nothing else
// tells.
#pragma once

#include <cstddef>
#include <vector>

#include "flow/diff/match.h"
#include "flow/diff/side.h"

namespace trunkline::flow {

struct Likeness {
  std::size_t before;
  std::size_t after;
  double score;  // 0 to 2: the share of equal parameters, and of branches to and from pairs
};

// Pairs of unmatched actions of one type that have something in common, the most alike first. Of
// more than 100,000 possible pairs of a type none is compared.
std::vector<Likeness> LikestPairs(const Side& before, const Side& after, const Matching& matching);

}  // namespace trunkline::flow
