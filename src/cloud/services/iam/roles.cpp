// Roles: create, read, update, delete.
#include "base/text.h"
#include "cloud/services/iam/entity_checks.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/instance_profiles.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::int64_t kDefaultSession = 3600;
constexpr std::size_t kMaxRoles = 1000;

Answer<std::string> ChooseRolePath(const json::Object& input) {
  TL_TRY(std::string path, ChoosePath(input));
  if (path.starts_with("/aws-service-role/")) {
    return ServiceError(
        "ValidationError",
        "The path /aws-service-role/ is for roles of AWS services: use CreateServiceLinkedRole.");
  }
  return path;
}

Answer<> CreateRole(Context& context, const json::Object& input) {
  const std::string name(input.GetString("RoleName"));
  TL_DO(CheckNewName(context, kRoleHolder, name));
  if (context.store.List(context.AccountScope(), kRole).size() >= kMaxRoles) {
    return LimitExceeded("Cannot exceed quota for RolesPerAccount: 1000.");
  }
  TL_TRY(const std::string path, ChooseRolePath(input));
  const std::string_view trust = input.GetString("AssumeRolePolicyDocument");
  TL_DO(CheckTrust(context, trust));
  TL_DO(CheckTags(input.GetArray("Tags")));

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
    TL_DO(CheckBoundary(context, boundary));
    body.Set("PermissionsBoundary", boundary);
  }
  const Record role{.id = name, .parent = "", .name = ToLower(name), .body = std::move(body)};
  context.store.Put(context.AccountScope(), kRole, role);
  json::Object answer = ToBriefRole(role);
  SetBoundaryAndTags(answer, role);
  return json::Object{{"Role", std::move(answer)}};
}

Answer<> GetRole(Context& context, const json::Object& input) {
  TL_TRY(const Record role, FindRole(context, input.GetString("RoleName")));
  return json::Object{{"Role", ToRole(role)}};
}

Answer<> ListRoles(Context& context, const json::Object& input) {
  const ByPath found = ListByPath(context, kRole, input);
  TL_TRY(const Page page, TakePage(input, "ListRoles " + found.prefix, found.names));

  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) {
    shown.push_back(ToListedRole(*found.records[i]));
  }
  json::Object answer{{"Roles", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

Answer<> UpdateRole(Context& context, const json::Object& input) {
  TL_TRY(Record role, FindRole(context, input.GetString("RoleName")));
  TL_DO(CheckModifiable(role));
  // What is left out stays, the duration too: seen, though documented as going back to an hour.
  for (const std::string_view member : {"Description", "MaxSessionDuration"}) {
    if (const json::Value* given = input.Find(member)) role.body.Set(member, *given);
  }
  context.store.Put(context.AccountScope(), kRole, std::move(role));
  return json::Object();
}

Answer<> UpdateRoleDescription(Context& context, const json::Object& input) {
  TL_TRY(Record role, FindRole(context, input.GetString("RoleName")));
  TL_DO(CheckModifiable(role));
  role.body.Set("Description", input.At("Description"));
  context.store.Put(context.AccountScope(), kRole, role);
  json::Object answer = ToBriefRole(role);
  answer.SetIfNotEmpty("Description", role.body.GetString("Description"));
  return json::Object{{"Role", std::move(answer)}};
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
  if (!ProfilesWith(context, role.id).empty()) {
    return DeleteConflict("Cannot delete entity, must remove roles from instance profile first.");
  }
  TL_DO(CheckHasNoPolicies(context, kRoleHolder, role));
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
