// AWS::DynamoDB::GlobalTable, with its replica of the stack's Region: the table itself.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/resources/dynamo_db_settings.h"

namespace trunkline::cloud::cloudformation {
namespace {

// What of a replica is a table's own setting.
constexpr std::string_view kOfReplica[] = {"ContributorInsightsSpecification",
                                           "DeletionProtectionEnabled",
                                           "KinesisStreamSpecification",
                                           "PointInTimeRecoverySpecification",
                                           "ResourcePolicy",
                                           "TableClass",
                                           "Tags"};

Answer<json::Object> FindReplica(const WaitContext& context, const json::Object& properties) {
  const json::Array& replicas = properties.GetArray("Replicas");
  const bool one = replicas.size() == 1 && replicas[0].IsObject() &&
                   replicas[0].AsObject().GetString("Region") == context.region();
  if (one) return replicas[0].AsObject();
  return ServiceError("InvalidRequest",
                      fmt::format("expected one replica, in the stack's own Region '{}': replicas "
                                  "in other Regions are not implemented by this cloud",
                                  context.region()));
}

// Capacity is that of the settings' beginning: there is no automatic scaling here.
json::Value BeginningOf(const json::Object& settings, std::string_view fixed,
                        std::string_view scaled) {
  if (const json::Value* units = settings.Find(fixed)) return *units;
  const json::Object& scaling = settings.GetObject(scaled);
  const json::Value* seed = scaling.Find("SeedCapacity");
  const json::Value* least = scaling.Find("MinCapacity");
  return seed ? *seed : least ? *least : json::Value(1);
}

json::Object ThroughputOf(const json::Object& reads, const json::Object& writes) {
  return {
      {"ReadCapacityUnits", BeginningOf(reads.GetObject("ReadProvisionedThroughputSettings"),
                                        "ReadCapacityUnits", "ReadCapacityAutoScalingSettings")},
      {"WriteCapacityUnits",
       BeginningOf(writes.GetObject("WriteProvisionedThroughputSettings"), "WriteCapacityUnits",
                   "WriteCapacityAutoScalingSettings")}};
}

void SpellOnDemand(const json::Object& reads, const json::Object& writes, json::Object& keeper) {
  json::Object most;
  const json::Object& read = reads.GetObject("ReadOnDemandThroughputSettings");
  if (const json::Value* units = read.Find("MaxReadRequestUnits"))
    most.Set("MaxReadRequestUnits", *units);
  const json::Object& write = writes.GetObject("WriteOnDemandThroughputSettings");
  if (const json::Value* units = write.Find("MaxWriteRequestUnits"))
    most.Set("MaxWriteRequestUnits", *units);
  if (!most.empty()) keeper.Set("OnDemandThroughput", std::move(most));
}

void SpellIndexes(json::Object& properties, bool provisioned) {
  json::Value* indexes = properties.Find("GlobalSecondaryIndexes");
  if (!indexes || !indexes->IsArray()) return;
  for (json::Value& index : indexes->AsArray()) {
    if (!index.IsObject()) continue;
    json::Object& one = index.AsObject();
    if (provisioned) {
      one.Set("ProvisionedThroughput", ThroughputOf(one, one));
    } else {
      SpellOnDemand(json::Object(one), json::Object(one), one);
    }
    for (const std::string_view member :
         {"WriteProvisionedThroughputSettings", "WriteOnDemandThroughputSettings",
          "ReadProvisionedThroughputSettings", "ReadOnDemandThroughputSettings"})
      one.Remove(member);
  }
}

Answer<void> SpreadReplica(const WaitContext& context, const ResourceOrder& order,
                           json::Object& properties) {
  if (!properties.Has("Replicas")) return {};
  const Answer<json::Object> found = FindReplica(context, properties);
  // What was refused is what was before when it is rolled back.
  if (!found && &properties != &order.previous) return found.error();
  const json::Object replica = found ? *found : json::Object();
  for (const std::string_view member : kOfReplica)
    if (const json::Value* value = replica.Find(member)) properties.Set(member, *value);
  const bool provisioned = properties.GetString("BillingMode", "PROVISIONED") == "PROVISIONED";
  if (provisioned) {
    properties.Set("ProvisionedThroughput", ThroughputOf(replica, properties));
  } else {
    SpellOnDemand(replica, json::Object(properties), properties);
  }
  SpellIndexes(properties, provisioned);
  const json::Object& encryption = replica.GetObject("SSESpecification");
  if (const json::Value* key = encryption.Find("KMSMasterKeyId"))
    properties["SSESpecification"].AsObject().Set("KMSMasterKeyId", *key);
  SpellTableSettings(properties);
  return {};
}

net::aw<Answer<void>> ChangeTable(WaitContext context, ResourceOrder order);

constexpr auto kProperties = Properties<
    "AttributeDefinitions*~ BillingMode~ GlobalSecondaryIndexes~ KeySchema*^ "
    "LocalSecondaryIndexes^ MultiRegionConsistency~ Replicas*~ SSESpecification~ "
    "StreamSpecification~ TableName^ TimeToLiveSpecification~ WarmThroughput~ "
    "WriteOnDemandThroughputSettings~ WriteProvisionedThroughputSettings~">();

constexpr auto kAttributes = Words<"Arn StreamArn TableId">();

constexpr Name kValues[] = {
    {"Arn", "TableArn"},
    {"StreamArn", "LatestStreamArn"},
};

constexpr Mapping kMapping{
    .type = "AWS::DynamoDB::GlobalTable",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "dynamodb",
    .create = "CreateTable",
    .describe = "DescribeTable",
    .described = "Table",
    .remove = "DeleteTable",
    .id = "TableName",
    .values = kValues,
    .naming = {.property = "TableName", .limit = 255},
    .ready = {.member = "TableStatus",
              .pending = "CREATING UPDATING",
              .failed = "INACCESSIBLE_ENCRYPTION_CREDENTIALS",
              .reason = {}},
    .vanishes_later = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "TableArn",
    .prepare = SpreadReplica,
    .complete = AddStreamArn,
    .after = ChangeTable,
    .after_properties =
        "AttributeDefinitions BillingMode GlobalSecondaryIndexes MultiRegionConsistency Replicas "
        "SSESpecification StreamSpecification TimeToLiveSpecification WarmThroughput "
        "WriteOnDemandThroughputSettings WriteProvisionedThroughputSettings",
    .clear = WaitUntilDeletable,
};

net::aw<Answer<void>> ChangeTable(WaitContext context, ResourceOrder order) {
  return ChangeTableSettings(kMapping, std::move(context), std::move(order));
}

}  // namespace

constinit const ResourceType kDynamoDbGlobalTableType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
