// The account itself: its alias, and how much it has of everything.
#include <algorithm>
#include <array>

#include "cloud/services/iam/families.h"
#include "cloud/services/iam/holders.h"
#include "cloud/services/iam/oidc.h"
#include "cloud/services/iam/user_things.h"

namespace trunkline::cloud::iam {
namespace {

// In the account's scope under the id "alias", and in the global one under the alias itself, which
// is unique in all accounts.
constexpr Kind kAlias{"iam", "account-alias"};

std::string AliasOf(Context& context) {
  const Record* record = context.store.Find(context.AccountScope(), kAlias, "alias");
  return record ? record->name : std::string();
}

void Forget(Context& context, std::string_view alias) {
  context.store.Delete(context.AccountScope(), kAlias, "alias");
  context.store.Delete(Context::GlobalScope(), kAlias, alias);
}

// An account has one alias: a new one takes the place of the old.
Answer<> CreateAccountAlias(Context& context, const json::Object& input) {
  const std::string alias(input.GetString("AccountAlias"));
  if (context.store.Find(Context::GlobalScope(), kAlias, alias)) {
    return AlreadyExists(fmt::format("The account alias {} already exists.", alias));
  }
  Forget(context, AliasOf(context));
  context.store.Put(context.AccountScope(), kAlias,
                    {.id = "alias", .parent = {}, .name = alias, .body = {}});
  context.store.Put(Context::GlobalScope(), kAlias,
                    {.id = alias, .parent = context.caller.account, .name = alias, .body = {}});
  return json::Object();
}

Answer<> DeleteAccountAlias(Context& context, const json::Object& input) {
  const std::string_view alias = input.GetString("AccountAlias");
  if (AliasOf(context) != alias) {
    return NoSuchEntity(fmt::format("The account alias {} cannot be found.", alias));
  }
  Forget(context, alias);
  return json::Object();
}

Answer<> ListAccountAliases(Context& context, const json::Object&) {
  json::Array aliases;
  if (std::string alias = AliasOf(context); !alias.empty()) aliases.emplace_back(std::move(alias));
  return json::Object{{"AccountAliases", std::move(aliases)}, {"IsTruncated", false}};
}

struct Figure {
  std::string_view name;
  std::int64_t value;
};

// Quotas, and what this cloud has none of (certificates).
constexpr std::array kFixed = {
    Figure{"AccessKeysPerUserQuota", 2},
    Figure{"AccountAccessKeysPresent", 0},
    Figure{"AccountMFAEnabled", 0},
    Figure{"AccountPasswordPresent", 0},
    Figure{"AccountSigningCertificatesPresent", 0},
    Figure{"AssumeRolePolicySizeQuota", 2048},
    Figure{"AttachedPoliciesPerGroupQuota", 10},
    Figure{"AttachedPoliciesPerRoleQuota", 10},
    Figure{"AttachedPoliciesPerUserQuota", 10},
    Figure{"GlobalEndpointTokenVersion", 1},
    Figure{"GroupPolicySizeQuota", 5120},
    Figure{"GroupsPerUserQuota", 10},
    Figure{"GroupsQuota", 300},
    Figure{"InstanceProfilesQuota", 1000},
    Figure{"PoliciesQuota", 1500},
    Figure{"PolicySizeQuota", 6144},
    Figure{"PolicyVersionsInUseQuota", 10000},
    Figure{"RolePolicySizeQuota", 10240},
    Figure{"RolesQuota", 1000},
    Figure{"ServerCertificates", 0},
    Figure{"ServerCertificatesQuota", 20},
    Figure{"SigningCertificatesPerUserQuota", 2},
    Figure{"UserPolicySizeQuota", 2048},
    Figure{"UsersQuota", 5000},
    Figure{"VersionsPerPolicyQuota", 5},
};

Answer<> GetAccountSummary(Context& context, const json::Object&) {
  const auto count = [&](Kind kind) {
    return context.store.List(context.AccountScope(), kind).size();
  };
  const auto devices = context.store.List(context.AccountScope(), kMfaDevice);
  const auto used =
      std::ranges::count_if(devices, [](const Record* device) { return !device->parent.empty(); });
  json::Object summary{{"Groups", count(kGroup)},
                       {"InstanceProfiles", count(kInstanceProfile)},
                       {"Policies", count(kPolicy)},
                       {"PolicyVersionsInUse", count(kPolicyVersion)},
                       {"Roles", count(kRole)},
                       {"Users", count(kUser)},
                       {"MFADevices", devices.size()},
                       {"MFADevicesInUse", used},
                       {"Providers", count(kOidcProvider)}};
  for (const Figure& figure : kFixed) summary.Set(figure.name, figure.value);
  return json::Object{{"SummaryMap", std::move(summary)}};
}

constexpr Operation kOperations[] = {
    {.name = "CreateAccountAlias", .handle = CreateAccountAlias},
    {.name = "DeleteAccountAlias", .handle = DeleteAccountAlias},
    {.name = "GetAccountSummary", .handle = GetAccountSummary},
    {.name = "ListAccountAliases", .handle = ListAccountAliases},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kAccountOperations = kOperations;

}  // namespace trunkline::cloud::iam
