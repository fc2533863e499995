#include "cloud/services/codebuild/s3_access.h"

#include <utility>

#include <fmt/format.h>

namespace trunkline::cloud::codebuild {
namespace {

constexpr std::size_t kMostKeys = 20'000;

}  // namespace

S3Place ReadS3Place(std::string_view location) {
  constexpr std::string_view kArn = "arn:aws:s3:::";
  if (location.starts_with(kArn)) location.remove_prefix(kArn.size());
  const std::size_t slash = location.find('/');
  if (slash == std::string_view::npos) return {.bucket = std::string(location), .key = {}};
  return {.bucket = std::string(location.substr(0, slash)),
          .key = std::string(location.substr(slash + 1))};
}

Answer<S3Bytes> GetBytes(const WaitContext& context, const S3Place& place,
                         std::string_view version) {
  json::Object input{{"Bucket", place.bucket}, {"Key", place.key}};
  input.SetIfNotEmpty("VersionId", version);
  TL_TRY(json::Object answer, context.Dispatch("s3", "GetObject", input));
  S3Bytes got;
  if (json::Value* body = answer.Find("Body")) got.bytes = std::move(body->AsString());
  got.version = answer.GetString("VersionId");
  return got;
}

Answer<std::vector<std::string>> ListKeys(const WaitContext& context, const S3Place& prefix) {
  std::vector<std::string> keys;
  json::Object input{{"Bucket", prefix.bucket}, {"Prefix", prefix.key}};
  for (;;) {
    TL_TRY(const json::Object page, context.Dispatch("s3", "ListObjectsV2", input));
    for (const json::Value& object : page.GetArray("Contents"))
      keys.emplace_back(object.AsObject().GetString("Key"));
    if (keys.size() > kMostKeys) {
      return ServiceError("InvalidInputException",
                          fmt::format("there are more than {} objects in {}/{}", kMostKeys,
                                      prefix.bucket, prefix.key));
    }
    if (!page.GetBool("IsTruncated")) return keys;
    input.Set("ContinuationToken", page.GetString("NextContinuationToken"));
  }
}

net::aw<Answer<>> PutBytes(WaitContext context, S3Write write) {
  json::Object input{{"Bucket", write.place.bucket}, {"Key", write.place.key}};
  input.Set("Body", std::move(write.bytes));
  input.SetIfNotEmpty("ContentType", write.content_type);
  if (!write.kms_key.empty()) {
    input.Set("ServerSideEncryption", "aws:kms");
    input.Set("SSEKMSKeyId", write.kms_key);
  }
  co_return co_await context.Call("s3", "PutObject", std::move(input));
}

}  // namespace trunkline::cloud::codebuild
