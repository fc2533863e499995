// Rules about bots.
#include <algorithm>

#include <fmt/format.h>

#include "flow/lint/rules.h"

namespace trunkline::flow::lint {
namespace {

constexpr std::string_view kBot = "ConnectParticipantWithLexBot";

// Where somebody, or another way to say what one wants, may be found; an unknown type may be
// anything.
bool MayHelp(const Action& action) {
  constexpr std::string_view kHelpless[] = {"DisconnectParticipant", "MessageParticipant",
                                            "MessageParticipantIteratively"};
  const ActionKind* kind = FindActionKind(action.type);
  if (kind == nullptr || action.Is("InvokeFlowModule") || action.Is("CreateCallbackContact") ||
      action.Is("CreateTask"))
    return true;
  if (std::ranges::find(kHelpless, action.type) != std::end(kHelpless)) return false;
  return kind->waits_for_input || kind->next == Next::kTerminal ||
         action.type.starts_with("Transfer") || action.type.starts_with("Dequeue");
}

// The bot itself is no way out of the bot.
bool FindsHelp(const LintContext& context, std::size_t from, std::size_t bot) {
  std::vector<bool> seen(context.graph.size(), false);
  std::vector<std::size_t> open{from};
  seen[from] = true;
  seen[bot] = true;
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    if (at == bot) continue;
    if (MayHelp(context.document.actions[at])) return true;
    for (const GraphEdge& edge : context.graph.Edges(at)) {
      if (!seen[edge.target]) open.push_back(edge.target);
      seen[edge.target] = true;
    }
  }
  return false;
}

}  // namespace

void BotWithoutWayOut(LintContext& context) {
  for (const Action* action : context.Actions()) {
    if (!action->Is(kBot)) continue;
    const std::size_t bot = context.IndexOf(*action);
    bool fails = false;
    bool helped = false;
    for (const GraphEdge& edge : context.graph.Edges(bot)) {
      if (edge.kind != EdgeKind::kError) continue;
      fails = true;
      helped = helped || FindsHelp(context, edge.target, bot);
    }
    if (!fails || helped) continue;
    context.Report(
        fmt::format("whom the bot of action '{}' does not understand gets no other way: no queue, "
                    "no callback, no menu",
                    action->id),
        action->offset, "lead its errors to a queue, or to a menu of keys");
  }
}

}  // namespace trunkline::flow::lint
