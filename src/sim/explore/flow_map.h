// FlowMap: every action of every flow and module of a world as one graph: its own branches, and the
// ways into modules, other flows, queue flows and hooks.
#pragma once

#include <cstddef>
#include <map>
#include <string_view>
#include <vector>

#include "sim/world.h"

namespace trunkline::sim {

inline constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

class FlowMap {
 public:
  // `world` outlives it.
  explicit FlowMap(const World& world);

  std::size_t size() const { return places_.size(); }
  // kNowhere when the flow has no such action.
  std::size_t Find(const FlowResource& flow, std::string_view action) const;
  const flow::Action& ActionAt(std::size_t place) const { return *places_[place].action; }
  const FlowResource& FlowAt(std::size_t place) const { return *places_[place].flow; }
  // Where a contact may go on. A flow that is not known before the call may be any flow.
  const std::vector<std::size_t>& Next(std::size_t place) const { return places_[place].next; }

 private:
  struct Place {
    const FlowResource* flow = nullptr;
    const flow::Action* action = nullptr;
    std::vector<std::size_t> next;
  };

  void Add(const FlowResource& flow);
  void Join(std::size_t place, std::size_t next);
  void JoinBranches(std::size_t place);
  void JoinFlow(std::size_t place, const FlowResource* flow);
  void JoinReference(std::size_t place, std::string_view reference);
  void JoinQueueFlows(std::size_t place);
  void JoinOthers(std::size_t place);

  const World& world_;
  std::map<const FlowResource*, std::size_t> first_;  // place of a flow's first action
  std::vector<Place> places_;
};

}  // namespace trunkline::sim
