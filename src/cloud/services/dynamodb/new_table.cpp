#include "cloud/services/dynamodb/new_table.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/streams.h"

namespace trunkline::cloud::dynamodb {

double Seconds(TimePoint time) {
  return static_cast<double>(time.time_since_epoch().count()) / 1000;
}

void TidyDefinitions(json::Object& shown) {
  std::set<std::string_view> used;
  const auto use = [&](const json::Object& keyed) {
    for (const json::Value& element : keyed.GetArray("KeySchema"))
      used.insert(element.AsObject().GetString("AttributeName"));
  };
  use(shown);
  for (const std::string_view kind : {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"})
    for (const json::Value& index : shown.GetArray(kind)) use(index.AsObject());
  json::Array definitions = shown.GetArray("AttributeDefinitions");
  const auto name = [](const json::Value& definition) {
    return definition.AsObject().GetString("AttributeName");
  };
  std::erase_if(definitions,
                [&](const json::Value& definition) { return !used.contains(name(definition)); });
  std::ranges::sort(definitions, {}, name);
  shown.Set("AttributeDefinitions", std::move(definitions));
}

json::Object ShownThroughput(const json::Object& given) {
  return {{"NumberOfDecreasesToday", 0},
          {"ReadCapacityUnits", given.GetInt("ReadCapacityUnits")},
          {"WriteCapacityUnits", given.GetInt("WriteCapacityUnits")}};
}

json::Object ShownIndex(std::string_view table_arn, const json::Object& given,
                        std::string_view status) {
  const std::string_view name = given.GetString("IndexName");
  json::Object shown{{"IndexName", name},
                     {"KeySchema", given.At("KeySchema")},
                     {"Projection", given.At("Projection")}};
  if (!status.empty()) {
    shown.Set("IndexStatus", status);
    shown.Set("ProvisionedThroughput", ShownThroughput(given.GetObject("ProvisionedThroughput")));
    for (const std::string_view limit : {"OnDemandThroughput", "WarmThroughput"})
      if (const json::Value* value = given.Find(limit)) shown.Set(limit, *value);
  }
  shown.Set("IndexSizeBytes", 0);
  shown.Set("ItemCount", 0);
  shown.Set("IndexArn", fmt::format("{}/index/{}", table_arn, name));
  return shown;
}

Answer<json::Object> ShownEncryption(Context& context, const json::Object& given) {
  if (!given.GetBool("Enabled")) return json::Object();
  const std::string key(given.GetString("KMSMasterKeyId", "alias/aws/dynamodb"));
  const auto found = context.Call("kms", "DescribeKey", {{"KeyId", key}});
  std::string arn;
  if (found) {
    arn = found->GetObject("KeyMetadata").GetString("Arn");
  } else if (given.Has("KMSMasterKeyId")) {
    return Invalid(fmt::format("KMS key access denied error: {}", found.error().message));
  } else {
    arn = MakeArn(context, "kms", "key/" + NewUuid(context.random));
  }
  return json::Object{{"Status", "ENABLED"}, {"SSEType", "KMS"}, {"KMSMasterKeyArn", arn}};
}

Answer<void> SetStream(Context& context, json::Object& shown, const json::Object& given) {
  const bool was = shown.GetObject("StreamSpecification").GetBool("StreamEnabled");
  if (!given.GetBool("StreamEnabled")) {
    if (was) CloseStream(context, shown.GetString("LatestStreamArn"));
    shown.Remove("StreamSpecification");
    if (given.Has("StreamViewType"))
      return InvalidValues("StreamViewType should not be specified when StreamEnabled is false");
    if (was || !shown.Has("TableStatus")) return {};
    return Invalid("Table already has stream disabled: Table name: " +
                   std::string(shown.GetString("TableName")));
  }
  if (!given.Has("StreamViewType"))
    return InvalidValues("StreamViewType must be specified when StreamEnabled is true");
  if (was) {
    return Invalid(fmt::format("Table already has an enabled stream: TableName: {}",
                               shown.GetString("TableName")));
  }
  // The label is the time: "2026-11-27T10:25:14.123".
  std::string label = ToIso8601(context.Now());
  label.pop_back();
  if (label.find('.') == std::string::npos) label += ".000";
  shown.Set("StreamSpecification", given);
  shown.Set("LatestStreamArn", fmt::format("{}/stream/{}", shown.GetString("TableArn"), label));
  shown.Set("LatestStreamLabel", std::move(label));
  OpenStream(context, shown);
  return {};
}

}  // namespace trunkline::cloud::dynamodb
