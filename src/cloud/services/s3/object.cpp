#include "cloud/services/s3/object.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "cloud/objects.h"

namespace trunkline::cloud::s3 {
namespace {

// The end of an id is a digest of what stands before it.
constexpr std::size_t kVersionLength = 32;
constexpr std::size_t kDigestLength = 6;

std::string VersionDigest(std::string_view id) {
  return ToHex(Sha256("s3 version " + std::string(id))).substr(0, kDigestLength);
}

std::string NewVersionId(Context& context) {
  const std::string id = NewToken(context.random, kVersionLength - kDigestLength, kAlphanumeric);
  return id + VersionDigest(id);
}

Scope Global() {
  return Context::GlobalScope();
}

std::string NumberName(const json::Object& body) {
  return fmt::format("{:020}", body.GetInt("Sequence"));
}

std::string NoncurrentId(const std::string& object_id, std::string_view version) {
  return object_id + "?" + std::string(version);
}

void DropFile(Context& context, const Record& version) {
  const std::string file(version.body.GetString("File"));
  if (!file.empty()) context.objects.Drop(file);
}

void DeleteNoncurrent(Context& context, const std::string& object_id, std::string_view version) {
  const std::string id = NoncurrentId(object_id, version);
  if (const Record* old = context.store.Find(Global(), kNoncurrent, id)) {
    DropFile(context, *old);
    context.store.Delete(Global(), kNoncurrent, id);
  }
}

void MoveToNoncurrent(Context& context, const Record& newest) {
  context.store.Put(Global(), kNoncurrent,
                    {.id = NoncurrentId(newest.id, newest.body.GetString("VersionId")),
                     .parent = newest.id,
                     .name = NumberName(newest.body),
                     .body = newest.body});
}

// Makes room for a new version with id "null" or a fresh one.
void SetAside(Context& context, const Record& newest, bool new_is_null) {
  const Record before = newest;
  if (new_is_null) DeleteNoncurrent(context, before.id, kNullVersion);
  if (new_is_null && before.body.GetString("VersionId") == kNullVersion) {
    DropFile(context, before);
  } else {
    MoveToNoncurrent(context, before);
  }
}

void TellOfMarker(Context& context, const Record& marker) {
  context.reply.headers.Set("x-amz-delete-marker", "true");
  context.reply.headers.Set("x-amz-version-id", marker.body.GetString("VersionId"));
}

}  // namespace

std::string ObjectId(std::string_view bucket, std::string_view key) {
  return std::string(bucket) + "/" + std::string(key);
}

bool IsMarker(const Record& version) {
  return version.body.GetBool("Marker");
}

bool IsVersionId(std::string_view id) {
  if (id == kNullVersion) return true;
  return id.size() == kVersionLength &&
         id.ends_with(VersionDigest(id.substr(0, kVersionLength - kDigestLength)));
}

Answer<void> CheckVersionId(std::string_view id) {
  if (IsVersionId(id)) return {};
  return S3Error(Fault::kInvalidArgument, "Invalid version id specified",
                 {{"ArgumentName", "versionId"}, {"ArgumentValue", id}});
}

const Record* FindNewest(Context& context, std::string_view bucket, std::string_view key) {
  return context.store.Find(Global(), kObject, ObjectId(bucket, key));
}

const Record* FindVersion(Context& context, std::string_view bucket, std::string_view key,
                          std::string_view version) {
  const Record* newest = FindNewest(context, bucket, key);
  if (!newest || newest->body.GetString("VersionId") == version) return newest;
  return context.store.Find(Global(), kNoncurrent, NoncurrentId(newest->id, version));
}

std::vector<const Record*> ListNoncurrent(Context& context, const std::string& object_id) {
  std::vector<const Record*> versions = context.store.List(Global(), kNoncurrent, object_id);
  std::ranges::reverse(versions);
  return versions;
}

Answer<const Record*> FindAsked(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  const std::string_view key = input.GetString("Key");
  const std::string_view asked = input.GetString("VersionId");
  TL_DO(CheckKey(key));
  if (asked.empty()) {
    const Record* newest = FindNewest(context, bucket->id, key);
    if (newest && !IsMarker(*newest)) return newest;
    if (newest) TellOfMarker(context, *newest);
    return S3Error(Fault::kNoSuchKey, {{"Key", key}});
  }
  const Record* version = FindVersion(context, bucket->id, key, asked);
  if (!version) {
    TL_DO(CheckVersionId(asked));
    return S3Error(Fault::kNoSuchVersion, {{"Key", key}, {"VersionId", asked}});
  }
  if (!IsMarker(*version)) return version;
  return RefuseMarker(context, *version);
}

ServiceError RefuseMarker(Context& context, const Record& marker) {
  TellOfMarker(context, marker);
  const std::string method = context.request ? context.request->method : "GET";
  return S3Error(Fault::kMethodNotAllowed, {{"Method", method}, {"ResourceType", "DeleteMarker"}});
}

void TouchUploads(Context& context, const std::string& bucket, const std::string& key) {
  std::vector<Record> touched;
  context.store.Scan(Global(), kUpload, bucket, key, [&](const Record& upload) {
    if (upload.name != key) return false;
    touched.push_back(upload);
    return true;
  });
  for (Record& upload : touched) {
    upload.body.Set("Touched", true);
    context.store.Put(Global(), kUpload, std::move(upload));
  }
}

const Record* AddVersion(Context& context, const Record& bucket, const std::string& key,
                         json::Object body) {
  const bool enabled = bucket.body.GetString("Versioning") == "Enabled";
  const std::string bucket_name = bucket.id;
  const Record* newest = FindNewest(context, bucket_name, key);
  const std::int64_t sequence = newest ? newest->body.GetInt("Sequence") + 1 : 1;
  if (newest) SetAside(context, *newest, !enabled);
  TouchUploads(context, bucket_name, key);

  body.Set("Key", key);
  body.Set("VersionId", enabled ? NewVersionId(context) : std::string(kNullVersion));
  body.Set("Sequence", sequence);
  body.Set("LastModified", json::Number{EpochSeconds(context.Now())});
  const std::string id = ObjectId(bucket_name, key);
  context.store.Put(Global(), kObject,
                    {.id = id, .parent = bucket_name, .name = key, .body = std::move(body)});
  return context.store.Find(Global(), kObject, id);
}

void ReplaceVersion(Context& context, const Record& version, json::Object body) {
  Record changed = version;
  changed.body = std::move(body);
  // The parent of an older version is an object, with a slash; that of the newest a bucket.
  const bool noncurrent = changed.parent.find('/') != std::string::npos;
  context.store.Put(Global(), noncurrent ? kNoncurrent : kObject, std::move(changed));
}

void RemoveVersion(Context& context, const std::string& bucket, const std::string& key,
                   std::string_view version) {
  const Record* newest = FindNewest(context, bucket, key);
  if (!newest) return;
  TouchUploads(context, bucket, key);
  const std::string id = newest->id;
  if (newest->body.GetString("VersionId") != version) return DeleteNoncurrent(context, id, version);

  DropFile(context, *newest);
  const std::vector<const Record*> older = ListNoncurrent(context, id);
  if (older.empty()) {
    context.store.Delete(Global(), kObject, id);
    return;
  }
  const Record next = *older.front();
  context.store.Delete(Global(), kNoncurrent, next.id);
  context.store.Put(Global(), kObject,
                    {.id = id, .parent = bucket, .name = key, .body = next.body});
}

Answer<void> CheckUnlocked(const Context& context, const Record& version, bool bypass_governance) {
  const auto denied = [] {
    return S3Error(Fault::kAccessDenied, "Access Denied because object protected by object lock.");
  };
  if (version.body.GetString("LegalHold") == "ON") return denied();
  const json::Object& retention = version.body.GetObject("Retention");
  if (retention.empty() ||
      FromEpochSeconds(retention.GetDouble("RetainUntilDate")) <= context.Now())
    return {};
  if (bypass_governance && retention.GetString("Mode") == "GOVERNANCE") return {};
  return denied();
}

void SetNewVersionId(json::Object& answer, const Record& bucket, const Record& version) {
  if (bucket.body.GetString("Versioning") == "Enabled")
    answer.Set("VersionId", version.body.GetString("VersionId"));
}

void SetVersionId(json::Object& answer, const Record& bucket, const Record& version) {
  if (!bucket.body.GetString("Versioning").empty())
    answer.Set("VersionId", version.body.GetString("VersionId"));
}

}  // namespace trunkline::cloud::s3
