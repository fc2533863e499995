// Whether a bucket keeps versions.
#include "cloud/services/s3/bucket.h"
#include "cloud/services/s3/families.h"

namespace trunkline::cloud::s3 {
namespace {

Answer<> PutBucketVersioning(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindBucket(context, input));
  const json::Object& configuration = input.GetObject("VersioningConfiguration");
  const std::string_view status = configuration.GetString("Status");
  if (configuration.GetString("MFADelete") == "Enabled") {
    return S3Error(Fault::kNotImplemented, "MFA delete is not implemented by the embedded cloud");
  }
  if (status.empty()) {
    return S3Error(Fault::kIllegalVersioningConfiguration);
  }
  if (status == "Suspended" && found->body.GetBool("ObjectLock")) {
    return S3Error(Fault::kInvalidBucketState,
                   "An Object Lock configuration is present on this bucket, so the versioning "
                   "state cannot be changed.");
  }
  Record bucket = *found;
  bucket.body.Set("Versioning", status);
  context.store.Put(Context::GlobalScope(), kBucket, std::move(bucket));
  return json::Object();
}

Answer<> GetBucketVersioning(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  json::Object answer;
  answer.SetIfNotEmpty("Status", bucket->body.GetString("Versioning"));
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "GetBucketVersioning", .handle = GetBucketVersioning},
    {.name = "PutBucketVersioning", .handle = PutBucketVersioning},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kVersioningOperations = kOperations;

}  // namespace trunkline::cloud::s3
