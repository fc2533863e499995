#include "cloud/access/identity.h"

#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/arn.h"
#include "cloud/callers.h"
#include "cloud/services/iam/holders.h"
#include "cloud/services/iam/managed_policies.h"

namespace trunkline::cloud::access {
namespace {

// Where identities are looked up: in one account.
struct Source {
  Context& context;
  PolicyCache& cache;
  Scope scope;
};

// The default version of a managed policy, AWS's or the account's own.
NamedPolicy ManagedPolicy(const Source& source, const std::string& arn) {
  NamedPolicy policy{.name = fmt::format("managed policy '{}'", arn),
                     .policy = {},
                     .id = arn.substr(arn.rfind('/') + 1)};
  if (const iam::ManagedPolicy* known = iam::FindManagedPolicy(arn)) {
    policy.policy = source.cache.Read(iam::ManagedDocument(*known));
    return policy;
  }
  const Record* record = source.context.store.Find(source.scope, iam::kPolicy, arn);
  const Record* version = nullptr;
  if (record) {
    const std::string id = fmt::format("{}:{}", arn, record->body.GetString("DefaultVersionId"));
    version = source.context.store.Find(source.scope, iam::kPolicyVersion, id);
  }
  policy.policy =
      source.cache.Read(version ? version->body.GetString("Document") : std::string_view());
  return policy;
}

void AddPolicies(const Source& source, const iam::Holder& holder, const Record& record,
                 std::vector<NamedPolicy>& policies) {
  for (const Record* own : source.context.store.List(source.scope, holder.inline_kind, record.id)) {
    NamedPolicy policy{
        .name = fmt::format("inline policy '{}' of {} '{}'", own->name, holder.word, record.id),
        .policy = source.cache.Read(own->body.GetString("PolicyDocument")),
        .id = fmt::format("{}_{}_{}", holder.word, record.id, own->name)};
    policies.push_back(std::move(policy));
  }
  for (const json::Value& arn : record.body.GetArray("AttachedPolicies")) {
    policies.push_back(ManagedPolicy(source, arn.AsString()));
  }
}

void AddBoundary(const Source& source, const Record& record, Policies& policies) {
  const std::string boundary(record.body.GetString("PermissionsBoundary"));
  if (!boundary.empty()) policies.boundary = ManagedPolicy(source, boundary);
}

void AddTags(const Record& record, Keys& keys) {
  for (const json::Value& tag : record.body.GetArray("Tags")) {
    const json::Object& pair = tag.AsObject();
    keys["aws:principaltag/" + ToLower(pair.GetString("Key"))] = {
        std::string(pair.GetString("Value"))};
  }
}

void AddRole(const Source& source, std::string_view name, Identity& identity) {
  const Record* role = source.context.store.Find(source.scope, iam::kRole, name);
  if (!role) return;
  identity.role_arn = role->body.GetString("Arn");
  AddPolicies(source, iam::kRoleHolder, *role, identity.policies.identity);
  AddBoundary(source, *role, identity.policies);
  AddTags(*role, identity.keys);
}

void AddGroup(const Source& source, std::string_view name, Identity& identity) {
  const Record* group = source.context.store.Find(source.scope, iam::kGroup, name);
  if (group) AddPolicies(source, iam::kGroupHolder, *group, identity.policies.identity);
}

void AddUser(const Source& source, std::string_view name, Identity& identity) {
  identity.keys["aws:username"] = {std::string(name)};
  const Record* user = source.context.store.Find(source.scope, iam::kUser, name);
  if (!user) return;
  AddPolicies(source, iam::kUserHolder, *user, identity.policies.identity);
  for (const json::Value& group : user->body.GetArray("Groups")) {
    AddGroup(source, group.AsString(), identity);
  }
  AddBoundary(source, *user, identity.policies);
  AddTags(*user, identity.keys);
}

// What AssumeRole was given beside the role: a policy, and managed policies by ARN.
void AddSession(const Source& source, const Caller& caller, Identity& identity) {
  const auto key = FindKey(source.context.store, caller.access_key_id);
  if (!key) return;
  for (const std::string& document : key->session_policies) {
    const bool managed = document.starts_with("arn:");
    identity.policies.session.push_back(
        managed ? ManagedPolicy(source, document)
                : NamedPolicy{.name = "session policy", .policy = source.cache.Read(document)});
  }
}

}  // namespace

Identity FindIdentity(Context& context, PolicyCache& cache, const Caller& caller) {
  Identity identity;
  const Source source{.context = context, .cache = cache, .scope = {caller.account, ""}};
  // "arn:aws:sts::A:assumed-role/Name/Session", "arn:aws:iam::A:user/path/Name"
  const std::vector<std::string_view> parts = Split(caller.arn, '/');
  const bool role = parts.size() == 3 && parts.front().ends_with(":assumed-role");
  const bool user = parts.size() >= 2 && parts.front().ends_with(":user");
  if (role) AddRole(source, parts[1], identity);
  if (user) AddUser(source, parts.back(), identity);
  if (!caller.access_key_id.empty()) AddSession(source, caller, identity);
  const std::string& arn = identity.role_arn.empty() ? caller.arn : identity.role_arn;
  identity.keys["aws:principalarn"] = {arn};
  identity.keys["aws:principalaccount"] = {caller.account};
  identity.keys["aws:principaltype"] = {role ? "AssumedRole" : user ? "User" : "Account"};
  identity.keys["aws:userid"] = {caller.user_id};
  return identity;
}

std::optional<Identity> FindIdentityByArn(Context& context, PolicyCache& cache,
                                          std::string_view arn) {
  const auto parsed = ParseArn(arn);
  if (!parsed || parsed->service != "iam") return std::nullopt;
  const Source source{.context = context, .cache = cache, .scope = {parsed->account, ""}};
  const std::string_view sort =
      std::string_view(parsed->resource).substr(0, parsed->resource.find('/'));
  const std::string_view name = arn.substr(arn.rfind('/') + 1);
  Identity identity;
  for (const iam::Holder& holder : iam::kHolders) {
    if (sort != holder.word) continue;
    const Record* record = source.context.store.Find(source.scope, holder.kind, name);
    if (!record || record->body.GetString("Arn") != arn) return std::nullopt;
    if (sort == "role") AddRole(source, name, identity);
    if (sort == "user") AddUser(source, name, identity);
    if (sort == "group") AddGroup(source, name, identity);
    identity.keys["aws:principalarn"] = {std::string(arn)};
    identity.keys["aws:principalaccount"] = {parsed->account};
    return identity;
  }
  return std::nullopt;
}

}  // namespace trunkline::cloud::access
