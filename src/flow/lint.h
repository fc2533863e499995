// The linter: what a flow does that works, but not as its author thinks, or not everywhere.
//
// Rules are rows of one table: code, name, level, one sentence, and a function. What the service
// itself refuses is flow/validate.h's, not the linter's. Rules look at reachable actions only;
// unreachable ones are reported once.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/finding.h"
#include "flow/document.h"
#include "flow/symbols.h"

namespace trunkline::flow {

enum class LintLevel { kOff, kNote, kWarning, kError };
std::optional<LintLevel> LintLevelOf(std::string_view word);  // "off", "note", "warning", "error"
std::string_view ToText(LintLevel level);

class LintContext;
class SetContext;
class CenterLint;
struct CenterFacts;

struct LintRule {
  std::string_view code;  // stable: "TL-L105"
  std::string_view name;  // as settings and messages use it: "unreachable-action"
  LintLevel level;        // unless the settings say otherwise
  std::string_view summary;
  // What the rule has:
  void (*run)(LintContext& context);                 // on one flow
  void (*run_set)(SetContext& set) = nullptr;        // on flows together: flow/lint_set.h
  void (*run_center)(CenterLint& center) = nullptr;  // on other files: flow/lint_center.h
};

std::span<const LintRule> AllLintRules();  // by code

// By the rule's name or code; others have their own level.
using LintLevels = std::map<std::string, LintLevel, std::less<>>;

struct LintOptions {
  LintLevels levels;
  // The names that exist; without it they are not checked, nor are kinds without a name in it.
  const SymbolTable* symbols = nullptr;
  bool more_symbols = false;  // others may come from elsewhere: an unknown name is a note
  // What else the flows' center says; without it nothing is said about that.
  const CenterFacts* center = nullptr;
};

// Of the rule with this code; off when there is none.
LintLevel LevelOf(std::string_view code, const LintOptions& options);

// Sorted by place.
Findings Lint(const Document& document, const LintOptions& options = {});

}  // namespace trunkline::flow
