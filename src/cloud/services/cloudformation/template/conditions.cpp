// Conditions: Fn::Equals, Fn::And, Fn::Or, Fn::Not, {"Condition": "Name"}.
#include <fmt/format.h>

#include "cloud/services/cloudformation/template/evaluate.h"
#include "cloud/services/cloudformation/template/function.h"
#include "cloud/services/cloudformation/template/functions.h"
#include "cloud/services/cloudformation/template/read.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kMostOperands = 10;

Answer<bool> Equals(const Scope& scope, const json::Value& argument) {
  if (!argument.IsArray() || argument.AsArray().size() != 2) {
    return TemplateError("every Fn::Equals object requires a list of 2 string parameters.");
  }
  TL_TRY(const Maybe left, Evaluate(scope, argument.AsArray()[0]));
  TL_TRY(const Maybe right, Evaluate(scope, argument.AsArray()[1]));
  if (!left || !right) return !left && !right;
  const auto left_text = ScalarText(*left);
  const auto right_text = ScalarText(*right);
  if (left_text && right_text) return *left_text == *right_text;
  return *left == *right;
}

Answer<std::vector<bool>> Operands(const Scope& scope, const json::Value& argument,
                                   std::string_view name) {
  const std::size_t count = argument.IsArray() ? argument.AsArray().size() : 0;
  if (count < 2 || count > kMostOperands) {
    return TemplateError(fmt::format(
        "every {} object requires a list of at least 2 and at most 10 boolean parameters.", name));
  }
  std::vector<bool> made;
  for (const json::Value& operand : argument.AsArray()) {
    TL_TRY(const bool holds, EvaluateCondition(scope, operand));
    made.push_back(holds);
  }
  return made;
}

Answer<bool> And(const Scope& scope, const json::Value& argument) {
  TL_TRY(const std::vector<bool> all, Operands(scope, argument, "Fn::And"));
  for (const bool one : all) {
    if (!one) return false;
  }
  return true;
}

Answer<bool> Or(const Scope& scope, const json::Value& argument) {
  TL_TRY(const std::vector<bool> all, Operands(scope, argument, "Fn::Or"));
  for (const bool one : all) {
    if (one) return true;
  }
  return false;
}

Answer<bool> Not(const Scope& scope, const json::Value& argument) {
  if (!argument.IsArray() || argument.AsArray().size() != 1)
    return TemplateError("Fn::Not requires a list argument with one element");
  TL_TRY(const bool holds, EvaluateCondition(scope, argument.AsArray()[0]));
  return !holds;
}

Answer<bool> Named(const Scope& scope, const std::string& name) {
  const auto found = scope.conditions.find(name);
  if (found != scope.conditions.end()) return found->second;
  return ValidationError(fmt::format(
      "Template format error: Unresolved condition dependency {} in the Conditions block of the "
      "template",
      name));
}

// Names of conditions that a condition needs, wherever they stand.
void CollectNamed(const json::Value& value, std::vector<std::string>& names) {
  if (value.IsArray()) {
    for (const json::Value& item : value.AsArray()) CollectNamed(item, names);
  } else if (value.IsObject()) {
    for (const json::Member& member : value.AsObject()) {
      const bool is_name = member.value.IsString() && member.key == "Condition";
      if (is_name) names.push_back(member.value.AsString());
      const bool is_if = member.key == "Fn::If" && member.value.IsArray();
      if (is_if && !member.value.AsArray().empty() && member.value.AsArray()[0].IsString())
        names.push_back(member.value.AsArray()[0].AsString());
      CollectNamed(member.value, names);
    }
  }
}

enum class Mark { kOpen, kDone };

struct Resolving {
  Scope& scope;
  const json::Object& section;
  std::map<std::string, Mark> marks;
};

Answer<void> Resolve(Resolving& resolving, const std::string& name) {
  const json::Value* value = resolving.section.Find(name);
  if (!value) return {};  // told where it is used
  const auto [mark, fresh] = resolving.marks.emplace(name, Mark::kOpen);
  if (!fresh && mark->second == Mark::kDone) return {};
  if (!fresh) {
    return ValidationError(
        fmt::format("Template format error: Circular dependency in condition {}", name));
  }
  std::vector<std::string> needed;
  CollectNamed(*value, needed);
  for (const std::string& other : needed) TL_DO(Resolve(resolving, other));
  TL_TRY(const bool holds, EvaluateCondition(resolving.scope, *value));
  resolving.scope.conditions[name] = holds;
  mark->second = Mark::kDone;
  return {};
}

}  // namespace

Answer<bool> EvaluateCondition(const Scope& scope, const json::Value& value) {
  if (value.IsObject() && value.AsObject().size() == 1) {
    const json::Member& member = *value.AsObject().begin();
    if (member.key == "Condition" && member.value.IsString())
      return Named(scope, member.value.AsString());
    if (member.key == "Fn::Equals") return Equals(scope, member.value);
    if (member.key == "Fn::And") return And(scope, member.value);
    if (member.key == "Fn::Or") return Or(scope, member.value);
    if (member.key == "Fn::Not") return Not(scope, member.value);
  }
  TL_TRY(const Maybe made, Evaluate(scope, value));
  const auto text = made ? ScalarText(*made) : std::nullopt;
  if (text == "true") return true;
  if (text == "false") return false;
  return ValidationError(
      "Template format error: Conditions can only be boolean operations on parameters and other "
      "conditions");
}

Answer<void> EvaluateConditions(Scope& scope) {
  const json::Object& section = scope.document->Section("Conditions");
  Resolving resolving{.scope = scope, .section = section, .marks = {}};
  for (const json::Member& member : section) TL_DO(Resolve(resolving, member.key));
  return {};
}

}  // namespace trunkline::cloud::cloudformation
