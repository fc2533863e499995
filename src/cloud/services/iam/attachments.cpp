// Managed policies on roles: attached, or as the permissions boundary.
#include <algorithm>

#include "base/text.h"
#include "cloud/services/iam/entities.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/managed_policies.h"
#include "cloud/services/iam/role_checks.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::size_t kMaxAttached = 10;

Answer<> AttachRolePolicy(Context& context, const json::Object& input) {
  TL_TRY(Record role, FindRole(context, input.GetString("RoleName")));
  TL_DO(CheckModifiable(role));
  const std::string arn(input.GetString("PolicyArn"));
  TL_DO(CheckAttachable(context, arn));
  json::Array attached = role.body.GetArray("AttachedPolicies");
  if (std::ranges::find(attached, json::Value(arn)) != attached.end()) return json::Object();
  if (attached.size() >= kMaxAttached)
    return LimitExceeded("Cannot exceed quota for PoliciesPerRole: 10");
  attached.push_back(arn);
  role.body.Set("AttachedPolicies", std::move(attached));
  context.store.Put(context.AccountScope(), kRole, std::move(role));
  return json::Object();
}

Answer<> DetachRolePolicy(Context& context, const json::Object& input) {
  TL_TRY(Record role, FindRole(context, input.GetString("RoleName")));
  TL_DO(CheckModifiable(role));
  const std::string arn(input.GetString("PolicyArn"));
  json::Array attached = role.body.GetArray("AttachedPolicies");
  if (std::erase(attached, json::Value(arn)) == 0)
    return NoSuchEntity("Policy " + arn + " was not found.");
  role.body.Set("AttachedPolicies", std::move(attached));
  context.store.Put(context.AccountScope(), kRole, std::move(role));
  return json::Object();
}

std::string NameOf(std::string_view arn) {
  return std::string(arn.substr(arn.rfind('/') + 1));
}

// "/service-role/" of "arn:aws:iam::aws:policy/service-role/Name".
std::string_view PathOf(std::string_view arn) {
  const std::size_t begin = arn.find(":policy/") + std::string_view(":policy").size();
  return arn.substr(begin, arn.rfind('/') + 1 - begin);
}

Answer<> ListAttachedRolePolicies(Context& context, const json::Object& input) {
  TL_TRY(const Record role, FindRole(context, input.GetString("RoleName")));
  const std::string prefix(input.GetString("PathPrefix", "/"));
  std::vector<std::string> arns;
  for (const json::Value& arn : role.body.GetArray("AttachedPolicies")) {
    if (PathOf(arn.AsString()).starts_with(prefix)) arns.push_back(arn.AsString());
  }
  std::ranges::sort(arns);
  TL_TRY(const Page page,
         TakePage(input, "ListAttachedRolePolicies " + role.id + " " + prefix, arns));

  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) {
    shown.push_back(json::Object{{"PolicyName", NameOf(arns[i])}, {"PolicyArn", arns[i]}});
  }
  json::Object answer{{"AttachedPolicies", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

Answer<> ListEntitiesForPolicy(Context& context, const json::Object& input) {
  const std::string arn(input.GetString("PolicyArn"));
  if (!FindManagedPolicy(arn)) TL_DO(FindPolicy(context, arn));
  const PolicyUsage usage = FindUsage(context, arn);
  const std::string_view filter = input.GetString("PolicyUsageFilter");
  std::vector<const Record*> roles;
  if (filter != "PermissionsBoundary") roles = usage.attached;
  if (filter != "PermissionsPolicy") {
    for (const Record* role : usage.boundary) {
      if (std::ranges::find(roles, role) == roles.end()) roles.push_back(role);
    }
  }
  const std::string_view entity = input.GetString("EntityFilter", "Role");
  const std::string_view prefix = input.GetString("PathPrefix", "/");
  std::erase_if(roles, [&](const Record* role) {
    return entity != "Role" || !role->body.GetString("Path").starts_with(prefix);
  });
  std::ranges::sort(roles, {}, &Record::name);
  std::vector<std::string> names;
  for (const Record* role : roles) names.push_back(role->name);
  TL_TRY(const Page page, TakePage(input, "ListEntitiesForPolicy " + arn, names));

  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) {
    shown.push_back(
        json::Object{{"RoleName", roles[i]->id}, {"RoleId", roles[i]->body.At("RoleId")}});
  }
  json::Object answer{{"PolicyGroups", json::Array()},
                      {"PolicyUsers", json::Array()},
                      {"PolicyRoles", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

Answer<> PutRolePermissionsBoundary(Context& context, const json::Object& input) {
  TL_TRY(Record role, FindRole(context, input.GetString("RoleName")));
  TL_DO(CheckModifiable(role));
  TL_DO(CheckAttachable(context, input.GetString("PermissionsBoundary")));
  role.body.Set("PermissionsBoundary", input.At("PermissionsBoundary"));
  context.store.Put(context.AccountScope(), kRole, std::move(role));
  return json::Object();
}

Answer<> DeleteRolePermissionsBoundary(Context& context, const json::Object& input) {
  TL_TRY(Record role, FindRole(context, input.GetString("RoleName")));
  TL_DO(CheckModifiable(role));
  if (!role.body.Remove("PermissionsBoundary")) {
    return NoSuchEntity("Role " + role.id + " does not have a permissions boundary.");
  }
  context.store.Put(context.AccountScope(), kRole, std::move(role));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "AttachRolePolicy", .handle = AttachRolePolicy},
    {.name = "DeleteRolePermissionsBoundary", .handle = DeleteRolePermissionsBoundary},
    {.name = "DetachRolePolicy", .handle = DetachRolePolicy},
    {.name = "ListAttachedRolePolicies", .handle = ListAttachedRolePolicies},
    {.name = "ListEntitiesForPolicy", .handle = ListEntitiesForPolicy},
    {.name = "PutRolePermissionsBoundary", .handle = PutRolePermissionsBoundary},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kAttachmentOperations = kOperations;

}  // namespace trunkline::cloud::iam
