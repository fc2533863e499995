#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cloud/services/connect/client_tokens.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

struct StorageKind {
  std::string_view type;    // StorageType
  std::string_view config;  // the member that goes with it
};
constexpr std::array<StorageKind, 4> kStorageKinds = {{
    {"S3", "S3Config"},
    {"KINESIS_VIDEO_STREAM", "KinesisVideoStreamConfig"},
    {"KINESIS_STREAM", "KinesisStreamConfig"},
    {"KINESIS_FIREHOSE", "KinesisFirehoseConfig"},
}};

// Which storage a resource type takes (aws-platform 9.2); S3 where nothing else is said.
struct Taker {
  std::string_view resource;
  std::array<std::string_view, 2> storage;
};
constexpr std::array<Taker, 6> kTakers = {{
    {"MEDIA_STREAMS", {"KINESIS_VIDEO_STREAM", ""}},
    {"CONTACT_TRACE_RECORDS", {"KINESIS_STREAM", "KINESIS_FIREHOSE"}},
    {"AGENT_EVENTS", {"KINESIS_STREAM", ""}},
    {"REAL_TIME_CONTACT_ANALYSIS_SEGMENTS", {"KINESIS_STREAM", ""}},
    {"REAL_TIME_CONTACT_ANALYSIS_CHAT_SEGMENTS", {"KINESIS_STREAM", ""}},
    {"REAL_TIME_CONTACT_ANALYSIS_VOICE_SEGMENTS", {"KINESIS_STREAM", ""}},
}};

bool Takes(std::string_view resource, std::string_view storage) {
  const auto taker = std::ranges::find(kTakers, resource, &Taker::resource);
  if (taker == kTakers.end()) return storage == "S3";
  return std::ranges::find(taker->storage, storage) != taker->storage.end();
}

// The configuration must be the one of its type, and the only one.
Answer<void> CheckConfig(std::string_view resource, const json::Object& config) {
  const std::string_view type = config.GetString("StorageType");
  if (!Takes(resource, type)) {
    return InvalidParameter(
        fmt::format("the resource type {} cannot be stored in {}", resource, type));
  }
  for (const StorageKind& kind : kStorageKinds) {
    if (config.Has(kind.config) == (kind.type == type)) continue;
    return InvalidParameter(
        kind.type == type ? fmt::format("the storage type {} needs a {}", type, kind.config)
                          : fmt::format("the storage type {} takes no {}", type, kind.config));
  }
  return {};
}

// The API makes nothing: a bucket must be there.
Answer<void> CheckBucket(Context& context, const json::Object& config) {
  if (!config.Has("S3Config")) return {};
  const std::string_view bucket = config.GetObject("S3Config").GetString("BucketName");
  json::Object head;
  head.Set("Bucket", bucket);
  if (context.Call("s3", "HeadBucket", head)) return {};
  return InvalidRequest(fmt::format("bucket '{}' does not exist: create it first", bucket));
}

Answer<const Record*> FindConfig(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindInstance(context, input));
  const std::string_view id = input.GetString("AssociationId");
  const Record* config = context.store.Find(context.RegionScope(), kStorageConfig, id);
  if (config == nullptr || config->parent != instance->id ||
      config->name != input.GetString("ResourceType")) {
    return NotFound(fmt::format("storage of {}", input.GetString("ResourceType")), id, *instance);
  }
  return config;
}

Answer<> AssociateInstanceStorageConfig(Context& context, const json::Object& input) {
  constexpr std::string_view kName = "AssociateInstanceStorageConfig";
  TL_TRY(const auto before, AnsweredBefore(context, kName, input, "InvalidRequestException"));
  if (before) return *before;
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view resource = input.GetString("ResourceType");
  const json::Object& config = input.GetObject("StorageConfig");
  TL_DO(CheckConfig(resource, config));
  TL_DO(CheckBucket(context, config));
  if (context.store.FindByName(context.RegionScope(), kStorageConfig, instance->id, resource)) {
    return ServiceError(
        "ResourceConflictException",
        fmt::format("instance '{}' already has storage for {}: update or disassociate it",
                    NameOf(*instance), resource));
  }
  Record record{.id = NewUuid(context.random),
                .parent = instance->id,
                .name = std::string(resource),
                .body = config};
  record.body.Set("AssociationId", record.id);
  json::Object output;
  output.Set("AssociationId", record.id);
  context.store.Put(context.RegionScope(), kStorageConfig, std::move(record));
  RememberAnswer(context, kName, input, output);
  return output;
}

Answer<> DescribeInstanceStorageConfig(Context& context, const json::Object& input) {
  TL_TRY(const Record* config, FindConfig(context, input));
  json::Object output;
  output.Set("StorageConfig", config->body);
  return output;
}

Answer<> DisassociateInstanceStorageConfig(Context& context, const json::Object& input) {
  TL_TRY(const Record* config, FindConfig(context, input));
  context.store.Delete(context.RegionScope(), kStorageConfig, std::string(config->id));
  return json::Object();
}

Answer<> ListInstanceStorageConfigs(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindInstance(context, input));
  const std::string_view resource = input.GetString("ResourceType");
  std::vector<PageItem> items;
  for (const Record* config :
       context.store.List(context.RegionScope(), kStorageConfig, instance->id)) {
    if (config->name == resource) items.push_back({.key = config->id, .value = config->body});
  }
  return PageOf(input, "StorageConfigs", std::move(items),
                {.listing = fmt::format("ListInstanceStorageConfigs {} {}", instance->id, resource),
                 .default_limit = 10});
}

Answer<> UpdateInstanceStorageConfig(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, FindConfig(context, input));
  const json::Object& config = input.GetObject("StorageConfig");
  TL_DO(CheckConfig(found->name, config));
  TL_DO(CheckBucket(context, config));
  Record record = *found;
  record.body = config;
  record.body.Set("AssociationId", record.id);
  context.store.Put(context.RegionScope(), kStorageConfig, std::move(record));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "AssociateInstanceStorageConfig", .handle = AssociateInstanceStorageConfig},
    {.name = "DescribeInstanceStorageConfig", .handle = DescribeInstanceStorageConfig},
    {.name = "DisassociateInstanceStorageConfig", .handle = DisassociateInstanceStorageConfig},
    {.name = "ListInstanceStorageConfigs", .handle = ListInstanceStorageConfigs},
    {.name = "UpdateInstanceStorageConfig", .handle = UpdateInstanceStorageConfig},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kStorageOperations = kOperations;

}  // namespace trunkline::cloud::connect
