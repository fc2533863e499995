// Buckets: create, look, list, delete.
#include <algorithm>

#include "base/text.h"
#include "cloud/list_token.h"
#include "cloud/services/s3/bucket.h"
#include "cloud/services/s3/documents.h"
#include "cloud/services/s3/families.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr std::string_view kFirstRegion = "us-east-1";
constexpr std::size_t kMaxBuckets = 10000;
constexpr std::int64_t kDefaultPage = 10000;

// Where the bucket will live: the constraint, or the Region of the endpoint that was asked.
Answer<std::string> ChooseRegion(const Context& context, const json::Object& input) {
  const json::Object& configuration = input.GetObject("CreateBucketConfiguration");
  const std::string_view constraint = configuration.GetString("LocationConstraint");
  if (configuration.Has("Location") || configuration.Has("Bucket")) {
    return S3Error(Fault::kNotImplemented,
                   "directory buckets are not implemented by the embedded cloud");
  }
  if (constraint == kFirstRegion) {
    return S3Error(Fault::kInvalidLocationConstraint, {{"LocationConstraint", constraint}});
  }
  if (constraint.empty()) {
    if (context.region == kFirstRegion) return std::string(kFirstRegion);
    return S3Error(Fault::kIllegalLocationConstraint);
  }
  const std::string region(constraint == "EU" ? "eu-west-1" : constraint);
  // The endpoint of us-east-1 makes buckets anywhere.
  if (context.region == kFirstRegion || context.region == region) return region;
  return S3Error(Fault::kIllegalLocationConstraint,
                 "The " + region +
                     " location constraint is incompatible for the region specific endpoint this "
                     "request was sent to.");
}

json::Object ToCreated(std::string_view name) {
  return {{"Location", "/" + std::string(name)}, {"BucketArn", BucketArn(name)}};
}

// What S3 gives every new bucket since April 2023.
void PutDefaults(Context& context, std::string_view bucket, const json::Object& input) {
  PutDocument(context, bucket, kPublicAccessBlockDocument,
              {{"BlockPublicAcls", true},
               {"IgnorePublicAcls", true},
               {"BlockPublicPolicy", true},
               {"RestrictPublicBuckets", true}});
  const json::Object rule{
      {"ObjectOwnership", input.GetString("ObjectOwnership", "BucketOwnerEnforced")}};
  PutDocument(context, bucket, kOwnershipControlsDocument, {{"Rules", json::Array{rule}}});
  const json::Array& tags = input.GetObject("CreateBucketConfiguration").GetArray("Tags");
  if (!tags.empty()) PutDocument(context, bucket, kTaggingDocument, {{"TagSet", tags}});
  if (input.GetBool("ObjectLockEnabledForBucket")) {
    PutDocument(context, bucket, kObjectLockDocument, {{"ObjectLockEnabled", "Enabled"}});
  }
}

Answer<void> CheckAcl(const json::Object& input) {
  const std::string_view acl = input.GetString("ACL", "private");
  const bool enforced =
      input.GetString("ObjectOwnership", "BucketOwnerEnforced") == "BucketOwnerEnforced";
  if (acl != "private" && enforced) {
    return S3Error(Fault::kInvalidRequest,
                   "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced "
                   "setting");
  }
  return {};
}

Answer<> CreateBucket(Context& context, const json::Object& input) {
  const std::string name(input.GetString("Bucket"));
  if (!IsBucketName(name)) return S3Error(Fault::kInvalidBucketName, {{"BucketName", name}});
  TL_TRY(const std::string region, ChooseRegion(context, input));
  TL_DO(CheckAcl(input));
  if (const Record* there = context.store.Find(Context::GlobalScope(), kBucket, name)) {
    if (there->parent != context.caller.account)
      return S3Error(Fault::kBucketAlreadyExists, {{"BucketName", name}});
    // Only us-east-1 answers the owner's second call as if it were the first.
    const bool again = region == kFirstRegion && there->body.GetString("Region") == kFirstRegion;
    if (again) return ToCreated(name);
    return S3Error(Fault::kBucketAlreadyOwnedByYou, {{"BucketName", name}});
  }
  if (context.store.List(Context::GlobalScope(), kBucket, context.caller.account).size() >=
      kMaxBuckets) {
    return S3Error(Fault::kTooManyBuckets);
  }
  const bool lock = input.GetBool("ObjectLockEnabledForBucket");
  json::Object body{{"Region", region},
                    {"CreationDate", json::Number{EpochSeconds(context.Now())}},
                    {"ObjectLock", lock}};
  if (lock) body.Set("Versioning", "Enabled");
  if (input.GetString("ACL", "private") != "private") body.Set("Acl", input.At("ACL"));
  context.store.Put(
      Context::GlobalScope(), kBucket,
      {.id = name, .parent = context.caller.account, .name = name, .body = std::move(body)});
  PutDefaults(context, name, input);
  return ToCreated(name);
}

Answer<> HeadBucket(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  return json::Object{{"BucketRegion", bucket->body.At("Region")},
                      {"BucketArn", BucketArn(bucket->id)},
                      {"AccessPointAlias", false}};
}

Answer<> GetBucketLocation(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  const std::string_view region = bucket->body.GetString("Region");
  json::Object answer;
  if (region != kFirstRegion) answer.Set("LocationConstraint", region);
  return answer;
}

Answer<> DeleteBucket(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  const std::string name = bucket->id;
  bool empty = true;
  const auto see = [&](const Record&) { return empty = false; };
  context.store.Scan(Context::GlobalScope(), kObject, name, "", see);
  context.store.Scan(Context::GlobalScope(), kUpload, name, "", see);
  if (!empty) {
    const json::Object named{{"BucketName", name}};
    if (bucket->body.GetString("Versioning").empty()) return S3Error(Fault::kBucketNotEmpty, named);
    return S3Error(Fault::kBucketNotEmpty,
                   "The bucket you tried to delete is not empty. You must delete all versions in "
                   "the bucket.",
                   named);
  }

  std::vector<std::string> documents;
  for (const Record* document : context.store.List(Context::GlobalScope(), kDocument, name)) {
    documents.push_back(document->id);
  }
  for (const std::string& document : documents)
    context.store.Delete(Context::GlobalScope(), kDocument, document);
  context.store.Delete(Context::GlobalScope(), kBucket, name);
  return json::Object();
}

Answer<> ListBuckets(Context& context, const json::Object& input) {
  const std::string prefix(input.GetString("Prefix"));
  const std::string_view region = input.GetString("BucketRegion");
  const std::string listing =
      fmt::format("ListBuckets {} {} {}", context.caller.account, prefix, region);
  std::string after;
  if (const std::string_view token = input.GetString("ContinuationToken"); !token.empty()) {
    std::optional<std::string> last = ReadListToken(listing, token);
    if (!last)
      return S3Error(Fault::kInvalidArgument, "The continuation token provided is incorrect");
    after = *std::move(last);
  }
  const auto limit = static_cast<std::size_t>(input.GetInt("MaxBuckets", kDefaultPage));
  json::Array buckets;
  std::string last;
  json::Object answer;
  for (const Record* bucket :
       context.store.List(Context::GlobalScope(), kBucket, context.caller.account)) {
    const bool wanted = bucket->id.starts_with(prefix) && bucket->id > after &&
                        (region.empty() || bucket->body.GetString("Region") == region);
    if (!wanted) continue;
    if (buckets.size() == limit) {
      answer.Set("ContinuationToken", MakeListToken(listing, last));
      break;
    }
    last = bucket->id;
    buckets.push_back(json::Object{{"Name", bucket->id},
                                   {"CreationDate", bucket->body.At("CreationDate")},
                                   {"BucketRegion", bucket->body.At("Region")},
                                   {"BucketArn", BucketArn(bucket->id)}});
  }
  answer.Set("Buckets", std::move(buckets));
  answer.Set("Owner", ToOwner(context.caller.account));
  answer.SetIfNotEmpty("Prefix", prefix);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "CreateBucket", .handle = CreateBucket},
    {.name = "DeleteBucket", .handle = DeleteBucket},
    {.name = "GetBucketLocation", .handle = GetBucketLocation},
    {.name = "HeadBucket", .handle = HeadBucket},
    {.name = "ListBuckets", .handle = ListBuckets},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kBucketOperations = kOperations;

}  // namespace trunkline::cloud::s3
