#include "cloud/services/codepipeline/roles.h"

#include <algorithm>

#include "base/json_read.h"
#include "cloud/call_access.h"
#include "cloud/services/sts/sessions.h"
#include "cloud/services/sts/trust.h"

namespace trunkline::cloud::codepipeline {
namespace {

constexpr std::string_view kService = "codepipeline.amazonaws.com";

bool Names(const json::Value* value, std::string_view wanted) {
  if (!value) return false;
  if (value->IsString()) return value->AsString() == wanted;
  if (!value->IsArray()) return false;
  return std::ranges::any_of(value->AsArray(), [&](const json::Value& item) {
    return item.IsString() && item.AsString() == wanted;
  });
}

// IAM lets `Statement` be one object or a list of them.
bool AnyStatement(const json::Value& policy, bool (*holds)(const json::Object&)) {
  const json::Value* statements = policy.IsObject() ? policy.AsObject().Find("Statement") : nullptr;
  if (!statements) return false;
  if (statements->IsObject()) return holds(statements->AsObject());
  return statements->IsArray() &&
         std::ranges::any_of(statements->AsArray(), [&](const json::Value& one) {
           return one.IsObject() && holds(one.AsObject());
         });
}

bool AllowsService(const json::Object& statement) {
  return statement.GetString("Effect") == "Allow" &&
         Names(statement.GetObject("Principal").Find("Service"), kService);
}

bool Trusts(const sts::Role& role, Caller caller, std::string_view caller_role) {
  sts::TrustRequest request{
      .caller = std::move(caller), .caller_role_arn = std::string(caller_role), .keys = {}};
  request.keys["sts:rolesessionname"] = request.caller.session_name;
  request.keys["aws:principalarn"] = caller_role;
  request.keys["aws:principalaccount"] = request.caller.account;
  return sts::TrustAllows(role.trust_policy, request);
}

}  // namespace

bool ServiceMayAssume(Context& context, std::string_view role_arn) {
  const Answer<sts::Role> role = sts::FindRole(context, role_arn);
  if (!role || role->account != context.caller.account) return false;
  const Result<json::Value> policy = json::Parse(role->trust_policy);
  return policy && AnyStatement(*policy, AllowsService);
}

bool RoleMayAssume(Context& context, std::string_view pipeline_role, std::string_view action_role) {
  return ActionSession(context, pipeline_role, action_role, "check").ok();
}

Answer<Caller> ServiceSession(Context& context, std::string_view role_arn,
                              std::string_view session) {
  TL_TRY(const sts::Role role, sts::FindRole(context, role_arn));
  return sts::SessionCaller(role, session);
}

Answer<Caller> ActionSession(Context& context, std::string_view pipeline_role,
                             std::string_view action_role, std::string_view session) {
  TL_TRY(Caller caller, ServiceSession(context, pipeline_role, session));
  if (action_role.empty() || action_role == pipeline_role) return caller;
  TL_TRY(const sts::Role role, sts::FindRole(context, action_role));
  if (!Trusts(role, caller, pipeline_role)) return sts::MayNotAssume(caller, action_role);
  TL_DO(CheckCall(context, caller, "sts", "AssumeRole",
                  {{"RoleArn", action_role}, {"RoleSessionName", caller.session_name}}));
  return sts::SessionCaller(role, session);
}

}  // namespace trunkline::cloud::codepipeline
