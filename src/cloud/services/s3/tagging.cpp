// Tags of objects.
#include "cloud/services/s3/attributes.h"
#include "cloud/services/s3/families.h"
#include "cloud/services/s3/object.h"
#include "cloud/services/s3/tag_check.h"

namespace trunkline::cloud::s3 {
namespace {

Answer<> Answered(Context& context, const json::Object& input, const Record& version) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  json::Object answer;
  SetVersionId(answer, *bucket, version);
  return answer;
}

// Unlike a reader of the object, whoever asks for its tags is told of a delete marker on top.
Answer<const Record*> FindTagged(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  const Record* newest = FindNewest(context, bucket->id, input.GetString("Key"));
  if (newest && IsMarker(*newest) && !input.Has("VersionId")) return RefuseMarker(context, *newest);
  return FindAsked(context, input);
}

Answer<> Replace(Context& context, const json::Object& input, json::Array tags) {
  TL_TRY(const Record* version, FindTagged(context, input));
  TL_TRY(json::Object answer, Answered(context, input, *version));
  json::Object body = version->body;
  body.Set("Tags", std::move(tags));
  ReplaceVersion(context, *version, std::move(body));
  return answer;
}

Answer<> GetObjectTagging(Context& context, const json::Object& input) {
  TL_TRY(const Record* bucket, FindBucket(context, input));
  const std::string_view key = input.GetString("Key");
  // Seen: here alone the error names the key with its bucket.
  if (!FindNewest(context, bucket->id, key))
    return S3Error(Fault::kNoSuchKey, {{"Key", fmt::format("{}/{}", bucket->id, key)}});
  TL_TRY(const Record* version, FindTagged(context, input));
  TL_TRY(json::Object answer, Answered(context, input, *version));
  answer.Set("TagSet", version->body.GetArray("Tags"));
  return answer;
}

Answer<> PutObjectTagging(Context& context, const json::Object& input) {
  const json::Array& tags = input.GetObject("Tagging").GetArray("TagSet");
  TL_DO(CheckObjectTags(context, tags));
  return Replace(context, input, tags);
}

Answer<> DeleteObjectTagging(Context& context, const json::Object& input) {
  return Replace(context, input, json::Array());
}

constexpr Operation kOperations[] = {
    {.name = "DeleteObjectTagging", .handle = DeleteObjectTagging},
    {.name = "GetObjectTagging", .handle = GetObjectTagging},
    {.name = "PutObjectTagging", .handle = PutObjectTagging},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTaggingOperations = kOperations;

}  // namespace trunkline::cloud::s3
