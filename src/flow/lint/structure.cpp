// Rules about the graph: paths, loops, branches.
#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/rules.h"

namespace trunkline::flow::lint {
namespace {

// Where an action really goes: its branches, and NextAction unless the console only mirrors a
// branch there.
std::set<std::string_view> RealTargets(const Action& action) {
  std::set<std::string_view> targets;
  for (const ConditionBranch& branch : action.conditions) targets.insert(branch.next);
  for (const ErrorBranch& branch : action.errors) targets.insert(branch.next);
  if (action.conditions.empty() && action.next) targets.insert(*action.next);
  return targets;
}

bool WaitsForInput(const Action& action) {
  const ActionKind* kind = FindActionKind(action.type);
  return kind == nullptr || kind->waits_for_input;  // an unknown type may do anything
}

// What may end a loop: input, or a condition on something that changes.
bool MayEndALoop(const Action& action) {
  return WaitsForInput(action) || !action.conditions.empty();
}

}  // namespace

void UnreachableAction(LintContext& context) {
  if (context.graph.start() == kNoAction) return;
  for (std::size_t i = 0; i < context.document.actions.size(); ++i) {
    const Action& action = context.document.actions[i];
    if (context.reachable[i]) continue;
    context.Report(fmt::format("no path leads to action '{}' ({})", action.id, action.type),
                   action.offset);
  }
}

void EndlessLoop(LintContext& context) {
  const std::vector<std::size_t> components = context.graph.Components();
  std::map<std::size_t, std::vector<const Action*>> members;
  for (const Action* action : context.Actions())
    members[components[context.IndexOf(*action)]].push_back(action);
  for (const auto& [component, actions] : members) {
    const std::size_t first = context.IndexOf(*actions[0]);
    const bool is_loop =
        actions.size() > 1 ||
        std::ranges::find(context.graph.Next(first), first) != context.graph.Next(first).end();
    if (!is_loop ||
        std::ranges::any_of(actions, [](const Action* action) { return MayEndALoop(*action); }))
      continue;
    std::vector<std::string> names;
    for (const Action* action : actions) {
      if (names.size() < 4) names.push_back(fmt::format("'{}'", action->id));
    }
    if (actions.size() > names.size()) names.emplace_back("...");
    context.Report(
        fmt::format("the loop of {} has no input and no condition that ends it", Join(names, ", ")),
        actions[0]->offset, "count with a Loop action");
  }
}

void ErrorBranchToItself(LintContext& context) {
  for (const Action* action : context.Actions()) {
    if (WaitsForInput(*action))
      continue;  // asking again is how menus work: InputRepeatsItself looks at those
    for (const ErrorBranch& branch : action->errors) {
      if (branch.next != action->id || branch.Is("NoMatchingCondition")) continue;
      context.Report(fmt::format("error '{}' of action '{}' leads back to the action itself",
                                 branch.type, action->id),
                     branch.offset, "what fails once mostly fails again");
    }
  }
}

void BranchesWithoutDifference(LintContext& context) {
  for (const Action* action : context.Actions()) {
    if (action->conditions.empty() || RealTargets(*action).size() != 1) continue;
    context.Report(fmt::format("all branches of action '{}' ({}) lead to '{}'", action->id,
                               action->type, action->conditions[0].next),
                   action->offset);
  }
}

namespace {

std::optional<double> NumberOf(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// The numbers that the conditions so far have taken: all below one bound, all above another.
class TakenNumbers {
 public:
  // Whether nothing is left for the condition; else takes what it takes.
  bool Takes(const ConditionBranch& branch) {
    const std::optional<double> number =
        branch.operands.size() == 1 ? NumberOf(branch.operands[0]) : std::nullopt;
    if (!number) return false;
    const bool or_equal = branch.op.ends_with("OrEqualTo");
    const Bound bound{*number, or_equal};
    if (branch.op == "Equals") return Below(*number) || Above(*number);
    if (branch.op.starts_with("NumberLess")) return !Widen(below_, bound, 1);
    return branch.op.starts_with("NumberGreater") && !Widen(above_, bound, -1);
  }

 private:
  struct Bound {
    double number;
    bool including;
  };

  bool Below(double number) const {
    return below_ && (number < below_->number || (below_->including && number == below_->number));
  }
  bool Above(double number) const {
    return above_ && (number > above_->number || (above_->including && number == above_->number));
  }
  // False when the range is in what was taken before.
  static bool Widen(std::optional<Bound>& taken, const Bound& bound, int direction) {
    if (taken && (bound.number - taken->number) * direction <= 0 &&
        (bound.number != taken->number || taken->including || !bound.including))
      return false;
    taken = bound;
    return true;
  }

  std::optional<Bound> below_;
  std::optional<Bound> above_;
};

}  // namespace

void ShadowedCondition(LintContext& context) {
  for (const Action* action : context.Actions()) {
    std::set<std::pair<std::string, std::vector<std::string>>> seen;
    TakenNumbers numbers;
    for (const ConditionBranch& branch : action->conditions) {
      const bool taken = numbers.Takes(branch);
      if (!seen.emplace(branch.op, branch.operands).second) {
        context.Report(
            fmt::format(
                "action '{}' compares with '{}' ({}) twice; the second branch is never taken",
                action->id, Join(branch.operands, ", "), branch.op),
            branch.offset);
      } else if (taken) {
        context.Report(
            fmt::format("earlier conditions of action '{}' take everything that '{}' ({}) "
                        "would: its branch is never taken",
                        action->id, branch.operands[0], branch.op),
            branch.offset, "the first condition that holds wins: put the narrow one first");
      }
    }
  }
}

void NoLogging(LintContext& context) {
  if (context.document.type != "CONTACT_FLOW" || context.graph.start() == kNoAction) return;
  for (const Action* action : context.Actions()) {
    if (action->Is("UpdateFlowLoggingBehavior")) return;
  }
  const Action& start = context.document.actions[context.graph.start()];
  context.Report("the flow does not switch its logs on, so nobody can see what callers did",
                 start.offset, "begin with UpdateFlowLoggingBehavior 'Enabled'");
}

void OneHook(LintContext& context) {
  for (const Action* action : context.Actions()) {
    const json::Value* hooks = action->parameters.Find("EventHooks");
    if (!action->Is("UpdateContactEventHooks") || hooks == nullptr || !hooks->IsObject()) continue;
    const std::size_t count = hooks->AsObject().size();
    if (count == 1) continue;
    context.Report(fmt::format("action '{}' sets {} event hooks; exactly one is documented",
                               action->id, count),
                   hooks->offset(), "use one action for each hook");
  }
}

void QueueAgeInSeconds(LintContext& context) {
  constexpr std::int64_t kSuspicious =
      1000;  // milliseconds: nobody asks whether a contact waits for less than a second
  for (const Action* action : context.Actions()) {
    if (action->parameters.GetString("MetricType") != "OldestContactInQueueAgeSeconds") continue;
    for (const ConditionBranch& branch : action->conditions) {
      const std::optional<std::int64_t> age =
          branch.operands.empty() ? std::nullopt : ToInt(branch.operands[0]);
      if (!age || *age == 0 || *age >= kSuspicious) continue;
      context.Report(
          fmt::format("action '{}' compares the age of the oldest contact with {} milliseconds",
                      action->id, *age),
          branch.offset, fmt::format("{} seconds are '{}'", *age, *age * kSuspicious));
    }
  }
}

void InputRepeatsItself(LintContext& context) {
  for (const Action* action : context.Actions()) {
    if (!action->Is("GetParticipantInput") && !action->Is("ConnectParticipantWithLexBot")) continue;
    for (const ErrorBranch& branch : action->errors) {
      if (branch.next != action->id) continue;
      context.Report(fmt::format("error '{}' of action '{}' asks again without a limit",
                                 branch.type, action->id),
                     branch.offset, "count with a Loop action, and offer a way out");
    }
  }
}

}  // namespace trunkline::flow::lint
