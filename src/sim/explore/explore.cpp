#include "sim/explore/explore.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

#include "sim/explore/choices.h"
#include "sim/explore/reads.h"
#include "sim/explore/state_key.h"
#include "sim/explore/trace.h"
#include "sim/testing/match.h"

namespace trunkline::sim {
namespace {

std::vector<std::string> AlwaysRead(const SensitiveQueues& sensitive) {
  std::vector<std::string> references;
  for (const auto& [name, value] : sensitive.attributes)
    references.push_back("$.Attributes." + name);
  return references;
}

Contact NewContact(const std::shared_ptr<const World>& world, Call call, json::Object attributes) {
  call.stops = true;
  call.attributes = std::move(attributes);
  return {world, std::move(call)};
}

// A contact that stands where somebody must choose.
struct Standing {
  Contact contact;
  Trace trace;
  std::vector<Choice> choices;
};

// Nothing more happens to a contact in a flow for those who are held: that is what it is for.
bool IsHeld(const ContactState& contact) {
  return !contact.runs.empty() && !contact.runs.back().frames.empty() &&
         contact.runs.back().frames.back().resource->type.ends_with("_HOLD");
}

// Keeps what is the same as before out.
class EndingBook {
 public:
  void Add(std::vector<Ending>& endings, Ending ending) {
    const Branch& place = ending.kind == EndKind::kSilent ? ending.decided : ending.last;
    std::string key = std::to_string(static_cast<int>(ending.kind)) + place.flow + "\n" +
                      place.action + "\n" + place.outcome;
    if (ending.kind == EndKind::kSilent) key += "\n" + ending.last.action;
    if (seen_.insert(std::move(key)).second) endings.push_back(std::move(ending));
  }

 private:
  std::set<std::string> seen_;
};

}  // namespace

struct Exploration::Parts {
  Parts(std::shared_ptr<const World> the_world, const StandIns& stand_ins,
        const SensitiveQueues& sensitive)
      : world(std::move(the_world)),
        map(*world),
        reads(map, AlwaysRead(sensitive)),
        answers(*world, map, stand_ins),
        choices(*world, map, answers) {}

  std::shared_ptr<const World> world;
  FlowMap map;
  Reads reads;
  Answers answers;
  Choices choices;
};

namespace {

// Gives an event, and goes on for as long as an action that stopped has one way to go.
template <class See>
std::vector<Choice> Go(Contact& contact, const Event& event, const Choices& all, const See& see) {
  Event next = event;
  for (;;) {
    const std::vector<Effect> effects = contact.Step(next);
    for (const Effect& effect : effects) see(effect);
    std::vector<Choice> choices = all.At(contact, effects);
    const bool only = choices.size() == 1 && std::holds_alternative<GoOn>(choices[0].event);
    if (!only) return choices;
    next = choices[0].event;
  }
}

template <class Parts>
class Walk {
 public:
  Walk(const Parts& parts, const ExploreOrder& order) : parts_(parts), order_(order) {
    for (const std::string& queue : order.sensitive.queues)
      sensitive_.insert(ResourceName(*parts.world, "TransferContactToQueue", queue));
  }

  Explored All() {
    Standing first{.contact = NewContact(parts_.world, order_.call, {}),
                   .trace = {},
                   .choices = parts_.choices.AtEntry(order_.call)};
    AddNode(first, Decider::kNobody, kEnd, 0);
    open_.emplace_back(0, std::move(first));
    while (!open_.empty()) {
      auto [state, standing] = std::move(open_.front());
      open_.pop_front();
      Expand(state, std::move(standing));
    }
    explored_.answers_cut = !parts_.choices.complete();
    return std::move(explored_);
  }

 private:
  void Expand(std::size_t state, Standing standing) {
    StateNode& node = explored_.states[state];
    if (node.depth >= order_.bounds.depth) {
      explored_.depth_met = true;
      return;
    }
    for (std::size_t i = 0; i < standing.choices.size(); ++i) {
      const Choice& choice = standing.choices[i];
      Standing next{.contact = std::holds_alternative<Started>(choice.event)
                                   ? NewContact(parts_.world, order_.call, choice.attributes)
                                   : standing.contact.Copy(),
                    .trace = standing.trace,
                    .choices = {}};
      const std::size_t to = Move(std::move(next), choice.event, choice.by, state, i);
      explored_.states[state].next[i] = to;
    }
  }

  // Where the event leads to.
  std::size_t Move(Standing standing, const Event& event, Decider by, std::size_t from,
                   std::size_t choice) {
    Trace& trace = standing.trace;
    trace.Choose(by);
    standing.choices = Go(standing.contact, event, parts_.choices, [&](const Effect& effect) {
      trace.See(effect, order_);
      Cover(effect);
      if (std::holds_alternative<Queued>(effect.what)) CheckQueue(standing, from, choice);
    });
    if (trace.unknown) return End(standing, EndKind::kHandedOver, from, choice);
    if (standing.choices.empty()) return End(standing, KindOf(standing), from, choice);
    return Arrive(std::move(standing), by, from, choice);
  }

  std::size_t Arrive(Standing standing, Decider by, std::size_t from, std::size_t choice) {
    const std::string key =
        KeyOf(standing.contact.state(), parts_.map, parts_.reads) + standing.trace.Key();
    if (const auto seen = states_.find(key); seen != states_.end()) {
      ++explored_.calls;
      return seen->second;
    }
    if (explored_.states.size() >= order_.bounds.states) {
      explored_.states_met = true;
      return kNotWalked;
    }
    const std::size_t state = explored_.states.size();
    states_.emplace(key, state);
    AddNode(standing, by, from, choice);
    open_.emplace_back(state, std::move(standing));
    return state;
  }

  void AddNode(const Standing& standing, Decider by, std::size_t from, std::size_t choice) {
    StateNode node{.parent = from, .choice = choice};
    if (from != kEnd) node.depth = explored_.states[from].depth + (by == Decider::kNobody ? 0 : 1);
    const ContactState& contact = standing.contact.state();
    if (!contact.runs.empty() && !contact.runs.back().frames.empty()) {
      node.flow = contact.runs.back().frames.back().resource->name;
      node.action = contact.runs.back().frames.back().action;
    }
    node.queued = contact.phase == Phase::kQueued || contact.phase == Phase::kWhispering;
    node.next.assign(standing.choices.size(), kNotWalked);
    for (const Choice& one : standing.choices) {
      node.by.push_back(one.by);
      node.hang_up.push_back(std::holds_alternative<CallerHungUp>(one.event));
    }
    explored_.states.push_back(std::move(node));
  }

  EndKind KindOf(const Standing& standing) const {
    const Trace& trace = standing.trace;
    const ContactState& contact = standing.contact.state();
    if (contact.phase != Phase::kEnded) {
      const bool fine =
          contact.phase == Phase::kTalking || contact.phase == Phase::kQueued || IsHeld(contact);
      return fine ? EndKind::kHandedOver : EndKind::kStuck;
    }
    if (trace.why.find("without waiting for anybody") != std::string::npos)
      return EndKind::kRanAway;
    const bool judged = order_.made.empty() || trace.last.flow != order_.made;
    if (trace.served || !trace.hung_up || !judged) return EndKind::kHandedOver;
    return trace.quiet ? EndKind::kSilent : EndKind::kHungUp;
  }

  std::size_t End(const Standing& standing, EndKind kind, std::size_t from, std::size_t choice) {
    ++explored_.calls;
    const Trace& trace = standing.trace;
    endings_.Add(explored_.endings, {.kind = kind,
                                     .last = trace.last,
                                     .decided = trace.decided.value_or(trace.last),
                                     .by = trace.by,
                                     .why = trace.why,
                                     .way = WayBy(from, choice)});
    return kEnd;
  }

  Way WayBy(std::size_t from, std::size_t choice) const {
    Way way = WayTo(explored_, from);
    way.push_back(choice);
    return way;
  }

  void Cover(const Effect& effect) {
    if (const auto* ran = std::get_if<Ran>(&effect.what))
      explored_.branches.insert({.flow = effect.FlowName(),
                                 .action = std::string(effect.action),
                                 .outcome = ran->outcome});
    // An action that never comes to a branch was reached, too.
    if (std::holds_alternative<Stopped>(effect.what))
      explored_.branches.insert(
          {.flow = effect.FlowName(), .action = std::string(effect.action), .outcome = {}});
    const auto* began = std::get_if<FlowBegan>(&effect.what);
    if (began != nullptr && !order_.unknown.contains(began->id)) explored_.flows.insert(began->id);
  }

  bool IsProven(const Standing& standing) const {
    if (standing.trace.proven) return true;
    const json::Object& attributes = standing.contact.attributes();
    return std::ranges::any_of(order_.sensitive.attributes, [&](const auto& one) {
      return attributes.GetString(one.first) == one.second;
    });
  }

  void CheckQueue(const Standing& standing, std::size_t from, std::size_t choice) {
    const std::string& queue = standing.trace.queued.back();
    if (!sensitive_.contains(queue) || IsProven(standing) || !trespassed_.insert(queue).second)
      return;
    explored_.trespasses.push_back(
        {.queue = queue, .last = standing.trace.last, .way = WayBy(from, choice)});
  }

  const Parts& parts_;
  const ExploreOrder& order_;
  std::set<std::string> sensitive_, trespassed_;
  std::unordered_map<std::string, std::size_t> states_;
  std::deque<std::pair<std::size_t, Standing>> open_;
  EndingBook endings_;
  Explored explored_;
};

}  // namespace

Exploration::Exploration(std::shared_ptr<const World> world, const StandIns& stand_ins,
                         ExploreOrder order)
    : parts_(std::make_unique<Parts>(std::move(world), stand_ins, order.sensitive)),
      order_(std::move(order)) {}

Exploration::~Exploration() = default;

Explored Exploration::Run() {
  return Walk<Parts>(*parts_, order_).All();
}

const World& Exploration::world() const {
  return *parts_->world;
}

std::vector<WayStep> Exploration::Replay(const Way& way) const {
  std::vector<Choice> choices = parts_->choices.AtEntry(order_.call);
  Contact contact =
      NewContact(parts_->world, order_.call,
                 choices[way.empty() ? 0 : std::min(way.front(), choices.size() - 1)].attributes);
  std::vector<WayStep> steps;
  for (const std::size_t choice : way) {
    if (choice >= choices.size()) break;
    steps.push_back({.choice = choices[choice], .effects = {}});
    choices = Go(contact, steps.back().choice.event, parts_->choices,
                 [&](const Effect& effect) { steps.back().effects.push_back(effect); });
  }
  return steps;
}

Way WayTo(const Explored& explored, std::size_t state) {
  Way way;
  for (std::size_t at = state; explored.states[at].parent != kEnd; at = explored.states[at].parent)
    way.push_back(explored.states[at].choice);
  std::ranges::reverse(way);
  return way;
}

}  // namespace trunkline::sim
