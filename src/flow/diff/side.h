// One of two versions of a flow, made ready for matching: branches with what they are taken for, in
// both directions, and what identifies an action apart from its identifier.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "flow/graph.h"

namespace trunkline::flow {

struct Edge {
  std::string label;   // "next", "if Equals 1", "error NoMatchingError"
  std::size_t action;  // where it leads to, or comes from
  EdgeKind kind = EdgeKind::kNext;
  std::size_t branch = 0;  // position in the action's conditions or errors
};

struct Side {
  explicit Side(const Document& version);

  // From the start on, breadth first, as callers come to them; what no path reaches at the end.
  std::vector<std::size_t> InOrder() const;

  const Document& document;
  std::size_t start;                   // kNoAction without one
  std::vector<std::vector<Edge>> out;  // branches to actions that exist
  std::vector<std::vector<Edge>> in;
  std::vector<std::uint64_t> contents;  // a hash of type and parameters
};

// "next", "if Equals 1", "error NoMatchingError".
std::string BranchLabel(const Action& action, EdgeKind kind, std::size_t branch);
// Of type and parameters.
std::uint64_t ContentOf(const Action& action);
// A hash of the pair, in this order.
std::uint64_t Mix(std::uint64_t left, std::uint64_t right);
std::uint64_t HashOf(std::string_view text);

}  // namespace trunkline::flow
