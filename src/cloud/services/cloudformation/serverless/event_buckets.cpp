// S3: the bucket of the same template tells the function of its objects.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/events.h"
#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/open_api.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

// The bucket waits for the permission. Where that is conditional, a tag refers to it instead.
void DependOn(const Resource& permission, const std::string& condition, json::Object& bucket) {
  if (condition.empty()) {
    json::Array depends = bucket.GetArray("DependsOn");
    if (bucket.Has("DependsOn") && bucket.At("DependsOn").IsString())
      depends.push_back(bucket.At("DependsOn"));
    const json::Value id(permission.id);
    if (std::find(depends.begin(), depends.end(), id) == depends.end()) depends.push_back(id);
    bucket.Set("DependsOn", std::move(depends));
    return;
  }
  json::Object& properties = ObjectAt(bucket, "Properties");
  json::Array tags = properties.GetArray("Tags");
  json::Object tag;
  tag.Set("Key", "sam:ConditionalDependsOn:" + permission.id);
  tag.Set("Value", If(json::Value(condition), Ref(permission.id), "no dependency"));
  tags.emplace_back(std::move(tag));
  properties.Set("Tags", std::move(tags));
}

Answer<void> AddNotifications(const Event& event, const Target& target, const std::string& id,
                              json::Object& bucket) {
  json::Object& properties = ObjectAt(bucket, "Properties");
  json::Object& notifications = ObjectAt(properties, "NotificationConfiguration");
  json::Value& configured = notifications["LambdaConfigurations"];
  if (configured.IsNull()) configured = json::Array();
  if (!configured.IsArray())
    return InvalidResource(id, "Invalid type for LambdaConfigurations. Must be a list.");
  const json::Value& events = event.properties.At("Events");
  const json::Array all = events.IsArray() ? events.AsArray() : json::Array{events};
  for (const json::Value& one : all) {
    json::Object row;
    row.Set("Function", target.arn);
    Copy(row, "Filter", event.properties);
    row.Set("Event", one);
    json::Value made = json::Value(std::move(row));
    if (!target.condition.empty()) made = If(target.condition, std::move(made));
    json::Array& rows = configured.AsArray();
    if (std::find(rows.begin(), rows.end(), made) == rows.end()) rows.push_back(std::move(made));
  }
  return {};
}

Answer<Resources> Bucket(Document& document, const Event& event, const Target& target) {
  const json::Value& reference = event.properties.At("Bucket");
  const std::string id =
      reference.IsObject() ? std::string(reference.AsObject().GetString("Ref")) : std::string();
  json::Value* found = id.empty() ? nullptr : document.resources.Find(id);
  if (!found || !found->IsObject()) {
    return InvalidEvent(event.name, "S3 events must reference an S3 bucket in the same template.");
  }
  const PermissionOrder order{.service = "s3.amazonaws.com",
                              .source_arn = nullptr,
                              .source_account = Ref("AWS::AccountId")};
  Resource permission = MakePermission(event.id, target, order);
  json::Object& bucket = found->AsObject();
  DependOn(permission, target.condition, bucket);
  TL_DO(AddNotifications(event, target, id, bucket));
  Resource changed{.id = id,
                   .type = std::string(bucket.GetString("Type")),
                   .members = {},
                   .properties = bucket.GetObject("Properties")};
  for (const json::Member& member : bucket) {
    if (member.key != "Type" && member.key != "Properties")
      changed.members.Set(member.key, member.value);
  }
  return Resources{std::move(permission), std::move(changed)};
}

constexpr Rule kRules[] = {{"Bucket", "Rs"}, {"Events", "RFst"}, {"Filter", "m"}};

}  // namespace

constinit const EventKind kBucketEvent{.type = "S3", .rules = kRules, .handle = Bucket};

}  // namespace trunkline::cloud::cloudformation::serverless
