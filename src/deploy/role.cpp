#include "deploy/role.h"

#include <algorithm>

#include "base/json_write.h"
#include "deploy/live.h"

namespace trunkline::deploy {
namespace {

std::string Policy(json::Array statements) {
  return json::Write(json::Object{{"Version", "2012-10-17"}, {"Statement", std::move(statements)}});
}

std::string TrustPolicy(const std::string& service) {
  json::Object statement{{"Effect", "Allow"},
                         {"Principal", json::Object{{"Service", service}}},
                         {"Action", "sts:AssumeRole"}};
  return Policy({std::move(statement)});
}

struct Role {
  std::string arn;
  bool existed = false;
  std::string boundary;  // the ARN of its permissions boundary
};

net::aw<Result<Role>> CreateOrGet(Session& session, const RoleSpec& spec) {
  json::Array tags;
  for (const json::Member& tag : TagsFor({}, "")) {
    json::Object pair{{"Key", tag.key}, {"Value", tag.value}};
    tags.push_back(std::move(pair));
  }
  json::Object create{{"RoleName", spec.name},
                      {"AssumeRolePolicyDocument", TrustPolicy(spec.service)},
                      {"Description", spec.description},
                      {"Tags", std::move(tags)}};
  create.SetIfNotEmpty("PermissionsBoundary", session.world.boundary);
  Result<json::Object> role = co_await session.Call("iam", "CreateRole", std::move(create));
  const bool exists = !role && role.error().kind() == ErrorKind::kConflict;
  if (exists) {
    json::Object get{{"RoleName", spec.name}};
    role = co_await session.Call("iam", "GetRole", std::move(get));
  }
  if (!role) co_return std::move(role).error();
  // Somebody else's role of this name must not get our policies.
  if (exists && !IsOurs(role->GetObject("Role"))) {
    co_return Error(ErrorKind::kConflict,
                    "role '{}' exists and carries no tag 'trunkline:managed'; rename it or what "
                    "needs a role of this name",
                    spec.name);
  }
  const json::Object& body = role->GetObject("Role");
  Role made{.arn = std::string(body.GetString("Arn")),
            .existed = exists,
            .boundary = std::string(
                body.GetObject("PermissionsBoundary").GetString("PermissionsBoundaryArn"))};
  co_return made;
}

// One that was made without the boundary gets it first: who may only change roles that have it
// could not go on. A boundary is never taken away.
net::aw<Result<void>> UpdateBoundary(Session& session, const RoleSpec& spec, const Role& role) {
  const std::string& wanted = session.world.boundary;
  if (wanted.empty() || role.boundary == wanted) co_return Result<void>();
  json::Object input{{"RoleName", spec.name}, {"PermissionsBoundary", wanted}};
  TL_CO_DO(co_await session.Call("iam", "PutRolePermissionsBoundary", std::move(input)));
  co_return Result<void>();
}

net::aw<Result<void>> UpdateTrust(Session& session, const RoleSpec& spec) {
  json::Object update{{"RoleName", spec.name}, {"PolicyDocument", TrustPolicy(spec.service)}};
  TL_CO_DO(co_await session.Call("iam", "UpdateAssumeRolePolicy", std::move(update)));
  co_return Result<void>();
}

// A role must not keep what its function is no longer given.
net::aw<Result<void>> DetachOthers(Session& session, const RoleSpec& spec) {
  json::Object ask{{"RoleName", spec.name}};
  TL_CO_TRY(const json::Object listed,
            co_await session.CallAllPages("iam", "ListAttachedRolePolicies", std::move(ask)));
  for (const json::Value& item : listed.GetArray("AttachedPolicies")) {
    const std::string arn(item.AsObject().GetString("PolicyArn"));
    const auto& wanted = spec.managed_policies;
    if (std::find(wanted.begin(), wanted.end(), arn) != wanted.end()) continue;
    json::Object detach{{"RoleName", spec.name}, {"PolicyArn", arn}};
    TL_CO_DO(co_await session.Call("iam", "DetachRolePolicy", std::move(detach)));
  }
  co_return Result<void>();
}

}  // namespace

bool IsOurs(const json::Object& role) {
  const json::Array& tags = role.GetArray("Tags");
  return std::any_of(tags.begin(), tags.end(), [](const json::Value& tag) {
    return tag.AsObject().GetString("Key") == kManagedTag;
  });
}

net::aw<Result<std::string>> EnsureRole(Session& session, RoleSpec spec) {
  if (spec.name.size() > 64) {
    co_return Error(ErrorKind::kInvalid,
                    "role name '{}' has {} characters, IAM takes 64; choose shorter names",
                    spec.name, spec.name.size());
  }
  TL_CO_TRY(Role role, co_await CreateOrGet(session, spec));
  if (role.existed) {
    TL_CO_DO(co_await UpdateBoundary(session, spec, role));
    TL_CO_DO(co_await UpdateTrust(session, spec));
  }
  json::Object policy{{"RoleName", spec.name},
                      {"PolicyName", "trunkline"},
                      {"PolicyDocument", Policy(spec.statements)}};
  TL_CO_DO(co_await session.Call("iam", "PutRolePolicy", std::move(policy)));
  for (const std::string& managed : spec.managed_policies) {
    json::Object attach{{"RoleName", spec.name}, {"PolicyArn", managed}};
    TL_CO_DO(co_await session.Call("iam", "AttachRolePolicy", std::move(attach)));
  }
  if (role.existed) TL_CO_DO(co_await DetachOthers(session, spec));
  co_return std::move(role.arn);
}

net::aw<Result<void>> RemoveRole(Session& session, std::string name) {
  json::Object get{{"RoleName", name}};
  const Result<json::Object> role = co_await session.Call("iam", "GetRole", std::move(get));
  if (!role && role.error().kind() == ErrorKind::kNotFound) co_return Result<void>();
  if (!role) co_return role.error();
  if (!IsOurs(role->GetObject("Role"))) co_return Result<void>();
  RoleSpec without{
      .name = name, .service = {}, .description = {}, .statements = {}, .managed_policies = {}};
  TL_CO_DO(co_await DetachOthers(session, without));
  json::Object policy{{"RoleName", name}, {"PolicyName", "trunkline"}};
  TL_CO_DO(co_await Delete(session, "iam", "DeleteRolePolicy", std::move(policy)));
  json::Object input{{"RoleName", name}};
  co_return co_await Delete(session, "iam", "DeleteRole", std::move(input));
}

std::string Partition(std::string_view region) {
  if (region.substr(0, 3) == "cn-") return "aws-cn";
  if (region.substr(0, 7) == "us-gov-") return "aws-us-gov";
  return "aws";
}

}  // namespace trunkline::deploy
