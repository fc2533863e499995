#include "cloud/services/cloudformation/stacks/stack_policy.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_read.h"
#include "cloud/access/condition.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kMaxPolicy = 16'384;

json::Array AsList(const json::Value* value) {
  if (!value) return {};
  if (value->IsArray()) return value->AsArray();
  return {*value};
}

bool AnyMatches(const json::Array& patterns, std::string_view text) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const json::Value& pattern) {
    return pattern.IsString() && access::MatchesWildcard(text, pattern.AsString());
  });
}

std::string_view ActionName(std::string_view action) {
  if (action == "replace") return "Update:Replace";
  return action == "delete" ? "Update:Delete" : "Update:Modify";
}

bool NamesAction(const json::Object& statement, std::string_view action) {
  const std::string_view name = ActionName(action);
  if (const json::Value* actions = statement.Find("NotAction"))
    return !AnyMatches(AsList(actions), name);
  return AnyMatches(AsList(statement.Find("Action")), name);
}

bool NamesResource(const json::Object& statement, std::string_view logical_id) {
  const std::string name = fmt::format("LogicalResourceId/{}", logical_id);
  if (const json::Value* others = statement.Find("NotResource"))
    return !AnyMatches(AsList(others), name);
  const json::Array resources = AsList(statement.Find("Resource"));
  return resources.empty() || AnyMatches(resources, name);
}

// Conditions know one key: ResourceType, by StringEquals and StringLike.
bool ConditionHolds(const json::Object& statement, std::string_view type) {
  for (const json::Member& test : statement.GetObject("Condition")) {
    if (!test.value.IsObject()) return false;
    const json::Array wanted = AsList(test.value.AsObject().Find("ResourceType"));
    const bool like = test.key == "StringLike";
    if (!like && test.key != "StringEquals") return false;
    const bool holds = std::any_of(wanted.begin(), wanted.end(), [&](const json::Value& one) {
      return one.IsString() &&
             (like ? access::MatchesWildcard(type, one.AsString()) : one.AsString() == type);
    });
    if (!holds) return false;
  }
  return true;
}

bool Allows(const json::Object& policy, const json::Object& resource, std::string_view action) {
  bool allowed = false;
  for (const json::Value& item : AsList(policy.Find("Statement"))) {
    if (!item.IsObject()) continue;
    const json::Object& statement = item.AsObject();
    if (!NamesAction(statement, action) ||
        !NamesResource(statement, resource.GetString("LogicalResourceId")) ||
        !ConditionHolds(statement, resource.GetString("ResourceType")))
      continue;
    if (statement.GetString("Effect") == "Deny") return false;
    allowed = true;
  }
  return allowed;
}

bool AreActions(const json::Object& statement) {
  const bool inverted = statement.Has("NotAction");
  const json::Array actions = AsList(statement.Find(inverted ? "NotAction" : "Action"));
  return !actions.empty() &&
         std::all_of(actions.begin(), actions.end(), [](const json::Value& one) {
           return one.IsString() &&
                  (one.AsString() == "*" || one.AsString().starts_with("Update:"));
         });
}

// The principal can only be everybody (documented, and seen).
bool IsStatement(const json::Value& value) {
  if (!value.IsObject()) return false;
  const json::Object& statement = value.AsObject();
  const std::string_view effect = statement.GetString("Effect");
  return (effect == "Allow" || effect == "Deny") && statement.GetString("Principal") == "*" &&
         AreActions(statement);
}

// "{}" is one, too: it allows nothing, as any policy without statements.
bool IsPolicy(const json::Object& policy) {
  if (policy.empty()) return true;
  const json::Array statements = AsList(policy.Find("Statement"));
  return !statements.empty() && std::all_of(statements.begin(), statements.end(), IsStatement);
}

}  // namespace

Answer<void> CheckPolicyText(std::string_view text) {
  const auto policy = json::Parse(text);
  if (text.size() <= kMaxPolicy && policy && policy->IsObject() && IsPolicy(policy->AsObject()))
    return {};
  return ValidationError("Error validating stack policy: Invalid stack policy");
}

Answer<void> CheckStackPolicy(Context& context, const Run& run, const json::Object& resource,
                              std::string_view action) {
  if (action == "create" || action == "import" || run.operation.GetString("Kind") != "UPDATE")
    return {};
  TL_TRY(const Record stack, FindStack(context, run.stack.id));
  std::string_view text = run.operation.GetString("PolicyDuringUpdate");
  if (text.empty()) text = stack.body.GetString("StackPolicyBody");
  if (text.empty()) return {};
  const auto policy = json::Parse(text);
  if (policy && policy->IsObject() && Allows(policy->AsObject(), resource, action)) return {};
  return ValidationError(
      "Action denied by stack policy: Statement [#1] does not allow [Update:*] "
      "for resource [*]");
}

Answer<void> CheckRemovals(Context& context, const Run& run) {
  for (const json::Object& resource : ListResources(context, run.stack.id)) {
    if (run.target.dependencies.contains(resource.GetString("LogicalResourceId"))) continue;
    TL_DO(CheckStackPolicy(context, run, resource, "delete"));
  }
  return {};
}

}  // namespace trunkline::cloud::cloudformation
