#include "cloud/services/sts/trust.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/callers.h"

namespace trunkline::cloud::sts {
namespace {

// IAM lets nearly everything be one value or a list of them.
std::vector<std::string_view> Texts(const json::Value* value) {
  std::vector<std::string_view> texts;
  if (!value) return texts;
  if (value->IsString()) texts.push_back(value->AsString());
  if (value->IsBool()) texts.push_back(value->AsBool() ? "true" : "false");
  if (value->IsArray()) {
    for (const json::Value& item : value->AsArray()) {
      if (item.IsString()) texts.push_back(item.AsString());
    }
  }
  return texts;
}

bool NamesAction(const json::Object& statement, const std::string& action) {
  const auto actions = Texts(statement.Find("Action"));
  return std::any_of(actions.begin(), actions.end(), [&](std::string_view pattern) {
    return MatchesWildcard(ToLower(action), ToLower(pattern));
  });
}

// "123456789012" and "arn:aws:iam::123456789012:root" mean everybody of the account.
bool IsPrincipal(std::string_view principal, const TrustRequest& request) {
  if (principal == "*" || principal == request.caller.account) return true;
  if (principal == RootCaller(request.caller.account).arn) return true;
  if (principal == request.caller.arn) return true;
  return !request.caller_role_arn.empty() && principal == request.caller_role_arn;
}

bool NamesCaller(const json::Object& statement, const TrustRequest& request) {
  const json::Value* principal = statement.Find("Principal");
  if (!principal) return false;
  if (principal->IsString()) return principal->AsString() == "*";
  if (!principal->IsObject()) return false;
  const auto named = Texts(principal->AsObject().Find("AWS"));
  return std::any_of(named.begin(), named.end(),
                     [&](std::string_view one) { return IsPrincipal(one, request); });
}

struct Test {
  std::string_view name;
  bool (*matches)(std::string_view value, std::string_view wanted);
  bool negated;
};

bool SameIgnoringCase(std::string_view value, std::string_view wanted) {
  return EqualsIgnoreCase(value, wanted);
}
bool Same(std::string_view value, std::string_view wanted) {
  return value == wanted;
}

constexpr std::array<Test, 9> kTests = {{
    {"StringEquals", Same, false},
    {"StringNotEquals", Same, true},
    {"StringEqualsIgnoreCase", SameIgnoringCase, false},
    {"StringNotEqualsIgnoreCase", SameIgnoringCase, true},
    {"StringLike", MatchesWildcard, false},
    {"StringNotLike", MatchesWildcard, true},
    {"ArnEquals", MatchesWildcard, false},
    {"ArnLike", MatchesWildcard, false},
    {"Bool", SameIgnoringCase, false},
}};

bool Holds(std::string_view name, const std::string& key, const json::Value& wanted,
           const TrustRequest& request) {
  const bool if_exists = name.ends_with("IfExists");
  if (if_exists) name.remove_suffix(std::string_view("IfExists").size());
  const auto* const test =
      std::find_if(kTests.begin(), kTests.end(), [&](const Test& row) { return row.name == name; });
  if (test == kTests.end()) return false;
  const auto value = request.keys.find(ToLower(key));
  // A negated test holds for a key that is not there, as in AWS.
  if (value == request.keys.end()) return if_exists || test->negated;
  const auto texts = Texts(&wanted);
  const bool any = std::any_of(texts.begin(), texts.end(), [&](std::string_view text) {
    return test->matches(value->second, text);
  });
  return any != test->negated;
}

bool ConditionsHold(const json::Object& statement, const TrustRequest& request) {
  for (const json::Member& test : statement.GetObject("Condition")) {
    if (!test.value.IsObject()) return false;
    for (const json::Member& key : test.value.AsObject()) {
      if (!Holds(test.key, key.key, key.value, request)) return false;
    }
  }
  return true;
}

bool Applies(const json::Object& statement, const TrustRequest& request) {
  return NamesAction(statement, request.action) && NamesCaller(statement, request) &&
         ConditionsHold(statement, request);
}

}  // namespace

bool MatchesWildcard(std::string_view text, std::string_view pattern) {
  std::size_t at = 0;
  std::size_t p = 0;
  std::size_t star = std::string_view::npos;
  std::size_t retry = 0;
  while (at < text.size()) {
    if (p < pattern.size() &&
        (pattern[p] == '?' || (pattern[p] == text[at] && pattern[p] != '*'))) {
      ++at;
      ++p;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = at;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      at = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool TrustAllows(std::string_view policy, const TrustRequest& request) {
  const auto parsed = json::Parse(policy);
  if (!parsed || !parsed->IsObject()) return false;
  const json::Value* statements = parsed->AsObject().Find("Statement");
  if (!statements) return false;
  std::vector<const json::Object*> all;
  if (statements->IsObject()) all.push_back(&statements->AsObject());
  if (statements->IsArray()) {
    for (const json::Value& one : statements->AsArray()) {
      if (one.IsObject()) all.push_back(&one.AsObject());
    }
  }
  bool allowed = false;
  for (const json::Object* statement : all) {
    if (!Applies(*statement, request)) continue;
    if (statement->GetString("Effect") == "Deny") return false;
    allowed = allowed || statement->GetString("Effect") == "Allow";
  }
  return allowed;
}

}  // namespace trunkline::cloud::sts
