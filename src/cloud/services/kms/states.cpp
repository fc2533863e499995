// The states of a key: enabled, disabled, pending deletion, gone.
#include <fmt/format.h>

#include "cloud/job_kinds.h"
#include "cloud/services/kms/families.h"
#include "cloud/services/kms/key.h"

namespace trunkline::cloud {
namespace kms {
namespace {

constexpr std::int64_t kShortestWait = 7;  // days
constexpr std::int64_t kLongestWait = 30;

Answer<> SetState(Context& context, const json::Object& input, std::string_view state) {
  TL_TRY(FoundKey key, FindChangeableKey(context, input));
  TL_DO(RequireNotDeleting(key));
  key.record.body.Set("KeyState", state);
  Save(context, std::move(key));
  return json::Object();
}

Answer<> EnableKey(Context& context, const json::Object& input) {
  return SetState(context, input, "Enabled");
}

Answer<> DisableKey(Context& context, const json::Object& input) {
  return SetState(context, input, "Disabled");
}

Answer<> ScheduleKeyDeletion(Context& context, const json::Object& input) {
  const std::int64_t days = input.GetInt("PendingWindowInDays", kLongestWait);
  if (days < kShortestWait || days > kLongestWait) {
    return ServiceError("ValidationException",
                        fmt::format("1 validation error detected: Value '{}' at "
                                    "'pendingWindowInDays' failed to satisfy constraint: Member "
                                    "must have value between 7 and 30",
                                    days));
  }
  TL_TRY(FoundKey key, FindChangeableKey(context, input));
  TL_DO(RequireNotDeleting(key));
  const TimePoint due = context.Now() + std::chrono::hours(24 * days);
  const json::Number date{EpochSeconds(due)};
  json::Object payload{{"KeyId", key.record.id}};
  key.record.body.Set("KeyState", "PendingDeletion");
  key.record.body.Set("DeletionDate", date);
  key.record.body.Set("DeletionJob",
                      context.jobs.ScheduleAt(context, kDeleteKmsKeyJob, std::move(payload), due));
  json::Object answer{{"KeyId", key.Arn()},
                      {"DeletionDate", date},
                      {"KeyState", "PendingDeletion"},
                      {"PendingWindowInDays", days}};
  Save(context, std::move(key));
  return answer;
}

Answer<> CancelKeyDeletion(Context& context, const json::Object& input) {
  TL_TRY(FoundKey key, FindChangeableKey(context, input));
  if (key.State() != "PendingDeletion") {
    return ServiceError("KMSInvalidStateException",
                        fmt::format("{} is not pending deletion.", key.Arn()));
  }
  context.jobs.Cancel(context, key.record.body.GetString("DeletionJob"));
  key.record.body.Remove("DeletionJob");
  key.record.body.Remove("DeletionDate");
  key.record.body.Set("KeyState", "Disabled");  // as documented: it must be enabled again
  json::Object answer{{"KeyId", key.Arn()}};
  Save(context, std::move(key));
  return answer;
}

void DeleteAllOf(Context& context, Kind kind, const std::string& key) {
  std::vector<std::string> ids;
  for (const Record* record : context.store.List(context.RegionScope(), kind, key))
    ids.push_back(record->id);
  for (const std::string& id : ids) context.store.Delete(context.RegionScope(), kind, id);
}

Answer<void> DeleteKey(Context& context, const json::Object& payload) {
  const std::string id(payload.GetString("KeyId"));
  DeleteAllOf(context, kAlias, id);
  DeleteAllOf(context, kGrant, id);
  context.store.Delete(context.RegionScope(), kUsage, id);
  context.store.Delete(context.RegionScope(), kKey, id);
  return {};
}

constexpr Operation kOperations[] = {
    {.name = "CancelKeyDeletion", .handle = CancelKeyDeletion},
    {.name = "DisableKey", .handle = DisableKey},
    {.name = "EnableKey", .handle = EnableKey},
    {.name = "ScheduleKeyDeletion", .handle = ScheduleKeyDeletion},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kStateOperations = kOperations;

}  // namespace kms

constinit const JobKind kDeleteKmsKeyJob{.name = "kms.delete-key", .run = kms::DeleteKey};

}  // namespace trunkline::cloud
