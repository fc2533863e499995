#include "cloud/services/cloudformation/template/rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/template/functions.h"
#include "cloud/services/cloudformation/template/read.h"

namespace trunkline::cloud::cloudformation {
namespace {

Answer<json::Array> List(const Scope& scope, const json::Value& value, std::string_view what) {
  TL_TRY(Maybe made, Evaluate(scope, value));
  if (made && made->IsArray()) return std::move(made->AsArray());
  if (made) return json::Array{std::move(*made)};
  return TemplateError(fmt::format("{} requires a list", what));
}

bool Has(const json::Array& list, const json::Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

Answer<json::Array> Pair(const json::Value& argument, std::string_view what) {
  if (argument.IsArray() && argument.AsArray().size() == 2) return argument.AsArray();
  return TemplateError(fmt::format("every {} object requires two parameters", what));
}

Answer<bool> Contains(const Scope& scope, const json::Value& argument) {
  TL_TRY(const json::Array parts, Pair(argument, "Fn::Contains"));
  TL_TRY(const json::Array list, List(scope, parts[0], "Fn::Contains"));
  TL_TRY(const Maybe value, Evaluate(scope, parts[1]));
  return value && Has(list, *value);
}

Answer<bool> EachMemberEquals(const Scope& scope, const json::Value& argument) {
  TL_TRY(const json::Array parts, Pair(argument, "Fn::EachMemberEquals"));
  TL_TRY(const json::Array list, List(scope, parts[0], "Fn::EachMemberEquals"));
  TL_TRY(const Maybe value, Evaluate(scope, parts[1]));
  return value && std::all_of(list.begin(), list.end(),
                              [&](const json::Value& one) { return one == *value; });
}

Answer<bool> EachMemberIn(const Scope& scope, const json::Value& argument) {
  TL_TRY(const json::Array parts, Pair(argument, "Fn::EachMemberIn"));
  TL_TRY(const json::Array list, List(scope, parts[0], "Fn::EachMemberIn"));
  TL_TRY(const json::Array others, List(scope, parts[1], "Fn::EachMemberIn"));
  return std::all_of(list.begin(), list.end(),
                     [&](const json::Value& one) { return Has(others, one); });
}

struct RuleFunction {
  std::string_view name;
  Answer<bool> (*run)(const Scope& scope, const json::Value& argument);
};
constexpr RuleFunction kRuleFunctions[] = {{"Fn::Contains", Contains},
                                           {"Fn::EachMemberEquals", EachMemberEquals},
                                           {"Fn::EachMemberIn", EachMemberIn}};

// ---- functions that give values: of parameters whose type names a thing of AWS

// "AWS::EC2::VPC::Id" of it and of a list of it.
bool IsOfType(const json::Object& parameter, std::string_view type) {
  const std::string_view own = parameter.GetString("Type");
  return own == type || own == fmt::format("List<{}>", type);
}

// Fn::RefAll: the values of all parameters of a type.
Answer<json::Value> RefAll(const Scope& scope, const json::Value& argument) {
  if (!argument.IsString()) return TemplateError("Fn::RefAll requires a parameter type");
  json::Array values;
  for (const json::Member& parameter : scope.document->Section("Parameters")) {
    if (!parameter.value.IsObject() || !IsOfType(parameter.value.AsObject(), argument.AsString()))
      continue;
    const json::Value* value = scope.parameters.Find(parameter.key);
    if (value && value->IsArray()) {
      values.insert(values.end(), value->AsArray().begin(), value->AsArray().end());
    } else if (value) {
      values.push_back(*value);
    }
  }
  return json::Value(std::move(values));
}

// Attributes are those of EC2's things; this cloud has none of them.
ServiceError NoAttribute(std::string_view function, std::string_view of) {
  return TemplateError(
      fmt::format("{} reads attributes of Amazon EC2, which is not here: {}", function, of));
}

// Fn::ValueOf: an attribute of what one parameter names.
Answer<json::Value> ValueOf(const Scope& scope, const json::Value& argument) {
  TL_TRY(const json::Array parts, Pair(argument, "Fn::ValueOf"));
  if (!parts[0].IsString() || !scope.parameters.Has(parts[0].AsString()))
    return TemplateError("Fn::ValueOf requires the name of a parameter and an attribute");
  return NoAttribute("Fn::ValueOf", parts[0].AsString());
}

// Fn::ValueOfAll: an attribute of what the parameters of a type name; of none, nothing.
Answer<json::Value> ValueOfAll(const Scope& scope, const json::Value& argument) {
  TL_TRY(const json::Array parts, Pair(argument, "Fn::ValueOfAll"));
  TL_TRY(json::Value values, RefAll(scope, parts[0]));
  if (values.AsArray().empty()) return values;
  return NoAttribute("Fn::ValueOfAll", parts[0].AsString());
}

struct ValueFunction {
  std::string_view name;
  Answer<json::Value> (*run)(const Scope& scope, const json::Value& argument);
};
constexpr ValueFunction kValueFunctions[] = {
    {"Fn::RefAll", RefAll}, {"Fn::ValueOf", ValueOf}, {"Fn::ValueOfAll", ValueOfAll}};

// Their values, in the arguments of the functions above too.
Answer<json::Value> PutValues(const Scope& scope, const json::Value& value) {
  if (value.IsArray()) {
    json::Array made;
    for (const json::Value& item : value.AsArray()) {
      TL_TRY(json::Value one, PutValues(scope, item));
      made.push_back(std::move(one));
    }
    return json::Value(std::move(made));
  }
  if (!value.IsObject()) return value;
  json::Object made;
  for (const json::Member& member : value.AsObject()) {
    for (const ValueFunction& function : kValueFunctions) {
      if (member.key == function.name) return function.run(scope, member.value);
    }
    TL_TRY(json::Value one, PutValues(scope, member.value));
    made.Set(member.key, std::move(one));
  }
  return json::Value(std::move(made));
}

// Rule functions stand anywhere below And, Or, Not: each becomes "true" or "false" first.
Answer<json::Value> Reduce(const Scope& scope, const json::Value& value) {
  if (value.IsArray()) {
    json::Array made;
    for (const json::Value& item : value.AsArray()) {
      TL_TRY(json::Value one, Reduce(scope, item));
      made.push_back(std::move(one));
    }
    return json::Value(std::move(made));
  }
  if (!value.IsObject() || value.AsObject().size() != 1) return value;
  const json::Member& member = *value.AsObject().begin();
  for (const RuleFunction& function : kRuleFunctions) {
    if (member.key != function.name) continue;
    TL_TRY(const bool holds, function.run(scope, member.value));
    return json::Value(holds);
  }
  TL_TRY(json::Value argument, Reduce(scope, member.value));
  json::Object made;
  made.Set(member.key, std::move(argument));
  return json::Value(std::move(made));
}

Answer<bool> RuleHolds(const Scope& scope, const json::Value& condition) {
  TL_TRY(const json::Value valued, PutValues(scope, condition));
  TL_TRY(const json::Value reduced, Reduce(scope, valued));
  return EvaluateCondition(scope, reduced);
}

// Adds what does not hold of one rule.
Answer<void> CheckRule(const Scope& scope, const json::Member& rule,
                       std::vector<std::string>& failed) {
  const json::Object& body = rule.value.AsObject();
  if (const json::Value* condition = body.Find("RuleCondition")) {
    TL_TRY(const bool applies, RuleHolds(scope, *condition));
    if (!applies) return {};
  }
  for (const json::Value& one : body.GetArray("Assertions")) {
    if (!one.IsObject() || !one.AsObject().Has("Assert"))
      return TemplateError(fmt::format("Rule {} has an assertion without Assert", rule.key));
    TL_TRY(const bool holds, RuleHolds(scope, one.AsObject().At("Assert")));
    if (holds) continue;
    const std::string_view why = one.AsObject().GetString("AssertDescription");
    failed.push_back(fmt::format("{} ({})", why.empty() ? "assertion" : why, rule.key));
  }
  return {};
}

}  // namespace

Answer<void> CheckRules(const Scope& scope) {
  std::vector<std::string> failed;
  for (const json::Member& rule : scope.document->Section("Rules")) {
    if (!rule.value.IsObject()) return TemplateError("Every Rules member must be an object");
    TL_DO(CheckRule(scope, rule, failed));
  }
  if (failed.empty()) return {};
  return TemplateError(fmt::format("Rule violation: {}", Join(failed, ", ")));
}

}  // namespace trunkline::cloud::cloudformation
