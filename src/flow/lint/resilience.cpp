// Rules about what callers get when something goes wrong.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/paths.h"
#include "flow/lint/rules.h"
#include "flow/lint/words.h"

namespace trunkline::flow::lint {
namespace {

constexpr std::string_view kHangUp = "DisconnectParticipant";
constexpr std::string_view kFull = "QueueAtCapacity";

// Whether the caller may hear or do something at the action; an unknown type may do anything.
bool IsHeard(const Action& action) {
  const ActionKind* kind = FindActionKind(action.type);
  if (kind == nullptr || action.Is("InvokeFlowModule")) return true;
  return kind->waits_for_input || (kind->category == Category::kParticipant && !action.Is(kHangUp));
}

bool IsFailure(const Action& action, const GraphEdge& edge) {
  return edge.kind == EdgeKind::kError && !action.errors[edge.branch].Is("NoMatchingCondition");
}

// For each action, the DisconnectParticipant that it may reach with nothing said on the way and
// nothing failing; kNoAction where there is none.
std::vector<std::size_t> SilentEnds(const LintContext& context) {
  const std::vector<Action>& actions = context.document.actions;
  std::vector<std::vector<std::size_t>> before(actions.size());
  std::vector<std::size_t> ends(actions.size(), kNoAction);
  std::vector<std::size_t> open;
  for (const Action* action : context.Actions()) {
    const std::size_t at = context.IndexOf(*action);
    for (const GraphEdge& edge : context.graph.Edges(at)) {
      if (!IsFailure(*action, edge)) before[edge.target].push_back(at);
    }
    if (!action->Is(kHangUp)) continue;
    ends[at] = at;
    open.push_back(at);
  }
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (const std::size_t from : before[at]) {
      if (ends[from] != kNoAction || IsHeard(actions[from])) continue;
      ends[from] = ends[at];
      open.push_back(from);
    }
  }
  return ends;
}

// An action whose success hangs up in the same silence has said what it had to before.
bool HangsUpAnyway(const LintContext& context, const std::vector<std::size_t>& ends,
                   std::size_t at) {
  return std::ranges::any_of(context.graph.Edges(at), [&](const GraphEdge& edge) {
    return edge.kind == EdgeKind::kNext && ends[edge.target] != kNoAction;
  });
}

struct SilentBranch {
  const Action* action;
  const ErrorBranch* branch;
};

// The error branches that hang up without a word, by the DisconnectParticipant they end at.
std::map<std::size_t, std::vector<SilentBranch>> SilentBranches(const LintContext& context) {
  const std::vector<std::size_t> ends = SilentEnds(context);
  std::map<std::size_t, std::vector<SilentBranch>> found;
  for (const Action* action : context.Actions()) {
    const std::size_t at = context.IndexOf(*action);
    if (HangsUpAnyway(context, ends, at)) continue;
    for (const GraphEdge& edge : context.graph.Edges(at)) {
      if (edge.kind != EdgeKind::kError || ends[edge.target] == kNoAction) continue;
      found[ends[edge.target]].push_back({action, &action->errors[edge.branch]});
    }
  }
  return found;
}

// What fails when it speaks cannot say so; what compares has not failed.
bool MaySaySomething(const SilentBranch& silent) {
  if (silent.branch->Is(kFull)) return false;  // FullQueueHangsUp looks at those
  if (silent.action->type.starts_with("MessageParticipant")) return false;
  if (silent.action->Is("GetParticipantInput")) return !silent.branch->Is("NoMatchingError");
  return !silent.branch->Is("NoMatchingCondition") || IsHeard(*silent.action);
}

// What depends on others, on the caller or on another service, fails on some day.
bool OftenFails(const SilentBranch& silent) {
  const ActionKind* kind = FindActionKind(silent.action->type);
  return kind == nullptr || kind->waits_for_input || kind->category == Category::kInteraction ||
         silent.action->Is("UpdateContactCallbackNumber") || silent.action->Is("InvokeFlowModule");
}

}  // namespace

// A warning where something fails that is likely to; else a note.
void SilentHangUp(LintContext& context) {
  for (auto& [end, branches] : SilentBranches(context)) {
    std::erase_if(branches, [](const SilentBranch& branch) { return !MaySaySomething(branch); });
    if (branches.empty()) continue;
    const auto likely = std::ranges::find_if(branches, OftenFails);
    if (likely != branches.end()) std::iter_swap(branches.begin(), likely);
    const Action& action = context.document.actions[end];
    const auto report = likely != branches.end() ? &LintContext::Report : &LintContext::ReportNote;
    (context.*report)(
        fmt::format("action '{}' hangs up without a word after error '{}' of {}", action.id,
                    branches[0].branch->type, AndMore(branches[0].action->id, branches.size() - 1)),
        action.offset, "say what happened, and offer a queue, a callback or another number");
  }
}

void FullQueueHangsUp(LintContext& context) {
  for (const auto& [end, branches] : SilentBranches(context)) {
    for (const SilentBranch& silent : branches) {
      if (!silent.branch->Is(kFull)) continue;
      context.Report(fmt::format("action '{}' ({}) hangs up without a word when the queue is full",
                                 silent.action->id, silent.action->type),
                     silent.branch->offset, "offer another queue or a callback, or say it");
    }
  }
}

namespace {

bool AsksTheCaller(const Action& action) {
  return action.Is("GetParticipantInput") || action.Is("ConnectParticipantWithLexBot");
}

// What may count the tries, or know their number; and waiting in between, as in a queue, which ends
// by itself.
bool MayCount(const Action& action) {
  return action.Is("Loop") || action.Is("MessageParticipantIteratively") || action.Is("Wait") ||
         action.Is("Compare") || action.Is("InvokeFlowModule") ||
         action.Is("InvokeLambdaFunction") || FindActionKind(action.type) == nullptr;
}

// The graph of trying again: error branches of what asks, all branches of the rest, without what
// may count.
std::vector<std::vector<std::size_t>> Retries(const LintContext& context) {
  const std::vector<Action>& actions = context.document.actions;
  std::vector<std::vector<std::size_t>> next(actions.size());
  for (const Action* action : context.Actions()) {
    if (MayCount(*action)) continue;
    const std::size_t at = context.IndexOf(*action);
    for (const GraphEdge& edge : context.graph.Edges(at)) {
      if (AsksTheCaller(*action) && edge.kind != EdgeKind::kError) continue;
      if (edge.target != at && !MayCount(actions[edge.target])) next[at].push_back(edge.target);
    }
  }
  return next;
}

}  // namespace

// Straight back to itself is InputRepeatsItself's.
void UnboundedRetry(LintContext& context) {
  const std::vector<std::size_t> components = ComponentsOf(Retries(context));
  for (const Action* action : context.Actions()) {
    if (!AsksTheCaller(*action)) continue;
    const std::size_t at = context.IndexOf(*action);
    for (const GraphEdge& edge : context.graph.Edges(at)) {
      if (edge.kind != EdgeKind::kError || edge.target == at ||
          components[edge.target] != components[at])
        continue;
      const ErrorBranch& branch = action->errors[edge.branch];
      context.Report(
          fmt::format("error '{}' of action '{}' leads back to it through '{}' without a limit",
                      branch.type, action->id, context.document.actions[edge.target].id),
          branch.offset, "count the tries with a Loop action, and offer a way out");
      break;
    }
  }
}

// When everything fails, as on a channel that has none of the actions, the flow turns in this
// circle as fast as the service can.
void ErrorsInACircle(LintContext& context) {
  std::vector<std::vector<std::size_t>> next(context.graph.size());
  for (const Action* action : context.Actions()) {
    const std::size_t at = context.IndexOf(*action);
    for (const GraphEdge& edge : context.graph.Edges(at)) {
      if (IsFailure(*action, edge) && edge.target != at &&
          action->errors[edge.branch].Is("NoMatchingError"))
        next[at].push_back(edge.target);
    }
  }
  const std::vector<std::size_t> components = ComponentsOf(next);
  std::vector<bool> told(context.graph.size(), false);
  for (const Action* action : context.Actions()) {
    const std::size_t at = context.IndexOf(*action);
    for (const std::size_t target : next[at]) {
      if (components[target] != components[at] || told[components[at]]) continue;
      told[components[at]] = true;
      context.Report(
          fmt::format("when action '{}' fails, the flow goes to '{}', and when that fails, back",
                      action->id, context.document.actions[target].id),
          action->offset, "let the second error lead out of the circle");
    }
  }
}

void DefaultIsFirstCase(LintContext& context) {
  for (const Action* action : context.Actions()) {
    if (!action->Is("Compare") || action->conditions.size() < 2) continue;
    const std::string& first = action->conditions[0].next;
    const bool differ = std::ranges::any_of(
        action->conditions, [&](const ConditionBranch& branch) { return branch.next != first; });
    for (const ErrorBranch& branch : action->errors) {
      if (!differ || branch.next != first) continue;
      context.Report(fmt::format("action '{}' treats every other value like '{}'", action->id,
                                 Join(action->conditions[0].operands, ", ")),
                     branch.offset,
                     "a new or missing value gets there unseen: give it a branch of its own");
    }
  }
}

namespace {

bool EndsAt(const LintContext& context, std::string_view id) {
  const Action* action = context.document.FindAction(id);
  const ActionKind* kind = action == nullptr ? nullptr : FindActionKind(action->type);
  return kind != nullptr && kind->next == Next::kTerminal;
}

}  // namespace

// Going on as if nothing had happened, where what follows rests on the success.
void ErrorGoesOn(LintContext& context) {
  constexpr std::string_view kNeeded[] = {"CreateCallbackContact", "UpdateContactCallbackNumber",
                                          "UpdateContactTargetQueue"};
  for (const Action* action : context.Actions()) {
    if (!action->next || std::ranges::find(kNeeded, action->type) == std::end(kNeeded)) continue;
    for (const ErrorBranch& branch : action->errors) {
      if (branch.next != *action->next || EndsAt(context, branch.next)) continue;
      context.Report(fmt::format("action '{}' ({}) goes on after error '{}' as after success",
                                 action->id, action->type, branch.type),
                     branch.offset, "tell the caller, or try something else");
      break;
    }
  }
}

}  // namespace trunkline::flow::lint
