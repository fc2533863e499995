// Which attributes are set where, over flows that hand contacts to each other; see
// set_attributes.cpp for the idea.
#pragma once

#include <cstdint>
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

  // Of a key of this batch: whether some path to the node sets it and another does not.
  bool IsMissing(std::size_t flow, std::size_t node, std::string_view key) const;
  // That other path, in words: "in 'Main': '2' of 'menu'; in 'Sales': error 'X' of 'lookup'".
  std::string WayWithout(std::size_t flow, std::size_t node, std::string_view key) const;

 private:
  using Mask = std::uint64_t;
  static constexpr std::size_t kBits = 64;
  static constexpr Mask kAll = ~Mask{0};

  struct State {
    Mask every = kAll;  // set on every path
    Mask some = 0;      // set on some path
  };
  struct Step;

  Mask MaskOf(std::string_view key) const;
  Mask SetBy(const FactEdge& edge) const;
  // What an edge surely adds: what it sets and, behind a module's call, what the module does.
  State Behind(std::size_t flow, std::size_t node, const FactEdge& edge, State before) const;
  void SolveModules();
  void SolveModule(std::size_t module);
  void SolveFlow(std::size_t flow, State entry);
  void SolveAll();
  State AtReturn(std::size_t module) const;
  State AtCall(std::size_t flow, const FlowCall& call) const;
  std::string InWords(const std::vector<Step>& steps, std::size_t last) const;
  bool IsCalled(std::size_t flow) const { return called_[local_.at(flow)]; }

  const SetContext& set_;
  const std::vector<std::size_t>& group_;
  std::unordered_map<std::size_t, std::size_t> local_;  // flow -> position in the group
  std::vector<bool> called_;
  std::vector<std::string_view> keys_;  // read and set
  std::size_t next_key_ = 0;
  std::unordered_map<std::string_view, Mask> bits_;  // of this batch
  std::vector<std::vector<State>> states_;           // by local flow, node
  std::vector<State> effects_;                       // of modules
  std::vector<bool> solved_;                         // modules
  std::vector<std::vector<std::size_t>> module_of_;  // by local flow, node: the module it runs
};

}  // namespace trunkline::flow::lint
