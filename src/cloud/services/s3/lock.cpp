// Object lock: retention periods and legal holds of versions. Deleting honours them (object.h:
// CheckUnlocked).
#include "cloud/services/s3/families.h"
#include "cloud/services/s3/object.h"

namespace trunkline::cloud::s3 {
namespace {

Answer<const Record*> FindLockable(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  if (!bucket->body.GetBool("ObjectLock")) {
    return S3Error(Fault::kInvalidRequest, "Bucket is missing Object Lock Configuration");
  }
  return FindAsked(context, input);
}

// A compliance period can only grow; a governance period shrinks with the permission to bypass it.
Answer<void> CheckChange(const Context& context, const json::Object& before,
                         const json::Object& after, bool bypass) {
  const double until = before.GetDouble("RetainUntilDate");
  if (before.empty() || FromEpochSeconds(until) <= context.Now()) return {};
  const bool shorter = after.GetDouble("RetainUntilDate") < until;
  const bool weaker =
      before.GetString("Mode") == "COMPLIANCE" && after.GetString("Mode") != "COMPLIANCE";
  if (!shorter && !weaker) return {};
  if (bypass && before.GetString("Mode") == "GOVERNANCE") return {};
  return S3Error(Fault::kAccessDenied, "Access Denied because object protected by object lock.");
}

Answer<> PutObjectRetention(Context& context, const json::Object& input) {
  TL_TRY(const Record* version, FindLockable(context, input));
  const json::Object& retention = input.GetObject("Retention");
  TL_DO(CheckChange(context, version->body.GetObject("Retention"), retention,
                    input.GetBool("BypassGovernanceRetention")));
  json::Object body = version->body;
  if (retention.empty()) {
    body.Remove("Retention");
  } else if (!retention.Has("Mode") || !retention.Has("RetainUntilDate")) {
    return S3Error(Fault::kMalformedXml);
  } else if (FromEpochSeconds(retention.GetDouble("RetainUntilDate")) <= context.Now()) {
    return S3Error(Fault::kInvalidArgument, "The retain until date must be in the future!");
  } else {
    body.Set("Retention", retention);
  }
  ReplaceVersion(context, *version, std::move(body));
  return json::Object();
}

Answer<> GetObjectRetention(Context& context, const json::Object& input) {
  TL_TRY(const Record* version, FindLockable(context, input));
  const json::Object& retention = version->body.GetObject("Retention");
  if (retention.empty()) return S3Error(Fault::kNoSuchObjectLockConfiguration);
  return json::Object{{"Retention", retention}};
}

Answer<> PutObjectLegalHold(Context& context, const json::Object& input) {
  TL_TRY(const Record* version, FindLockable(context, input));
  const std::string_view status = input.GetObject("LegalHold").GetString("Status");
  if (status.empty()) return S3Error(Fault::kMalformedXml);
  json::Object body = version->body;
  body.Set("LegalHold", status);
  ReplaceVersion(context, *version, std::move(body));
  return json::Object();
}

Answer<> GetObjectLegalHold(Context& context, const json::Object& input) {
  TL_TRY(const Record* version, FindLockable(context, input));
  const std::string_view status = version->body.GetString("LegalHold");
  if (status.empty()) return S3Error(Fault::kNoSuchObjectLockConfiguration);
  return json::Object{{"LegalHold", json::Object{{"Status", status}}}};
}

constexpr Operation kOperations[] = {
    {.name = "GetObjectLegalHold", .handle = GetObjectLegalHold},
    {.name = "GetObjectRetention", .handle = GetObjectRetention},
    {.name = "PutObjectLegalHold", .handle = PutObjectLegalHold},
    {.name = "PutObjectRetention", .handle = PutObjectRetention},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kLockOperations = kOperations;

}  // namespace trunkline::cloud::s3
