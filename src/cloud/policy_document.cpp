#include "cloud/policy_document.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/identity_policy.h"

namespace trunkline::cloud {
namespace {

using Problem = std::optional<std::string>;

constexpr std::string_view kStatementKeys[] = {"Sid",          "Effect",      "Principal",
                                               "NotPrincipal", "Action",      "NotAction",
                                               "Resource",     "NotResource", "Condition"};
constexpr std::string_view kOperators[] = {"StringEquals",
                                           "StringNotEquals",
                                           "StringEqualsIgnoreCase",
                                           "StringNotEqualsIgnoreCase",
                                           "StringLike",
                                           "StringNotLike",
                                           "NumericEquals",
                                           "NumericNotEquals",
                                           "NumericLessThan",
                                           "NumericLessThanEquals",
                                           "NumericGreaterThan",
                                           "NumericGreaterThanEquals",
                                           "DateEquals",
                                           "DateNotEquals",
                                           "DateLessThan",
                                           "DateLessThanEquals",
                                           "DateGreaterThan",
                                           "DateGreaterThanEquals",
                                           "Bool",
                                           "BinaryEquals",
                                           "IpAddress",
                                           "NotIpAddress",
                                           "ArnEquals",
                                           "ArnLike",
                                           "ArnNotEquals",
                                           "ArnNotLike",
                                           "Null"};

}  // namespace

bool IsConditionOperator(std::string_view name) {
  for (const std::string_view prefix : {"ForAllValues:", "ForAnyValue:"}) {
    if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
  }
  if (name.ends_with("IfExists")) name.remove_suffix(8);
  return std::ranges::any_of(kOperators,
                             [&](std::string_view known) { return EqualsIgnoreCase(known, name); });
}

bool IsConditionValue(const json::Value& value) {
  const auto scalar = [](const json::Value& item) {
    return item.IsString() || item.IsBool() || item.IsNumber();
  };
  return scalar(value) || (value.IsArray() && std::ranges::all_of(value.AsArray(), scalar));
}

namespace {

bool IsAlphanumeric(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; });
}

bool IsAccount(std::string_view text) {
  return text.size() == 12 && std::ranges::all_of(text, [](char c) {
           return std::isdigit(static_cast<unsigned char>(c)) != 0;
         });
}

// A text, or a list of texts that is not empty; nothing for any other value.
std::optional<std::vector<std::string>> Texts(const json::Value& value) {
  if (value.IsString()) return std::vector<std::string>{value.AsString()};
  if (!value.IsArray() || value.AsArray().empty()) return std::nullopt;
  std::vector<std::string> texts;
  for (const json::Value& item : value.AsArray()) {
    if (!item.IsString()) return std::nullopt;
    texts.push_back(item.AsString());
  }
  return texts;
}

Problem CheckActions(const json::Object& statement, PolicyUse use) {
  if (statement.Has("Action") && statement.Has("NotAction")) {
    return "Syntax errors in policy: a statement has either Action or NotAction.";
  }
  const json::Value* actions = statement.Find("Action");
  if (!actions) actions = statement.Find("NotAction");
  if (!actions) return "Policy statement must contain actions.";
  const auto texts = Texts(*actions);
  if (!texts) return "Policy statement must contain actions.";
  for (const std::string& action : *texts) {
    const std::size_t colon = action.find(':');
    if (action == "*" && use != PolicyUse::kTrust) continue;
    if (colon == std::string::npos || colon == 0 || colon + 1 == action.size()) {
      return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
    }
    if (use == PolicyUse::kTrust && !EqualsIgnoreCase(action.substr(0, colon), "sts")) {
      return "AssumeRole policy may only specify STS AssumeRole actions.";
    }
  }
  return std::nullopt;
}

Problem CheckResources(const json::Object& statement, PolicyUse use) {
  const json::Value* resources = statement.Find("Resource");
  const json::Value* others = statement.Find("NotResource");
  if (use == PolicyUse::kTrust) {
    if (resources || others) return "Has prohibited field Resource";
    return std::nullopt;
  }
  if (resources && others)
    return "Syntax errors in policy: a statement has either Resource or NotResource.";
  if (!resources && !others) return "Policy statement must contain resources.";
  const auto texts = Texts(resources ? *resources : *others);
  if (!texts) return "Policy statement must contain resources.";
  for (const std::string& resource : *texts) {
    if (resource == "*") continue;
    const bool is_arn = resource.starts_with("arn:") && std::ranges::count(resource, ':') >= 5;
    if (!is_arn) return "Resource " + resource + " must be in ARN format or \"*\".";
  }
  return std::nullopt;
}

bool IsAwsPrincipal(std::string_view text) {
  if (text == "*" || IsAccount(text)) return true;
  const std::vector<std::string_view> parts = Split(text, ':');
  if (parts.size() < 6 || parts[0] != "arn" || !IsAccount(parts[4])) return false;
  const std::string_view what = parts[5];
  if (parts[2] == "iam")
    return what == "root" || what.starts_with("user/") || what.starts_with("role/");
  return parts[2] == "sts" &&
         (what.starts_with("assumed-role/") || what.starts_with("federated-user/"));
}

// A role, user or access key id: IAM writes these where the principal was deleted.
bool IsUniqueId(std::string_view text) {
  return text.size() >= 16 && text.starts_with('A') && IsAlphanumeric(text) &&
         ToUpper(text) == text;
}

bool IsPrincipal(std::string_view kind, std::string_view text) {
  if (kind == "AWS") return IsAwsPrincipal(text) || IsUniqueId(text);
  if (kind == "Service")
    return text.find('.') != std::string_view::npos && !text.starts_with("arn:");
  return (kind == "Federated" || kind == "CanonicalUser") && !text.empty();
}

Problem CheckPrincipal(const json::Value& principal) {
  if (principal.IsString()) {
    if (principal.AsString() == "*") return std::nullopt;
    return "Invalid principal in policy: \"STRING\":\"" + principal.AsString() + "\"";
  }
  if (!principal.IsObject() || principal.AsObject().empty())
    return "Syntax errors in policy: empty Principal.";
  for (const json::Member& member : principal.AsObject()) {
    const auto texts = Texts(member.value);
    if (!texts) return "Invalid principal in policy: \"" + ToUpper(member.key) + "\" holds no text";
    for (const std::string& text : *texts) {
      if (!IsPrincipal(member.key, text)) {
        return "Invalid principal in policy: \"" + ToUpper(member.key) + "\":\"" + text + "\"";
      }
    }
  }
  return std::nullopt;
}

Problem CheckPrincipals(const json::Object& statement) {
  const json::Value* principal = statement.Find("Principal");
  const json::Value* others = statement.Find("NotPrincipal");
  if (!principal && !others) return "Missing required field Principal";
  if (principal && others)
    return "Syntax errors in policy: a statement has either Principal or NotPrincipal.";
  return CheckPrincipal(principal ? *principal : *others);
}

Problem CheckCondition(const json::Object& statement) {
  const json::Value* condition = statement.Find("Condition");
  if (!condition) return std::nullopt;
  if (!condition->IsObject()) return "Syntax errors in policy: expected an object as Condition.";
  for (const json::Member& test : condition->AsObject()) {
    if (!IsConditionOperator(test.key)) return "Invalid Condition type : " + test.key + ".";
    if (!test.value.IsObject())
      return "Syntax errors in policy: expected an object of keys in '" + test.key + "'.";
    for (const json::Member& key : test.value.AsObject()) {
      if (key.key.find(':') == std::string::npos) {
        return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.: '" +
               key.key + "'";
      }
      if (!IsConditionValue(key.value))
        return "Syntax errors in policy: expected a text as '" + key.key + "'.";
    }
  }
  return std::nullopt;
}

Problem CheckEffect(const json::Object& statement) {
  const json::Value* effect = statement.Find("Effect");
  if (!effect) return "Missing required field Effect";
  if (!effect->IsString()) return "Syntax errors in policy: expected a text as Effect.";
  if (effect->AsString() == "Allow" || effect->AsString() == "Deny") return std::nullopt;
  return "Invalid effect: " + effect->AsString();
}

Problem CheckSid(const json::Object& statement, std::set<std::string>& seen) {
  const std::string sid(statement.GetString("Sid"));
  if (sid.empty()) return std::nullopt;
  if (!seen.insert(sid).second) return "Statement IDs (SID) in a single policy must be unique.";
  return std::nullopt;
}

Problem CheckStatement(const json::Value& value, PolicyUse use, std::set<std::string>& sids) {
  if (!value.IsObject()) return "Syntax errors in policy: expected an object as statement.";
  const json::Object& statement = value.AsObject();
  for (const json::Member& member : statement) {
    if (std::ranges::find(kStatementKeys, member.key) == std::end(kStatementKeys)) {
      return "Syntax errors in policy: '" + member.key + "' is no element of a statement.";
    }
  }
  if (Problem problem = CheckSid(statement, sids)) return problem;
  if (Problem problem = CheckEffect(statement)) return problem;
  if (Problem problem = CheckPrincipals(statement)) return problem;
  if (Problem problem = CheckActions(statement, use)) return problem;
  if (Problem problem = CheckResources(statement, use)) return problem;
  return CheckCondition(statement);
}

Problem CheckHead(const json::Object& document) {
  for (const json::Member& member : document) {
    if (member.key != "Version" && member.key != "Id" && member.key != "Statement") {
      return "Syntax errors in policy: '" + member.key + "' is no element of a policy.";
    }
  }
  const std::string_view version = document.GetString("Version", "2008-10-17");
  if (version != "2012-10-17" && version != "2008-10-17") {
    return "The policy must contain a valid version string, but it is '" + std::string(version) +
           "'.";
  }
  return std::nullopt;
}

json::Array Statements(const json::Object& document) {
  const json::Value* statement = document.Find("Statement");
  if (!statement) return {};
  return statement->IsArray() ? statement->AsArray() : json::Array{*statement};
}

}  // namespace

std::optional<std::string> FindPolicyProblem(std::string_view text, PolicyUse use) {
  if (use == PolicyUse::kIdentity || use == PolicyUse::kManaged)
    return FindIdentityPolicyProblem(text, use == PolicyUse::kManaged);
  const Result<json::Value> document = json::Parse(text);
  if (!document) {
    if (use == PolicyUse::kTrust) return "This policy contains invalid Json";
    return "Syntax errors in policy: " + document.error().message();
  }
  if (!document->IsObject()) {
    return "Syntax errors in policy: expected an object but got " +
           std::string(document->TypeName()) + ".";
  }
  if (Problem problem = CheckHead(document->AsObject())) return problem;
  const json::Array statements = Statements(document->AsObject());
  if (statements.empty()) return "Syntax errors in policy: expected at least one Statement.";
  std::set<std::string> sids;
  for (const json::Value& statement : statements) {
    if (Problem problem = CheckStatement(statement, use, sids)) return problem;
  }
  return std::nullopt;
}

std::vector<std::string> AwsPrincipals(std::string_view text) {
  std::vector<std::string> principals;
  const Result<json::Value> document = json::Parse(text);
  if (!document || !document->IsObject()) return principals;
  for (const json::Value& statement : Statements(document->AsObject())) {
    const json::Value* aws = statement.AsObject().GetObject("Principal").Find("AWS");
    if (!aws) continue;
    for (std::string& principal : Texts(*aws).value_or(std::vector<std::string>())) {
      principals.push_back(std::move(principal));
    }
  }
  return principals;
}

std::size_t PolicySize(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return std::isspace(static_cast<unsigned char>(c)) == 0; }));
}

}  // namespace trunkline::cloud
