// Configurations of buckets that are kept and given back: put, get and delete of a document each.
// They are checked for their form by the model, and where S3 checks more, here; none of them is
// acted upon but the default encryption that objects report.
#include "cloud/services/s3/documents.h"

#include <algorithm>
#include <optional>

#include "base/json_read.h"
#include "cloud/operation_names.h"
#include "cloud/services/s3/bucket.h"
#include "cloud/services/s3/document_checks.h"
#include "cloud/services/s3/encryption.h"
#include "cloud/services/s3/families.h"
#include "cloud/services/s3/tag_check.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr int kNoContent = 204;

// One kind of document.
struct DocumentKind {
  std::string_view kind;         // the key it is kept under
  std::string_view input;        // the member that carries it in Put
  std::string_view output = {};  // the member that carries it in Get; empty: it is the whole answer
  std::optional<Fault> missing = {};  // what Get answers when there is none; nothing: an empty one
};

constexpr DocumentKind kAccelerate{.kind = "accelerate", .input = "AccelerateConfiguration"};
constexpr DocumentKind kCors{
    .kind = "cors", .input = "CORSConfiguration", .missing = Fault::kNoSuchCorsConfiguration};
constexpr DocumentKind kEncryption{.kind = kEncryptionDocument,
                                   .input = "ServerSideEncryptionConfiguration",
                                   .output = "ServerSideEncryptionConfiguration"};
constexpr DocumentKind kLifecycle{.kind = "lifecycle",
                                  .input = "LifecycleConfiguration",
                                  .missing = Fault::kNoSuchLifecycleConfiguration};
constexpr DocumentKind kLogging{.kind = "logging", .input = "BucketLoggingStatus"};
constexpr DocumentKind kNotification{.kind = "notification", .input = "NotificationConfiguration"};
constexpr DocumentKind kObjectLock{.kind = kObjectLockDocument,
                                   .input = "ObjectLockConfiguration",
                                   .output = "ObjectLockConfiguration",
                                   .missing = Fault::kObjectLockConfigurationNotFound};
constexpr DocumentKind kOwnershipControls{.kind = kOwnershipControlsDocument,
                                          .input = "OwnershipControls",
                                          .output = "OwnershipControls",
                                          .missing = Fault::kOwnershipControlsNotFound};
constexpr DocumentKind kPublicAccessBlock{.kind = kPublicAccessBlockDocument,
                                          .input = "PublicAccessBlockConfiguration",
                                          .output = "PublicAccessBlockConfiguration",
                                          .missing = Fault::kNoSuchPublicAccessBlockConfiguration};
constexpr DocumentKind kReplication{.kind = "replication",
                                    .input = "ReplicationConfiguration",
                                    .output = "ReplicationConfiguration",
                                    .missing = Fault::kReplicationConfigurationNotFound};
constexpr DocumentKind kRequestPayment{.kind = "request-payment",
                                       .input = "RequestPaymentConfiguration"};
constexpr DocumentKind kTagging{
    .kind = kTaggingDocument, .input = "Tagging", .missing = Fault::kNoSuchTagSet};
constexpr DocumentKind kWebsite{.kind = "website",
                                .input = "WebsiteConfiguration",
                                .missing = Fault::kNoSuchWebsiteConfiguration};
constexpr std::string_view kPolicy = "policy";

template <const DocumentKind& row>
Answer<> Put(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  PutDocument(context, bucket->id, row.kind, input.GetObject(row.input));
  return json::Object();
}

template <const DocumentKind& row>
Answer<> Get(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  const Record* document = FindDocument(context, bucket->id, row.kind);
  if (!document && row.missing) return S3Error(*row.missing, {{"BucketName", bucket->id}});
  json::Object body = document ? document->body : json::Object();
  if (row.output.empty()) return body;
  return json::Object{{std::string(row.output), std::move(body)}};
}

template <const DocumentKind& row>
Answer<> Delete(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  DeleteDocument(context, bucket->id, row.kind);
  return json::Object();
}

// ---- where S3 does more than keep

Answer<> GetEncryption(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  if (FindDocument(context, bucket->id, kEncryption.kind)) return Get<kEncryption>(context, input);
  // Every bucket has one since January 2023; deleting a configuration goes back to it.
  const json::Object rule{
      {"ApplyServerSideEncryptionByDefault", json::Object{{"SSEAlgorithm", "AES256"}}},
      {"BucketKeyEnabled", false}};
  return json::Object{
      {"ServerSideEncryptionConfiguration", json::Object{{"Rules", json::Array{rule}}}}};
}

// With what S3 fills in: a rule says whether bucket keys are used.
Answer<> PutEncryption(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  json::Object document = input.GetObject(kEncryption.input);
  TL_DO(CheckEncryptionRules(document));
  json::Object& rule = document.Find("Rules")->AsArray().front().AsObject();
  if (!rule.Has("BucketKeyEnabled")) rule.Set("BucketKeyEnabled", false);
  PutDocument(context, bucket->id, kEncryption.kind, std::move(document));
  return json::Object();
}

Answer<> PutAccelerate(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  if (bucket->id.find('.') != std::string::npos) {
    return S3Error(Fault::kInvalidRequest,
                   "S3 Transfer Acceleration is not supported for buckets with periods (.) in "
                   "their names");
  }
  return Put<kAccelerate>(context, input);
}

Answer<> PutOwnershipControls(Context& context, const json::Object& input) {
  if (input.GetObject(kOwnershipControls.input).GetArray("Rules").size() != 1)
    return S3Error(Fault::kMalformedXml);
  return Put<kOwnershipControls>(context, input);
}

// What is left out is off.
Answer<> PutPublicAccessBlock(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  const json::Object& given = input.GetObject(kPublicAccessBlock.input);
  json::Object document;
  for (const std::string_view name :
       {"BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"}) {
    document.Set(name, given.GetBool(name));
  }
  PutDocument(context, bucket->id, kPublicAccessBlock.kind, std::move(document));
  return json::Object();
}

Answer<> PutLifecycle(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  json::Object document = input.GetObject(kLifecycle.input);
  if (document.GetArray("Rules").empty()) return S3Error(Fault::kMalformedXml);
  document.Set("TransitionDefaultMinimumObjectSize",
               input.GetString("TransitionDefaultMinimumObjectSize", "all_storage_classes_128K"));
  PutDocument(context, bucket->id, kLifecycle.kind, std::move(document));
  return json::Object();
}

Answer<> PutObjectLockConfiguration(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindBucket(context, input));
  TL_DO(CheckLockConfiguration(input.GetObject(kObjectLock.input)));
  if (found->body.GetString("Versioning") != "Enabled") {
    return S3Error(
        Fault::kInvalidBucketState,
        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
  }
  Record bucket = *found;
  bucket.body.Set("ObjectLock", true);
  const std::string name = bucket.id;
  context.store.Put(Context::GlobalScope(), kBucket, std::move(bucket));
  PutDocument(context, name, kObjectLock.kind, input.GetObject(kObjectLock.input));
  return json::Object();
}

Answer<> PutReplication(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  if (bucket->body.GetString("Versioning") != "Enabled") {
    return S3Error(Fault::kInvalidRequest,
                   "Versioning must be 'Enabled' on the bucket to apply a replication "
                   "configuration");
  }
  return Put<kReplication>(context, input);
}

Answer<> GetRequestPayment(Context& context, const json::Object& input) {
  TL_TRY(json::Object answer, Get<kRequestPayment>(context, input));
  if (!answer.Has("Payer")) answer.Set("Payer", "BucketOwner");
  return answer;
}

Answer<> PutTagging(Context& context, const json::Object& input) {
  const json::Array& tags = input.GetObject("Tagging").GetArray("TagSet");
  TL_DO(CheckBucketTags(context, tags));
  context.reply.status = kNoContent;
  // No tags are no set of tags.
  return tags.empty() ? Delete<kTagging>(context, input) : Put<kTagging>(context, input);
}

Answer<> PutPolicy(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  const std::string policy(input.GetString("Policy"));
  constexpr std::size_t kMaxSize = 20480;
  if (policy.size() > kMaxSize)
    return S3Error(Fault::kMalformedPolicy,
                   "Normalized policy document exceeds the maximum allowed size of 20480 bytes");
  TL_DO(CheckBucketPolicy(policy));
  PutDocument(context, bucket->id, kPolicy, {{"Policy", policy}});
  return json::Object();
}

Answer<const Record*> FindPolicy(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  if (const Record* policy = FindDocument(context, bucket->id, kPolicy)) return policy;
  return S3Error(Fault::kNoSuchBucketPolicy, {{"BucketName", bucket->id}});
}

Answer<> GetPolicy(Context& context, const json::Object& input) {
  TL_TRY(const Record* policy, FindPolicy(context, input));
  return policy->body;
}

bool NamesEverybody(const json::Value& principal) {
  if (principal.IsString()) return principal.AsString() == "*";
  if (principal.IsArray()) return std::ranges::any_of(principal.AsArray(), NamesEverybody);
  return principal.IsObject() && principal.AsObject().Has("AWS") &&
         NamesEverybody(principal.AsObject().At("AWS"));
}

// Public: a statement without a condition allows something to everybody.
bool IsPublic(const json::Value& statement) {
  if (statement.IsArray()) return std::ranges::any_of(statement.AsArray(), IsPublic);
  const json::Object& object = statement.AsObject();
  const json::Value* principal = object.Find("Principal");
  return object.GetString("Effect") == "Allow" && !object.Has("Condition") && principal &&
         NamesEverybody(*principal);
}

Answer<> GetPolicyStatus(Context& context, const json::Object& input) {
  TL_TRY(const Record* policy, FindPolicy(context, input));
  const Result<json::Value> document = json::Parse(policy->body.GetString("Policy"));
  const bool is_public = document && IsPublic(document->AsObject().At("Statement"));
  return json::Object{{"PolicyStatus", json::Object{{"IsPublic", is_public}}}};
}

Answer<> DeletePolicy(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  DeleteDocument(context, bucket->id, kPolicy);
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "DeleteBucketCors", .handle = Delete<kCors>},
    {.name = "DeleteBucketEncryption", .handle = Delete<kEncryption>},
    {.name = "DeleteBucketLifecycle", .handle = Delete<kLifecycle>},
    {.name = "DeleteBucketOwnershipControls", .handle = Delete<kOwnershipControls>},
    {.name = "DeleteBucketPolicy", .handle = DeletePolicy},
    {.name = "DeleteBucketReplication", .handle = Delete<kReplication>},
    {.name = "DeleteBucketTagging", .handle = Delete<kTagging>},
    {.name = "DeleteBucketWebsite", .handle = Delete<kWebsite>},
    {.name = "DeletePublicAccessBlock", .handle = Delete<kPublicAccessBlock>},
    {.name = "GetBucketAccelerateConfiguration", .handle = Get<kAccelerate>},
    {.name = "GetBucketCors", .handle = Get<kCors>},
    {.name = "GetBucketEncryption", .handle = GetEncryption},
    {.name = "GetBucketLifecycleConfiguration", .handle = Get<kLifecycle>},
    {.name = "GetBucketLogging", .handle = Get<kLogging>},
    {.name = "GetBucketNotificationConfiguration", .handle = Get<kNotification>},
    {.name = "GetBucketOwnershipControls", .handle = Get<kOwnershipControls>},
    {.name = "GetBucketPolicy", .handle = GetPolicy},
    {.name = "GetBucketPolicyStatus", .handle = GetPolicyStatus},
    {.name = "GetBucketReplication", .handle = Get<kReplication>},
    {.name = "GetBucketRequestPayment", .handle = GetRequestPayment},
    {.name = "GetBucketTagging", .handle = Get<kTagging>},
    {.name = "GetBucketWebsite", .handle = Get<kWebsite>},
    {.name = "GetObjectLockConfiguration", .handle = Get<kObjectLock>},
    {.name = "GetPublicAccessBlock", .handle = Get<kPublicAccessBlock>},
    {.name = "PutBucketAccelerateConfiguration", .handle = PutAccelerate},
    {.name = "PutBucketCors", .handle = Put<kCors>},
    {.name = "PutBucketEncryption", .handle = PutEncryption},
    {.name = "PutBucketLifecycleConfiguration", .handle = PutLifecycle},
    {.name = "PutBucketLogging", .handle = Put<kLogging>},
    {.name = "PutBucketNotificationConfiguration", .handle = Put<kNotification>},
    {.name = "PutBucketOwnershipControls", .handle = PutOwnershipControls},
    {.name = "PutBucketPolicy", .handle = PutPolicy},
    {.name = "PutBucketReplication", .handle = PutReplication},
    {.name = "PutBucketRequestPayment", .handle = Put<kRequestPayment>},
    {.name = "PutBucketTagging", .handle = PutTagging},
    {.name = "PutBucketWebsite", .handle = Put<kWebsite>},
    {.name = "PutObjectLockConfiguration", .handle = PutObjectLockConfiguration},
    {.name = "PutPublicAccessBlock", .handle = PutPublicAccessBlock},
};
static_assert(NamesInOrder(kOperations));

}  // namespace

constinit const Family kDocumentOperations = kOperations;

}  // namespace trunkline::cloud::s3
