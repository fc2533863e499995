#include "cloud/access/identity.h"

#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/callers.h"
#include "cloud/services/iam/entities.h"
#include "cloud/services/iam/managed_policies.h"

namespace trunkline::cloud::access {
namespace {

// The default version of a managed policy, AWS's or the account's own.
NamedPolicy ManagedPolicy(Context& context, const Scope& scope, const std::string& arn) {
  NamedPolicy policy{.name = fmt::format("managed policy '{}'", arn), .document = {}};
  if (const iam::ManagedPolicy* known = iam::FindManagedPolicy(arn)) {
    policy.document = iam::ManagedDocument(*known);
    return policy;
  }
  const Record* record = context.store.Find(scope, iam::kPolicy, arn);
  if (!record) return policy;
  const std::string version = fmt::format("{}:{}", arn, record->body.GetString("DefaultVersionId"));
  if (const Record* found = context.store.Find(scope, iam::kPolicyVersion, version)) {
    policy.document = found->body.GetString("Document");
  }
  return policy;
}

struct Holder {
  Scope scope;
  Kind inline_kind;
  std::string_view sort;  // "role"
};

void AddPolicies(Context& context, const Holder& holder, const Record& record,
                 std::vector<NamedPolicy>& policies) {
  for (const Record* own : context.store.List(holder.scope, holder.inline_kind, record.id)) {
    NamedPolicy policy{
        .name = fmt::format("inline policy '{}' of {} '{}'", own->name, holder.sort, record.id),
        .document = std::string(own->body.GetString("PolicyDocument"))};
    policies.push_back(std::move(policy));
  }
  for (const json::Value& arn : record.body.GetArray("AttachedPolicies")) {
    policies.push_back(ManagedPolicy(context, holder.scope, arn.AsString()));
  }
}

void AddBoundary(Context& context, const Scope& scope, const Record& record, Policies& policies) {
  const std::string boundary(record.body.GetString("PermissionsBoundary"));
  if (!boundary.empty()) policies.boundary = ManagedPolicy(context, scope, boundary);
}

void AddTags(const Record& record, Keys& keys) {
  for (const json::Value& tag : record.body.GetArray("Tags")) {
    const json::Object& pair = tag.AsObject();
    keys["aws:principaltag/" + ToLower(pair.GetString("Key"))] = {
        std::string(pair.GetString("Value"))};
  }
}

// "arn:aws:sts::A:assumed-role/Name/Session"
void AddRole(Context& context, const Caller& caller, Identity& identity) {
  const std::vector<std::string_view> parts = Split(caller.arn, '/');
  if (parts.size() != 3) return;
  const Scope scope{caller.account, ""};
  const Record* role = context.store.Find(scope, iam::kRole, parts[1]);
  if (!role) return;
  identity.role_arn = role->body.GetString("Arn");
  AddPolicies(context, {.scope = scope, .inline_kind = iam::kRolePolicy, .sort = "role"}, *role,
              identity.policies.identity);
  AddBoundary(context, scope, *role, identity.policies);
  AddTags(*role, identity.keys);
}

void AddUser(Context& context, const Caller& caller, Identity& identity) {
  const Scope scope{caller.account, ""};
  const std::string_view name = std::string_view(caller.arn).substr(caller.arn.rfind('/') + 1);
  identity.keys["aws:username"] = {std::string(name)};
  const Record* user = context.store.Find(scope, iam::kUser, name);
  if (!user) return;
  AddPolicies(context, {.scope = scope, .inline_kind = iam::kUserPolicy, .sort = "user"}, *user,
              identity.policies.identity);
  for (const json::Value& group_name : user->body.GetArray("Groups")) {
    const Record* group = context.store.Find(scope, iam::kGroup, group_name.AsString());
    if (!group) continue;
    AddPolicies(context, {.scope = scope, .inline_kind = iam::kGroupPolicy, .sort = "group"},
                *group, identity.policies.identity);
  }
  AddBoundary(context, scope, *user, identity.policies);
  AddTags(*user, identity.keys);
}

// What AssumeRole was given beside the role: a policy, and managed policies by ARN.
void AddSession(Context& context, const Caller& caller, Identity& identity) {
  const auto key = FindKey(context.store, caller.access_key_id);
  if (!key) return;
  for (const std::string& document : key->session_policies) {
    const bool managed = document.starts_with("arn:");
    identity.policies.session.push_back(
        managed ? ManagedPolicy(context, {caller.account, ""}, document)
                : NamedPolicy{.name = "session policy", .document = document});
  }
}

}  // namespace

Identity FindIdentity(Context& context, const Caller& caller) {
  Identity identity;
  const bool role = caller.arn.find(":assumed-role/") != std::string::npos;
  const bool user = caller.arn.find(":user/") != std::string::npos;
  if (role) AddRole(context, caller, identity);
  if (user) AddUser(context, caller, identity);
  if (!caller.access_key_id.empty()) AddSession(context, caller, identity);
  const std::string& arn = identity.role_arn.empty() ? caller.arn : identity.role_arn;
  identity.keys["aws:principalarn"] = {arn};
  identity.keys["aws:principalaccount"] = {caller.account};
  identity.keys["aws:principaltype"] = {role ? "AssumedRole" : user ? "User" : "Account"};
  identity.keys["aws:userid"] = {caller.user_id};
  return identity;
}

}  // namespace trunkline::cloud::access
