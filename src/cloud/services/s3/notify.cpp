#include "cloud/services/s3/notify.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/access/act_as.h"
#include "cloud/arn.h"
#include "cloud/callers.h"
#include "cloud/context_as.h"
#include "cloud/job_kinds.h"
#include "cloud/wait.h"

namespace trunkline::cloud {
namespace s3 {
namespace {

// Of what is told, as the configuration and the messages name it.
struct Change {
  const Record& bucket;
  std::string_view event;
  std::string_view key;
  const json::Object& body;
};

bool IsWanted(const json::Object& configuration, const Change& change) {
  const std::string full = fmt::format("s3:{}", change.event);
  const json::Array& events = configuration.GetArray("Events");
  const bool named = std::ranges::any_of(events, [&](const json::Value& item) {
    std::string_view wanted = item.AsString();
    if (!wanted.ends_with('*')) return full == wanted;
    wanted.remove_suffix(1);
    return full.starts_with(wanted);
  });
  if (!named) return false;
  const json::Array& rules =
      configuration.GetObject("Filter").GetObject("Key").GetArray("FilterRules");
  return std::ranges::all_of(rules, [&](const json::Value& item) {
    const json::Object& rule = item.AsObject();
    const std::string_view value = rule.GetString("Value");
    const bool prefix = ToLower(rule.GetString("Name")) == "prefix";
    return prefix ? change.key.starts_with(value) : change.key.ends_with(value);
  });
}

// Sorts the events of one key.
std::string Sequencer(const json::Object& body) {
  return fmt::format("{:018X}", body.GetInt("Sequence"));
}

// As it stands in a record: encoded like a form's field, but for its slashes.
std::string EncodedKey(std::string_view key) {
  return Replace(PercentEncode(key, true), "%20", "+");
}

json::Object DescribeObject(const Change& change) {
  json::Object object{{"key", EncodedKey(change.key)}};
  if (change.body.Has("Size")) {
    object.Set("size", change.body.At("Size"));
    object.Set("eTag", change.body.GetString("ETag"));
  }
  if (!change.bucket.body.GetString("Versioning").empty())
    object.SetIfNotEmpty("versionId", change.body.GetString("VersionId"));
  object.Set("sequencer", Sequencer(change.body));
  return object;
}

std::string MessageOf(const Context& context, const Change& change, std::string_view id) {
  json::Object owner{{"principalId", change.bucket.parent}};
  json::Object bucket{{"name", change.bucket.id},
                      {"ownerIdentity", std::move(owner)},
                      {"arn", BucketArn(change.bucket.id)}};
  json::Object s3{{"s3SchemaVersion", "1.0"},
                  {"configurationId", id},
                  {"bucket", std::move(bucket)},
                  {"object", DescribeObject(change)}};
  json::Object record{
      {"eventVersion", "2.1"},
      {"eventSource", "aws:s3"},
      {"awsRegion", change.bucket.body.GetString("Region")},
      {"eventTime", ToIso8601(context.Now())},
      {"eventName", change.event},
      {"userIdentity", json::Object{{"principalId", "AWS:" + context.caller.user_id}}},
      {"requestParameters", json::Object{{"sourceIPAddress", "127.0.0.1"}}},
      {"responseElements", json::Object{{"x-amz-request-id", context.request_id}}},
      {"s3", std::move(s3)}};
  return json::Write(json::Object{{"Records", json::Array{std::move(record)}}});
}

// EventBridge's own words for what happened.
json::Object DetailOf(const Context& context, const Change& change) {
  const bool removed = change.event.starts_with("ObjectRemoved");
  json::Object object{{"key", change.key}};
  if (!removed) {
    object.Set("size", change.body.GetInt("Size"));
    object.Set("etag", change.body.GetString("ETag"));
  }
  if (!change.bucket.body.GetString("Versioning").empty())
    object.SetIfNotEmpty("version-id", change.body.GetString("VersionId"));
  object.Set("sequencer", Sequencer(change.body));
  const std::string_view what = change.event.substr(change.event.find(':') + 1);
  json::Object detail{{"version", "0"},
                      {"bucket", json::Object{{"name", change.bucket.id}}},
                      {"object", std::move(object)},
                      {"request-id", context.request_id},
                      {"requester", context.caller.account},
                      {"source-ip-address", "127.0.0.1"},
                      {"reason", removed          ? "DeleteObject"
                                 : what == "Put"  ? "PutObject"
                                 : what == "Copy" ? "CopyObject"
                                                  : "CompleteMultipartUpload"}};
  if (removed) {
    detail.Set("deletion-type", what == "Delete" ? "Permanently Deleted" : "Delete Marker Created");
  }
  return detail;
}

// As the owner of the bucket, in its Region.
void TellEventBridge(Context& context, const Change& change) {
  json::Object entry{{"Source", "aws.s3"},
                     {"DetailType", change.event.starts_with("ObjectRemoved") ? "Object Deleted"
                                                                              : "Object Created"},
                     {"Resources", json::Array{BucketArn(change.bucket.id)}},
                     {"Detail", json::Write(DetailOf(context, change))}};
  const Answer<> put =
      context.CallAs(RootCaller(change.bucket.parent), change.bucket.body.GetString("Region"),
                     "events", "PutEvents", {{"Entries", json::Array{std::move(entry)}}});
  static_cast<void>(put);  // a change does not fail for its notices
}

struct TargetKind {
  std::string_view list;
  std::string_view arn;
};
constexpr std::array<TargetKind, 3> kTargets = {{
    {"LambdaFunctionConfigurations", "LambdaFunctionArn"},
    {"QueueConfigurations", "QueueArn"},
    {"TopicConfigurations", "TopicArn"},
}};

void TellTargets(Context& context, const Change& change, const json::Object& document) {
  const Caller owner = RootCaller(change.bucket.parent);
  const Context there =
      ContextAs(context, owner, change.bucket.body.GetString("Region"), context.reply);
  for (const TargetKind& kind : kTargets) {
    for (const json::Value& item : document.GetArray(kind.list)) {
      const json::Object& one = item.AsObject();
      if (!IsWanted(one, change)) continue;
      json::Object payload{{"Target", one.GetString(kind.arn)},
                           {"Message", MessageOf(context, change, one.GetString("Id"))},
                           {"Bucket", change.bucket.id}};
      context.jobs.ScheduleAt(there, kNotifyOfObjectJob, std::move(payload), context.Now());
    }
  }
}

// The owner of the bucket may be anybody: the target's own policy lets S3 in, or nobody.
Answer<void> CheckPolicy(const WaitContext& context, const Arn& arn, const json::Object& payload) {
  const std::string_view target = payload.GetString("Target");
  const access::Deputy deputy{.service = "s3.amazonaws.com",
                              .source_arn = BucketArn(payload.GetString("Bucket")),
                              .source_account = context.caller().account};
  const std::string_view action = arn.service == "lambda" ? "lambda:InvokeFunction"
                                  : arn.service == "sns"  ? "sns:Publish"
                                                          : "sqs:SendMessage";
  TL_DO(context.State([&](Context& state) -> Answer<> {
    if (access::ServiceMay(state, deputy, action, target)) return json::Object();
    return ServiceError("AccessDeniedException",
                        fmt::format("its policy does not let {} do {} for {}", deputy.service,
                                    action, deputy.source_arn));
  }));
  return {};
}

net::aw<Answer<>> Send(WaitContext context, json::Object payload) {
  const std::string target(payload.GetString("Target"));
  const auto arn = ParseArn(target);
  if (!arn) co_return ServiceError("InvalidArgument", "The ARN is not well formed");
  TL_CO_DO(CheckPolicy(context, *arn, payload));
  const WaitContext there = context.As(RootCaller(arn->account), arn->region);
  if (arn->service == "lambda") {
    json::Object input{{"FunctionName", target},
                       {"InvocationType", "Event"},
                       {"Payload", payload.GetString("Message")}};
    co_return co_await context.Call("lambda", "Invoke", std::move(input));
  }
  if (arn->service == "sns") {
    co_return there.Dispatch("sns", "Publish",
                             {{"TopicArn", target},
                              {"Subject", "Amazon S3 Notification"},
                              {"Message", payload.GetString("Message")}});
  }
  const std::string url = fmt::format("{}/{}/{}", context.endpoint(), arn->account, arn->resource);
  co_return there.Dispatch("sqs", "SendMessage",
                           {{"QueueUrl", url}, {"MessageBody", payload.GetString("Message")}});
}

net::aw<Answer<>> Notify(WaitContext context, json::Object payload) {
  std::string target(payload.GetString("Target"));
  const Answer<> sent = co_await Send(context, std::move(payload));
  if (!sent) context.log().Warn("{} was not notified: {}", target, sent.error().message);
  co_return json::Object();
}

constexpr WaitHandler kNotify{Notify};

}  // namespace

void NotifyOfObject(Context& context, const Record& bucket, std::string_view event,
                    std::string_view key, const json::Object& body) {
  const Record* document = FindDocument(context, bucket.id, "notification");
  if (!document) return;
  const Change change{.bucket = bucket, .event = event, .key = key, .body = body};
  if (document->body.Has("EventBridgeConfiguration")) TellEventBridge(context, change);
  TellTargets(context, change, document->body);
}

}  // namespace s3

constinit const JobKind kNotifyOfObjectJob{.name = "s3.notify", .wait = &s3::kNotify};

}  // namespace trunkline::cloud
