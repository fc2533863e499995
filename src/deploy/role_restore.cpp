#include "deploy/role_restore.h"

#include <algorithm>

#include "base/text.h"
#include "deploy/role.h"

namespace trunkline::deploy {
namespace {

constexpr std::string_view kPolicy = "trunkline";

// IAM answers documents percent-encoded (documented for GetRole, GetRolePolicy).
std::string Document(const json::Object& answer, std::string_view member) {
  return PercentDecode(answer.GetString(member));
}

net::aw<Result<json::Array>> AttachedTo(Session& session, std::string name) {
  json::Object input{{"RoleName", name}};
  TL_CO_TRY(const json::Object listed,
            co_await session.CallAllPages("iam", "ListAttachedRolePolicies", std::move(input)));
  json::Array arns;
  for (const json::Value& item : listed.GetArray("AttachedPolicies"))
    arns.emplace_back(item.AsObject().GetString("PolicyArn"));
  co_return arns;
}

net::aw<Result<std::string>> PolicyOf(Session& session, std::string name) {
  json::Object input{{"RoleName", name}, {"PolicyName", kPolicy}};
  const Result<json::Object> policy =
      co_await session.Call("iam", "GetRolePolicy", std::move(input));
  if (!policy && policy.error().kind() == ErrorKind::kNotFound) co_return std::string();
  if (!policy) co_return policy.error();
  co_return Document(*policy, "PolicyDocument");
}

// Calls `operation` for every ARN of `arns` that is not in `others`.
net::aw<Result<void>> ForOthers(Session& session, std::string operation, std::string name,
                                json::Array arns, json::Array others) {
  for (const json::Value& arn : arns) {
    if (std::find(others.begin(), others.end(), arn) != others.end()) continue;
    json::Object input{{"RoleName", name}, {"PolicyArn", arn}};
    TL_CO_DO(co_await session.Call("iam", operation, std::move(input)));
  }
  co_return Result<void>();
}

net::aw<Result<void>> RestorePolicy(Session& session, std::string name, std::string document) {
  json::Object input{{"RoleName", name}, {"PolicyName", kPolicy}};
  if (document.empty())
    co_return co_await Delete(session, "iam", "DeleteRolePolicy", std::move(input));
  input.Set("PolicyDocument", std::move(document));
  TL_CO_DO(co_await session.Call("iam", "PutRolePolicy", std::move(input)));
  co_return Result<void>();
}

}  // namespace

net::aw<Result<json::Object>> NoteRole(Session& session, std::string name) {
  json::Object input{{"RoleName", name}};
  const Result<json::Object> role = co_await session.Call("iam", "GetRole", std::move(input));
  json::Object before{{"there", role.ok()}};
  if (!role && role.error().kind() == ErrorKind::kNotFound) co_return before;
  if (!role) co_return role.error();
  if (!IsOurs(role->GetObject("Role"))) co_return json::Object();
  before.Set("trust", Document(role->GetObject("Role"), "AssumeRolePolicyDocument"));
  TL_CO_TRY(std::string policy, co_await PolicyOf(session, name));
  before.Set("policy", std::move(policy));
  TL_CO_TRY(json::Array attached, co_await AttachedTo(session, name));
  before.Set("attached", std::move(attached));
  co_return before;
}

net::aw<Result<void>> RestoreRole(Session& session, std::string name, json::Object before) {
  if (before.empty()) co_return Result<void>();
  if (!before.GetBool("there")) co_return co_await RemoveRole(session, name);
  json::Object trust{{"RoleName", name}, {"PolicyDocument", before.GetString("trust")}};
  TL_CO_DO(co_await session.Call("iam", "UpdateAssumeRolePolicy", std::move(trust)));
  TL_CO_DO(co_await RestorePolicy(session, name, std::string(before.GetString("policy"))));
  TL_CO_TRY(const json::Array now, co_await AttachedTo(session, name));
  const json::Array then = before.GetArray("attached");
  TL_CO_DO(co_await ForOthers(session, "AttachRolePolicy", name, then, now));
  co_return co_await ForOthers(session, "DetachRolePolicy", name, now, then);
}

}  // namespace trunkline::deploy
