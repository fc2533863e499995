// Exploration: walks what callers and the world around a flow can do, systematically, from the
// flow's entry to a bound.
//
// Wherever the outside decides, each choice that makes a difference is a branch
// (sim/explore/choices.h). A contact's state is its position and the values that may still be read
// there (sim/explore/reads.h); a state seen before is not walked again, so loops end. States are
// visited breadth first: the first way to one is the shortest. What is wrong with the flows is then
// read from the graph of states (sim/explore/judge.h).
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/contact.h"
#include "sim/explore/choice.h"
#include "sim/rehearsal.h"

namespace trunkline::sim {

struct ExploreBounds {
  int depth = 60;               // choices one after the other
  std::size_t states = 20'000;  // different ones
};

// A queue that only callers who proved who they are may reach.
struct SensitiveQueues {
  std::vector<std::string> queues;  // by id, ARN, name or symbol
  // One of these is the proof.
  std::vector<std::pair<std::string, std::string>> attributes;  // user attribute -> its value
  std::set<std::string> blocks;  // identifiers of actions that were left by a branch of no error
};

struct ExploreOrder {
  Call call;  // its flow; `stops` is set
  ExploreBounds bounds;
  SensitiveQueues sensitive;
  std::string made;       // name of a flow that was made to lead callers there: it is not judged
  bool whispers = false;  // the flow is none that its caller must hear something from
  std::set<std::string>
      unknown;  // ids of flows that only stand for others: what follows is not known
};

// A branch that a contact took.
struct Branch {
  std::string flow, action;  // the flow's name, the action's identifier
  std::string outcome;       // as Ran has it: "success", "Equals 1", "NoMatchingError"

  auto operator<=>(const Branch&) const = default;
};

// A way: which choice was made at each state. The first one is the call before it comes in; what
// the contact begins with is chosen there.
using Way = std::vector<std::size_t>;

enum class EndKind {
  kHungUp,      // by the flow
  kSilent,      // by the flow, and the caller heard nothing since the last choice
  kHandedOver,  // to an agent, another number, a flow that is not known: all is well
  kRanAway,     // stopped by the guard against endless loops
  kStuck,       // nothing will ever happen again
};

struct Ending {
  EndKind kind = EndKind::kHungUp;
  Branch last;                    // the last branch that was taken
  Branch decided;                 // the first one behind the last choice; of kSilent
  Decider by = Decider::kNobody;  // who made that choice
  std::string why;
  Way way;
};

struct Trespass {
  std::string queue;  // its name
  Branch last;
  Way way;
};

inline constexpr std::size_t kEnd = static_cast<std::size_t>(-1);
inline constexpr std::size_t kNotWalked = static_cast<std::size_t>(-2);

struct StateNode {
  std::size_t parent = kEnd;  // of the first one: kEnd
  std::size_t choice = 0;     // which of the parent's led here first
  int depth = 0;
  std::string flow, action;       // where it stands; the flow's name
  bool queued = false;            // an agent may come any time
  std::vector<std::size_t> next;  // by choice: a state, kEnd, kNotWalked
  std::vector<Decider> by;        // by choice
  std::vector<bool> hang_up;      // by choice: the caller hangs up
};

struct Explored {
  std::vector<StateNode> states;
  std::vector<Ending> endings;       // each kind once for each place
  std::vector<Trespass> trespasses;  // each queue once
  std::set<Branch> branches;         // that were taken
  std::set<std::string> flows;       // that were entered, by id, without those not known
  std::size_t calls = 0;  // ways that were walked to their end, or to a state seen before
  bool depth_met = false, states_met = false;  // a bound was met
  bool answers_cut = false;  // a function's answers were not combined all with all
};

// A way walked again.
struct WayStep {
  Choice choice;                // of the first step: the call comes in, which nobody chooses
  std::vector<Effect> effects;  // until the next choice
};

class Exploration {
 public:
  Exploration(std::shared_ptr<const World> world, const StandIns& stand_ins, ExploreOrder order);
  ~Exploration();

  Explored Run();
  std::vector<WayStep> Replay(const Way& way) const;
  const World& world() const;
  const ExploreOrder& order() const { return order_; }

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
  ExploreOrder order_;
};

Way WayTo(const Explored& explored, std::size_t state);

}  // namespace trunkline::sim
