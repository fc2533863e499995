// Versions of objects: how they are kept, found, added and removed.
//
// A version's record body holds "Key", "VersionId" ("null" without versioning), "Sequence" (counts
// up per key), "LastModified", and
//   of a delete marker: "Marker": true
//   else: "File" (cloud/objects.h), "Size", "ETag" (without quotes), "Checksum" (checksum.h),
//   "Parts": [sizes] of a multipart upload, "Headers" (ContentType and the like, by member name),
//   "Metadata", "Tags", "StorageClass", "Encryption", "Acl", "Retention", "LegalHold".
// The newest version is the record of kind "object", older ones are of kind "noncurrent".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/services/s3/bucket.h"

namespace trunkline::cloud::s3 {

inline constexpr std::string_view kNullVersion = "null";

std::string ObjectId(std::string_view bucket, std::string_view key);
bool IsMarker(const Record& version);

// The newest version, a delete marker included; nullptr if there was never one.
const Record* FindNewest(Context& context, std::string_view bucket, std::string_view key);
// Whether S3 could have given out such a version id: it knows its own, also when the version is no
// more.
bool IsVersionId(std::string_view id);
// InvalidArgument for any other.
Answer<void> CheckVersionId(std::string_view id);

// Any version by its id.
const Record* FindVersion(Context& context, std::string_view bucket, std::string_view key,
                          std::string_view version);
// Older ones, newest first.
std::vector<const Record*> ListNoncurrent(Context& context, const std::string& object_id);

// The version that a request means by Bucket, Key and VersionId, for reading: NoSuchKey,
// NoSuchVersion, or MethodNotAllowed for a delete marker. Sets the headers that tell of delete
// markers.
Answer<const Record*> FindAsked(Context& context, const json::Object& input);

// An upload that was begun before its key was written or deleted cannot be completed on a
// condition: this marks those of a key ("Touched").
void TouchUploads(Context& context, const std::string& bucket, const std::string& key);

// Adds a version, as the bucket's versioning says; `body` has no VersionId, Sequence and
// LastModified yet. The file of a version that it replaces is dropped. The answer is the new
// record.
const Record* AddVersion(Context& context, const Record& bucket, const std::string& key,
                         json::Object body);

// Changes a version in place (tags, locks).
void ReplaceVersion(Context& context, const Record& version, json::Object body);

// Removes one version for good, with its file; the next older one becomes the newest.
void RemoveVersion(Context& context, const std::string& bucket, const std::string& key,
                   std::string_view version);

// AccessDenied while a retention period or a legal hold protects the version.
Answer<void> CheckUnlocked(const Context& context, const Record& version, bool bypass_governance);

// MethodNotAllowed: the version that was asked for is a delete marker. Sets its headers.
ServiceError RefuseMarker(Context& context, const Record& marker);

// A version id is shown when the bucket has or had versioning; by what writes one, when it has.
void SetVersionId(json::Object& answer, const Record& bucket, const Record& version);
void SetNewVersionId(json::Object& answer, const Record& bucket, const Record& version);

}  // namespace trunkline::cloud::s3
