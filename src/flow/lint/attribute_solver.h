// Which attributes are set where, over flows that hand contacts to each other; see
// set_attributes.cpp for the idea.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "flow/lint/set_context.h"

namespace trunkline::flow::lint {

class AttributeSolver {
 public:
  // `group` holds all flows that its members call and are called by.
  AttributeSolver(const SetContext& set, const std::vector<std::size_t>& group);

  // Goes on to the next 64 keys that are both read and set in the group; false when there are none.
  bool NextBatch();

  // Of a key of this batch: whether some path to the node sets it and another does not, wherever
  // contacts come in.
  bool IsMissing(std::size_t flow, std::size_t node, std::string_view key) const;
  // That other path, in words: "in 'Main': '2' of 'menu'; in 'Sales': error 'X' of 'lookup'".
  std::string WayWithout(std::size_t flow, std::size_t node, std::string_view key) const;

 private:
  using Mask = std::uint64_t;
  static constexpr std::size_t kBits = 64;
  static constexpr Mask kAll = ~Mask{0};

  struct State {
    Mask every = kAll;  // set on every path; all of them where no path leads
    Mask some = 0;      // set on some path

    bool operator==(const State&) const = default;
  };
  // What a module does to its caller.
  struct Effect {
    State state;
    bool returns = false;

    bool operator==(const Effect&) const = default;
  };
  // What holds where, when contacts come in at these flows. By local flow, node; empty where no
  // contact gets to.
  struct Run {
    std::vector<std::size_t> entries;
    std::vector<std::vector<State>> states;
  };
  struct Step;

  void FindCalls();
  void FindKeys();
  void OrderModules();
  void FindEntries();
  std::vector<std::size_t> EntriesOf(const std::vector<std::size_t>& circle) const;

  Mask MaskOf(std::string_view key) const;
  Mask SetBy(const FactEdge& edge) const;
  // What holds behind an edge: what it sets and, behind a module's call, what the module does.
  // Nothing where a module does not come back.
  std::optional<State> Behind(std::size_t flow, std::size_t node, const FactEdge& edge,
                              State before) const;
  std::vector<State> SolveFlow(std::size_t flow, State entry) const;
  Effect EffectOf(std::size_t module) const;
  void SolveModules();
  void Solve(Run& run) const;
  State AtCall(const Run& run, std::size_t flow, const FlowCall& call) const;

  static bool Misses(const Run& run, std::size_t local_flow, std::size_t node, Mask mask);
  // A run in which a path to the node misses the key; nullptr when there is none.
  const Run* MissingRun(std::size_t local_flow, std::size_t node, Mask mask) const;
  bool SomePathSets(std::size_t local_flow, std::size_t node, Mask mask) const;
  std::vector<Step> StepsWithout(const Run& run, std::size_t flow, std::size_t node,
                                 Mask mask) const;
  std::string InWords(const std::vector<Step>& steps) const;

  const SetContext& set_;
  const std::vector<std::size_t>& group_;
  std::unordered_map<std::size_t, std::size_t> local_;  // flow -> position in the group
  std::vector<std::vector<std::size_t>> calls_;         // by local flow: local flows it calls
  std::vector<std::vector<std::size_t>> module_of_;     // by local flow, node: the module it runs
  std::vector<std::size_t> modules_;                    // the ones that others invoke first
  bool modules_in_a_circle_ = false;
  std::vector<std::string_view> keys_;  // read and set
  std::size_t next_key_ = 0;

  std::unordered_map<std::string_view, Mask> bits_;  // of this batch
  std::vector<Effect> effects_;                      // of modules, by local flow
  Run from_roots_;                                   // from all flows that nobody calls
  std::vector<std::vector<Run>> circles_;            // one run for each flow of a circle
};

}  // namespace trunkline::flow::lint
