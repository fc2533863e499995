// Deploy / S3: puts an artifact, or the files in it, into a bucket.
#include <algorithm>

#include "base/text.h"
#include "cloud/services/codepipeline/actions/list.h"
#include "cloud/services/codepipeline/artifacts.h"
#include "cloud/services/codepipeline/records.h"

namespace trunkline::cloud::codepipeline {
namespace {

struct MediaType {
  std::string_view ending;
  std::string_view type;
};
// What a browser needs to know of a web site's files; the rest is application/octet-stream.
constexpr std::array<MediaType, 14> kMediaTypes = {{
    {".css", "text/css"},
    {".gif", "image/gif"},
    {".htm", "text/html"},
    {".html", "text/html"},
    {".jpg", "image/jpeg"},
    {".js", "application/javascript"},
    {".json", "application/json"},
    {".pdf", "application/pdf"},
    {".png", "image/png"},
    {".svg", "image/svg+xml"},
    {".txt", "text/plain"},
    {".wav", "audio/wav"},
    {".xml", "application/xml"},
    {".zip", "application/zip"},
}};

std::string_view TypeOf(std::string_view name) {
  const auto* const found = std::ranges::find_if(
      kMediaTypes, [&](const MediaType& row) { return ToLower(name).ends_with(row.ending); });
  return found == kMediaTypes.end() ? "application/octet-stream" : found->type;
}

json::Object MakePut(const ActionOrder& order, const std::string& key) {
  json::Object input{
      {"Bucket", order.Get("BucketName")}, {"Key", key}, {"ContentType", TypeOf(key)}};
  input.SetIfNotEmpty("ACL", order.Get("CannedACL"));
  input.SetIfNotEmpty("CacheControl", order.Get("CacheControl"));
  const std::string kms = order.Get("KMSEncryptionKeyARN");
  if (!kms.empty()) {
    input.Set("ServerSideEncryption", "aws:kms");
    input.Set("SSEKMSKeyId", kms);
  }
  return input;
}

// ObjectKey is a prefix when the artifact is extracted.
std::string Prefix(const ActionOrder& order) {
  std::string prefix = order.Get("ObjectKey");
  if (!prefix.empty() && !prefix.ends_with('/')) prefix += '/';
  return prefix;
}

net::aw<Answer<void>> Extract(ActionOrder order, std::string zip) {
  Result<std::vector<ZipEntry>> entries =
      ReadZip(zip, {.total_bytes = kLargestArtifact, .links = true});
  if (!entries) co_return ServiceError("ConfigurationError", entries.error().message());
  const std::string prefix = Prefix(order);
  for (ZipEntry& entry : *entries) {
    // S3 knows neither folders nor symbolic links.
    if (entry.name.ends_with('/') || entry.link) continue;
    json::Object input = MakePut(order, prefix + entry.name);
    input.Set("Body", std::move(entry.bytes));
    const Answer<> put = co_await order.actor.Call("s3", "PutObject", std::move(input));
    if (!put) co_return put.error();
  }
  co_return Answer<void>();
}

net::aw<ActionOutcome> RunS3Deploy(ActionOrder order) {
  const json::Object location = order.inputs.front().AsObject().GetObject("s3location");
  TL_CO_TRY(std::string zip, ReadArtifact(order.actor, location));
  if (order.Get("Extract") == "true") {
    const Answer<void> done = co_await Extract(order, std::move(zip));
    if (!done) co_return done.error();
  } else {
    const std::string key = order.Get("ObjectKey");
    if (key.empty()) {
      co_return ServiceError("ConfigurationError",
                             "ObjectKey is required when the artifact is not extracted");
    }
    json::Object input = MakePut(order, key);
    input.Set("Body", std::move(zip));
    const Answer<> put = co_await order.actor.Call("s3", "PutObject", std::move(input));
    if (!put) co_return put.error();
  }
  ActionOutcome outcome = ActionOutcome::Success();
  outcome.summary = "Deployment Succeeded";
  outcome.variables = {{"BucketName", order.Get("BucketName")},
                       {"ObjectKey", order.Get("ObjectKey")}};
  co_return outcome;
}

constexpr Setting kSettings[] = {{"BucketName", true}, {"Extract", true},
                                 {"ObjectKey", false}, {"KMSEncryptionKeyARN", false},
                                 {"CannedACL", false}, {"CacheControl", false}};

}  // namespace

constinit const ActionKind kS3DeployAction{.category = "Deploy",
                                           .provider = "S3",
                                           .settings = kSettings,
                                           .inputs = {1, 1},
                                           .outputs = {0, 0},
                                           .time_limit = std::chrono::hours(1),
                                           .run = RunS3Deploy};

}  // namespace trunkline::cloud::codepipeline
