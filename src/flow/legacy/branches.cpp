// The branches of a legacy module as transitions of an action, and what the action's contract
// (flow/catalogue.h) makes of them.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/legacy/builder.h"
#include "flow/legacy/values.h"

namespace trunkline::flow {

void LegacyBuilder::LoseBranch(const LegacyBranch& branch, std::string_view why) {
  Say(Severity::kWarning, "TL-F504",
      fmt::format("{}: branch '{}' is lost", Name(), branch.condition), std::string(why),
      branch.offset);
}

const LegacyBranch* LegacyBuilder::FindBranch(std::string_view condition) const {
  const auto found = std::ranges::find(module_.branches, condition, &LegacyBranch::condition);
  return found == module_.branches.end() || found->target.empty() ? nullptr : &*found;
}

void LegacyBuilder::AddEvaluate(const LegacyBranch& branch) {
  const std::string_view op = LegacyOperator(branch.op);
  if (op.empty() || branch.operand.empty()) {
    Say(Severity::kError, "TL-F506",
        fmt::format("{}: nobody knows the comparison '{} {}'", Name(), branch.op, branch.operand),
        "known are Equals, GreaterThan, GreaterThanOrEqualTo, LessThan, LessThanOrEqualTo, "
        "Contains, StartsWith and EndsWith with a value",
        branch.offset);
    return;
  }
  conditions_.push_back({.name = branch.operand,
                         .op = std::string(op),
                         .target = branch.target,
                         .offset = branch.offset});
}

void LegacyBuilder::AddBranch(const LegacyBranch& branch) {
  const auto rule =
      std::ranges::find(rule_.branches, branch.condition, &LegacyBranchRule::condition);
  if (rule == rule_.branches.end())
    return LoseBranch(branch, fmt::format("{} has no such branch", action_));
  if (branch.target.empty())
    return LoseBranch(branch, "it leads nowhere: connect it, or the flow cannot be published");
  switch (rule->to) {
    case LegacyBranchTo::kNext:
      next_ = branch.target;
      return;
    case LegacyBranchTo::kEvaluate:
      return AddEvaluate(branch);
    case LegacyBranchTo::kError:
      errors_.push_back({.name = std::string(rule->name),
                         .op = {},
                         .target = branch.target,
                         .offset = branch.offset});
      return;
    case LegacyBranchTo::kCondition:
      conditions_.push_back({.name = std::string(rule->name),
                             .op = std::string(rule->op),
                             .target = branch.target,
                             .offset = branch.offset});
  }
}

// Every action but the last needs a NextAction. Where the export has no "Success" the console
// repeats another branch, which then never counts.
void LegacyBuilder::SetNext() {
  if (!next_.empty()) return;
  if (const LegacyBranch* mirrored = FindBranch(rule_.mirrors)) {
    next_ = mirrored->target;
  } else if (const LegacyBranch* error = FindBranch("Error")) {
    next_ = error->target;
  } else if (!errors_.empty()) {
    next_ = errors_.front().target;
  } else if (!conditions_.empty()) {
    next_ = conditions_.front().target;
  }
}

void LegacyBuilder::MakeUp(std::string_view what, const std::string& target) {
  Say(Severity::kWarning, "TL-F507",
      fmt::format("{}: the branch for {} was made up: it leads to '{}'", Name(), what, target),
      fmt::format("{} needs it, and the export has none", action_), module_.offset);
}

// What the action does not take is lost; what it needs goes where other errors, or all, go.
void LegacyBuilder::FitErrors(const ActionKind& kind) {
  std::erase_if(errors_, [&](const Branch& branch) {
    const auto rule = std::ranges::find(kind.errors, branch.name, &ErrorRule::type);
    if (rule != kind.errors.end() && rule->when.Holds(parameters_)) return false;
    Say(Severity::kWarning, "TL-F504",
        fmt::format("{}: the branch for error '{}' is lost", Name(), branch.name),
        rule == kind.errors.end()
            ? fmt::format("{} does not have it", action_)
            : fmt::format("{} has it only when {}", action_, rule->when.words),
        branch.offset);
    return true;
  });
  for (const ErrorRule& rule : kind.errors) {
    if (rule.need != Need::kRequired || !rule.when.Holds(parameters_)) continue;
    if (std::ranges::find(errors_, rule.type, &Branch::name) != errors_.end()) continue;
    const std::string target = errors_.empty() ? next_ : errors_.back().target;
    if (target.empty()) return;
    MakeUp(fmt::format("error '{}'", rule.type), target);
    errors_.push_back({.name = std::string(rule.type), .op = {}, .target = target, .offset = 0});
  }
}

void LegacyBuilder::FitConditions(const ActionKind& kind) {
  const ResultRule* rule = FindResultRule(kind, parameters_);
  std::erase_if(conditions_, [&](const Branch& branch) {
    const bool taken =
        rule != nullptr &&
        (rule->words.empty() || std::ranges::find(rule->words, branch.name) != rule->words.end());
    if (taken) return false;
    Say(Severity::kWarning, "TL-F504",
        fmt::format("{}: the branch for '{}' is lost", Name(), branch.name),
        fmt::format("with these parameters {} does not end so", action_), branch.offset);
    return true;
  });
  if (rule == nullptr || !rule->all_words || next_.empty()) return;
  for (const std::string_view word : rule->words) {
    if (std::ranges::find(conditions_, word, &Branch::name) != conditions_.end()) continue;
    MakeUp(fmt::format("'{}'", word), next_);
    conditions_.push_back(
        {.name = std::string(word), .op = "Equals", .target = next_, .offset = 0});
  }
}

}  // namespace trunkline::flow
