// AWS::DynamoDB::Table.
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/resources/dynamo_db_settings.h"

namespace trunkline::cloud::cloudformation {
namespace {

// A template says "StreamSpecification: {StreamViewType}" and "SSEEnabled", and a policy as an
// object.
Answer<void> SpellForApi(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                         json::Object& properties) {
  SpellTableSettings(properties);
  return {};
}

net::aw<Answer<void>> ChangeTable(WaitContext context, ResourceOrder order);

constexpr auto kProperties = Properties<
    "AttributeDefinitions BillingMode~ ContributorInsightsSpecification~ "
    "DeletionProtectionEnabled GlobalSecondaryIndexes~ ImportSourceSpecification~ KeySchema*^ "
    "KinesisStreamSpecification~ LocalSecondaryIndexes^ OnDemandThroughput~ "
    "PointInTimeRecoverySpecification~ ProvisionedThroughput~ ResourcePolicy~ SSESpecification~ "
    "StreamSpecification~ TableClass~ TableName^ Tags TimeToLiveSpecification~ WarmThroughput~">();

constexpr auto kAttributes = Words<"Arn StreamArn">();

constexpr Name kValues[] = {
    {"Arn", "TableArn"},
    {"StreamArn", "LatestStreamArn"},
};

constexpr Reading kReadings[] = {
    {"Tags", "ListTagsOfResource", "Tags"},
};

constexpr Mapping kMapping{
    .type = "AWS::DynamoDB::Table",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "dynamodb",
    .create = "CreateTable",
    .describe = "DescribeTable",
    .described = "Table",
    .remove = "DeleteTable",
    .readings = kReadings,
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
    .prepare = SpellForApi,
    .complete = AddStreamArn,
    .after = ChangeTable,
    .after_properties = kTableSettings,
    .clear = WaitUntilDeletable,
};

net::aw<Answer<void>> ChangeTable(WaitContext context, ResourceOrder order) {
  return ChangeTableSettings(kMapping, std::move(context), std::move(order));
}

}  // namespace

constinit const ResourceType kDynamoDbTableType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
