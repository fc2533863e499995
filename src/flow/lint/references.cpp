// Rules about names: of resources, and of values at run time.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/lint/rules.h"
#include "flow/roots.h"

namespace trunkline::flow::lint {

void LiteralArn(LintContext& context) {
  for (const LintText& text : context.texts) {
    const std::optional<Arn> arn = ParseArn(text.text);
    if (!arn || arn->account.empty() || arn->account == "aws") continue;
    if (text.position == nullptr && arn->kind == ResourceKind::kNone) continue;
    const ResourceKind kind =
        arn->kind == ResourceKind::kNone ? text.position->reference : arn->kind;
    context.Report(
        fmt::format(
            "action '{}' names a {} by its ARN, which exists in account {} and Region {} only",
            text.action->id, ToText(kind), arn->account, arn->region),
        text.offset, fmt::format("write a symbol: '{}'", WriteSymbol(kind, "<name>")));
  }
}

void UnresolvedPlaceholder(LintContext& context) {
  for (const LintText& text : context.texts) {
    if (text.position == nullptr || text.text.empty() || !text.pieces.empty()) continue;
    const ResourceKind kind = text.position->reference;
    // AWS's own views have bare names, numbers are written out, users go by name.
    if (kind == ResourceKind::kView || kind == ResourceKind::kNumber || kind == ResourceKind::kUser)
      continue;
    const bool has_symbol =
        MayHoldSymbols(text.text) &&
        std::ranges::any_of(ScanSymbols(text.text), [](const SymbolPiece& piece) {
          return piece.is_symbol || piece.is_placeholder;
        });
    if (has_symbol || ParseArn(text.text) || IsUuid(text.text.substr(0, text.text.find(':'))))
      continue;
    context.Report(
        fmt::format(
            "action '{}' names a {} by '{}', which is neither symbol, ARN, id nor reference",
            text.action->id, ToText(kind), text.text),
        text.offset, fmt::format("write a symbol: '{}'", WriteSymbol(kind, "<name>")));
  }
}

void UndefinedSymbol(LintContext& context) {
  const SymbolTable* symbols = context.options.symbols;
  if (symbols == nullptr) return;
  for (const LintText& text : context.texts) {
    for (const SymbolPiece& piece : ScanSymbols(text.text)) {
      if (!piece.is_symbol || symbols->Find(piece.kind, piece.name) != nullptr) continue;
      const std::vector<std::string> names = symbols->Names(piece.kind);
      if (names.empty()) continue;
      const std::optional<std::string> nearest = Nearest(piece.name, names);
      std::string message =
          fmt::format("{} '{}' is not declared in this center", ToText(piece.kind), piece.name);
      std::string hint =
          nearest ? fmt::format("did you mean '{}'?", WriteSymbol(piece.kind, *nearest)) : "";
      if (context.options.more_symbols) {
        context.ReportNote(message + ", so a template must make it", text.offset, std::move(hint));
      } else {
        context.Report(std::move(message), text.offset, std::move(hint));
      }
    }
  }
}

void DoubledReference(LintContext& context) {
  for (const LintText& text : context.texts) {
    for (std::size_t i = 1; i < text.pieces.size(); ++i) {
      const Piece& piece = text.pieces[i];
      const Piece& before = text.pieces[i - 1];
      // "$.Attributes." reads as the reference "$.Attributes" and a full stop.
      const bool doubled = i >= 2 && before.text == "." && text.pieces[i - 2].path && piece.path;
      if (!doubled) continue;
      context.Report(fmt::format("action '{}' has '{}.{}', which reads as two references",
                                 text.action->id, text.pieces[i - 2].text, piece.text),
                     text.offset, fmt::format("write '{}'", piece.text));
    }
  }
}

// A whole value with an unknown root is refused on publish; in a longer text it becomes silence.
void UnknownRoot(LintContext& context) {
  for (const LintText& text : context.texts) {
    if (text.pieces.size() < 2) continue;
    for (std::size_t i = 0; i < text.pieces.size(); ++i) {
      if (!text.pieces[i].path) continue;
      const bool doubled =
          i + 2 < text.pieces.size() && text.pieces[i + 1].text == "." && text.pieces[i + 2].path;
      if (doubled) continue;  // DoubledReference says so
      if (std::optional<ReferenceProblem> problem = JudgeReference(*text.pieces[i].path)) {
        context.Report(fmt::format("action '{}': {}", text.action->id, problem->message),
                       text.offset, std::move(problem->hint));
      }
    }
  }
}

}  // namespace trunkline::flow::lint
