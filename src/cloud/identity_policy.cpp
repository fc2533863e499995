#include "cloud/identity_policy.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/policy_date.h"
#include "cloud/policy_document.h"
#include "cloud/policy_resource.h"

namespace trunkline::cloud {
namespace {

using Problem = std::optional<std::string>;

constexpr std::string_view kSyntax = "Syntax errors in policy.";
constexpr std::string_view kLegacy = "The policy failed legacy parsing";
constexpr std::string_view kNewest = "2012-10-17";
constexpr std::array<std::string_view, 3> kHead = {"Version", "Id", "Statement"};
constexpr std::array<std::string_view, 9> kElements = {"Sid",          "Effect",      "Principal",
                                                       "NotPrincipal", "Action",      "NotAction",
                                                       "Resource",     "NotResource", "Condition"};

bool HasOnly(const json::Object& object, std::span<const std::string_view> keys) {
  return std::ranges::all_of(object, [&](const json::Member& member) {
    return std::ranges::find(keys, member.key) != keys.end();
  });
}

bool IsTextOrAbsent(const json::Object& object, std::string_view key) {
  const json::Value* value = object.Find(key);
  return !value || value->IsString();
}

bool IsText(const json::Value& value) {
  return value.IsString();
}

// Either of two elements that exclude each other: a text or a list of texts, perhaps empty.
bool AreTexts(const json::Object& statement, std::string_view key, std::string_view other) {
  const json::Value* value = statement.Find(key);
  if (value && statement.Has(other)) return false;
  if (!value) value = statement.Find(other);
  return !value || value->IsString() ||
         (value->IsArray() && std::ranges::all_of(value->AsArray(), IsText));
}

bool IsConditionWellFormed(const json::Object& statement) {
  const json::Value* condition = statement.Find("Condition");
  if (!condition) return true;
  if (!condition->IsObject()) return false;
  return std::ranges::all_of(condition->AsObject(), [](const json::Member& test) {
    if (!test.value.IsObject()) return false;
    const json::Object& keys = test.value.AsObject();
    if (!keys.empty() && !IsConditionOperator(test.key)) return false;
    return std::ranges::all_of(keys,
                               [](const json::Member& key) { return IsConditionValue(key.value); });
  });
}

bool IsWellFormed(const json::Value& value) {
  if (!value.IsObject()) return false;
  const json::Object& statement = value.AsObject();
  const json::Value* effect = statement.Find("Effect");
  const bool known_effect = effect && effect->IsString() &&
                            (EqualsIgnoreCase(effect->AsString(), "Allow") ||
                             EqualsIgnoreCase(effect->AsString(), "Deny"));
  return known_effect && HasOnly(statement, kElements) && IsTextOrAbsent(statement, "Sid") &&
         AreTexts(statement, "Action", "NotAction") &&
         AreTexts(statement, "Resource", "NotResource") && IsConditionWellFormed(statement);
}

json::Array StatementsOf(const json::Object& document) {
  const json::Value* statement = document.Find("Statement");
  if (!statement) return {};
  return statement->IsArray() ? statement->AsArray() : json::Array{*statement};
}

bool IsDocumentWellFormed(const json::Object& document, const json::Array& statements) {
  if (!HasOnly(document, kHead) || !IsTextOrAbsent(document, "Version") ||
      !IsTextOrAbsent(document, "Id"))
    return false;
  const std::string_view version = document.GetString("Version", kNewest);
  return (version == kNewest || version == "2008-10-17") && !statements.empty() &&
         std::ranges::all_of(statements, IsWellFormed);
}

// The texts of an element, whichever of the two is there.
std::vector<std::string> TextsOf(const json::Object& statement, std::string_view key,
                                 std::string_view other) {
  const json::Value* value = statement.Find(key);
  if (!value) value = statement.Find(other);
  if (!value) return {};
  if (value->IsString()) return {value->AsString()};
  std::vector<std::string> texts;
  for (const json::Value& text : value->AsArray()) texts.push_back(text.AsString());
  return texts;
}

bool AreDates(const json::Value& value) {
  if (value.IsString()) return IsPolicyDate(value.AsString());
  return !value.IsArray() || std::ranges::all_of(value.AsArray(), AreDates);
}

// Effects are compared with case here, and dates must be dates.
bool PassesOlderReader(const json::Object& statement) {
  const std::string_view effect = statement.GetString("Effect");
  if (effect != "Allow" && effect != "Deny") return false;
  return std::ranges::all_of(statement.GetObject("Condition"), [](const json::Member& test) {
    const std::size_t colon = test.key.find(':');
    const bool date =
        test.key.substr(colon == std::string::npos ? 0 : colon + 1).starts_with("Date");
    return !date || std::ranges::all_of(test.value.AsObject(), [](const json::Member& key) {
      return AreDates(key.value);
    });
  });
}

// What is wrong with the first wrong resource. The older reader looks at no resource behind it.
struct Resources {
  bool legacy = true;
  Problem problem;
};
Resources ReadResources(const json::Array& statements) {
  Resources found;
  for (const json::Value& statement : statements) {
    const auto texts = TextsOf(statement.AsObject(), "Resource", "NotResource");
    for (const std::string& text : texts) {
      if (!found.problem) found.problem = FindResourceProblem(text);
    }
    if (found.problem) continue;
    const auto passes = [](const std::string& text) { return PassesLegacyReading(text); };
    if (!std::ranges::all_of(texts, passes)) found.legacy = false;
  }
  return found;
}

Problem FindSidProblem(const json::Array& statements) {
  std::set<std::string> seen;
  for (const json::Value& statement : statements) {
    const std::string sid(statement.AsObject().GetString("Sid"));
    const bool plain = std::ranges::all_of(
        sid, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; });
    if (!plain) {
      return "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the "
             "regular expression [0-9A-Za-z]*";
    }
    if (!sid.empty() && !seen.insert(sid).second)
      return "Statement IDs (SID) in a single policy must be unique.";
  }
  return std::nullopt;
}

Problem FindMissing(const json::Array& statements) {
  for (const json::Value& statement : statements) {
    if (statement.AsObject().Has("Principal") || statement.AsObject().Has("NotPrincipal"))
      return "Policy document should not specify a principal.";
  }
  for (const json::Value& statement : statements) {
    if (TextsOf(statement.AsObject(), "Action", "NotAction").empty())
      return "Policy statement must contain actions.";
  }
  for (const json::Value& statement : statements) {
    if (TextsOf(statement.AsObject(), "Resource", "NotResource").empty())
      return "Policy statement must contain resources.";
  }
  return std::nullopt;
}

Problem FindActionProblem(std::string_view action) {
  if (action == "*") return std::nullopt;
  const std::vector<std::string_view> parts = Split(action, ':');
  if (parts.size() == 1)
    return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
  if (parts.size() > 2) return "Actions/Condition can contain only one colon.";
  const bool plain = std::ranges::all_of(parts[0], [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.';
  });
  if (!plain && parts[0] != "*") return fmt::format("Vendor {} is not valid", parts[0]);
  return std::nullopt;
}

Problem FindActionProblem(const json::Array& statements) {
  for (const json::Value& statement : statements) {
    for (const std::string& action : TextsOf(statement.AsObject(), "Action", "NotAction")) {
      if (Problem problem = FindActionProblem(action)) return problem;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> FindIdentityPolicyProblem(std::string_view text, bool managed) {
  const Result<json::Value> document = json::Parse(text);
  if (!document || !document->IsObject()) return std::string(kSyntax);
  const json::Array statements = StatementsOf(document->AsObject());
  if (!IsDocumentWellFormed(document->AsObject(), statements)) return std::string(kSyntax);
  if (managed && document->AsObject().GetString("Version") != kNewest)
    return "Policy document must be version 2012-10-17 or greater.";
  const Resources resources = ReadResources(statements);
  const bool legacy = std::ranges::all_of(statements, [](const json::Value& statement) {
    return PassesOlderReader(statement.AsObject());
  });
  if (!legacy || !resources.legacy) return std::string(kLegacy);
  if (Problem problem = FindSidProblem(statements)) return problem;
  if (Problem problem = FindMissing(statements)) return problem;
  if (resources.problem) return resources.problem;
  return FindActionProblem(statements);
}

}  // namespace trunkline::cloud
