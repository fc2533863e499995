// The storage bucket: in the right Region, encrypted, closed to the public. Recordings and
// transcripts of every storage configuration go into it, under the prefixes of configuration.json.
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> ReadBucket(Session& session) {
  json::Object input{{"Bucket", session.target.bucket}};
  Result<json::Object> head = co_await session.Call("s3", "HeadBucket", std::move(input));
  if (!head && head.error().kind() == ErrorKind::kNotFound) co_return Result<void>();
  if (!head && head.error().kind() == ErrorKind::kDenied) {
    co_return Error(ErrorKind::kDenied,
                    "bucket '{}' belongs to somebody else; choose another "
                    "instanceStorageBucketName in configuration.json",
                    session.target.bucket);
  }
  if (!head) co_return std::move(head).error();
  json::Object ask{{"Bucket", session.target.bucket}};
  Result<json::Object> tagging = co_await session.Call("s3", "GetBucketTagging", std::move(ask));
  LiveResource bucket{.id = session.target.bucket,
                      .arn = "arn:aws:s3:::" + session.target.bucket,
                      .tags = {},
                      .body = {}};
  if (tagging) {
    for (const json::Value& tag : tagging->GetArray("TagSet")) {
      bucket.tags.emplace(tag.AsObject().GetString("Key"), tag.AsObject().GetString("Value"));
    }
  } else if (tagging.error().code() != "NoSuchTagSet") {
    co_return std::move(tagging).error();
  }
  session.live.Put("bucket", session.target.bucket, std::move(bucket));
  co_return Result<void>();
}

json::Object Wanted(const Target& target) {
  return {{"region", target.region}, {"encryption", "AES256"}, {"public", "blocked"}};
}

void PlanBucket(const Target& target, const Live& live, Plan& plan) {
  PlanByHash(live, "bucket", target.bucket, HashOf(Wanted(target)), {}, plan);
}

net::aw<Result<void>> Create(Session& session) {
  json::Object input{{"Bucket", session.target.bucket}};
  // S3 takes no constraint for its oldest Region.
  if (session.target.region != "us-east-1") {
    input.Set("CreateBucketConfiguration",
              json::Object{{"LocationConstraint", session.target.region}});
  }
  TL_CO_DO(co_await session.Call("s3", "CreateBucket", std::move(input)));
  co_return Result<void>();
}

net::aw<Result<void>> Protect(Session& session) {
  const std::string& bucket = session.target.bucket;
  json::Object rule{
      {"ApplyServerSideEncryptionByDefault", json::Object{{"SSEAlgorithm", "AES256"}}}};
  json::Object encryption{
      {"Bucket", bucket},
      {"ServerSideEncryptionConfiguration", json::Object{{"Rules", json::Array{std::move(rule)}}}}};
  TL_CO_DO(co_await session.Call("s3", "PutBucketEncryption", std::move(encryption)));
  json::Object blocked{{"BlockPublicAcls", true},
                       {"IgnorePublicAcls", true},
                       {"BlockPublicPolicy", true},
                       {"RestrictPublicBuckets", true}};
  json::Object block{{"Bucket", bucket}, {"PublicAccessBlockConfiguration", std::move(blocked)}};
  TL_CO_DO(co_await session.Call("s3", "PutPublicAccessBlock", std::move(block)));
  co_return Result<void>();
}

// S3 replaces all tags at once: those of others are written again.
json::Array TagSet(const Session& session, const std::string& hash) {
  json::Object all;
  const LiveResource* there = session.live.Find("bucket", session.target.bucket);
  if (there != nullptr) {
    for (const auto& [key, value] : there->tags) all.Set(key, value);
  }
  for (const json::Member& tag : TagsFor({}, hash)) all.Set(tag.key, tag.value);
  json::Array tags;
  for (const json::Member& tag : all) {
    json::Object pair{{"Key", tag.key}, {"Value", tag.value}};
    tags.push_back(std::move(pair));
  }
  return tags;
}

net::aw<Result<void>> ApplyBucket(Session& session, const Change& change) {
  if (change.action == Action::kCreate) TL_CO_DO(co_await Create(session));
  TL_CO_DO(co_await Protect(session));
  json::Array tags = TagSet(session, HashOf(Wanted(session.target)));
  json::Object input{{"Bucket", session.target.bucket},
                     {"Tagging", json::Object{{"TagSet", std::move(tags)}}}};
  TL_CO_DO(co_await session.Call("s3", "PutBucketTagging", std::move(input)));
  co_return Result<void>();
}

net::aw<Result<void>> RemoveBucket(Session& session, const Change& change) {
  json::Object input{{"Bucket", change.name}};
  Result<void> removed = co_await Delete(session, "s3", "DeleteBucket", std::move(input));
  if (removed || removed.error().code() != "BucketNotEmpty") co_return removed;
  co_return Error(ErrorKind::kConflict,
                  "bucket '{}' is not empty and stays: recordings and transcripts are in it; empty "
                  "and delete it yourself when nobody needs them",
                  change.name);
}

}  // namespace

const ResourceKind kBucketKind{.name = "bucket",
                               .plural = "storage buckets",
                               .project = "instance",
                               .read = ReadBucket,
                               .in_instance = false,
                               .plan = PlanBucket,
                               .apply = ApplyBucket,
                               .remove = RemoveBucket};

}  // namespace trunkline::deploy
