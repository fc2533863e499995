#include "cloud/services/sts/sessions.h"

#include <utility>
#include <vector>

#include "base/text.h"
#include "cloud/job_kinds.h"
#include "cloud/jobs.h"
#include "cloud/services/sts/session_tags.h"

namespace trunkline::cloud {
namespace {

// An expired key is kept a while, so that its user reads "expired" and not "unknown".
constexpr Milliseconds kKeptAfterExpiry = std::chrono::hours(1);

Answer<void> ForgetSession(Context& context, const json::Object& payload) {
  DeleteKey(context.store, payload.GetString("AccessKeyId"));
  sts::ForgetSessionTags(context, payload.GetString("AccessKeyId"));
  return {};
}

}  // namespace

constinit const JobKind kExpireSessionJob{.name = "sts.expire-session", .run = ForgetSession};

namespace sts {
namespace {

constexpr Kind kRole{"iam", "role"};

}  // namespace

ServiceError MayNotAssume(const Caller& caller, std::string_view role_arn) {
  return ServiceError(
             "AccessDenied",
             fmt::format("User: {} is not authorized to perform: sts:AssumeRole on resource: {}",
                         caller.arn, role_arn))
      .WithStatus(403);
}

Answer<Role> FindRole(Context& context, std::string_view role_arn) {
  const std::vector<std::string_view> parts = Split(role_arn, ':');
  if (parts.size() != 6 || parts[2] != "iam" || !parts[5].starts_with("role/")) {
    return ServiceError("ValidationError", fmt::format("{} is invalid", role_arn)).WithStatus(400);
  }
  const std::string account(parts[4]);
  const std::string_view name = parts[5].substr(parts[5].rfind('/') + 1);
  const Record* record = context.store.Find({account, ""}, kRole, name);
  if (!record || record->body.GetString("Arn") != role_arn)
    return MayNotAssume(context.caller, role_arn);
  return Role{.account = account,
              .name = std::string(name),
              .arn = std::string(role_arn),
              .id = std::string(record->body.GetString("RoleId")),
              .trust_policy = std::string(record->body.GetString("AssumeRolePolicyDocument")),
              .longest = std::chrono::seconds(record->body.GetInt("MaxSessionDuration", 3600))};
}

Caller SessionCaller(const Role& role, std::string_view session_name) {
  return {.account = role.account,
          .arn = fmt::format("arn:aws:sts::{}:assumed-role/{}/{}", role.account, role.name,
                             session_name),
          .user_id = fmt::format("{}:{}", role.id, session_name),
          .access_key_id = {},
          .session_name = std::string(session_name),
          .acts_in_role = true};
}

IssuedKey StartSession(Context& context, Caller caller, std::chrono::seconds length,
                       std::vector<std::string> policies) {
  caller.access_key_id = NewAccessKeyId(context.random, true);
  IssuedKey key{.caller = std::move(caller),
                .secret = NewSecretKey(context.random),
                .session_token = NewSessionToken(context.random),
                .expires = context.real_clock.Now() + length,
                .active = true,
                .session_policies = std::move(policies)};
  PutKey(context.store, key);
  context.jobs.ScheduleAt(context, kExpireSessionJob, {{"AccessKeyId", key.caller.access_key_id}},
                          context.Now() + length + kKeptAfterExpiry);
  return key;
}

}  // namespace sts
}  // namespace trunkline::cloud
