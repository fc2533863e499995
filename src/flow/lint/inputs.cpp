// Rules about asking callers: menus, digits, bots.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/digits.h"
#include "flow/lint/paths.h"
#include "flow/lint/rules.h"
#include "flow/lint/words.h"

namespace trunkline::flow::lint {
namespace {

// "$$.StoredCustomerInput", "$.StoredCustomerInput dollars"
bool IsAmount(std::string_view text, const Piece& piece) {
  constexpr std::string_view kUnits[] = {"dollar", "euro", "pound", "percent", "%", "€"};
  const std::string_view after = Trim(text.substr(piece.offset + piece.text.size()));
  const bool unit =
      std::ranges::any_of(kUnits, [&](std::string_view word) { return after.starts_with(word); });
  return unit || (piece.offset > 0 && text[piece.offset - 1] == '$');
}

}  // namespace

// Keys pressed before the store listens are lost, unless the buffer for early keys is on.
void PromptBeforeStore(LintContext& context) {
  const bool buffered = std::ranges::any_of(context.Actions(), [](const Action* action) {
    return EqualsIgnoreCase(action->parameters.GetString("EnableDTMFBuffer"), "true");
  });
  if (buffered) return;
  for (const Action* action : context.Actions()) {
    if (!action->Is("MessageParticipant")) continue;
    for (const GraphEdge& edge : context.graph.Edges(context.IndexOf(*action))) {
      const Action& store = context.document.actions[edge.target];
      if (edge.kind != EdgeKind::kNext || !IsStore(store)) continue;
      context.Report(fmt::format("keys typed while action '{}' speaks are lost for '{}'",
                                 action->id, store.id),
                     action->offset, "let the input action say the text itself");
    }
  }
}

// Only where the prompt is static text that names keys at all.
void MenuPromptDiffers(LintContext& context) {
  for (const Action* action : context.Actions()) {
    const std::string_view prompt = PromptOf(*action);
    if (!IsMenu(*action) || prompt.empty() || HasReference(prompt)) continue;
    const PromptKeys keys = KeysIn(prompt);
    if (keys.asked.empty() || action->conditions.empty()) continue;
    std::set<std::string, std::less<>> branches;
    for (const ConditionBranch& branch : action->conditions) {
      if (branch.operands.size() == 1) branches.insert(branch.operands[0]);
    }
    for (const std::string& key : keys.asked) {
      if (branches.contains(key)) continue;
      context.Report(fmt::format("the prompt of action '{}' offers '{}', which has no branch",
                                 action->id, key),
                     action->offset);
    }
    for (const std::string& key : branches) {
      if (keys.named.contains(key)) continue;
      context.ReportNote(
          fmt::format("action '{}' has a branch for '{}' that its prompt does not mention",
                      action->id, key),
          action->offset);
    }
  }
}

void InputTimeShort(LintContext& context) {
  constexpr std::int64_t kShortest = 3;  // seconds
  for (const Action* action : context.Actions()) {
    if (!action->Is("GetParticipantInput")) continue;
    const std::optional<std::int64_t> limit =
        ToInt(action->parameters.GetString("InputTimeLimitSeconds"));
    if (!limit || *limit >= kShortest) continue;
    context.Report(fmt::format("action '{}' gives callers {} second{} for the first key",
                               action->id, *limit, *limit == 1 ? "" : "s"),
                   action->parameters.At("InputTimeLimitSeconds").offset(),
                   "3 to 10 seconds are usual");
  }
}

void DigitsAsNumber(LintContext& context) {
  for (const LintText& text : context.texts) {
    if (text.path != "Parameters.Text" && text.path != "Parameters.SSML") continue;
    for (const Piece& piece : text.pieces) {
      if (!piece.path || !IsDigits(*piece.path) || IsAmount(text.text, piece)) continue;
      const std::string_view before = std::string_view(text.text).substr(0, piece.offset);
      const std::size_t opened = before.rfind("<say-as");
      if (opened != std::string_view::npos &&
          before.find("</say-as", opened) == std::string_view::npos)
        continue;
      context.Report(
          fmt::format("action '{}' reads '{}' as one number, not digit by digit", text.action->id,
                      piece.text),
          text.offset,
          fmt::format("write <say-as interpret-as=\"digits\">{}</say-as> in SSML", piece.text));
    }
  }
}

void TestBotAlias(LintContext& context) {
  constexpr std::string_view kTestAlias = "TSTALIASID";
  for (const LintText& text : context.texts) {
    if (text.position == nullptr || text.position->reference != ResourceKind::kBot) continue;
    if (!text.text.ends_with(kTestAlias) && !text.text.ends_with("TestBotAlias")) continue;
    context.Report(
        fmt::format("action '{}' uses the test alias of the bot, which follows every change and "
                    "is throttled",
                    text.action->id),
        text.offset, "make a version of the bot and an alias for it");
  }
}

}  // namespace trunkline::flow::lint
