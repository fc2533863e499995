// Rules about function calls and what is read of their answers.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/rules.h"

namespace trunkline::flow::lint {
namespace {

constexpr std::string_view kFunction = "InvokeLambdaFunction";

bool IsAsynchronous(const Action& action) {
  return action.parameters.GetString("InvocationType") == "ASYNCHRONOUS";
}

std::int64_t TimeLimit(const Action& action) {
  return ToInt(action.parameters.GetString("InvocationTimeLimitSeconds")).value_or(0);
}

template <class Report>
void ForEachExternal(const LintContext& context, Report report) {
  for (const LintText& text : context.texts) {
    for (const Piece& piece : text.pieces) {
      if (piece.path && piece.path->Root() == "External") report(text, piece);
    }
  }
}

}  // namespace

void FunctionTimeLimit(LintContext& context) {
  constexpr std::int64_t kSynchronous = 8;  // seconds, documented; retries included
  for (const Action* action : context.Actions()) {
    if (!action->Is(kFunction) || IsAsynchronous(*action) || TimeLimit(*action) <= kSynchronous)
      continue;
    const json::Value& limit = action->parameters.At("InvocationTimeLimitSeconds");
    context.Report(
        fmt::format("action '{}' waits {} seconds for its function; the service allows {}",
                    action->id, TimeLimit(*action), kSynchronous),
        limit.offset());
  }
}

std::int64_t SilenceDuring(const Action& action) {
  return action.Is(kFunction) && !IsAsynchronous(action) ? TimeLimit(action) : 0;
}

// Silence only grows and is capped, so loops end.
std::vector<std::int64_t> SilenceBefore(const LintContext& context) {
  constexpr std::int64_t kCap = 64;
  const std::vector<Action>& actions = context.document.actions;
  std::vector<std::int64_t> before(actions.size(), -1);
  std::vector<std::size_t> open;
  const auto visit = [&](std::size_t action, std::int64_t silence) {
    if (before[action] >= silence) return;
    before[action] = silence;
    open.push_back(action);
  };
  if (context.graph.start() != kNoAction) visit(context.graph.start(), 0);
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    const ActionKind* kind = FindActionKind(actions[at].type);
    const bool speaks =
        kind == nullptr || kind->category == Category::kParticipant || kind->waits_for_input;
    const std::int64_t after = speaks ? 0 : std::min(before[at] + SilenceDuring(actions[at]), kCap);
    for (const std::size_t target : context.graph.Next(at)) visit(target, after);
  }
  return before;
}

void FunctionsInARow(LintContext& context) {
  constexpr std::int64_t kLimit = 20;  // seconds without a prompt between functions
  const std::vector<Action>& actions = context.document.actions;
  const std::vector<std::int64_t> before = SilenceBefore(context);
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const std::int64_t after = before[i] + SilenceDuring(actions[i]);
    if (after == before[i] || before[i] < 0 || before[i] > kLimit || after <= kLimit) continue;
    context.Report(fmt::format("the functions up to action '{}' may keep the caller in silence for "
                               "{} seconds; {} end the call",
                               actions[i].id, after, kLimit),
                   actions[i].offset, "put a MessageParticipant between them");
  }
}

// What a flow before this one left in $.External may still be there (not documented), except in a
// module, which never sees it. So a flow that calls no function at all gets a note; one that calls
// it too late a warning. Only the first place is reported: one missing call explains all.
void ExternalBeforeFunction(LintContext& context) {
  const LintText* first = nullptr;
  std::string reference;
  int more = -1;
  ForEachExternal(context, [&](const LintText& text, const Piece& piece) {
    if (context.fillers[context.IndexOf(*text.action)] != kFilledByNobody) return;
    ++more;
    if (first != nullptr) return;
    first = &text;
    reference = piece.text;
  });
  if (first == nullptr) return;
  const std::string others = more == 0 ? "" : fmt::format(" (and {} more)", more);
  const bool calls = std::ranges::any_of(context.document.actions,
                                         [](const Action& action) { return action.Is(kFunction); });
  if (calls || context.document.is_module) {
    context.Report(fmt::format("action '{}' reads '{}'{}, but no function has answered before",
                               first->action->id, reference, others),
                   first->offset);
  } else {
    context.ReportNote(
        fmt::format(
            "action '{}' reads '{}'{}, but the flow calls no function: a flow before it must have",
            first->action->id, reference, others),
        first->offset);
  }
}

void MappingLost(LintContext& context) {
  const bool maps = std::ranges::any_of(
      context.document.actions, [](const Action& action) { return InvokesMapping(action, ""); });
  if (!maps) return;
  for (const LintText& text : context.texts) {
    const std::optional<AttributeKey> key =
        text.position == nullptr ? std::nullopt : ParseAttributeKey(text.text);
    if (!key || key->root != "External") continue;
    if ((context.fillers[context.IndexOf(*text.action)] & kFilledByOther) == 0) continue;
    context.Report(fmt::format("action '{}' reads '{}', but another function may have replaced the "
                               "mapping function's answer",
                               text.action->id, text.text),
                   text.offset,
                   fmt::format("copy it into an attribute first, or write '{}'",
                               WriteSymbol(text.position->reference, key->key)));
  }
}

void NestedExternal(LintContext& context) {
  const std::vector<const Action*> actions = context.Actions();
  const bool asks_for_json = std::ranges::any_of(actions, [](const Action* action) {
    return EqualsIgnoreCase(
        action->parameters.GetObject("ResponseValidation").GetString("ResponseType"), "JSON");
  });
  if (asks_for_json) return;
  ForEachExternal(context, [&](const LintText& text, const Piece& piece) {
    if (piece.path->steps.size() < 3 ||
        context.fillers[context.IndexOf(*text.action)] == kFilledByNobody)
      return;
    context.Report(
        fmt::format("action '{}' reads the nested '{}', but functions answer with flat text here",
                    text.action->id, piece.text),
        text.offset, "set ResponseValidation.ResponseType to 'JSON' in the function's action");
  });
}

}  // namespace trunkline::flow::lint
