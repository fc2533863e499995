// The graph of a flow: which action leads to which.
#pragma once

#include <cstddef>
#include <vector>

#include "flow/document.h"

namespace trunkline::flow {

inline constexpr std::size_t kNoAction = static_cast<std::size_t>(-1);

enum class EdgeKind { kNext, kCondition, kError };

// One branch of an action, as a contact takes it.
struct GraphEdge {
  std::size_t target;
  EdgeKind kind;
  std::size_t branch = 0;  // position in the action's conditions or errors
};

// The strongly connected component of each node of a graph given by its successors; nodes of one
// cycle share a number. Linear.
std::vector<std::size_t> ComponentsOf(const std::vector<std::vector<std::size_t>>& next);

class Graph {
 public:
  explicit Graph(const Document& document);

  std::size_t start() const { return start_; }  // kNoAction when StartAction names none
  // Positions in document.actions; each once, in the order NextAction, Conditions, Errors. Targets
  // that do not exist are left out. NextAction counts even where the console only mirrors another
  // branch there.
  const std::vector<std::size_t>& Next(std::size_t action) const { return next_[action]; }
  // The branches a contact can really take: NextAction is left out where the console only mirrors
  // another branch there, and where success ends the flow (a transfer).
  const std::vector<GraphEdge>& Edges(std::size_t action) const { return edges_[action]; }
  std::size_t size() const { return next_.size(); }
  std::size_t Find(std::string_view id) const;  // kNoAction when there is none

  // Which actions some path from the start reaches.
  std::vector<bool> Reachable() const;
  // The strongly connected component of each action; actions of one cycle share a number.
  std::vector<std::size_t> Components() const;

 private:
  const Document& document_;
  std::size_t start_ = kNoAction;
  std::vector<std::vector<std::size_t>> next_;
  std::vector<std::vector<GraphEdge>> edges_;
};

}  // namespace trunkline::flow
