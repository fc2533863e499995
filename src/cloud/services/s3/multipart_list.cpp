// ListParts and ListMultipartUploads.
#include <algorithm>

#include "base/text.h"
#include "cloud/services/s3/families.h"
#include "cloud/services/s3/listing.h"
#include "cloud/services/s3/multipart.h"

namespace trunkline::cloud::s3 {
namespace {

json::Object ToPart(const Record& part, bool plain) {
  json::Object shown{{"PartNumber", part.body.At("Number")},
                     {"LastModified", part.body.At("LastModified")},
                     {"ETag", "\"" + std::string(part.body.GetString("ETag")) + "\""},
                     {"Size", part.body.At("Size")}};
  const auto checksum = FromRecord(part.body.GetObject("Checksum"));
  if (checksum && !plain) {
    shown.Set(MemberOf(checksum->algorithm), checksum->value);
  }
  return shown;
}

void SetAlgorithm(json::Object& shown, const Record& upload) {
  if (IsPlain(upload)) return;
  shown.Set("ChecksumAlgorithm", upload.body.At("Algorithm"));
  shown.Set("ChecksumType", upload.body.At("ChecksumType"));
}

json::Object ToInitiator(const Context& context) {
  return {{"ID", context.caller.arn}, {"DisplayName", "account-" + context.caller.account}};
}

Answer<> ListPartsOfUpload(Context& context, const json::Object& input) {
  TL_TRY(const Record* upload, FindUpload(context, input));
  TL_TRY(const Record* bucket, FindBucket(context, input));
  TL_TRY(const std::size_t limit, ReadLimit(input, "MaxParts"));
  const std::int64_t after = input.GetInt("PartNumberMarker");
  json::Array shown;
  std::int64_t last = 0;
  bool truncated = false;
  for (const Record* part : ListParts(context, upload->id)) {
    if (part->body.GetInt("Number") <= after) continue;
    truncated = shown.size() == limit;
    if (truncated) break;
    last = part->body.GetInt("Number");
    shown.push_back(ToPart(*part, IsPlain(*upload)));
  }
  json::Object answer{{"Bucket", bucket->id},
                      {"Key", upload->name},
                      {"UploadId", upload->id},
                      {"PartNumberMarker", after},
                      {"NextPartNumberMarker", last},
                      {"MaxParts", limit},
                      {"IsTruncated", truncated},
                      {"Initiator", ToInitiator(context)},
                      {"Owner", ToOwner(bucket->parent)},
                      {"StorageClass", upload->body.At("StorageClass")}};
  SetAlgorithm(answer, *upload);
  if (!shown.empty()) answer.Set("Parts", std::move(shown));
  return answer;
}

json::Object ToUpload(const Context& context, const Record& upload, const Record& bucket,
                      const Encoder& encode) {
  json::Object shown{{"UploadId", upload.id},
                     {"Key", encode(upload.name)},
                     {"Initiated", upload.body.At("Initiated")},
                     {"StorageClass", upload.body.At("StorageClass")},
                     {"Owner", ToOwner(bucket.parent)},
                     {"Initiator", ToInitiator(context)}};
  SetAlgorithm(shown, upload);
  return shown;
}

Answer<> ListMultipartUploads(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  TL_TRY(const std::size_t limit, ReadLimit(input, "MaxUploads"));
  const Encoder encode(input);
  const std::string key_marker(input.GetString("KeyMarker"));
  const std::string upload_marker(input.GetString("UploadIdMarker"));
  const Walk walk{.bucket = bucket->id,
                  .prefix = std::string(input.GetString("Prefix")),
                  .delimiter = std::string(input.GetString("Delimiter")),
                  .after = key_marker,
                  .from_after = !upload_marker.empty()};
  json::Array uploads;
  std::vector<std::string> prefixes;
  Entry last;
  std::string last_upload;
  bool truncated = false;
  WalkKeys(context, walk, kUpload, [&](const Entry& entry) {
    if (entry.object && entry.text == key_marker && entry.object->id <= upload_marker) return true;
    truncated = limit > 0 && uploads.size() + prefixes.size() == limit;
    if (truncated || limit == 0) return false;
    last.text = entry.text;
    last_upload = entry.object ? entry.object->id : std::string();
    if (entry.object) {
      uploads.push_back(ToUpload(context, *entry.object, *bucket, encode));
    } else {
      prefixes.push_back(entry.text);
    }
    return true;
  });
  json::Object answer{{"Bucket", bucket->id},
                      {"KeyMarker", encode(key_marker)},
                      {"UploadIdMarker", upload_marker},
                      {"Prefix", encode(walk.prefix)},
                      {"MaxUploads", limit},
                      {"IsTruncated", truncated}};
  answer.SetIfNotEmpty("Delimiter", encode(walk.delimiter));
  if (encode.is_url()) answer.Set("EncodingType", "url");
  if (truncated) {
    answer.Set("NextKeyMarker", encode(last.text));
    answer.SetIfNotEmpty("NextUploadIdMarker", last_upload);
  }
  if (!uploads.empty()) answer.Set("Uploads", std::move(uploads));
  if (!prefixes.empty()) answer.Set("CommonPrefixes", ToCommonPrefixes(prefixes, encode));
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "ListMultipartUploads", .handle = ListMultipartUploads},
    {.name = "ListParts", .handle = ListPartsOfUpload},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kMultipartListOperations = kOperations;

}  // namespace trunkline::cloud::s3
