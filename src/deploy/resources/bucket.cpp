// The storage bucket: in the right Region, encrypted, closed to the public. Recordings and
// transcripts of every storage configuration go into it, under the prefixes of configuration.json.
#include "deploy/drift.h"
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

json::Array PairsOf(const json::Object& all) {
  json::Array tags;
  for (const json::Member& tag : all) {
    json::Object pair{{"Key", tag.key}, {"Value", tag.value}};
    tags.push_back(std::move(pair));
  }
  return tags;
}

// S3 replaces all tags at once: those of others are written again.
json::Array TagSet(const Session& session, const std::string& hash) {
  json::Object all;
  const LiveResource* there = session.live.Find("bucket", session.target.bucket);
  if (there != nullptr) {
    for (const auto& [key, value] : there->tags) all.Set(key, value);
  }
  for (const json::Member& tag : TagsFor({}, hash)) all.Set(tag.key, tag.value);
  return PairsOf(all);
}

// A setting of the bucket as it is; an empty object says that there is none.
net::aw<Result<json::Object>> SettingOf(Session& session, std::string operation,
                                        std::string member) {
  json::Object input{{"Bucket", session.target.bucket}};
  const Result<json::Object> answer = co_await session.Call("s3", operation, std::move(input));
  if (!answer && answer.error().kind() == ErrorKind::kNotFound) co_return json::Object();
  if (!answer) co_return answer.error();
  co_return answer->GetObject(member);
}

net::aw<Result<json::Object>> EncryptionOf(Session& session) {
  return SettingOf(session, "GetBucketEncryption", "ServerSideEncryptionConfiguration");
}
net::aw<Result<json::Object>> AccessOf(Session& session) {
  return SettingOf(session, "GetPublicAccessBlock", "PublicAccessBlockConfiguration");
}

net::aw<Result<void>> NoteBucket(Session& session) {
  if (session.journal == nullptr) co_return Result<void>();
  const LiveResource there = *session.live.Find("bucket", session.target.bucket);
  json::Object before = AsItIs(there);
  TL_CO_TRY(json::Object encryption, co_await EncryptionOf(session));
  before.Set("encryption", std::move(encryption));
  TL_CO_TRY(json::Object access, co_await AccessOf(session));
  before.Set("access", std::move(access));
  session.Note("bucket", session.target.bucket, std::move(before));
  co_return Result<void>();
}

// Writes a setting as it was, or takes it away.
net::aw<Result<void>> PutBack(Session& session, std::string put, std::string take_away,
                              std::string member, json::Object setting) {
  json::Object input{{"Bucket", session.target.bucket}};
  if (setting.empty())
    co_return co_await Delete(session, "s3", std::move(take_away), std::move(input));
  input.Set(member, std::move(setting));
  TL_CO_DO(co_await session.Call("s3", std::move(put), std::move(input)));
  co_return Result<void>();
}

net::aw<Result<void>> RestoreBucket(Session& session, const Undo& undo) {
  if (undo.IsNew()) co_return co_await RemoveNew(session, undo);
  const json::Object before = undo.before;
  TL_CO_DO(co_await PutBack(session, "PutBucketEncryption", "DeleteBucketEncryption",
                            "ServerSideEncryptionConfiguration", before.GetObject("encryption")));
  TL_CO_DO(co_await PutBack(session, "PutPublicAccessBlock", "DeletePublicAccessBlock",
                            "PublicAccessBlockConfiguration", before.GetObject("access")));
  json::Object tagging;
  json::Array tags = PairsOf(TagsToPut(before.GetObject("tags")));
  if (!tags.empty()) tagging.Set("TagSet", std::move(tags));
  co_return co_await PutBack(session, "PutBucketTagging", "DeleteBucketTagging", "Tagging",
                             std::move(tagging));
}

net::aw<Result<void>> MakeOrNote(Session& session, const Change& change) {
  if (change.action != Action::kCreate) co_return co_await NoteBucket(session);
  session.NoteNew("bucket", session.target.bucket);
  TL_CO_DO(co_await Create(session));
  LiveResource made{.id = session.target.bucket,
                    .arn = "arn:aws:s3:::" + session.target.bucket,
                    .tags = {},
                    .body = {}};
  session.live.Put("bucket", session.target.bucket, std::move(made));
  co_return Result<void>();
}

net::aw<Result<void>> ApplyBucket(Session& session, const Change& change) {
  TL_CO_DO(co_await MakeOrNote(session, change));
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

// S3 encrypts with a key of its own what has no rule: nothing is not less than what was delivered.
std::string OtherEncryption(const json::Object& encryption) {
  for (const json::Value& rule : encryption.GetArray("Rules")) {
    const std::string_view now =
        rule.AsObject().GetObject("ApplyServerSideEncryptionByDefault").GetString("SSEAlgorithm");
    if (!now.empty() && now != "AES256") return fmt::format("its encryption is '{}'", now);
  }
  return "";
}

bool IsClosed(const json::Object& access) {
  return access.GetBool("BlockPublicAcls") && access.GetBool("IgnorePublicAcls") &&
         access.GetBool("BlockPublicPolicy") && access.GetBool("RestrictPublicBuckets");
}

net::aw<Result<void>> DriftOfBucket(Session& session, std::vector<Drifted>& drifted) {
  const std::string& name = session.target.bucket;
  const LiveResource* there = session.live.Find("bucket", name);
  if (there == nullptr || RecordedHash(*there).empty()) co_return Result<void>();
  TL_CO_TRY(const json::Object access, co_await AccessOf(session));
  if (!IsClosed(access))
    drifted.push_back(
        {.kind = "bucket", .name = name, .what = "is not closed to the public any more"});
  TL_CO_TRY(const json::Object encryption, co_await EncryptionOf(session));
  std::string other = OtherEncryption(encryption);
  if (!other.empty()) drifted.push_back({.kind = "bucket", .name = name, .what = std::move(other)});
  co_return Result<void>();
}

}  // namespace

const ResourceKind kBucketKind{.name = "bucket",
                               .plural = "storage buckets",
                               .project = "instance",
                               .read = ReadBucket,
                               .in_instance = false,
                               .plan = PlanBucket,
                               .apply = ApplyBucket,
                               .restore = RestoreBucket,
                               .remove = RemoveBucket,
                               .drift = DriftOfBucket};

}  // namespace trunkline::deploy
