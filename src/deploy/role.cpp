#include "deploy/role.h"

#include "base/json_write.h"

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

net::aw<Result<std::string>> CreateOrGet(Session& session, const RoleSpec& spec) {
  json::Array tags;
  for (const json::Member& tag : TagsFor({}, "")) {
    json::Object pair{{"Key", tag.key}, {"Value", tag.value}};
    tags.push_back(std::move(pair));
  }
  json::Object create{{"RoleName", spec.name},
                      {"AssumeRolePolicyDocument", TrustPolicy(spec.service)},
                      {"Description", spec.description},
                      {"Tags", std::move(tags)}};
  Result<json::Object> role = co_await session.Call("iam", "CreateRole", std::move(create));
  if (!role && role.error().kind() == ErrorKind::kConflict) {
    json::Object get{{"RoleName", spec.name}};
    role = co_await session.Call("iam", "GetRole", std::move(get));
  }
  if (!role) co_return std::move(role).error();
  co_return std::string(role->GetObject("Role").GetString("Arn"));
}

}  // namespace

net::aw<Result<std::string>> EnsureRole(Session& session, RoleSpec spec) {
  if (spec.name.size() > 64) {
    co_return Error(ErrorKind::kInvalid,
                    "role name '{}' has {} characters, IAM takes 64; choose shorter names",
                    spec.name, spec.name.size());
  }
  TL_CO_TRY(std::string arn, co_await CreateOrGet(session, spec));
  json::Object policy{{"RoleName", spec.name},
                      {"PolicyName", "trunkline"},
                      {"PolicyDocument", Policy(std::move(spec.statements))}};
  TL_CO_DO(co_await session.Call("iam", "PutRolePolicy", std::move(policy)));
  for (const std::string& managed : spec.managed_policies) {
    json::Object attach{{"RoleName", spec.name}, {"PolicyArn", managed}};
    TL_CO_DO(co_await session.Call("iam", "AttachRolePolicy", std::move(attach)));
  }
  co_return arn;
}

std::string Partition(std::string_view region) {
  if (region.substr(0, 3) == "cn-") return "aws-cn";
  if (region.substr(0, 7) == "us-gov-") return "aws-us-gov";
  return "aws";
}

}  // namespace trunkline::deploy
