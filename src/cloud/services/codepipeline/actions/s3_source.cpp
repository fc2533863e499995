// Source / S3: one object of a versioned bucket.
#include "base/hash.h"
#include "base/text.h"
#include "cloud/services/codepipeline/actions/list.h"
#include "cloud/services/codepipeline/artifacts.h"
#include "cloud/services/codepipeline/records.h"

namespace trunkline::cloud::codepipeline {
namespace {

// The object the execution is to use: the newest, or what sourceRevisions said.
json::Object WantedObject(const ActionOrder& order) {
  json::Object wanted{{"Bucket", order.Get("S3Bucket")}, {"Key", order.Get("S3ObjectKey")}};
  const std::string_view type = order.source.GetString("revisionType");
  const std::string_view value = order.source.GetString("revisionValue");
  if (type == "S3_OBJECT_VERSION_ID") wanted.Set("VersionId", value);
  if (type == "S3_OBJECT_KEY") wanted.Set("Key", value);
  return wanted;
}

ServiceError NotFound(const json::Object& wanted) {
  return {"ConfigurationError",
          fmt::format("The source object with key '{}' in bucket '{}' does not exist",
                      wanted.GetString("Key"), wanted.GetString("Bucket"))};
}

void Describe(ActionOutcome& outcome, const json::Object& wanted, const json::Object& head) {
  const std::string_view version = head.GetString("VersionId");
  outcome.revision = {{"revisionId", version},
                      {"revisionSummary", fmt::format("Amazon S3 version id: {}", version)}};
  CopyMember(head, "LastModified", outcome.revision, "created");
  outcome.variables = {{"BucketName", wanted.GetString("Bucket")},
                       {"ObjectKey", wanted.GetString("Key")},
                       {"VersionId", version},
                       {"ETag", Replace(head.GetString("ETag"), "\"", "")}};
  outcome.external_id = version;
}

net::aw<ActionOutcome> RunS3Source(ActionOrder order) {
  json::Object wanted = WantedObject(order);
  const Answer<> head = order.actor.Dispatch("s3", "HeadObject", wanted);
  if (!head) co_return NotFound(wanted);
  if (!head->Has("VersionId")) {
    co_return ServiceError("ConfigurationError",
                           fmt::format("The bucket '{}' must have versioning enabled to be used "
                                       "with an Amazon S3 source action",
                                       wanted.GetString("Bucket")));
  }
  wanted.Set("VersionId", head->GetString("VersionId"));
  const std::string name = OutputName(order);
  std::string key = NewArtifactKey(order.context.random(), order.pipeline, name);
  const Answer<json::Object> place =
      co_await CopyIntoStore(order.actor, order.store, wanted, std::move(key));
  if (!place) co_return place.error();
  ActionOutcome outcome = ActionOutcome::Success();
  Describe(outcome, wanted, *head);
  outcome.outputs.emplace_back(json::Object{{"name", name}, {"s3location", *place}});
  co_return outcome;
}

constexpr Setting kSettings[] = {{"S3Bucket", true},
                                 {"S3ObjectKey", true},
                                 {"PollForSourceChanges", false},
                                 {"AllowOverrideForS3ObjectKey", false}};

}  // namespace

constinit const ActionKind kS3SourceAction{.category = "Source",
                                           .provider = "S3",
                                           .settings = kSettings,
                                           .inputs = {0, 0},
                                           .outputs = {1, 1},
                                           .time_limit = std::chrono::hours(1),
                                           .run = RunS3Source};

}  // namespace trunkline::cloud::codepipeline
