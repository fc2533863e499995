// Deleting with a recovery window, restoring.
#include "cloud/job_kinds.h"
#include "cloud/services/secretsmanager/families.h"
#include "cloud/services/secretsmanager/secret.h"

namespace trunkline::cloud {
namespace secretsmanager {
namespace {

constexpr std::int64_t kShortest = 7;  // days
constexpr std::int64_t kLongest = 30;

Answer<void> CheckWindow(const json::Object& input) {
  if (!input.Has("RecoveryWindowInDays")) return {};
  if (input.GetBool("ForceDeleteWithoutRecovery")) {
    return ServiceError("InvalidParameterException",
                        "You can't use ForceDeleteWithoutRecovery in conjunction with "
                        "RecoveryWindowInDays.");
  }
  const std::int64_t days = input.GetInt("RecoveryWindowInDays");
  if (days >= kShortest && days <= kLongest) return {};
  return ServiceError("InvalidParameterException",
                      "RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
}

void Erase(Context& context, const std::string& name) {
  const Scope scope = context.RegionScope();
  std::vector<std::string> versions;
  for (const Record* version : context.store.List(scope, kVersion, name))
    versions.push_back(version->id);
  for (const std::string& id : versions) context.store.Delete(scope, kVersion, id);
  context.store.Delete(scope, kSecret, name);
}

Answer<> DeleteSecret(Context& context, const json::Object& input) {
  TL_DO(CheckWindow(input));
  TL_TRY(Secret secret, FindLiveSecret(context, input));
  json::Object& body = secret.record.body;
  if (!body.GetArray("ReplicationStatus").empty()) {
    return ServiceError("InvalidParameterException",
                        "You can't delete secret that still has replica regions.");
  }
  const bool force = input.GetBool("ForceDeleteWithoutRecovery");
  const std::int64_t days = force ? 0 : input.GetInt("RecoveryWindowInDays", kLongest);
  const TimePoint due = context.Now() + std::chrono::hours(24 * days);
  json::Object answer = ToAnswer(secret);
  answer.Set("DeletionDate", json::Number{EpochSeconds(due)});
  context.jobs.Cancel(context, body.GetString("RotationJob"));
  if (force) {
    Erase(context, secret.Name());
    return answer;
  }
  json::Object payload{{"Name", secret.Name()}};
  body.Set("DeletedDate", Seconds(context));
  body.Set("DeletionJob",
           context.jobs.ScheduleAt(context, kDeleteSecretJob, std::move(payload), due));
  Save(context, std::move(secret));
  return answer;
}

Answer<> RestoreSecret(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindSecret(context, input.GetString("SecretId")));
  context.jobs.Cancel(context, secret.record.body.GetString("DeletionJob"));
  secret.record.body.Remove("DeletedDate");
  secret.record.body.Remove("DeletionJob");
  json::Object answer = ToAnswer(secret);
  Save(context, std::move(secret));
  return answer;
}

Answer<void> DeleteInTime(Context& context, const json::Object& payload) {
  Erase(context, std::string(payload.GetString("Name")));
  return {};
}

constexpr Operation kOperations[] = {
    {.name = "DeleteSecret", .handle = DeleteSecret},
    {.name = "RestoreSecret", .handle = RestoreSecret},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kDeleteOperations = kOperations;

}  // namespace secretsmanager

constinit const JobKind kDeleteSecretJob{.name = "secretsmanager.delete-secret",
                                         .run = secretsmanager::DeleteInTime};

}  // namespace trunkline::cloud
