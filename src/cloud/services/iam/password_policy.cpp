#include "cloud/services/iam/password_policy.h"

#include <algorithm>
#include <cctype>

#include "cloud/services/iam/families.h"

namespace trunkline::cloud::iam {
namespace {

// id "policy" in the account's scope; body: PasswordPolicy.
constexpr Kind kPasswordPolicy{"iam", "password-policy"};
constexpr std::string_view kId = "policy";
constexpr std::int64_t kLeast = 6;
constexpr std::int64_t kLeastWithoutPolicy = 8;

const Record* FindIt(Context& context) {
  return context.store.Find(context.AccountScope(), kPasswordPolicy, kId);
}

bool HasOne(std::string_view text, int (*is)(int)) {
  return std::ranges::any_of(text, [&](char c) { return is(static_cast<unsigned char>(c)) != 0; });
}

// A kind of character that a policy asks for.
struct Demand {
  std::string_view member;
  int (*is)(int);
  std::string_view words;
};
constexpr Demand kDemands[] = {
    {"RequireUppercaseCharacters", std::isupper, "one uppercase letter"},
    {"RequireLowercaseCharacters", std::islower, "one lowercase letter"},
    {"RequireNumbers", std::isdigit, "one number"},
    {"RequireSymbols", std::ispunct,
     "one of the following symbols: ! @ # $ % ^ & * ( ) _ + - = [ ] { } | '"},
};

// What is left out goes back to its default.
Answer<> UpdateAccountPasswordPolicy(Context& context, const json::Object& input) {
  const std::int64_t age = input.GetInt("MaxPasswordAge");
  json::Object policy{{"MinimumPasswordLength", input.GetInt("MinimumPasswordLength", kLeast)},
                      {"AllowUsersToChangePassword", input.GetBool("AllowUsersToChangePassword")},
                      {"ExpirePasswords", age > 0}};
  for (const Demand& demand : kDemands) policy.Set(demand.member, input.GetBool(demand.member));
  if (age > 0) policy.Set("MaxPasswordAge", age);
  for (const std::string_view member : {"PasswordReusePrevention", "HardExpiry"}) {
    if (const json::Value* given = input.Find(member)) policy.Set(member, *given);
  }
  context.store.Put(context.AccountScope(), kPasswordPolicy,
                    {.id = std::string(kId), .parent = {}, .name = {}, .body = std::move(policy)});
  return json::Object();
}

Answer<> GetAccountPasswordPolicy(Context& context, const json::Object&) {
  if (const Record* policy = FindIt(context)) return json::Object{{"PasswordPolicy", policy->body}};
  return NoSuchEntity(fmt::format("The Password Policy with domain name {} cannot be found.",
                                  context.caller.account));
}

Answer<> DeleteAccountPasswordPolicy(Context& context, const json::Object&) {
  if (context.store.Delete(context.AccountScope(), kPasswordPolicy, kId)) return json::Object();
  return NoSuchEntity("The account policy with name PasswordPolicy cannot be found.");
}

constexpr Operation kOperations[] = {
    {.name = "DeleteAccountPasswordPolicy", .handle = DeleteAccountPasswordPolicy},
    {.name = "GetAccountPasswordPolicy", .handle = GetAccountPasswordPolicy},
    {.name = "UpdateAccountPasswordPolicy", .handle = UpdateAccountPasswordPolicy},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<void> CheckPassword(Context& context, std::string_view password) {
  const Record* policy = FindIt(context);
  const json::Object body = policy ? policy->body : json::Object();
  const std::int64_t least = body.GetInt("MinimumPasswordLength", kLeastWithoutPolicy);
  const auto refuse = [](std::string_view text) {
    return ServiceError("PasswordPolicyViolationException", text);
  };
  if (static_cast<std::int64_t>(password.size()) < least)
    return refuse(fmt::format("Password should have a minimum length of {}", least));
  for (const Demand& demand : kDemands) {
    if (body.GetBool(demand.member) && !HasOne(password, demand.is))
      return refuse(fmt::format("Password should have at least {}", demand.words));
  }
  return {};
}

constinit const Family kPasswordPolicyOperations = kOperations;

}  // namespace trunkline::cloud::iam
