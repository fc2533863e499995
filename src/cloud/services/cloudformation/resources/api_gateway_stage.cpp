// AWS::ApiGateway::Stage.
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

void AddStageArn(const WaitContext& context, const ResourceOrder& order, json::Object& known) {
  known.Set("StageArn",
            fmt::format("arn:aws:apigateway:{}::/restapis/{}/stages/{}", context.region(),
                        order.properties.GetString("RestApiId"), order.physical_id));
}

// A setting of a method and its place in the stage.
constexpr Name kSettings[] = {
    {"CacheDataEncrypted", "caching/dataEncrypted"},
    {"CacheTtlInSeconds", "caching/ttlInSeconds"},
    {"CachingEnabled", "caching/enabled"},
    {"DataTraceEnabled", "logging/dataTrace"},
    {"LoggingLevel", "logging/loglevel"},
    {"MetricsEnabled", "metrics/enabled"},
    {"ThrottlingBurstLimit", "throttling/burstLimit"},
    {"ThrottlingRateLimit", "throttling/rateLimit"},
};

std::string TextOf(const json::Value& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return value.AsNumber().text;
  return json::Write(value);
}

// "/~1pets~1{id}/GET": the resource without its first slash, escaped; "/*/*" is all of them.
json::Object SettingsByPath(const json::Object& properties) {
  json::Object values;
  for (const json::Value& row : properties.GetArray("MethodSettings")) {
    if (!row.IsObject()) continue;
    const json::Object& setting = row.AsObject();
    std::string path(setting.GetString("ResourcePath", "/*"));
    if (path.starts_with('/')) path.erase(0, 1);
    path = path == "*" ? path : "~1" + Replace(path, "/", "~1");
    for (const Name& name : kSettings) {
      if (const json::Value* value = setting.Find(name.property))
        values.Set(
            fmt::format("/{}/{}/{}", path, setting.GetString("HttpMethod", "*"), name.member),
            TextOf(*value));
    }
  }
  return values;
}

net::aw<Answer<void>> ChangeSettings(WaitContext context, ResourceOrder order) {
  const json::Object before = SettingsByPath(order.previous);
  const json::Object wanted = SettingsByPath(order.properties);
  json::Array operations;
  for (const json::Member& entry : wanted) {
    if (before.GetString(entry.key) == entry.value.AsString()) continue;
    json::Object operation{{"op", "replace"}, {"path", entry.key}, {"value", entry.value}};
    operations.push_back(std::move(operation));
  }
  for (const json::Member& entry : before) {
    if (wanted.Has(entry.key)) continue;
    json::Object operation{{"op", "remove"}, {"path", entry.key}};
    operations.push_back(std::move(operation));
  }
  if (operations.empty()) co_return Answer<void>();
  json::Object input;
  input.Set("restApiId", order.properties.GetString("RestApiId"));
  input.Set("stageName", order.physical_id);
  input.Set("patchOperations", std::move(operations));
  Answer<> done = co_await context.Call("apigateway", "UpdateStage", std::move(input));
  if (!done) co_return std::move(done).error();
  co_return Answer<void>();
}

constexpr auto kProperties = Properties<
    "AccessLogSetting CacheClusterEnabled CacheClusterSize ClientCertificateId "
    "DeploymentId Description DocumentationVersion MethodSettings~ RestApiId*^ StageName^ "
    "Tags TracingEnabled Variables CanarySetting">();

constexpr Name kNames[] = {
    {"AccessLogSetting", "accessLogSettings"},
    {"CanarySetting", "canarySettings"},
};

constexpr Change kChanges[] = {
    {"UpdateStage",
     "AccessLogSetting CanarySetting CacheClusterEnabled CacheClusterSize ClientCertificateId "
     "DeploymentId Description DocumentationVersion TracingEnabled Variables"},
};

constexpr Mapping kMapping{
    .type = "AWS::ApiGateway::Stage",
    .properties = kProperties,
    .service = "apigateway",
    .create = "CreateStage",
    .describe = "GetStage",
    .remove = "DeleteStage",
    .changes = kChanges,
    .id = "StageName",
    .keys = "StageName RestApiId",
    .names = kNames,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "StageArn",
    .complete = AddStageArn,
    .after = ChangeSettings,
    .after_properties = "MethodSettings",
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayStageType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
