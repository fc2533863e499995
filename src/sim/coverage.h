// Coverage: which actions of a world's flows were run, and which branches they were left by.
//
// An action counts when it begins, which is known of contacts that stop before each (Call::stops),
// as those of test cases do; a branch counts when it is taken.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "sim/effect.h"
#include "sim/world.h"

namespace trunkline::sim {

class Coverage {
 public:
  // An action begins.
  void Begin(const FlowResource& flow, const std::string& action) { ++flows_[&flow][action].begun; }
  // Takes a branch from Ran.
  void See(const Effect& effect);
  // What another one of the same world has counted.
  void Add(const Coverage& other);

  std::size_t TimesRun(const FlowResource& flow, std::string_view action) const;
  std::size_t TimesTaken(const FlowResource& flow, std::string_view action,
                         const BranchTaken& branch) const;

 private:
  using BranchKey = std::tuple<flow::EdgeKind, std::size_t>;
  struct Counts {
    std::size_t begun = 0;
    std::map<BranchKey, std::size_t> taken;
  };
  const Counts* Find(const FlowResource& flow, std::string_view action) const;

  std::map<const FlowResource*, std::map<std::string, Counts, std::less<>>> flows_;
};

}  // namespace trunkline::sim
