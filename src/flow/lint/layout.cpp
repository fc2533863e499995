// Rules about what only the console reads: positions, names of blocks, copies of parameters.
#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/paths.h"
#include "flow/lint/rules.h"

namespace trunkline::flow::lint {
namespace {

const json::Object& Metadata(const LintContext& context) {
  return context.document.content.AsObject().GetObject("Metadata");
}

const json::Object& ActionMetadata(const LintContext& context) {
  return Metadata(context).GetObject("ActionMetadata");
}

using Position = std::pair<double, double>;

std::optional<Position> PositionOf(const json::Value& layout) {
  if (!layout.IsObject()) return std::nullopt;
  const json::Object& position = layout.AsObject().GetObject("position");
  const json::Value* x = position.Find("x");
  const json::Value* y = position.Find("y");
  if (x == nullptr || y == nullptr || !x->IsNumber() || !y->IsNumber()) return std::nullopt;
  return Position(x->AsDouble(), y->AsDouble());
}

void ReportCapitals(LintContext& context) {
  const json::Value* entry = Metadata(context).Find("EntryPointPosition");
  for (const json::Member& member : ActionMetadata(context)) {
    if (entry == nullptr && member.value.IsObject())
      entry = member.value.AsObject().Find("Position");
  }
  if (entry == nullptr) return;
  context.Report("the console reads 'position' and 'entryPointPosition' in small letters only",
                 entry->offset(), "otherwise it piles all blocks up at the origin");
}

// All texts of a value, however deep.
void CollectTexts(const json::Value& value, std::vector<const json::Value*>& texts) {
  if (value.IsString()) texts.push_back(&value);
  if (value.IsObject()) {
    for (const json::Member& member : value.AsObject()) CollectTexts(member.value, texts);
  }
  if (value.IsArray()) {
    for (const json::Value& item : value.AsArray()) CollectTexts(item, texts);
  }
}

struct NamedArn {
  const json::Value* value;
  Arn arn;
};

std::vector<NamedArn> ArnsIn(const json::Object& object) {
  std::vector<const json::Value*> texts;
  for (const json::Member& member : object) CollectTexts(member.value, texts);
  std::vector<NamedArn> arns;
  for (const json::Value* text : texts) {
    if (!text->AsString().starts_with("arn:")) continue;
    std::optional<Arn> arn = ParseArn(text->AsString());
    if (arn && arn->kind != ResourceKind::kNone) arns.push_back({text, std::move(*arn)});
  }
  return arns;
}

}  // namespace

void UnreadableLayout(LintContext& context) {
  ReportCapitals(context);
  std::set<Position> taken;
  std::size_t blocks = 0;
  std::size_t piled = 0;
  const json::Member* first = nullptr;
  for (const json::Member& member : ActionMetadata(context)) {
    const std::optional<Position> position = PositionOf(member.value);
    if (!position) continue;
    ++blocks;
    if (taken.insert(*position).second) continue;
    if (piled++ == 0) first = &member;
  }
  // A block that is several actions has one position for all: a few are normal.
  constexpr std::size_t kShare = 4;
  if (piled * kShare < blocks || first == nullptr) return;
  context.ReportNote(fmt::format("the console draws block {} on top of other blocks",
                                 AndMore(first->key, piled - 1)),
                     first->key_offset, "give each block a position of its own");
}

// The console shows the names of the metadata, the service follows the parameters.
void StaleMetadata(LintContext& context) {
  for (const Action* action : context.Actions()) {
    const json::Value* layout = ActionMetadata(context).Find(action->id);
    if (layout == nullptr || !layout->IsObject()) continue;
    const std::vector<NamedArn> shown = ArnsIn(layout->AsObject());
    if (shown.empty()) continue;
    const std::vector<NamedArn> used = ArnsIn(action->parameters);
    for (const NamedArn& one : shown) {
      const auto same_kind = std::ranges::find_if(
          used, [&](const NamedArn& other) { return other.arn.kind == one.arn.kind; });
      const bool agrees = std::ranges::any_of(used, [&](const NamedArn& other) {
        return other.value->AsString() == one.value->AsString();
      });
      if (agrees || same_kind == used.end()) continue;
      context.Report(fmt::format("the console shows another {} for action '{}' than it uses",
                                 ToText(one.arn.kind), action->id),
                     one.value->offset(),
                     fmt::format("the action uses '{}'", same_kind->value->AsString()));
      break;
    }
  }
}

void UnnamedDecision(LintContext& context) {
  for (const Action* action : context.Actions()) {
    if (action->conditions.empty() || !IsUuid(action->id)) continue;
    context.Report(fmt::format("action '{}' ({}) decides, but has no name that logs could show",
                               action->id, action->type),
                   action->offset, "give the block a name in the console, or the action one here");
  }
}

}  // namespace trunkline::flow::lint
