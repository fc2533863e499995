// Debugger: a rehearsal that somebody walks through: action by action, to breakpoints, and back.
//
// It remembers what the outside gave and nothing else. A contact is deterministic, so going back is
// running it anew up to an earlier action; that holds for stand-ins, percentages and time, too.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "sim/rehearsal.h"
#include "sim/state.h"

namespace trunkline::sim {

// The actions that a name means, in the order of the world: an identifier, a type, what the console
// calls the block, or a flow or module (its first action); "FLOW/NAME" looks in one flow only.
// Letters are told apart in identifiers only.
std::vector<Spot> FindActions(const World& world, std::string_view name);

class Debugger final : private Director {
 public:
  enum class Standing {
    kBeforeAction,  // of the spot that stack() ends with
    kNeedsCaller,   // or an agent, or time: Give() goes on
    kEnded,
  };

  // The call begins and stands before its first action.
  Debugger(std::shared_ptr<const World> world, Call call, StandIns stand_ins);

  // Each runs the action it stands before, and on until it stands again: before the next action;
  // before the next one that is not inside a module this one enters; when the module or flow is
  // left; at a breakpoint. All stand at breakpoints, too, and where the caller is needed.
  // kConflict: it does not stand before an action.
  Result<void> Step();
  Result<void> Next();
  Result<void> Finish();
  Result<void> Continue();

  // What the caller or an agent does; it runs on as it ran before. kConflict: nothing waits for it.
  Result<void> Give(const Event& event);

  // Stands before the action that ran `actions` before this place; before the first when there were
  // fewer. What the caller gave after that is forgotten: how many events.
  std::size_t Back(std::size_t actions);

  void Break(const Spot& spot) { breakpoints_.emplace(spot.flow, spot.action); }
  bool Delete(const Spot& spot) { return breakpoints_.erase(Key(spot.flow, spot.action)) > 0; }
  std::vector<Spot> breakpoints() const;

  Standing standing() const;
  bool IsAtBreakpoint() const;
  // Actions that were run up to here.
  std::size_t ran() const { return begun_ - (stopped_ ? 1 : 0); }
  // Where it stands, the flow first, modules after it.
  std::vector<Spot> stack() const;
  const World& world() const { return *world_; }
  const Rehearsal& rehearsal() const { return *rehearsal_; }

 private:
  using Key = std::pair<const FlowResource*, std::string>;
  // When it stands again: before an action that is at most `depth` deep, or the one with a number.
  struct Until {
    std::size_t depth = 0;
    std::size_t number = 0;
    bool breakpoints = true;
  };

  void See(const Contact&, const Effect&) override {}
  Steering Before(const Contact& contact, const Stopped& stopped) override;
  bool StandsBefore(const Contact& contact) const;
  Result<void> Run(const Until& until);
  std::size_t Depth() const;
  void Begin();

  std::shared_ptr<const World> world_;
  Call call_;
  StandIns stand_ins_;
  std::optional<Rehearsal> rehearsal_;
  std::vector<Event> given_;  // the first is Started
  std::set<Key> breakpoints_;
  Until until_;
  std::size_t begun_ = 0;  // actions that stopped
  bool stopped_ = false;
  RequestId request_ = 0;
};

}  // namespace trunkline::sim
