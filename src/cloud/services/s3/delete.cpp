// Deleting objects, one or many: with versioning a delete marker is put on top.
#include "base/text.h"
#include "cloud/services/s3/conditions.h"
#include "cloud/services/s3/families.h"
#include "cloud/services/s3/notify.h"
#include "cloud/services/s3/object.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr std::size_t kMaxObjects = 1000;

// What was asked to be deleted.
struct Target {
  std::string key;
  std::string version;   // empty: the newest
  std::string if_match;  // empty: any
  bool bypass_governance = false;
};

struct Outcome {
  bool marker = false;  // a delete marker was made or removed
  std::string version;  // of the version that was made or removed
};

// What is told of a version that is no more.
json::Object NameOf(const json::Object& version) {
  return {{"VersionId", version.GetString("VersionId")}, {"Sequence", version.GetInt("Sequence")}};
}

Answer<Outcome> DeleteOneVersion(Context& context, const Record& bucket, const Target& target) {
  const Record* version = FindVersion(context, bucket.id, target.key, target.version);
  Outcome outcome{.marker = false, .version = target.version};
  if (!version) {
    TL_DO(CheckVersionId(target.version));
    return outcome;
  }
  TL_DO(CheckUnlocked(context, *version, target.bypass_governance));
  outcome.marker = IsMarker(*version);
  const json::Object body = NameOf(version->body);
  RemoveVersion(context, bucket.id, target.key, target.version);
  NotifyOfObject(context, bucket, kDeleteEvent, target.key, body);
  return outcome;
}

Answer<void> CheckMatch(Context& context, const std::string& bucket, const Target& target) {
  if (target.if_match.empty()) return {};
  const Record* newest = FindNewest(context, bucket, target.key);
  if (!newest || IsMarker(*newest)) return S3Error(Fault::kNoSuchKey, {{"Key", target.key}});
  if (NamesTag(target.if_match, newest->body.GetString("ETag"))) return {};
  return S3Error(Fault::kPreconditionFailed, {{"Condition", "If-Match"}});
}

Answer<Outcome> DeleteOne(Context& context, const Record& bucket, const Target& target) {
  TL_DO(CheckKey(target.key));
  TL_DO(CheckMatch(context, bucket.id, target));
  if (!target.version.empty()) return DeleteOneVersion(context, bucket, target);
  if (bucket.body.GetString("Versioning").empty()) {
    const Record* version = FindNewest(context, bucket.id, target.key);
    if (!version) return Outcome();
    const json::Object body = NameOf(version->body);
    RemoveVersion(context, bucket.id, target.key, kNullVersion);
    NotifyOfObject(context, bucket, kDeleteEvent, target.key, body);
    return Outcome();
  }
  const Record* marker = AddVersion(context, bucket, target.key, {{"Marker", true}});
  NotifyOfObject(context, bucket, kMarkerEvent, target.key, marker->body);
  return Outcome{.marker = true, .version = std::string(marker->body.GetString("VersionId"))};
}

Answer<void> CheckBypass(const Record& bucket, const json::Object& input) {
  if (!input.Has("BypassGovernanceRetention") || bucket.body.GetBool("ObjectLock")) return {};
  return S3Error(Fault::kInvalidArgument,
                 "x-amz-bypass-governance-retention is only applicable to Object Lock enabled "
                 "buckets.",
                 {{"ArgumentName", "x-amz-bypass-governance-retention"}});
}

Answer<> DeleteObject(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  TL_DO(CheckBypass(*bucket, input));
  const Target target{.key = std::string(input.GetString("Key")),
                      .version = std::string(input.GetString("VersionId")),
                      .if_match = std::string(input.GetString("IfMatch")),
                      .bypass_governance = input.GetBool("BypassGovernanceRetention")};
  TL_TRY(const Outcome outcome, DeleteOne(context, *bucket, target));
  json::Object answer;
  if (outcome.marker) answer.Set("DeleteMarker", true);
  answer.SetIfNotEmpty("VersionId", outcome.version);
  return answer;
}

// In a list, a version that is not there is an error of its own.
Answer<Outcome> DeleteOneOf(Context& context, const Record& bucket, const Target& target) {
  const bool there = target.version.empty() ||
                     FindVersion(context, bucket.id, target.key, target.version) != nullptr;
  if (!there) return S3Error(Fault::kNoSuchVersion);
  return DeleteOne(context, bucket, target);
}

json::Object ToDeleted(const Target& target, const Outcome& outcome) {
  json::Object deleted{{"Key", target.key}};
  deleted.SetIfNotEmpty("VersionId", target.version);
  if (outcome.marker) {
    deleted.Set("DeleteMarker", true);
    deleted.Set("DeleteMarkerVersionId", outcome.version);
  }
  return deleted;
}

json::Object ToFailed(const Target& target, const ServiceError& error) {
  json::Object failed{{"Key", target.key}, {"Code", error.code}, {"Message", error.message}};
  failed.SetIfNotEmpty("VersionId", target.version);
  return failed;
}

Answer<> DeleteObjects(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindBucket(context, input));
  const Record bucket = *found;
  TL_DO(CheckBypass(bucket, input));
  const json::Object& request = input.GetObject("Delete");
  const json::Array& objects = request.GetArray("Objects");
  if (objects.empty() || objects.size() > kMaxObjects) return S3Error(Fault::kMalformedXml);
  json::Array deleted;
  json::Array failed;
  for (const json::Value& value : objects) {
    const json::Object& object = value.AsObject();
    const Target target{.key = std::string(object.GetString("Key")),
                        .version = std::string(object.GetString("VersionId")),
                        .if_match = std::string(object.GetString("ETag")),
                        .bypass_governance = input.GetBool("BypassGovernanceRetention")};
    const Answer<Outcome> outcome = DeleteOneOf(context, bucket, target);
    if (!outcome) {
      failed.push_back(ToFailed(target, outcome.error()));
    } else if (!request.GetBool("Quiet")) {
      deleted.push_back(ToDeleted(target, *outcome));
    }
  }
  json::Object answer;
  if (!deleted.empty()) answer.Set("Deleted", std::move(deleted));
  if (!failed.empty()) answer.Set("Errors", std::move(failed));
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DeleteObject", .handle = DeleteObject},
    {.name = "DeleteObjects", .handle = DeleteObjects},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kDeleteOperations = kOperations;

}  // namespace trunkline::cloud::s3
