// Rotation: new material for a symmetric key, every so many days or on demand. What was encrypted
// with older material stays readable.
#include <fmt/format.h>

#include "cloud/job_kinds.h"
#include "cloud/list_page.h"
#include "cloud/services/kms/families.h"
#include "cloud/services/kms/key.h"

namespace trunkline::cloud {
namespace kms {
namespace {

constexpr std::int64_t kDefaultPeriod = 365;  // days
constexpr std::size_t kMostOnDemand = 25;     // documented
constexpr std::int64_t kDefaultPage = 100;

Answer<FoundKey> FindRotatable(Context& context, const json::Object& input) {
  TL_TRY(FoundKey key, FindChangeableKey(context, input, "UnsupportedOperationException"));
  TL_DO(RequireEnabled(key));
  if (key.Spec().IsSymmetric()) return key;
  return ServiceError(
      "UnsupportedOperationException",
      fmt::format("{} is not a symmetric encryption key: it cannot be rotated", key.Arn()));
}

void Arm(Context& context, FoundKey& key, std::int64_t period) {
  const TimePoint due = context.Now() + std::chrono::hours(24 * period);
  json::Object payload{{"KeyId", key.record.id}};
  std::string job = context.jobs.ScheduleAt(context, kRotateKmsKeyJob, std::move(payload), due);
  key.record.body.Set("Rotation", json::Object{{"Enabled", true},
                                               {"Period", period},
                                               {"Next", json::Number{EpochSeconds(due)}},
                                               {"Job", std::move(job)}});
}

void Disarm(Context& context, FoundKey& key) {
  context.jobs.Cancel(context, key.record.body.GetObject("Rotation").GetString("Job"));
  key.record.body.Remove("Rotation");
}

Answer<void> Rotate(Context& context, FoundKey& key, std::string_view type) {
  TL_TRY(json::Object entry, NewMaterialEntry(context, key.Spec(), type));
  json::Array materials = key.record.body.GetArray("Materials");
  materials.push_back(std::move(entry));
  key.record.body.Set("Materials", std::move(materials));
  return {};
}

Answer<> EnableKeyRotation(Context& context, const json::Object& input) {
  TL_TRY(FoundKey key, FindRotatable(context, input));
  Disarm(context, key);
  Arm(context, key, input.GetInt("RotationPeriodInDays", kDefaultPeriod));
  Save(context, std::move(key));
  return json::Object();
}

Answer<> DisableKeyRotation(Context& context, const json::Object& input) {
  TL_TRY(FoundKey key, FindRotatable(context, input));
  Disarm(context, key);
  Save(context, std::move(key));
  return json::Object();
}

Answer<> GetKeyRotationStatus(Context& context, const json::Object& input) {
  TL_TRY(const FoundKey key, FindOwnKey(context, input));
  TL_DO(RequireNotDeleting(key));
  if (!key.Spec().IsSymmetric()) {
    return ServiceError("UnsupportedOperationException",
                        fmt::format("{} is not a symmetric encryption key", key.Arn()));
  }
  const json::Object& rotation = key.record.body.GetObject("Rotation");
  json::Object answer{{"KeyId", key.Arn()}, {"KeyRotationEnabled", rotation.GetBool("Enabled")}};
  if (rotation.Has("Period")) answer.Set("RotationPeriodInDays", rotation.At("Period"));
  if (rotation.Has("Next")) answer.Set("NextRotationDate", rotation.At("Next"));
  return answer;
}

Answer<> RotateKeyOnDemand(Context& context, const json::Object& input) {
  TL_TRY(FoundKey key, FindRotatable(context, input));
  std::size_t before = 0;
  for (const json::Value& material : key.record.body.GetArray("Materials")) {
    if (material.AsObject().GetString("Type") == "ON_DEMAND") ++before;
  }
  if (before >= kMostOnDemand) {
    return ServiceError("LimitExceededException",
                        "The maximum number of on-demand rotations of this key has been reached.");
  }
  TL_DO(Rotate(context, key, "ON_DEMAND"));
  json::Object answer{{"KeyId", key.Arn()}};
  Save(context, std::move(key));
  return answer;
}

json::Array Rotations(const FoundKey& key, bool all) {
  json::Array rotations;
  const json::Array& materials = key.record.body.GetArray("Materials");
  for (const json::Value& one : materials) {
    const json::Object& material = one.AsObject();
    if (!all && !material.Has("Type")) continue;
    json::Object entry{{"KeyId", key.Arn()},
                       {"KeyMaterialId", material.GetString("Id")},
                       {"KeyMaterialState", &one == &materials.back() ? "CURRENT" : "NON_CURRENT"},
                       {"Order", fmt::format("{:04}", &one - materials.data())}};
    if (material.Has("Type")) {
      entry.Set("RotationType", material.At("Type"));
      entry.Set("RotationDate", material.At("Date"));
    }
    rotations.push_back(std::move(entry));
  }
  return rotations;
}

Answer<> ListKeyRotations(Context& context, const json::Object& input) {
  TL_TRY(const FoundKey key, FindOwnKey(context, input));
  TL_DO(RequireNotDeleting(key));
  if (!key.Spec().IsSymmetric()) {
    return ServiceError("UnsupportedOperationException",
                        fmt::format("{} is not a symmetric encryption key", key.Arn()));
  }
  const bool all = input.GetString("IncludeKeyMaterial") == "ALL_KEY_MATERIAL";
  const std::string listing = fmt::format("kms rotations {} {}", key.record.id, all);
  auto page = TakePage(Rotations(key, all),
                       {.name = listing,
                        .order = "Order",
                        .limit = static_cast<std::size_t>(input.GetInt("Limit", kDefaultPage)),
                        .token = input.GetString("Marker")});
  if (!page) return WrongMarker();
  json::Object answer{{"Rotations", std::move(page->items)}};
  SetMarker(answer, page->next);
  return answer;
}

// A disabled key is passed over, as documented, and rotated the next time.
Answer<void> RotateInTime(Context& context, const json::Object& payload) {
  const Record* record =
      context.store.Find(context.RegionScope(), kKey, payload.GetString("KeyId"));
  if (!record || !record->body.Has("Rotation")) return {};
  FoundKey key{.scope = context.RegionScope(), .record = *record};
  if (key.State() == "Enabled") TL_DO(Rotate(context, key, "AUTOMATIC"));
  Arm(context, key, key.record.body.GetObject("Rotation").GetInt("Period", kDefaultPeriod));
  Save(context, std::move(key));
  return {};
}

constexpr Operation kOperations[] = {
    {.name = "DisableKeyRotation", .handle = DisableKeyRotation},
    {.name = "EnableKeyRotation", .handle = EnableKeyRotation},
    {.name = "GetKeyRotationStatus", .handle = GetKeyRotationStatus},
    {.name = "ListKeyRotations", .handle = ListKeyRotations},
    {.name = "RotateKeyOnDemand", .handle = RotateKeyOnDemand},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kRotationOperations = kOperations;

}  // namespace kms

constinit const JobKind kRotateKmsKeyJob{.name = "kms.rotate-key", .run = kms::RotateInTime};

}  // namespace trunkline::cloud
