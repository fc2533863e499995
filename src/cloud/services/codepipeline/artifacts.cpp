#include "cloud/services/codepipeline/artifacts.h"

#include <algorithm>

#include "base/text.h"
#include "cloud/services/codepipeline/records.h"

namespace trunkline::cloud::codepipeline {
namespace {

constexpr std::size_t kPipelinePart = 20;
constexpr std::size_t kArtifactPart = 10;
constexpr std::size_t kRandomPart = 7;
constexpr std::uint64_t kLargestFile = 16ULL << 20U;  // of one file that an action reads

ServiceError NotFound(std::string_view bucket) {
  return {"JobFailed",
          fmt::format("The action failed because either the artifact or the Amazon S3 bucket could "
                      "not be found. Name of artifact bucket: {}. Verify that this bucket exists. "
                      "If it exists, check the life cycle policy, then try releasing a change.",
                      bucket)};
}

// Why an artifact cannot be read.
ServiceError Unreadable(const ServiceError& error, const json::Object& location) {
  const std::string_view bucket = location.GetString("bucket");
  if (error.code.find("AccessDenied") == std::string::npos) return NotFound(bucket);
  return {"PermissionError",
          fmt::format("Unable to access the artifact with Amazon S3 object key '{}' located in the "
                      "Amazon S3 artifact bucket '{}'. The provided role does not have sufficient "
                      "permissions. {}",
                      location.GetString("key"), bucket, error.message)};
}

}  // namespace

std::string NewArtifactKey(Random& random, std::string_view pipeline, std::string_view artifact) {
  return fmt::format("{}/{}/{}", pipeline.substr(0, kPipelinePart),
                     artifact.substr(0, kArtifactPart),
                     NewToken(random, kRandomPart, kAlphanumeric));
}

std::string OutputName(const ActionOrder& order) {
  const json::Array& outputs = order.declaration.GetArray("outputArtifacts");
  return outputs.empty() ? std::string()
                         : std::string(outputs.front().AsObject().GetString("name"));
}

void SetEncryption(const json::Object& store, json::Object& input) {
  input.Set("ServerSideEncryption", "aws:kms");
  input.SetIfNotEmpty("SSEKMSKeyId", store.GetObject("encryptionKey").GetString("id"));
}

net::aw<Answer<json::Object>> PutArtifact(ActionOrder order, std::string name, std::string zip) {
  const std::string bucket(order.store.GetString("location"));
  const std::string key = NewArtifactKey(order.context.random(), order.pipeline, name);
  json::Object input{{"Bucket", bucket}, {"Key", key}, {"ContentType", "application/zip"}};
  input.Set("Body", std::move(zip));
  SetEncryption(order.store, input);
  const Answer<> put = co_await order.actor.Call("s3", "PutObject", std::move(input));
  if (!put && put.error().code == "NoSuchBucket") co_return NotFound(bucket);
  if (!put) co_return put.error();
  json::Object artifact{{"name", name},
                        {"s3location", json::Object{{"bucket", bucket}, {"key", key}}}};
  co_return artifact;
}

net::aw<Answer<json::Object>> CopyIntoStore(WaitContext actor, json::Object store,
                                            json::Object source, std::string key) {
  const std::string bucket(store.GetString("location"));
  std::string from = fmt::format("{}/{}", source.GetString("Bucket"),
                                 PercentEncode(source.GetString("Key"), true));
  if (source.Has("VersionId")) from += fmt::format("?versionId={}", source.GetString("VersionId"));
  json::Object input{{"Bucket", bucket}, {"Key", key}, {"CopySource", from}};
  SetEncryption(store, input);
  const Answer<> copied = co_await actor.Call("s3", "CopyObject", std::move(input));
  if (!copied && copied.error().code == "NoSuchBucket") co_return NotFound(bucket);
  if (!copied) co_return copied.error();
  co_return json::Object{{"bucket", bucket}, {"key", key}};
}

Answer<std::string> ReadArtifact(const WaitContext& actor, const json::Object& location) {
  const json::Object input{{"Bucket", location.GetString("bucket")},
                           {"Key", location.GetString("key")}};
  const Answer<> head = actor.Dispatch("s3", "HeadObject", input);
  if (!head) return Unreadable(head.error(), location);
  if (static_cast<std::uint64_t>(head->GetInt("ContentLength")) > kLargestArtifact)
    return ServiceError("JobFailed", "An input artifact is larger than 1 GB.");
  Answer<> object = actor.Dispatch("s3", "GetObject", input);
  if (!object) return Unreadable(object.error(), location);
  if (json::Value* body = object->Find("Body")) return std::move(body->AsString());
  return std::string();
}

const json::Object* FindInput(const ActionOrder& order, std::string_view name) {
  for (const json::Value& input : order.inputs) {
    if (input.AsObject().GetString("name") == name) return &input.AsObject();
  }
  return nullptr;
}

Answer<std::string> ReadArtifactFile(const ActionOrder& order, std::string_view name) {
  const std::size_t colons = name.find("::");
  if (colons == std::string_view::npos) {
    return ServiceError("ConfigurationError",
                        fmt::format("expected ArtifactName::path/to/file but found '{}'", name));
  }
  const std::string_view artifact = name.substr(0, colons);
  const std::string_view path = name.substr(colons + 2);
  const json::Object* input = FindInput(order, artifact);
  if (!input) {
    return ServiceError("ConfigurationError",
                        fmt::format("The action has no input artifact '{}'", artifact));
  }
  TL_TRY(const std::string bytes, ReadArtifact(order.actor, input->GetObject("s3location")));
  const Result<std::vector<ZipEntry>> entries =
      ReadZip(bytes, {.total_bytes = kLargestArtifact, .links = true});
  if (!entries) {
    return ServiceError("ConfigurationError", fmt::format("The input artifact '{}' is no zip: {}",
                                                          artifact, entries.error().message()));
  }
  const auto entry = std::ranges::find_if(
      *entries, [&](const ZipEntry& one) { return one.name == path && !one.link; });
  if (entry == entries->end()) {
    return ServiceError("ConfigurationError",
                        fmt::format("File [{}] does not exist in artifact [{}]", path, artifact));
  }
  if (entry->bytes.size() > kLargestFile)
    return ServiceError("ConfigurationError", fmt::format("File [{}] is larger than 16 MB", path));
  return entry->bytes;
}

}  // namespace trunkline::cloud::codepipeline
