#include "cloud/services/s3/notify.h"

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/arn.h"
#include "cloud/callers.h"
#include "cloud/function_access.h"
#include "cloud/job_kinds.h"
#include "cloud/wait.h"

namespace trunkline::cloud {
namespace s3 {
namespace {

// A configuration's list, and where its items name the destination.
struct Destination {
  std::string_view list;
  std::string_view arn;
};
constexpr Destination kDestinations[] = {{"LambdaFunctionConfigurations", "LambdaFunctionArn"},
                                         {"QueueConfigurations", "QueueArn"},
                                         {"TopicConfigurations", "TopicArn"}};

// "s3:ObjectCreated:*" wants "ObjectCreated:Put".
bool WantsEvent(const json::Object& configuration, std::string_view event) {
  for (const json::Value& wanted : configuration.GetArray("Events")) {
    std::string_view name = wanted.AsString();
    if (name.starts_with("s3:")) name.remove_prefix(3);
    if (name == event) return true;
    if (name.ends_with(":*") && event.starts_with(name.substr(0, name.size() - 1))) return true;
  }
  return false;
}

bool WantsKey(const json::Object& configuration, std::string_view key) {
  const json::Object& filter = configuration.GetObject("Filter").GetObject("Key");
  for (const json::Value& value : filter.GetArray("FilterRules")) {
    const json::Object& rule = value.AsObject();
    const std::string_view text = rule.GetString("Value");
    const bool prefix = EqualsIgnoreCase(rule.GetString("Name"), "prefix");
    if (prefix ? !key.starts_with(text) : !key.ends_with(text)) return false;
  }
  return true;
}

// As S3 writes a key there: "a b/ü" is "a+b/%C3%BC".
std::string EncodedKey(std::string_view key) {
  return Replace(PercentEncode(key, true), "%20", "+");
}

json::Object RecordOf(const json::Object& payload, std::string_view configuration) {
  const std::string_view bucket = payload.GetString("Bucket");
  json::Object object = payload.GetObject("Object");
  object.Set("key", EncodedKey(payload.GetString("Key")));
  json::Object about{
      {"s3SchemaVersion", "1.0"},
      {"configurationId", configuration},
      {"bucket",
       json::Object{{"name", bucket},
                    {"ownerIdentity", json::Object{{"principalId", payload.GetString("Owner")}}},
                    {"arn", BucketArn(bucket)}}},
      {"object", std::move(object)}};
  return {{"eventVersion", "2.1"},
          {"eventSource", "aws:s3"},
          {"awsRegion", payload.GetString("Region")},
          {"eventTime", payload.GetString("Time")},
          {"eventName", payload.GetString("Event")},
          {"userIdentity", json::Object{{"principalId", payload.GetString("Who")}}},
          {"requestParameters", json::Object{{"sourceIPAddress", "127.0.0.1"}}},
          {"responseElements", json::Object{{"x-amz-request-id", payload.GetString("Request")}}},
          {"s3", std::move(about)}};
}

std::string MessageOf(const json::Object& payload, std::string_view configuration) {
  json::Array records;
  records.emplace_back(RecordOf(payload, configuration));
  return json::Write(json::Object{{"Records", std::move(records)}});
}

json::Object BusEvent(const json::Object& payload) {
  const std::string_view event = payload.GetString("Event");
  const bool created = event.starts_with("ObjectCreated:");
  json::Object object;
  for (const json::Member& member : payload.GetObject("Object")) {
    const std::string name = member.key == "eTag"        ? "etag"
                             : member.key == "versionId" ? "version-id"
                                                         : member.key;
    object.Set(name, member.value);
  }
  object.Set("key", payload.GetString("Key"));
  json::Object detail{{"version", "0"},
                      {"bucket", json::Object{{"name", payload.GetString("Bucket")}}},
                      {"object", std::move(object)},
                      {"request-id", payload.GetString("Request")},
                      {"requester", payload.GetString("Owner")},
                      {"source-ip-address", "127.0.0.1"}};
  const bool marker = event.ends_with("DeleteMarkerCreated");
  if (created) {
    const std::string_view how = event.substr(event.find(':') + 1);
    detail.Set("reason", how == "Copy"  ? "CopyObject"
                         : how == "Put" ? "PutObject"
                                        : "CompleteMultipartUpload");
  } else {
    detail.Set("reason", "DeleteObject");
    detail.Set("deletion-type", marker ? "Delete Marker Created" : "Permanently Deleted");
  }
  return {{"Source", "aws.s3"},
          {"DetailType", created ? "Object Created" : "Object Deleted"},
          {"Resources", json::Array{BucketArn(payload.GetString("Bucket"))}},
          {"Detail", json::Write(detail)}};
}

net::aw<Answer<>> Send(WaitContext owner, std::string arn_text, std::string bucket,
                       std::string message) {
  const auto arn = ParseArn(arn_text);
  if (!arn) co_return ServiceError("InvalidArgument", "not an ARN: " + arn_text);
  const WaitContext there = owner.As(owner.caller(), arn->region);
  json::Object input;
  if (arn->service == "lambda") {
    bool may = false;
    TL_CO_DO(there.State([&](Context& state) -> Answer<> {
      may = MayInvoke(state, arn_text, "s3.amazonaws.com", BucketArn(bucket));
      return json::Object();
    }));
    if (!may) co_return ServiceError("AccessDenied", "the function's policy does not let S3 in");
    input = {{"FunctionName", arn_text}, {"InvocationType", "Event"}, {"Payload", message}};
    co_return co_await there.Call("lambda", "Invoke", std::move(input));
  }
  if (arn->service == "sqs") {
    input = {{"QueueUrl", fmt::format("{}/{}/{}", there.endpoint(), arn->account, arn->resource)},
             {"MessageBody", message}};
    co_return co_await there.Call("sqs", "SendMessage", std::move(input));
  }
  input = {{"TopicArn", arn_text}, {"Subject", "Amazon S3 Notification"}, {"Message", message}};
  co_return co_await there.Call("sns", "Publish", std::move(input));
}

net::aw<Answer<>> Announce(WaitContext context, json::Object payload) {
  Caller root = RootCaller(payload.GetString("Account"));
  const WaitContext owner = context.As(std::move(root), std::string(payload.GetString("Region")));
  for (const json::Value& one : payload.GetArray("To")) {
    const std::string arn(one.AsObject().GetString("Arn"));
    Answer<> sent = co_await Send(owner, arn, std::string(payload.GetString("Bucket")),
                                  MessageOf(payload, one.AsObject().GetString("Id")));
    if (!sent) {
      context.log().Warn("a notification of bucket '{}' does not reach '{}': {}",
                         payload.GetString("Bucket"), arn, sent.error().message);
    }
  }
  if (!payload.GetBool("Bus")) co_return json::Object();
  json::Array entries;
  entries.emplace_back(BusEvent(payload));
  json::Object input;
  input.Set("Entries", std::move(entries));
  co_return co_await owner.Call("events", "PutEvents", std::move(input));
}

constexpr WaitHandler kAnnounce{Announce};

json::Array Destinations(const json::Object& configuration, std::string_view event,
                         std::string_view key) {
  json::Array to;
  for (const Destination& destination : kDestinations) {
    for (const json::Value& value : configuration.GetArray(destination.list)) {
      const json::Object& row = value.AsObject();
      if (!WantsEvent(row, event) || !WantsKey(row, key)) continue;
      to.emplace_back(
          json::Object{{"Arn", row.GetString(destination.arn)}, {"Id", row.GetString("Id")}});
    }
  }
  return to;
}

void Schedule(Context& context, const Record& bucket, std::string_view event, std::string_view key,
              json::Object object) {
  const Record* configuration = FindDocument(context, bucket.id, "notification");
  if (!configuration) return;
  json::Array to = Destinations(configuration->body, event, key);
  const bool bus = configuration->body.Has("EventBridgeConfiguration");
  if (to.empty() && !bus) return;
  object.Set("sequencer",
             fmt::format("{:016X}", context.Now().time_since_epoch() / Milliseconds(1)));
  json::Object payload{{"Account", bucket.parent},
                       {"Region", bucket.body.GetString("Region")},
                       {"Bucket", bucket.id},
                       {"Owner", bucket.parent},
                       {"Event", event},
                       {"Key", key},
                       {"Object", std::move(object)},
                       {"Time", ToIso8601(context.Now())},
                       {"Who", "AWS:" + context.caller.user_id},
                       {"Request", context.request_id},
                       {"To", std::move(to)},
                       {"Bus", bus}};
  context.jobs.ScheduleAt(context, kAnnounceObjectJob, std::move(payload), context.Now());
}

}  // namespace

void Notify(Context& context, const Record& bucket, std::string_view event, const Record& version) {
  json::Object object;
  if (version.body.Has("Size")) object.Set("size", version.body.At("Size"));
  object.SetIfNotEmpty("eTag", version.body.GetString("ETag"));
  if (!bucket.body.GetString("Versioning").empty())
    object.SetIfNotEmpty("versionId", version.body.GetString("VersionId"));
  Schedule(context, bucket, event, version.body.GetString("Key"), std::move(object));
}

void NotifyOfRemoval(Context& context, const Record& bucket, std::string_view key,
                     std::string_view version_id) {
  json::Object object;
  object.SetIfNotEmpty("versionId", version_id);
  Schedule(context, bucket, "ObjectRemoved:Delete", key, std::move(object));
}

}  // namespace s3

constinit const JobKind kAnnounceObjectJob{.name = "s3.announce-object", .wait = &s3::kAnnounce};

}  // namespace trunkline::cloud
