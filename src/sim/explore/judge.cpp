#include "sim/explore/judge.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "sim/explore/loops.h"

namespace trunkline::sim {
namespace {

constexpr std::size_t kMostNamed = 6;

bool Any(const StateNode& node, std::size_t choice) {
  return !node.hang_up[choice];
}
bool WithoutCaller(const StateNode& node, std::size_t choice) {
  const Decider by = node.by[choice];
  return !node.queued &&
         (by == Decider::kSilence || by == Decider::kNobody || by == Decider::kOutside);
}
bool IsSilence(const StateNode& node, std::size_t choice) {
  return node.by[choice] == Decider::kSilence;
}
bool OnlyOutside(const StateNode& node, std::size_t choice) {
  const Decider by = node.by[choice];
  return !node.queued &&
         (by == Decider::kFailure || by == Decider::kNobody || by == Decider::kOutside);
}
bool IsOutside(const StateNode& node, std::size_t choice) {
  return node.by[choice] == Decider::kFailure || node.by[choice] == Decider::kOutside;
}

// "'Menu', 'Again'": the actions where the loop waits.
std::string Named(const StateLoop& loop) {
  std::vector<std::string> names;
  for (const auto& [flow, action] : loop.actions) {
    if (!action.empty()) names.push_back(fmt::format("'{}'", action));
  }
  const std::size_t all = names.size();
  if (all > kMostNamed) names.resize(kMostNamed);
  return Join(names, ", ") +
         (all > kMostNamed ? fmt::format(" and {} more", all - kMostNamed) : "");
}

class Judgement {
 public:
  Judgement(const Explored& explored, const ExploreOrder& order)
      : explored_(explored), order_(order) {}

  std::vector<Discovery> All() {
    AddLoops();
    for (const Ending& ending : explored_.endings) AddEnding(ending);
    for (const Trespass& trespass : explored_.trespasses) AddTrespass(trespass);
    AddBounds();
    std::ranges::stable_sort(found_, {}, &Discovery::code);
    return std::move(found_);
  }

 private:
  void AddLoops() {
    const std::vector<bool> trapped = FindTrapped(explored_);
    std::vector<bool> free = trapped;
    free.flip();
    for (const StateLoop& loop : FindLoops(explored_, trapped, Any, Any)) {
      AddLoop(loop, Severity::kError, "TL-E001",
              "nothing that the caller does leads out of a loop through {}",
              "let one of its branches lead to a queue, or to a message and a hang-up");
    }
    for (const StateLoop& loop : FindLoops(explored_, free, WithoutCaller, IsSilence)) {
      AddLoop(loop, Severity::kWarning, "TL-E002",
              "a caller who does nothing goes round for ever through {}",
              "count the rounds with a Loop action, and end the call behind it");
    }
    for (const StateLoop& loop : FindLoops(explored_, free, OnlyOutside, IsOutside)) {
      AddLoop(loop, Severity::kWarning, "TL-E003",
              "the flow goes round without its caller, and may do so for ever, through {}",
              "count the rounds with a Loop action");
    }
  }

  void AddLoop(const StateLoop& loop, Severity severity, std::string code, std::string_view message,
               std::string hint) {
    const StateNode& node = explored_.states[loop.key.state];
    found_.push_back({.severity = severity,
                      .code = std::move(code),
                      .message = fmt::format(fmt::runtime(message), Named(loop)),
                      .hint = std::move(hint),
                      .where = {.flow = node.flow, .action = node.action, .outcome = {}},
                      .way = loop.way});
  }

  void AddEnding(const Ending& ending) {
    switch (ending.kind) {
      case EndKind::kSilent:
        return AddSilent(ending);
      case EndKind::kRanAway:
        return AddEnd(ending, "TL-E006", ending.why, "let the loop wait for somebody, or leave it");
      case EndKind::kStuck:
        return AddEnd(
            ending, "TL-E007",
            fmt::format("nothing ever happens again behind action '{}'", ending.last.action),
            "give the action a time limit, or another one that goes on");
      case EndKind::kHungUp:
      case EndKind::kHandedOver:
        return;
    }
  }

  void AddEnd(const Ending& ending, std::string code, std::string message, std::string hint) {
    found_.push_back(
        {.severity = Severity::kError,
         .code = std::move(code),
         .message = std::move(message),
         .hint = std::move(hint),
         .where = {.flow = ending.last.flow, .action = ending.last.action, .outcome = {}},
         .way = ending.way,
         .ends = true});
  }

  void AddSilent(const Ending& ending) {
    if (order_.whispers) return;
    const Branch& decided = ending.decided;
    const bool failed = ending.by == Decider::kFailure;
    const std::string message =
        ending.by == Decider::kNobody
            ? fmt::format("the flow hangs up at '{}' without having said anything",
                          ending.last.action)
            : fmt::format("the flow hangs up without a word behind branch '{}' of action '{}'",
                          decided.outcome, decided.action);
    const bool warning = failed || ending.by == Decider::kSilence;
    found_.push_back({.severity = warning ? Severity::kWarning : Severity::kError,
                      .code = failed ? "TL-E005" : "TL-E004",
                      .message = message,
                      .hint = "say why before the call ends",
                      .where = ending.by == Decider::kNobody ? ending.last : decided,
                      .way = ending.way,
                      .ends = true});
  }

  void AddTrespass(const Trespass& trespass) {
    found_.push_back(
        {.code = "TL-E008",
         .message = fmt::format("sensitive queue '{}' is reached by callers who did not "
                                "prove who they are",
                                trespass.queue),
         .hint = "see 'authenticated' of trunkline.json for what counts as a proof",
         .where = {.flow = trespass.last.flow, .action = trespass.last.action, .outcome = {}},
         .way = trespass.way,
         .queue = trespass.queue});
  }

  void AddBounds() {
    const auto add = [this](std::string message, std::string hint) {
      found_.push_back({.severity = Severity::kNote,
                        .code = "TL-E009",
                        .message = std::move(message),
                        .hint = std::move(hint)});
    };
    if (explored_.depth_met)
      add(fmt::format("not everything was walked: ways end after {} choices", order_.bounds.depth),
          "--depth N goes deeper");
    if (explored_.states_met)
      add(fmt::format("not everything was walked: {} states were reached", order_.bounds.states),
          "--states N goes further");
    if (explored_.answers_cut)
      add("not every combination of what functions and bots answer and contacts begin with was "
          "walked",
          "each value was walked with the first of the others");
  }

  const Explored& explored_;
  const ExploreOrder& order_;
  std::vector<Discovery> found_;
};

}  // namespace

std::vector<Discovery> Judge(const Explored& explored, const ExploreOrder& order) {
  return Judgement(explored, order).All();
}

std::size_t CountLoops(const Explored& explored) {
  return FindLoops(explored, {}, Any, Any).size();
}

}  // namespace trunkline::sim
