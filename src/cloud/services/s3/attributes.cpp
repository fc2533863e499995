#include "cloud/services/s3/attributes.h"

#include <algorithm>

#include "base/text.h"
#include "cloud/services/s3/acl.h"
#include "cloud/services/s3/documents.h"
#include "cloud/services/s3/encryption.h"
#include "cloud/services/s3/tag_check.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr std::string_view kHeaders[] = {
    "CacheControl", "ContentDisposition",     "ContentEncoding", "ContentLanguage", "ContentType",
    "Expires",      "WebsiteRedirectLocation"};
constexpr std::size_t kMaxMetadata = 2048;

json::Object ReadHeaders(const json::Object& input) {
  json::Object headers;
  for (const std::string_view name : kHeaders) {
    if (const json::Value* value = input.Find(name)) headers.Set(name, *value);
  }
  // Of a body in chunks with signatures; the rest of the list was meant by the user.
  std::string encoding;
  for (const std::string_view part : Split(headers.GetString("ContentEncoding"), ',')) {
    if (Trim(part) == "aws-chunked" || Trim(part).empty()) continue;
    encoding += (encoding.empty() ? "" : ",") + std::string(Trim(part));
  }
  headers.Remove("ContentEncoding");
  headers.SetIfNotEmpty("ContentEncoding", encoding);
  if (!headers.Has("ContentType")) headers.Set("ContentType", "binary/octet-stream");
  return headers;
}

Answer<json::Object> ReadMetadata(const json::Object& input) {
  std::size_t size = 0;
  json::Object metadata;
  for (const json::Member& member : input.GetObject("Metadata")) {
    const std::string& value = member.value.AsString();
    if (!IsUtf8(value)) {
      return S3Error(Fault::kInvalidArgument,
                     "The metadata header 'x-amz-meta-" + member.key + "' is not UTF-8.");
    }
    size += member.key.size() + value.size();
    metadata.Set(ToLower(member.key), value);
  }
  if (size <= kMaxMetadata) return metadata;
  return S3Error(Fault::kMetadataTooLarge, {{"Size", std::to_string(size)},
                                            {"MaxSizeAllowed", std::to_string(kMaxMetadata)}});
}

// The bucket's default, for uploads that name none.
json::Object DefaultRetention(Context& context, const Record& bucket) {
  const Record* document = FindDocument(context, bucket.id, kObjectLockDocument);
  if (!document) return {};
  const json::Object& rule = document->body.GetObject("Rule").GetObject("DefaultRetention");
  if (rule.empty()) return {};
  constexpr std::int64_t kDaysOfYear = 365;
  const std::int64_t days = rule.GetInt("Days") + rule.GetInt("Years") * kDaysOfYear;
  const TimePoint until = context.Now() + std::chrono::hours(24 * days);
  return {{"Mode", rule.At("Mode")}, {"RetainUntilDate", json::Number{EpochSeconds(until)}}};
}

Answer<void> ReadLock(Context& context, const Record& bucket, const json::Object& input,
                      json::Object& body) {
  const bool asked = input.Has("ObjectLockMode") || input.Has("ObjectLockRetainUntilDate") ||
                     input.Has("ObjectLockLegalHoldStatus");
  if (asked && !bucket.body.GetBool("ObjectLock")) {
    return S3Error(Fault::kInvalidRequest, "Bucket is missing Object Lock Configuration");
  }
  if (input.Has("ObjectLockMode") != input.Has("ObjectLockRetainUntilDate")) {
    return S3Error(
        Fault::kInvalidArgument,
        "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied");
  }
  json::Object retention = DefaultRetention(context, bucket);
  if (input.Has("ObjectLockMode")) {
    retention = {{"Mode", input.At("ObjectLockMode")},
                 {"RetainUntilDate", input.At("ObjectLockRetainUntilDate")}};
  }
  if (!retention.empty()) body.Set("Retention", std::move(retention));
  body.SetIfNotEmpty("LegalHold", input.GetString("ObjectLockLegalHoldStatus"));
  return {};
}

}  // namespace

Answer<void> CheckImplemented(const json::Object& input) {
  for (const std::string_view name :
       {"SSECustomerAlgorithm", "SSECustomerKey", "CopySourceSSECustomerAlgorithm",
        "CopySourceSSECustomerKey", "WriteOffsetBytes"}) {
    if (input.Has(name)) {
      return S3Error(Fault::kNotImplemented,
                     std::string(name) + " is not implemented by the embedded cloud");
    }
  }
  return {};
}

Answer<> ReadAttributes(Context& context, const Record& bucket, const json::Object& input) {
  TL_DO(CheckImplemented(input));
  TL_DO(CheckAclTaken(context, bucket.id, input.GetString("ACL", "private")));
  TL_TRY(json::Object metadata, ReadMetadata(input));
  TL_TRY(json::Array tags, ReadTagHeader(context, input.GetString("Tagging")));
  json::Object body{{"Headers", ReadHeaders(input)},
                    {"Metadata", std::move(metadata)},
                    {"Tags", std::move(tags)},
                    {"StorageClass", input.GetString("StorageClass", "STANDARD")}};
  TL_DO(ChooseEncryption(context, bucket, input, body));
  body.SetIfNotEmpty("Acl", input.GetString("ACL"));
  TL_DO(ReadLock(context, bucket, input, body));
  return body;
}

void CopyHeaders(const json::Object& from, json::Object& to) {
  to.Set("Headers", from.At("Headers"));
  to.Set("Metadata", from.At("Metadata"));
}

void SetEncryption(json::Object& answer, const json::Object& body) {
  for (const json::Member& member : body.GetObject("Encryption"))
    answer.Set(member.key, member.value);
}

std::string QuotedTag(const json::Object& body) {
  return "\"" + std::string(body.GetString("ETag")) + "\"";
}

}  // namespace trunkline::cloud::s3
