#include "sim/steered_outcome.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/reference.h"
#include "sim/stand_in.h"

namespace trunkline::sim {
namespace {

template <class... Args>
OutcomeFault Fault(std::string member, fmt::format_string<Args...> text, Args&&... args) {
  return {std::move(member), fmt::format(text, std::forward<Args>(args)...)};
}

std::string Listed(const std::vector<std::string_view>& words) {
  std::string list;
  for (const std::string_view word : words)
    list += fmt::format("{}{}", list.empty() ? "" : ", ", word);
  return list;
}

std::optional<OutcomeFault> ErrorFault(const flow::ActionKind& kind, const std::string& error) {
  if (std::ranges::find(kind.errors, error, &flow::ErrorRule::type) != kind.errors.end())
    return std::nullopt;
  if (kind.errors.empty()) return Fault("Error", "{} has no errors", kind.name);
  std::vector<std::string_view> types;
  for (const flow::ErrorRule& rule : kind.errors) types.push_back(rule.type);
  return Fault("Error", "{} has no error '{}': there is {}", kind.name, error, Listed(types));
}

// The rules that may count.
std::vector<const flow::ResultRule*> RulesOf(const flow::ActionKind& kind,
                                             const json::Object* parameters) {
  std::vector<const flow::ResultRule*> rules;
  if (parameters != nullptr) {
    if (const auto* rule = flow::FindResultRule(kind, *parameters)) rules.push_back(rule);
    return rules;
  }
  for (const flow::ResultRule& rule : kind.results) rules.push_back(&rule);
  return rules;
}

bool ComparesNumbers(const flow::ResultRule& rule) {
  const auto of_numbers = [](std::string_view op) { return op.starts_with("Number"); };
  return std::ranges::any_of(rule.operators, of_numbers) &&
         std::ranges::all_of(rule.operators,
                             [&](std::string_view op) { return of_numbers(op) || op == "Equals"; });
}

// The results that one rule knows; nothing when any text may be one.
std::optional<std::vector<std::string_view>> WordsOf(const flow::ResultRule& rule) {
  if (rule.words.empty() || ComparesNumbers(rule)) return std::nullopt;
  return std::vector<std::string_view>(rule.words.begin(), rule.words.end());
}

std::optional<OutcomeFault> ConditionFault(const flow::ActionKind& kind,
                                           const std::string& condition,
                                           const json::Object* parameters) {
  const auto rules = RulesOf(kind, parameters);
  if (rules.empty()) return Fault("Condition", "{} has no conditions", kind.name);
  std::vector<std::string_view> possible;
  bool numbers_only = true;
  for (const flow::ResultRule* rule : rules) {
    numbers_only = numbers_only && ComparesNumbers(*rule);
    const auto words = WordsOf(*rule);
    if (!words && (!ComparesNumbers(*rule) || ToInt(condition))) return std::nullopt;
    for (const std::string_view word : words.value_or(std::vector<std::string_view>{})) {
      if (std::ranges::find(possible, word) == possible.end()) possible.push_back(word);
    }
  }
  if (std::ranges::find(possible, condition) != possible.end()) return std::nullopt;
  if (numbers_only) return Fault("Condition", "{} gives a number, not '{}'", kind.name, condition);
  return Fault("Condition", "{} has no result '{}': there is {}", kind.name, condition,
               Listed(possible));
}

// The names of a reference; nothing when the text is none, or one of its names is a reference.
std::optional<std::vector<std::string>> NamesIn(const std::string& reference) {
  const auto path = flow::WholePath(reference);
  if (!path || path->steps.size() < 2) return std::nullopt;
  std::vector<std::string> names;
  for (const flow::PathStep& step : path->steps) {
    if (step.name.empty()) return std::nullopt;
    names.push_back(step.name);
  }
  return names;
}

std::optional<OutcomeFault> AttributesFault(const StandIn& stand_in,
                                            const json::Object& attributes) {
  for (const json::Member& one : attributes) {
    const auto names = NamesIn(one.key);
    if (!names)
      return Fault("Attributes", "expected a reference such as $.Customer.FirstName but got '{}'",
                   one.key);
    if (std::ranges::find(stand_in.sets, names->front()) != stand_in.sets.end()) continue;
    if (stand_in.sets.empty())
      return Fault("Attributes", "{} sets no attributes: '{}' cannot be set", stand_in.type,
                   one.key);
    return Fault("Attributes", "{} sets $.{}, not '{}'", stand_in.type, stand_in.sets.front(),
                 one.key);
  }
  return std::nullopt;
}

}  // namespace

std::optional<OutcomeFault> FaultOf(const flow::ActionKind& kind, const SteeredOutcome& outcome,
                                    const json::Object* parameters) {
  if (kind.next == flow::Next::kTerminal)
    return Fault("", "{} ends the flow: how it goes cannot be chosen", kind.name);
  if (!outcome.condition.empty() && !outcome.error.empty())
    return Fault("Condition", "expected 'Condition' or 'Error', not both");
  if (!outcome.error.empty() && !outcome.attributes.empty())
    return Fault("Attributes", "an action that fails sets nothing");
  if (!outcome.error.empty()) return ErrorFault(kind, outcome.error);
  const StandIn* stand_in = FindStandIn(kind.name);
  if (stand_in == nullptr && !outcome.attributes.empty())
    return Fault("Attributes", "{} runs here by itself: only stand-ins can be told what they set",
                 kind.name);
  if (stand_in != nullptr) {
    if (auto fault = AttributesFault(*stand_in, outcome.attributes)) return fault;
  }
  if (!outcome.condition.empty()) return ConditionFault(kind, outcome.condition, parameters);
  if (stand_in == nullptr)
    return Fault("", "expected 'Condition' or 'Error': {} runs here by itself", kind.name);
  if (stand_in->decides)
    return Fault("", "expected 'Condition' or 'Error': {} goes by its result", kind.name);
  return std::nullopt;
}

GoOn AsGoOn(const SteeredOutcome& outcome) {
  GoOn go_on{.result = outcome.condition,
             .error = outcome.error,
             .succeeds = outcome.condition.empty() && outcome.error.empty()};
  for (const json::Member& one : outcome.attributes) {
    const std::vector<std::string> names = *NamesIn(one.key);
    json::Object* into = &go_on.attributes;
    for (std::size_t i = 0; i + 1 < names.size(); ++i) {
      json::Value& member = (*into)[names[i]];
      into = member.IsObject() ? &member.AsObject() : &member.BecomeObject();
    }
    into->Set(names.back(), one.value);
  }
  return go_on;
}

}  // namespace trunkline::sim
