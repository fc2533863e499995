// Roles: create, read, update, delete.
#include "base/text.h"
#include "cloud/policy_document.h"
#include "cloud/services/iam/entities.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/managed_policies.h"
#include "cloud/services/iam/role_checks.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::int64_t kDefaultSession = 3600;
constexpr std::size_t kMaxRoles = 1000;

Answer<std::string> ChoosePath(const json::Object& input) {
  const std::string path(input.GetString("Path", "/"));
  if (!path.starts_with('/') || !path.ends_with('/')) {
    return ServiceError(
        "ValidationError",
        "The specified value for path is invalid. It must begin and end with / and contain only "
        "alphanumeric characters and/or / characters.");
  }
  if (path.starts_with("/aws-service-role/")) {
    return ServiceError(
        "ValidationError",
        "The path /aws-service-role/ is for roles of AWS services: use CreateServiceLinkedRole.");
  }
  return path;
}

Answer<> CreateRole(Context& context, const json::Object& input) {
  const std::string name(input.GetString("RoleName"));
  if (context.store.FindByName(context.AccountScope(), kRole, "", ToLower(name))) {
    return ServiceError("EntityAlreadyExistsException",
                        "Role with name " + name + " already exists.");
  }
  if (context.store.List(context.AccountScope(), kRole).size() >= kMaxRoles) {
    return LimitExceeded("Cannot exceed quota for RolesPerAccount: 1000.");
  }
  TL_TRY(const std::string path, ChoosePath(input));
  const std::string_view trust = input.GetString("AssumeRolePolicyDocument");
  TL_DO(CheckTrust(context, trust));
  if (const std::string_view key = RepeatedTagKey(input.GetArray("Tags")); !key.empty()) {
    return ServiceError("InvalidInputException",
                        "Duplicate tag keys found. Please note that Tag keys are case "
                        "insensitive: '" +
                            std::string(key) + "'");
  }

  json::Object body{{"RoleName", name},
                    {"Arn", IamArn(context, "role" + path + name)},
                    {"RoleId", NewUniqueId(context, "AROA")},
                    {"AssumeRolePolicyDocument", trust},
                    {"Path", path},
                    {"CreateDate", json::Number{EpochSeconds(context.Now())}},
                    {"MaxSessionDuration", input.GetInt("MaxSessionDuration", kDefaultSession)},
                    {"Tags", input.GetArray("Tags")},
                    {"AttachedPolicies", json::Array()}};
  body.SetIfNotEmpty("Description", input.GetString("Description"));
  if (const std::string_view boundary = input.GetString("PermissionsBoundary"); !boundary.empty()) {
    TL_DO(CheckAttachable(context, boundary));
    body.Set("PermissionsBoundary", boundary);
  }
  const Record role{.id = name, .parent = "", .name = ToLower(name), .body = std::move(body)};
  context.store.Put(context.AccountScope(), kRole, role);
  return json::Object{{"Role", ToRole(role)}};
}

Answer<> GetRole(Context& context, const json::Object& input) {
  TL_TRY(const Record role, FindRole(context, input.GetString("RoleName")));
  return json::Object{{"Role", ToRole(role)}};
}

Answer<> ListRoles(Context& context, const json::Object& input) {
  const std::string prefix(input.GetString("PathPrefix", "/"));
  std::vector<const Record*> roles;
  std::vector<std::string> names;
  for (const Record* role : context.store.List(context.AccountScope(), kRole)) {
    if (!role->body.GetString("Path").starts_with(prefix)) continue;
    roles.push_back(role);
    names.push_back(role->name);
  }
  TL_TRY(const Page page, TakePage(input, "ListRoles " + prefix, names));

  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) shown.push_back(ToListedRole(*roles[i]));
  json::Object answer{{"Roles", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

Answer<> UpdateRole(Context& context, const json::Object& input) {
  TL_TRY(Record role, FindRole(context, input.GetString("RoleName")));
  TL_DO(CheckModifiable(role));
  // What is left out goes back to its default; IAM documents that for the duration alone.
  if (const json::Value* description = input.Find("Description"))
    role.body.Set("Description", *description);
  role.body.Set("MaxSessionDuration", input.GetInt("MaxSessionDuration", kDefaultSession));
  context.store.Put(context.AccountScope(), kRole, std::move(role));
  return json::Object();
}

Answer<> UpdateRoleDescription(Context& context, const json::Object& input) {
  TL_TRY(Record role, FindRole(context, input.GetString("RoleName")));
  TL_DO(CheckModifiable(role));
  role.body.Set("Description", input.At("Description"));
  context.store.Put(context.AccountScope(), kRole, role);
  return json::Object{{"Role", ToRole(role)}};
}

Answer<> UpdateAssumeRolePolicy(Context& context, const json::Object& input) {
  TL_TRY(Record role, FindRole(context, input.GetString("RoleName")));
  TL_DO(CheckModifiable(role));
  TL_DO(CheckTrust(context, input.GetString("PolicyDocument")));
  role.body.Set("AssumeRolePolicyDocument", input.At("PolicyDocument"));
  context.store.Put(context.AccountScope(), kRole, std::move(role));
  return json::Object();
}

Answer<> DeleteRole(Context& context, const json::Object& input) {
  TL_TRY(const Record role, FindRole(context, input.GetString("RoleName")));
  TL_DO(CheckModifiable(role));
  if (!role.body.GetArray("AttachedPolicies").empty()) {
    return ServiceError("DeleteConflictException",
                        "Cannot delete entity, must detach all policies first.");
  }
  if (!context.store.List(context.AccountScope(), kRolePolicy, role.id).empty()) {
    return ServiceError("DeleteConflictException",
                        "Cannot delete entity, must delete policies first.");
  }
  context.store.Delete(context.AccountScope(), kRole, role.id);
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "CreateRole", .handle = CreateRole},
    {.name = "DeleteRole", .handle = DeleteRole},
    {.name = "GetRole", .handle = GetRole},
    {.name = "ListRoles", .handle = ListRoles},
    {.name = "UpdateAssumeRolePolicy", .handle = UpdateAssumeRolePolicy},
    {.name = "UpdateRole", .handle = UpdateRole},
    {.name = "UpdateRoleDescription", .handle = UpdateRoleDescription},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kRoleOperations = kOperations;

}  // namespace trunkline::cloud::iam
