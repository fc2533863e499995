#include "flow/lint.h"

#include <algorithm>
#include <tuple>

#include "flow/lint/context.h"
#include "flow/lint/facts.h"
#include "flow/lint/set_context.h"
#include "flow/lint_center.h"

namespace trunkline::flow {
namespace {

using enum LintLevel;

LintLevel LevelOfRule(const LintRule& rule, const LintOptions& options) {
  for (const std::string_view key : {rule.name, rule.code}) {
    const auto found = options.levels.find(key);
    if (found != options.levels.end()) return found->second;
  }
  return rule.level;
}

constexpr std::pair<std::string_view, LintLevel> kLevels[] = {
    {"off", kOff}, {"note", kNote}, {"warning", kWarning}, {"error", kError}};

Findings Run(LintContext& context) {
  for (const LintRule& rule : AllLintRules()) {
    const LintLevel level = LevelOfRule(rule, context.options);
    if (level == kOff || rule.run == nullptr) continue;
    context.Start(rule, level);
    rule.run(context);
  }
  Findings findings = context.Take();
  std::ranges::stable_sort(findings, {}, [](const Finding& finding) {
    return std::tuple(finding.place.line, finding.place.column);
  });
  return findings;
}

}  // namespace

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
  const std::span<const LintRule> rules = AllLintRules();
  const auto rule = std::ranges::find(rules, code, &LintRule::code);
  return rule == rules.end() ? kOff : LevelOfRule(*rule, options);
}

Findings Lint(const Document& document, const LintOptions& options) {
  if (!document.content.IsObject()) return {};
  LintContext context(document, options);
  return Run(context);
}

Findings Lint(const Document& document, const LintOptions& options, FlowFacts& facts) {
  if (!document.content.IsObject()) return {};
  LintContext context(document, options);
  facts = FactsOf(context);
  return Run(context);
}

Findings LintCenter(const CenterFacts& facts, const LintOptions& options) {
  CenterLint center(facts);
  for (const LintRule& rule : AllLintRules()) {
    const LintLevel level = LevelOfRule(rule, options);
    if (level == kOff || rule.run_center == nullptr) continue;
    center.Start(rule, level);
    rule.run_center(center);
  }
  return center.Take();
}

std::vector<SetFinding> LintSet(std::span<const FlowFacts> flows, const LintOptions& options) {
  SetContext set(flows);
  for (const LintRule& rule : AllLintRules()) {
    const LintLevel level = LevelOfRule(rule, options);
    if (level == kOff || rule.run_set == nullptr) continue;
    set.Start(rule, level);
    rule.run_set(set);
  }
  std::vector<SetFinding> findings = set.Take();
  std::ranges::stable_sort(findings, {}, [](const SetFinding& finding) {
    return std::tuple(finding.flow, finding.offset);
  });
  return findings;
}

}  // namespace trunkline::flow
