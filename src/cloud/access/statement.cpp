#include <algorithm>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/access/evaluate.h"

namespace trunkline::cloud::access {
namespace {

struct Document {
  const Call& call;
  bool variables = false;  // Version 2012-10-17
};

bool NamesAction(const json::Object& statement, const Call& call) {
  const bool inverted = !statement.Has("Action");
  const auto patterns = PolicyTexts(statement.Find(inverted ? "NotAction" : "Action"));
  const std::string action = ToLower(call.action);
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
           return MatchesWildcard(action, ToLower(pattern));
         }) != inverted;
}

bool NamesResource(const json::Object& statement, const Document& document) {
  const bool inverted = statement.Has("NotResource");
  const json::Value* resources = statement.Find(inverted ? "NotResource" : "Resource");
  if (!resources) return true;  // a trust policy
  const auto patterns = PolicyTexts(resources);
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
           const std::string wanted =
               document.variables ? ReplaceVariables(pattern, document.call.keys) : pattern;
           return MatchesArn(document.call.resource, wanted);
         }) != inverted;
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

Named NamesCaller(const json::Value& principal, const Call& call) {
  if (principal.IsString()) return principal.AsString() == "*" ? Named::kItself : Named::kNo;
  if (!principal.IsObject()) return Named::kNo;
  const json::Object& kinds = principal.AsObject();
  const auto services = PolicyTexts(kinds.Find("Service"));
  const bool service =
      !call.service.empty() && std::any_of(services.begin(), services.end(), [&](const auto& one) {
        return one == "*" || EqualsIgnoreCase(one, call.service);
      });
  if (service) return Named::kItself;
  return NamesAws(PolicyTexts(kinds.Find("AWS")), call);
}

Named NamesCaller(const json::Object& statement, const Call& call) {
  if (const json::Value* principal = statement.Find("Principal")) {
    return NamesCaller(*principal, call);
  }
  const json::Value* others = statement.Find("NotPrincipal");
  if (!others) return Named::kNo;
  return NamesCaller(*others, call) == Named::kNo ? Named::kItself : Named::kNo;
}

std::string NameOf(const json::Object& statement, std::size_t position) {
  const std::string_view sid = statement.GetString("Sid");
  return sid.empty() ? fmt::format("statement {}", position + 1)
                     : fmt::format("statement '{}'", sid);
}

void Add(const json::Object& statement, std::size_t position, const Document& document,
         bool with_principals, Opinion& opinion) {
  if (opinion.effect == Effect::kDeny) return;
  const Named named = with_principals ? NamesCaller(statement, document.call) : Named::kItself;
  if (named == Named::kNo || !NamesAction(statement, document.call) ||
      !NamesResource(statement, document) ||
      !ConditionsHold(statement.GetObject("Condition"), document.call.keys, document.variables)) {
    return;
  }
  const bool denies = statement.GetString("Effect") == "Deny";
  if (denies || opinion.effect == Effect::kNone) opinion.statement = NameOf(statement, position);
  opinion.effect = denies ? Effect::kDeny : Effect::kAllow;
  opinion.names_principal = opinion.names_principal || named == Named::kItself;
  opinion.names_role = opinion.names_role || named == Named::kRole;
}

}  // namespace

Opinion Ask(std::string_view document, const Call& call, bool with_principals) {
  Opinion opinion;
  const Result<json::Value> parsed = json::Parse(document);
  if (!parsed || !parsed->IsObject()) return opinion;
  const json::Object& policy = parsed->AsObject();
  const Document about{.call = call, .variables = policy.GetString("Version") == "2012-10-17"};
  const json::Value* statements = policy.Find("Statement");
  if (statements && statements->IsObject()) {
    Add(statements->AsObject(), 0, about, with_principals, opinion);
  } else if (statements && statements->IsArray()) {
    const json::Array& all = statements->AsArray();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].IsObject()) Add(all[i].AsObject(), i, about, with_principals, opinion);
    }
  }
  return opinion;
}

}  // namespace trunkline::cloud::access
