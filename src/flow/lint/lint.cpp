#include "flow/lint.h"

#include <algorithm>
#include <tuple>

#include "flow/lint/rules.h"

namespace trunkline::flow {
namespace {

using enum LintLevel;

constexpr LintRule kRules[] = {
    {"TL-L105", "unreachable-action", kWarning, "No path from the start leads to the action.",
     lint::UnreachableAction},
    {"TL-L117", "leftover-text", kWarning,
     "A prompt or attribute holds a word like TODO or CHANGEME.", lint::LeftoverText},
    {"TL-L130", "one-hook", kWarning, "An action sets one event hook; several are not documented.",
     lint::OneHook},
    {"TL-L138", "text-too-long", kError,
     "A prompt has more characters than the voice service reads.", lint::TextTooLong},
    {"TL-L139", "queue-age-in-seconds", kWarning,
     "The age of the oldest contact is compared in milliseconds.", lint::QueueAgeInSeconds},
    {"TL-L201", "error-branch-to-itself", kWarning,
     "An error branch leads back to the action that erred.", lint::ErrorBranchToItself},
    {"TL-L203", "endless-loop", kWarning,
     "A loop has no input, no counter and no condition that ends it.", lint::EndlessLoop},
    {"TL-L208", "shadowed-condition", kWarning,
     "An earlier condition of the action already takes the same value.", lint::ShadowedCondition},
    {"TL-L209", "branches-without-difference", kWarning,
     "All branches of a check lead to the same action.", lint::BranchesWithoutDifference},
    {"TL-L221", "queue-not-set", kWarning,
     "A path reaches the transfer to a queue without choosing one.", lint::QueueNotSet},
    {"TL-L241", "function-time-limit", kError,
     "A synchronous function call may take at most 8 seconds.", lint::FunctionTimeLimit},
    {"TL-L243", "functions-in-a-row", kWarning,
     "Function calls without a prompt between them may take over 20 seconds.",
     lint::FunctionsInARow},
    {"TL-L244", "external-before-function", kWarning,
     "$.External is read where no function has answered.", lint::ExternalBeforeFunction},
    {"TL-L245", "mapping-lost", kWarning,
     "Another function may have replaced the mapping function's answer.", lint::MappingLost},
    {"TL-L246", "nested-external", kWarning,
     "A nested answer is read, but no function call asks for JSON.", lint::NestedExternal},
    {"TL-L262", "silence-not-checked", kNote,
     "Stored input is not compared with 'Timeout', its value after silence.",
     lint::SilenceNotChecked},
    {"TL-L271", "input-repeats-itself", kNote,
     "An input action leads straight back to itself without a limit.", lint::InputRepeatsItself},
    {"TL-L301", "literal-arn", kWarning,
     "An ARN ties the flow to one account, Region and instance.", lint::LiteralArn},
    {"TL-L303", "unresolved-placeholder", kWarning,
     "A resource is named by neither symbol, ARN, id nor reference.", lint::UnresolvedPlaceholder},
    {"TL-L304", "undefined-symbol", kError, "A symbol names a resource that does not exist.",
     lint::UndefinedSymbol},
    {"TL-L309", "doubled-reference", kWarning,
     "A reference stands inside another one and reads as empty.", lint::DoubledReference},
    {"TL-L310", "unknown-root", kWarning,
     "A reference in a text starts with a name that no contact has.", lint::UnknownRoot},
    {"TL-L401", "sensitive-attribute", kWarning,
     "An attribute's name says that it holds something secret.", lint::SensitiveAttribute},
    {"TL-L406", "dials-unchecked-number", kNote,
     "The number to dial comes from the caller or a function.", lint::DialsUncheckedNumber},
    {"TL-L501", "no-logging", kWarning, "An inbound flow does not switch its logs on.",
     lint::NoLogging},
};

LintLevel LevelOfRule(const LintRule& rule, const LintOptions& options) {
  for (const std::string_view key : {rule.name, rule.code}) {
    const auto found = options.levels.find(key);
    if (found != options.levels.end()) return found->second;
  }
  return rule.level;
}

constexpr std::pair<std::string_view, LintLevel> kLevels[] = {
    {"off", kOff}, {"note", kNote}, {"warning", kWarning}, {"error", kError}};

}  // namespace

std::span<const LintRule> AllLintRules() {
  return kRules;
}

std::optional<LintLevel> LintLevelOf(std::string_view word) {
  const auto* const found =
      std::ranges::find(kLevels, word, &std::pair<std::string_view, LintLevel>::first);
  if (found == std::end(kLevels)) return std::nullopt;
  return found->second;
}

std::string_view ToText(LintLevel level) {
  return std::ranges::find(kLevels, level, &std::pair<std::string_view, LintLevel>::second)->first;
}

LintLevel LevelOf(std::string_view code, const LintOptions& options) {
  const auto* const rule = std::ranges::find(kRules, code, &LintRule::code);
  return rule == std::end(kRules) ? kOff : LevelOfRule(*rule, options);
}

Findings Lint(const Document& document, const LintOptions& options) {
  if (!document.content.IsObject()) return {};
  LintContext context(document, options);
  for (const LintRule& rule : kRules) {
    const LintLevel level = LevelOfRule(rule, options);
    if (level == kOff) continue;
    context.Start(rule, level);
    rule.run(context);
  }
  Findings findings = context.Take();
  std::ranges::stable_sort(findings, {}, [](const Finding& finding) {
    return std::tuple(finding.place.line, finding.place.column);
  });
  return findings;
}

}  // namespace trunkline::flow
