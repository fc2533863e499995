// AWS::Connect::InstanceStorageConfig.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The API has all but the instance and the type in one structure.
Answer<void> NestStorage(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                         json::Object& properties) {
  json::Object storage;
  for (const std::string_view name : {"StorageType", "S3Config", "KinesisVideoStreamConfig",
                                      "KinesisStreamConfig", "KinesisFirehoseConfig"}) {
    if (const json::Value* value = properties.Find(name)) storage.Set(name, *value);
  }
  properties.Set("StorageConfig", std::move(storage));
  return {};
}

constexpr auto kProperties = Properties<
    "InstanceArn*^ KinesisFirehoseConfig KinesisStreamConfig KinesisVideoStreamConfig "
    "ResourceType*^ S3Config StorageType*">();

constexpr auto kAttributes = Words<"AssociationId">();

constexpr Change kChanges[] = {
    {"UpdateInstanceStorageConfig",
     "StorageType S3Config KinesisVideoStreamConfig KinesisStreamConfig KinesisFirehoseConfig "
     "StorageConfig"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::InstanceStorageConfig",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "AssociateInstanceStorageConfig",
    .describe = "DescribeInstanceStorageConfig",
    .described = "StorageConfig",
    .remove = "DisassociateInstanceStorageConfig",
    .changes = kChanges,
    .id = "InstanceArn AssociationId ResourceType",
    .ids_of_arns = true,
    .prepare = NestStorage,
};

}  // namespace

constinit const ResourceType kConnectInstanceStorageConfigType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
