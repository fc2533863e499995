// The graph of a flow: which action leads to which.
#pragma once

#include <cstddef>
#include <vector>

#include "flow/document.h"

namespace trunkline::flow {

inline constexpr std::size_t kNoAction = static_cast<std::size_t>(-1);

class Graph {
 public:
  explicit Graph(const Document& document);

  std::size_t start() const { return start_; }  // kNoAction when StartAction names none
  // Positions in document.actions; each once, in the order NextAction, Conditions, Errors. Targets
  // that do not exist are left out. NextAction counts even where the console only mirrors another
  // branch there.
  const std::vector<std::size_t>& Next(std::size_t action) const { return next_[action]; }
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
};

}  // namespace trunkline::flow
