// Tables in stacks.
#include "tests/cloud/cloudformation/types_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

class DynamoStacks : public TypesTest {
 protected:
  json::Object Table(std::string_view name) {
    return Do("dynamodb", "DescribeTable", {{"TableName", name}}).GetObject("Table");
  }
};

std::string TableTemplate(std::string_view more) {
  return fmt::format(R"(
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema: [{{AttributeName: id, KeyType: HASH}}]
{}
Outputs:
  Name: {{Value: !Ref Table}}
  Arn: {{Value: !GetAtt Table.Arn}}
)",
                     more);
}

TEST_F(DynamoStacks, ATableHasWhatTheTemplateSays) {
  Deploy(TableTemplate(R"(
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      StreamSpecification: {StreamViewType: NEW_IMAGE}
      SSESpecification: {SSEEnabled: true}
      TimeToLiveSpecification: {AttributeName: end, Enabled: true}
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
      Tags: [{Key: team, Value: voice}])") +
         "  Stream: {Value: !GetAtt Table.StreamArn}\n");

  const std::string name = Output("Name");
  EXPECT_THAT(name, MatchesRegex("app-Table-[A-Za-z0-9]{12,13}"));
  const json::Object table = Table(name);
  EXPECT_EQ(Output("Arn"), table.GetString("TableArn"));
  EXPECT_EQ(Output("Stream"), table.GetString("LatestStreamArn"));
  EXPECT_EQ(table.GetObject("SSEDescription").GetString("Status"), "ENABLED");
  EXPECT_EQ(Do("dynamodb", "DescribeTimeToLive", {{"TableName", name}})
                .GetObject("TimeToLiveDescription")
                .GetString("AttributeName"),
            "end");
  EXPECT_EQ(Drift(), "IN_SYNC");
  Delete();
  EXPECT_EQ(Ask("dynamodb", "DescribeTable", {{"TableName", name}}).code,
            "ResourceNotFoundException");
}

TEST_F(DynamoStacks, AnUpdateChangesTheLimitsOfThroughput) {
  const std::string_view on_demand = R"(
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
)";
  Deploy(TableTemplate(std::string(on_demand) +
                       "      OnDemandThroughput: {MaxReadRequestUnits: 50}"));
  const std::string name = Output("Name");
  EXPECT_EQ(Table(name).GetObject("OnDemandThroughput").GetInt("MaxReadRequestUnits"), 50);

  Deploy(TableTemplate(std::string(on_demand) +
                       "      OnDemandThroughput: {MaxWriteRequestUnits: 70}\n"
                       "      WarmThroughput: {ReadUnitsPerSecond: 13000}"));

  const json::Object table = Table(name);
  EXPECT_EQ(table.GetObject("OnDemandThroughput").GetInt("MaxReadRequestUnits"), -1);
  EXPECT_EQ(table.GetObject("OnDemandThroughput").GetInt("MaxWriteRequestUnits"), 70);
  EXPECT_EQ(table.GetObject("WarmThroughput").GetInt("ReadUnitsPerSecond"), 13000);
  EXPECT_EQ(table.GetObject("WarmThroughput").GetInt("WriteUnitsPerSecond"), 4000);
  EXPECT_EQ(Drift(), "IN_SYNC");
}

TEST_F(DynamoStacks, WarmThroughputBelowWhatThereIsChangesNothing) {
  Deploy(TableTemplate(R"(
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      WarmThroughput: {ReadUnitsPerSecond: 5000})"));

  const json::Object table = Table(Output("Name"));
  EXPECT_EQ(table.GetObject("WarmThroughput").GetInt("ReadUnitsPerSecond"), 12000);
  EXPECT_EQ(Ask("dynamodb", "UpdateTable",
                {{"TableName", Output("Name")},
                 {"WarmThroughput", json::Object{{"ReadUnitsPerSecond", 4000}}}})
                .message,
            "WarmThroughput cannot be decreased: ReadUnitsPerSecond is 5000");
}

TEST_F(DynamoStacks, AGlobalTableSaysItsMostUnitsByTheReplica) {
  Deploy(R"(
Resources:
  Table:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      WriteOnDemandThroughputSettings: {MaxWriteRequestUnits: 70}
      WarmThroughput: {WriteUnitsPerSecond: 5000}
      Replicas:
        - Region: !Ref AWS::Region
          ReadOnDemandThroughputSettings: {MaxReadRequestUnits: 50}
Outputs:
  Name: {Value: !Ref Table}
)");

  const json::Object table = Table(Output("Name"));
  const json::Object& most = table.GetObject("OnDemandThroughput");
  EXPECT_EQ(most.GetInt("MaxReadRequestUnits"), 50);
  EXPECT_EQ(most.GetInt("MaxWriteRequestUnits"), 70);
  EXPECT_EQ(table.GetObject("WarmThroughput").GetInt("WriteUnitsPerSecond"), 5000);
}

TEST_F(DynamoStacks, RefuseContributorInsights) {
  EXPECT_THAT(DeployFails(TableTemplate(R"(
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      ContributorInsightsSpecification: {Enabled: true})"),
                          "Table"),
              HasSubstr("contributor insights are not implemented by this cloud"));
}

TEST_F(DynamoStacks, AnUpdateBringsIndexesOneByOne) {
  Deploy(TableTemplate(R"(
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: '5'})"));
  const std::string name = Output("Name");

  Deploy(TableTemplate(R"(
      BillingMode: PAY_PER_REQUEST
      DeletionProtectionEnabled: false
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: a, AttributeType: S}, {AttributeName: b, AttributeType: S}]
      GlobalSecondaryIndexes:
        - {IndexName: by-a, KeySchema: [{AttributeName: a, KeyType: HASH}], Projection: {ProjectionType: ALL}}
        - {IndexName: by-b, KeySchema: [{AttributeName: b, KeyType: HASH}], Projection: {ProjectionType: KEYS_ONLY}})"));
  EXPECT_EQ(Output("Name"), name);
  EXPECT_EQ(Table(name).GetArray("GlobalSecondaryIndexes").size(), 2U);
  EXPECT_EQ(Table(name).GetObject("BillingModeSummary").GetString("BillingMode"),
            "PAY_PER_REQUEST");

  Deploy(TableTemplate(R"(
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}])"));
  EXPECT_FALSE(Table(name).Has("GlobalSecondaryIndexes"));
  EXPECT_EQ(Table(name).GetArray("AttributeDefinitions").size(), 1U);
}

TEST_F(DynamoStacks, AWrongTableFailsWithItsReason) {
  EXPECT_THAT(DeployFails(TableTemplate(R"(
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: other, AttributeType: S}])"),
                          "Table"),
              HasSubstr("Some index key attributes are not defined in AttributeDefinitions"));
}

TEST_F(DynamoStacks, AGlobalTableIsOneOfTheStacksRegion) {
  constexpr std::string_view kGlobal = R"(
Resources:
  Table:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      TableName: global
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{{AttributeName: id, AttributeType: S}}]
      KeySchema: [{{AttributeName: id, KeyType: HASH}}]
      TimeToLiveSpecification: {{AttributeName: end, Enabled: true}}
      Replicas:
        - {{Region: !Ref AWS::Region, DeletionProtectionEnabled: true, Tags: [{{Key: team, Value: voice}}]}}
{}
)";
  Deploy(fmt::format(kGlobal, ""));
  EXPECT_TRUE(Table("global").GetBool("DeletionProtectionEnabled"));
  EXPECT_EQ(
      Do("dynamodb", "ListTagsOfResource", {{"ResourceArn", Table("global").GetString("TableArn")}})
          .GetArray("Tags")
          .size(),
      4U);
  EXPECT_THAT(DeployFails(fmt::format(kGlobal, "        - {Region: eu-west-9}"), "Table"),
              HasSubstr("replicas in other Regions are not implemented by this cloud"));
}

TEST_F(DynamoStacks, ASimpleTableIsATable) {
  Deploy(R"(
Transform: AWS::Serverless-2016-10-31
Resources:
  Simple: {Type: AWS::Serverless::SimpleTable}
Outputs:
  Name: {Value: !Ref Simple}
)");
  EXPECT_EQ(Table(Output("Name")).GetArray("KeySchema")[0].AsObject().GetString("AttributeName"),
            "id");
}

}  // namespace
}  // namespace trunkline::cloud::tests
