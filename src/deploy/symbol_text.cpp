#include "deploy/symbol_text.h"

#include "deploy/mapping.h"
#include "flow/link.h"

namespace trunkline::deploy {

Result<std::string> ReplaceSymbols(std::string_view text, const Target& target, const Live& live) {
  return flow::LinkText(text, Symbols(target, live));
}

std::string ReplaceKnownSymbols(std::string_view text, const Target& target, const Live& live) {
  Result<std::string> replaced = ReplaceSymbols(text, target, live);
  return replaced ? std::move(*replaced) : std::string(text);
}

std::string ChangeOf(flow::ResourceKind kind, std::string_view name) {
  switch (kind) {
    case flow::ResourceKind::kQueue:
      return fmt::format("queue:{}", name);
    case flow::ResourceKind::kHours:
      return fmt::format("hours:{}", name);
    case flow::ResourceKind::kPrompt:
      return fmt::format("prompt:{}", name);
    case flow::ResourceKind::kFlow:
      return fmt::format("flow stub:{}", name);
    case flow::ResourceKind::kModule:
      return fmt::format("module:{}", name);
    // The instance must be allowed to call it, too.
    case flow::ResourceKind::kBot:
      return fmt::format("bot association:{}", name);
    case flow::ResourceKind::kLambda:
      return fmt::format("function association:{}", name);
    default:
      return "";
  }
}

std::vector<std::string> SymbolChanges(std::string_view text) {
  std::vector<std::string> changes;
  for (const flow::SymbolPiece& piece : flow::ScanSymbols(text)) {
    if (!piece.is_symbol) continue;
    // A hook or a variable needs the function itself, not the instance's permission to call it.
    const bool function = piece.kind == flow::ResourceKind::kLambda;
    std::string change = function ? "function:" + piece.name : ChangeOf(piece.kind, piece.name);
    if (!change.empty()) changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace trunkline::deploy
