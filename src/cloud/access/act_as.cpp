#include "cloud/access/act_as.h"

#include <array>
#include <span>

#include <fmt/format.h>

#include "cloud/access/evaluate.h"
#include "cloud/access/identity.h"
#include "cloud/access/resource.h"
#include "cloud/access/usage.h"
#include "cloud/arn.h"
#include "cloud/dispatch.h"
#include "cloud/services/sts/sessions.h"

namespace trunkline::cloud::access {
namespace {

constexpr std::string_view kAssume = "sts:AssumeRole";

Call CallOf(const Deputy& deputy, std::string_view action, std::string_view resource) {
  Call call{.account = {},
            .principal_arn = {},
            .role_arn = {},
            .service = {},
            .action = std::string(action),
            .resource = std::string(resource),
            .keys = {}};
  std::string account = deputy.source_account;
  if (!deputy.source_arn.empty()) {
    call.keys["aws:sourcearn"] = {deputy.source_arn};
    const auto arn = ParseArn(deputy.source_arn);
    if (account.empty() && arn) account = arn->account;
  }
  if (!account.empty()) call.keys["aws:sourceaccount"] = {account};
  return call;
}

// By either name of the service: a Deny of one denies.
bool Lets(const Policy& policy, std::span<const Call> calls) {
  bool lets = false;
  for (const Call& call : calls) {
    const Effect effect = Ask(policy, call, true).effect;
    if (effect == Effect::kDeny) return false;
    lets = lets || effect == Effect::kAllow;
  }
  return lets;
}

bool Lets(const Context& context, const Deputy& deputy, const PolicyKey& key,
          const NamedPolicy& policy, const Call& call) {
  const std::string_view service = deputy.service.substr(0, deputy.service.find('.'));
  std::array<Call, 2> calls = {call, call};
  calls[0].service = deputy.service;
  calls[1].service = fmt::format("{}.{}.amazonaws.com", service, context.region);
  const bool lets = Lets(*policy.policy, calls);
  if (Usage* usage = context.dispatch.usage()) usage->NoteService(key, policy, calls, lets);
  return lets;
}

bool Trusts(Context& context, const Deputy& deputy, const sts::Role& role) {
  const NamedPolicy trust{.name = TrustName(role.name), .policy = ReadPolicy(role.trust_policy)};
  return Lets(context, deputy, TrustKey(role.account, role.name), trust,
              CallOf(deputy, kAssume, role.arn));
}

// The call by which a role's session takes another role.
Call FurtherCall(const Identity& identity, const Caller& caller, const sts::Role& role,
                 std::string_view session_name) {
  Call call{.account = caller.account,
            .principal_arn = caller.arn,
            .role_arn = identity.role_arn,
            .service = {},
            .action = std::string(kAssume),
            .resource = role.arn,
            .keys = identity.keys};
  call.keys["sts:rolesessionname"] = {std::string(session_name)};
  return call;
}

}  // namespace

bool MayActAs(Context& context, const Deputy& deputy, std::string_view role_arn) {
  const auto role = sts::FindRole(context, role_arn);
  return role && Trusts(context, deputy, *role);
}

Answer<Caller> ActAs(Context& context, const Deputy& deputy, std::string_view role_arn,
                     std::string_view session_name) {
  Caller service;
  service.arn = deputy.service;
  const auto role = sts::FindRole(context, role_arn);
  if (!role || !Trusts(context, deputy, *role)) return sts::MayNotAssume(service, role_arn);
  return sts::SessionCaller(*role, session_name);
}

Answer<Caller> ActFurther(Context& context, const Caller& caller, std::string_view role_arn,
                          std::string_view session_name) {
  const auto role = sts::FindRole(context, role_arn);
  if (!role) return sts::MayNotAssume(caller, role_arn);
  PolicyCache cache;
  Identity identity = FindIdentity(context, cache, caller);
  const Call call = FurtherCall(identity, caller, *role, session_name);
  auto trust = cache.Read(role->trust_policy);
  bool may = Ask(*trust, call, true).effect == Effect::kAllow;
  if (may && context.settings.enforce_iam) {
    identity.policies.resource = {.name = TrustName(role->name), .policy = std::move(trust)};
    identity.policies.resource_account = role->account;
    identity.policies.resource_must_allow = true;
    may = Decide(context, call, identity.policies).allowed;
  }
  if (!may) return sts::MayNotAssume(caller, role_arn);
  return sts::SessionCaller(*role, session_name);
}

bool ServiceMay(Context& context, const Deputy& deputy, std::string_view action,
                std::string_view resource_arn) {
  PolicyCache cache;
  Policies policies;
  const std::string_view service = action.substr(0, action.find(':'));
  const std::string_view model = service == "lex" ? "lexv2-models" : service;
  AddResourcePolicy(context, cache, model, action, std::string(resource_arn), policies);
  if (!policies.resource) return false;
  const PolicyKey key = KeyOf(Sort::kResource, policies.resource_account, policies.resource->name);
  return Lets(context, deputy, key, *policies.resource, CallOf(deputy, action, resource_arn));
}

}  // namespace trunkline::cloud::access
