// An action's branches against its row in the catalogue.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/catalogue.h"
#include "flow/reference.h"
#include "flow/validate/report.h"
#include "flow/validate/texts.h"

namespace trunkline::flow {
namespace {

class Checker {
 public:
  Checker(const Action& action, const ActionKind& kind, Report& report)
      : action_(action), kind_(kind), report_(report) {}

  void Check() {
    CheckTargets();
    if (kind_.next == Next::kTerminal) return CheckTerminal();
    if (!action_.next && kind_.next == Next::kRequired) {
      Error("TL-F113", "has no 'NextAction', which every action but the last needs",
            fmt::format("Action is missing required property. Path: {}",
                        WirePath(action_, "Transitions.NextAction")));
    }
    CheckErrors();
    CheckConditions();
  }

 private:
  // "action 'a' (Compare) <what>"
  void Error(std::string_view code, std::string_view what, std::string problem,
             std::uint32_t offset = kHere, std::string hint = {}) {
    report_.Error({.code = code,
                   .message = fmt::format("action '{}' ({}) {}", action_.id, kind_.name, what),
                   .hint = std::move(hint),
                   .problem = std::move(problem),
                   .offset = offset == kHere ? action_.offset : offset});
  }

  const json::Value* TransitionsValue() const {
    const json::Value& actions = report_.document().content.AsObject().At("Actions");
    return actions.AsArray()[action_.index].AsObject().Find("Transitions");
  }

  void CheckTargets() {
    const auto check = [&](const std::string& target, std::string_view branch,
                           std::uint32_t offset) {
      if (report_.document().FindAction(target) != nullptr) return;
      Error("TL-F104",
            fmt::format("goes to '{}' on {}, but no action has this identifier", target, branch),
            fmt::format("Invalid Action property value. Path: {}",
                        WirePath(action_, "Transitions.NextAction")),
            offset, NearestAction(target));
    };
    if (action_.next) check(*action_.next, "'NextAction'", NextOffset());
    for (const ErrorBranch& branch : action_.errors) {
      check(branch.next, fmt::format("error '{}'", branch.type), branch.offset);
    }
    for (const ConditionBranch& branch : action_.conditions) {
      check(branch.next, fmt::format("condition '{}'", Join(branch.operands, ", ")), branch.offset);
    }
  }

  std::uint32_t NextOffset() const {
    const json::Value* transitions = TransitionsValue();
    const json::Value* next =
        transitions == nullptr ? nullptr : transitions->AsObject().Find("NextAction");
    return next == nullptr ? action_.offset : next->offset();
  }

  std::string NearestAction(std::string_view target) const {
    std::vector<std::string> names;
    for (const Action& action : report_.document().actions) names.push_back(action.id);
    const std::optional<std::string> nearest = Nearest(target, names);
    return nearest ? fmt::format("did you mean '{}'?", *nearest) : std::string();
  }

  void CheckTerminal() {
    if (TransitionsValue() == nullptr) {
      Error("TL-F114", "has no 'Transitions'",
            fmt::format("Action is missing required property. Path: {}",
                        WirePath(action_, "Transitions")),
            kHere, "write \"Transitions\": {}");
    }
    if (action_.next || !action_.errors.empty() || !action_.conditions.empty()) {
      Error(
          "TL-F114", "ends the flow, so it has no branches",
          fmt::format("Invalid Action property value. Path: {}", WirePath(action_, "Transitions")),
          TransitionsValue()->offset(), "write \"Transitions\": {}");
    }
  }

  void CheckErrors() {
    for (const ErrorRule& rule : kind_.errors) {
      const bool needed =
          rule.need == Need::kRequired || (rule.need == Need::kRequiredStrict && report_.strict());
      if (!needed || !rule.when.Holds(action_.parameters)) continue;
      if (std::ranges::find(action_.errors, rule.type, &ErrorBranch::type) != action_.errors.end())
        continue;
      const std::string reason =
          rule.when.words.empty() ? "" : fmt::format(", because {}", rule.when.words);
      Error("TL-F111", fmt::format("needs a branch for error '{}'{}", rule.type, reason),
            fmt::format("Action is missing required error. Error: {}", rule.type));
    }
    if (kind_.open || GoesBeyondTheRows(kind_, action_.parameters)) return;
    for (const ErrorBranch& branch : action_.errors) CheckErrorAllowed(branch);
  }

  void CheckErrorAllowed(const ErrorBranch& branch) {
    if (branch.type.empty()) return;
    const std::string problem = fmt::format("Invalid Action error. Error: {}, Path: Actions[{}]",
                                            branch.type, action_.index);
    const auto rule = std::ranges::find(kind_.errors, branch.type, &ErrorRule::type);
    if (rule == kind_.errors.end()) {
      std::vector<std::string> names;
      for (const ErrorRule& known : kind_.errors) names.emplace_back(known.type);
      Error("TL-F112", fmt::format("has no error '{}'", branch.type), problem, branch.offset,
            names.empty() ? "it has none" : "it has " + Join(names, ", "));
    } else if (!rule->when.Holds(action_.parameters)) {
      Error("TL-F112", fmt::format("takes error '{}' only when {}", branch.type, rule->when.words),
            problem, branch.offset);
    }
  }

  void CheckConditions() {
    if (GoesBeyondTheRows(kind_, action_.parameters)) return;
    const ResultRule* rule = FindResultRule(kind_, action_.parameters);
    if (rule == nullptr) {
      if (action_.conditions.empty() || kind_.open) return;
      Error("TL-F115", "takes no conditions", "Action does not support conditions",
            action_.conditions[0].offset);
      return;
    }
    if (rule->required && action_.conditions.empty()) {
      Error("TL-F117", "needs a condition",
            fmt::format("Action is missing required property. Path: {}",
                        WirePath(action_, "Transitions.Conditions")));
    }
    for (const ConditionBranch& branch : action_.conditions) CheckCondition(branch, *rule);
    if (rule->all_words && !action_.conditions.empty()) CheckAllWords(*rule);
    if (rule->ascending) CheckAscending();
  }

  void BadCondition(const ConditionBranch& branch, std::string_view what) {
    Error("TL-F116", what, fmt::format("Invalid branch. Path: {}.Evaluate", action_.index),
          branch.offset);
  }

  void CheckCondition(const ConditionBranch& branch, const ResultRule& rule) {
    if (branch.op.empty()) return;  // Parse has said so
    if (std::ranges::find(rule.operators, branch.op) == rule.operators.end()) {
      Error("TL-F116",
            fmt::format("has a condition with operator '{}'; it takes {}", branch.op,
                        QuotedNames(rule.operators)),
            fmt::format("Invalid operator value. Path: {}",
                        WirePath(action_, "Transitions.Conditions")),
            branch.offset);
      return;
    }
    if (branch.operands.size() != 1) {
      BadCondition(branch, fmt::format("has a condition with {} operands; it takes one",
                                       branch.operands.size()));
      return;
    }
    const std::string& operand = branch.operands[0];
    if (operand.empty()) {
      BadCondition(branch, "has a condition with an empty operand, which the service refuses");
    } else if (WholePath(operand)) {
      return;  // two real flows compare with another attribute
    } else if (!rule.words.empty() && std::ranges::find(rule.words, operand) == rule.words.end()) {
      BadCondition(branch, fmt::format("has a condition for '{}'; its results are {}", operand,
                                       QuotedNames(rule.words)));
    } else if (branch.op.starts_with("Number") && !ToNumber(operand)) {
      BadCondition(branch, fmt::format("compares numbers, but the operand is '{}'", operand));
    }
  }

  void CheckAllWords(const ResultRule& rule) {
    for (const std::string_view word : rule.words) {
      const bool there =
          std::ranges::any_of(action_.conditions, [&](const ConditionBranch& branch) {
            return branch.operands.size() == 1 && branch.operands[0] == word;
          });
      if (there) continue;
      Error("TL-F117", fmt::format("needs a condition for '{}'", word),
            fmt::format("Action is missing required property. Path: {}",
                        WirePath(action_, "Transitions.Conditions")));
    }
  }

  // Shares of a hundred: each threshold is one more than the sum of the shares so far.
  void CheckAscending() {
    constexpr std::int64_t kHundred = 100;
    std::int64_t before = 1;
    for (const ConditionBranch& branch : action_.conditions) {
      const std::optional<std::int64_t> threshold =
          branch.operands.size() == 1 ? ToInt(branch.operands[0]) : std::nullopt;
      if (!threshold) continue;
      if (*threshold <= before || *threshold > kHundred) {
        BadCondition(
            branch, fmt::format("has the threshold '{}', which must be more than {} and at most {}",
                                *threshold, before, kHundred));
      }
      before = std::max(before, *threshold);
    }
  }

  static constexpr std::uint32_t kHere = json::kNoOffset;

  const Action& action_;
  const ActionKind& kind_;
  Report& report_;
};

}  // namespace

void ValidateTransitions(const Action& action, const ActionKind& kind, Report& report) {
  Checker(action, kind, report).Check();
}

}  // namespace trunkline::flow
