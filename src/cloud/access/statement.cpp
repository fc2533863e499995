#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/access/evaluate.h"

namespace trunkline::cloud::access {
namespace {

bool NamesAction(const Statement& statement, std::string_view action) {
  return std::ranges::any_of(statement.actions, [&](const std::string& pattern) {
           return MatchesWildcard(action, pattern);
         }) != statement.other_actions;
}

bool MatchesResource(const Policy& policy, const std::string& pattern, const Call& call) {
  if (!policy.variables || pattern.find("${") == std::string::npos) {
    return MatchesArn(call.resource, pattern);
  }
  return MatchesArn(call.resource, ReplaceVariables(pattern, call.keys));
}

bool NamesResource(const Statement& statement, const Policy& policy, const Call& call) {
  if (!statement.has_resources) return true;
  const auto matches = [&](const std::string& pattern) {
    return MatchesResource(policy, pattern, call);
  };
  return std::ranges::any_of(statement.resources, matches) != statement.other_resources;
}

enum class Named { kNo, kAccount, kRole, kItself };

// "123456789012" and "arn:aws:iam::123456789012:root" mean everybody of the account.
Named NamesAws(const std::vector<std::string>& principals, const Call& call) {
  Named best = Named::kNo;
  if (!call.service.empty()) return best;
  for (const std::string& principal : principals) {
    if (principal == "*" || principal == call.principal_arn) return Named::kItself;
    if (!call.role_arn.empty() && principal == call.role_arn) best = Named::kRole;
    const bool account =
        principal == call.account || principal == fmt::format("arn:aws:iam::{}:root", call.account);
    if (account && best == Named::kNo) best = Named::kAccount;
  }
  return best;
}

Named NamesListed(const Principals& principals, const Call& call) {
  if (principals.everybody) return Named::kItself;
  const auto same = [&](const std::string& one) {
    return one == "*" || EqualsIgnoreCase(one, call.service);
  };
  if (!call.service.empty() && std::ranges::any_of(principals.services, same)) {
    return Named::kItself;
  }
  return NamesAws(principals.aws, call);
}

Named NamesCaller(const Statement& statement, const Call& call) {
  if (!statement.principals) return Named::kNo;
  const Named named = NamesListed(*statement.principals, call);
  if (!statement.principals->others) return named;
  return named == Named::kNo ? Named::kItself : Named::kNo;
}

}  // namespace

Opinion Ask(const Policy& policy, const Call& call, bool with_principals,
            const Statement* without) {
  Opinion opinion;
  const std::string action = ToLower(call.action);
  for (const Statement& statement : policy.statements) {
    if (&statement == without) continue;
    const bool denied = opinion.effect == Effect::kDeny;
    if (denied && !statement.denies) continue;
    const Named named = with_principals ? NamesCaller(statement, call) : Named::kItself;
    if (named == Named::kNo || !NamesAction(statement, action) ||
        !NamesResource(statement, policy, call) ||
        !ConditionsHold(statement.condition, call.keys, policy.variables)) {
      continue;
    }
    if (statement.denies && !denied) opinion.statements.clear();
    opinion.effect = statement.denies ? Effect::kDeny : Effect::kAllow;
    opinion.statements.push_back(&statement);
    opinion.names_principal = opinion.names_principal || named == Named::kItself;
    opinion.names_role = opinion.names_role || named == Named::kRole;
  }
  return opinion;
}

std::vector<std::string> ActionsFor(const Statement& statement, const Call& call) {
  std::vector<std::string> actions;
  if (statement.other_actions) return actions;
  const std::string action = ToLower(call.action);
  for (const std::string& pattern : statement.actions) {
    if (MatchesWildcard(action, pattern)) actions.push_back(pattern);
  }
  return actions;
}

std::vector<std::string> ResourcesFor(const Policy& policy, const Statement& statement,
                                      const Call& call) {
  std::vector<std::string> resources;
  if (statement.other_resources) return resources;
  for (const std::string& pattern : statement.resources) {
    if (MatchesResource(policy, pattern, call)) resources.push_back(pattern);
  }
  return resources;
}

}  // namespace trunkline::cloud::access
