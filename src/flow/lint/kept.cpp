// Rules about what is kept with the contact.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "flow/lint/paths.h"
#include "flow/lint/rules.h"
#include "flow/lint/words.h"

namespace trunkline::flow::lint {
namespace {

constexpr std::string_view kTyped = "StoredCustomerInput";

// The actions that do something with what was typed, if only compare it.
std::set<const Action*> UsesOfInput(const LintContext& context) {
  std::set<const Action*> uses;
  for (const LintText& text : context.texts) {
    for (const Piece& piece : text.pieces) {
      if (piece.path && piece.path->Root() == kTyped) uses.insert(text.action);
    }
  }
  return uses;
}

bool Leaves(const Action& action) {
  return action.Is("TransferContactToQueue") || action.Is("CreateCallbackContact");
}

}  // namespace

// What is encrypted, or sounds secret, is better not kept.
void InputNotKept(LintContext& context) {
  const std::set<const Action*> uses = UsesOfInput(context);
  const Paths paths(context, 2, 0,
                    [&](Paths::State state, const Action& action, const GraphEdge& edge) {
                      if (IsStore(action) && !StoresSecret(action))
                        return edge.kind == EdgeKind::kNext ? Paths::State{1} : state;
                      return uses.contains(&action) ? Paths::State{0} : state;
                    });
  for (const Action* action : context.Actions()) {
    const std::size_t at = context.IndexOf(*action);
    if (!Leaves(*action) || !paths.Reaches(at, 1)) continue;
    context.Report(fmt::format("what the caller has typed is lost when action '{}' hands the "
                               "contact on: {}",
                               action->id, paths.Way(at, 1)),
                   action->offset, "set an attribute to '$.StoredCustomerInput', or do not ask");
    return;  // the others are mostly the same input
  }
}

}  // namespace trunkline::flow::lint
