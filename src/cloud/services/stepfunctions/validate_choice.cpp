// The rules of Choice states.
#include <algorithm>
#include <array>

#include "cloud/services/stepfunctions/checker.h"
#include "cloud/services/stepfunctions/choice.h"
#include "cloud/services/stepfunctions/payload.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr int kDeepest = 20;

void CheckRule(Checker& checker, const json::Value& value, const std::string& location, int depth);

void CheckJoined(Checker& checker, const json::Object& rule, std::string_view field,
                 const std::string& location, int depth) {
  const std::string place = fmt::format("{}/{}", location, field);
  const json::Array& parts = rule.GetArray(field);
  if (parts.empty()) checker.Schema("Expected a non-empty array", place);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    CheckRule(checker, parts[i], fmt::format("{}[{}]", place, i), depth + 1);
  }
}

void CheckComparison(Checker& checker, const json::Object& rule, const std::string& location) {
  constexpr std::array<std::string_view, 1> kRequired = {"Variable"};
  checker.Require(rule, kRequired, location);
  const auto operators = std::ranges::count_if(
      rule, [](const json::Member& member) { return IsChoiceOperator(member.key); });
  if (operators != 1) {
    checker.Schema("A choice rule must have exactly one comparison operator", location);
  }
  if (rule.Has("Variable") && !ParseRooted(rule.GetString("Variable"))) {
    checker.Schema("Value is not a Reference Path", location + "/Variable");
  }
  for (const auto& member : rule) {
    const bool path = IsChoiceOperator(member.key) && member.key.ends_with("Path");
    if (path && (!member.value.IsString() || !ParseRooted(member.value.AsString())))
      checker.Schema("Value is not a Reference Path", fmt::format("{}/{}", location, member.key));
  }
}

void CheckRule(Checker& checker, const json::Value& value, const std::string& location, int depth) {
  if (!value.IsObject() || depth > kDeepest) {
    checker.Schema("Expected value of type Object", location);
    return;
  }
  const json::Object& rule = value.AsObject();
  if (rule.Has("And")) {
    CheckJoined(checker, rule, "And", location, depth);
  } else if (rule.Has("Or")) {
    CheckJoined(checker, rule, "Or", location, depth);
  } else if (const json::Value* negated = rule.Find("Not")) {
    CheckRule(checker, *negated, location + "/Not", depth + 1);
  } else {
    CheckComparison(checker, rule, location);
  }
}

}  // namespace

void CheckChoices(Checker& checker, const json::Object& state, bool jsonata,
                  const std::string& location) {
  constexpr std::array<std::string_view, 1> kRequired = {"Choices"};
  checker.Require(state, kRequired, location);
  const json::Array& rules = state.GetArray("Choices");
  if (state.Has("Choices") && rules.empty())
    checker.Schema("The field 'Choices' must have at least one rule", location + "/Choices");
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::string place = fmt::format("{}/Choices[{}]", location, i);
    if (!rules[i].IsObject()) {
      checker.Schema("Expected value of type Object", place);
      continue;
    }
    const json::Object& rule = rules[i].AsObject();
    const json::Value* next = rule.Find("Next");
    if (next && !next->IsString()) checker.Schema("Expected value of type String", place + "/Next");
    constexpr std::array<std::string_view, 1> kNext = {"Next"};
    constexpr std::array<std::string_view, 2> kQuery = {"Condition", "Next"};
    if (jsonata) {
      checker.Require(rule, kQuery, place);
      if (const json::Value* condition = rule.Find("Condition"))
        CheckExpressions(checker, *condition, place + "/Condition");
    } else {
      checker.Require(rule, kNext, place);
      CheckRule(checker, rules[i], place, 0);
    }
  }
}

}  // namespace trunkline::cloud::stepfunctions
