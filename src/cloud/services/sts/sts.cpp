#include <chrono>
#include <utility>
#include <vector>

#include "base/text.h"
#include "cloud/callers.h"
#include "cloud/services.h"
#include "cloud/services/sts/session_tags.h"
#include "cloud/services/sts/sessions.h"
#include "cloud/services/sts/trust.h"

namespace trunkline::cloud {
namespace sts {
namespace {

constexpr std::chrono::seconds kLongestChained = std::chrono::hours(1);
constexpr std::int64_t kRoleDefaultSeconds = 3600;
constexpr std::int64_t kSessionTokenDefaultSeconds = 43200;

json::Object ToWire(const IssuedKey& key) {
  return {
      {"AccessKeyId", key.caller.access_key_id},
      {"SecretAccessKey", key.secret},
      {"SessionToken", key.session_token},
      {"Expiration",
       std::chrono::duration_cast<std::chrono::seconds>(key.expires->time_since_epoch()).count()}};
}

// The role whose session calls: the middle part of "arn:aws:sts::A:assumed-role/Name/Session", with
// its own ARN.
std::string CallingRole(Context& context) {
  const std::vector<std::string_view> parts = Split(context.caller.arn, '/');
  if (context.caller.session_name.empty() || parts.size() != 3) return {};
  const Record* role = context.store.Find(context.AccountScope(), {"iam", "role"}, parts[1]);
  return role ? std::string(role->body.GetString("Arn")) : std::string();
}

TrustRequest AsTrustRequest(Context& context, const json::Object& input) {
  TrustRequest request{
      .caller = context.caller, .caller_role_arn = CallingRole(context), .keys = {}};
  request.keys["sts:rolesessionname"] = input.GetString("RoleSessionName");
  request.keys["aws:principalarn"] =
      request.caller_role_arn.empty() ? context.caller.arn : request.caller_role_arn;
  request.keys["aws:principalaccount"] = context.caller.account;
  if (input.Has("ExternalId")) request.keys["sts:externalid"] = input.GetString("ExternalId");
  if (input.Has("SourceIdentity"))
    request.keys["sts:sourceidentity"] = input.GetString("SourceIdentity");
  return request;
}

Answer<std::chrono::seconds> SessionLength(Context& context, const Role& role,
                                           const json::Object& input) {
  const std::chrono::seconds wanted(input.GetInt("DurationSeconds", kRoleDefaultSeconds));
  if (input.Has("DurationSeconds") && wanted > role.longest) {
    return ServiceError(
               "ValidationError",
               "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
        .WithStatus(400);
  }
  if (!context.caller.session_name.empty() && wanted > kLongestChained) {
    return ServiceError("ValidationError",
                        "The requested DurationSeconds exceeds the 1 hour session limit for roles "
                        "assumed by "
                        "role chaining.")
        .WithStatus(400);
  }
  return wanted;
}

std::vector<std::string> SessionPolicies(const json::Object& input) {
  std::vector<std::string> policies;
  if (input.Has("Policy")) policies.emplace_back(input.GetString("Policy"));
  for (const json::Value& policy : input.GetArray("PolicyArns")) {
    policies.emplace_back(policy.AsObject().GetString("arn"));
  }
  return policies;
}

Answer<> AssumeRole(Context& context, const json::Object& input) {
  const std::string_view role_arn = input.GetString("RoleArn");
  const std::string_view session_name = input.GetString("RoleSessionName");
  TL_TRY(const Role role, FindRole(context, role_arn));
  if (!TrustAllows(role.trust_policy, AsTrustRequest(context, input)))
    return MayNotAssume(context.caller, role_arn);
  TL_TRY(const std::chrono::seconds length, SessionLength(context, role, input));
  TL_TRY(json::Object transitive, CheckSessionTags(context, input));

  const IssuedKey key =
      StartSession(context, SessionCaller(role, session_name), length, SessionPolicies(input));
  PutTransitiveTags(context, key.caller.access_key_id, std::move(transitive));
  json::Object output{
      {"Credentials", ToWire(key)},
      {"AssumedRoleUser",
       json::Object{{"AssumedRoleId", key.caller.user_id}, {"Arn", key.caller.arn}}},
  };
  output.SetIfNotEmpty("SourceIdentity", input.GetString("SourceIdentity"));
  return output;
}

Answer<> GetAccessKeyInfo(Context& context, const json::Object& input) {
  const std::string_view id = input.GetString("AccessKeyId");
  if (const auto issued = FindKey(context.store, id))
    return json::Object{{"Account", issued->caller.account}};
  return json::Object{{"Account", CallerOfForeignKey(id).account}};
}

Answer<> GetCallerIdentity(Context& context, const json::Object&) {
  return json::Object{{"UserId", context.caller.user_id},
                      {"Account", context.caller.account},
                      {"Arn", context.caller.arn}};
}

Answer<> GetSessionToken(Context& context, const json::Object& input) {
  const auto issued = FindKey(context.store, context.caller.access_key_id);
  if (issued && issued->expires) {
    return ServiceError("AccessDenied", "Cannot call GetSessionToken with session credentials")
        .WithStatus(403);
  }
  const std::chrono::seconds length(input.GetInt("DurationSeconds", kSessionTokenDefaultSeconds));
  return json::Object{{"Credentials", ToWire(StartSession(context, context.caller, length))}};
}

constexpr Operation kOperations[] = {
    {.name = "AssumeRole", .handle = AssumeRole},
    {.name = "GetAccessKeyInfo", .handle = GetAccessKeyInfo},
    {.name = "GetCallerIdentity", .handle = GetCallerIdentity},
    {.name = "GetSessionToken", .handle = GetSessionToken},
};
static_assert(InOrder(kOperations));

constexpr Family kFamily = kOperations;
constexpr const Family* kFamilies[] = {&kFamily};

}  // namespace
}  // namespace sts

constinit const Service kStsService{.model = "sts", .families = sts::kFamilies};

}  // namespace trunkline::cloud
