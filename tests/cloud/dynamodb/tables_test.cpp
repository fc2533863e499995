#include "tests/cloud/dynamodb/dynamodb_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;

class DynamoTables : public DynamoDbTest {
 protected:
  json::Object Describe(std::string_view name = "t") {
    return Do("dynamodb", "DescribeTable", {{"TableName", name}}).GetObject("Table");
  }
};

TEST_F(DynamoTables, ANewTableIsCreatingAndThenActive) {
  const json::Object made = Do("dynamodb", "CreateTable", Parse(R"({"TableName": "orders",
      "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
      "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
      "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 4}})"));

  const json::Object& table = made.GetObject("TableDescription");
  EXPECT_EQ(table.GetString("TableStatus"), "CREATING");
  EXPECT_EQ(table.GetString("TableArn"), "arn:aws:dynamodb:eu-central-1:111122223333:table/orders");
  EXPECT_EQ(table.GetObject("ProvisionedThroughput").GetInt("WriteCapacityUnits"), 4);
  EXPECT_THAT(
      Ask("dynamodb", "GetItem", {{"TableName", "orders"}, {"Key", json::Object{{"id", S("a")}}}}),
      Fails(400, "ResourceNotFoundException", "Requested resource not found"));
  Advance(std::chrono::seconds(1));
  EXPECT_EQ(Describe("orders").GetString("TableStatus"), "ACTIVE");
}

TEST_F(DynamoTables, AreListedInPages) {
  for (const char* name : {"beta", "alpha", "gamma"}) MakeTable(name);

  const json::Object first = Do("dynamodb", "ListTables", {{"Limit", 2}});
  EXPECT_EQ(first.At("TableNames"), json::Value(json::Array{"alpha", "beta"}));
  EXPECT_EQ(first.GetString("LastEvaluatedTableName"), "beta");
  const json::Object second =
      Do("dynamodb", "ListTables", {{"Limit", 2}, {"ExclusiveStartTableName", "beta"}});
  EXPECT_EQ(second.At("TableNames"), json::Value(json::Array{"gamma"}));
  EXPECT_FALSE(second.Has("LastEvaluatedTableName"));
}

TEST_F(DynamoTables, AreDeletedWithTheirItems) {
  MakeTable("tab");
  Put("tab", R"({"id": {"S": "a"}})");

  EXPECT_EQ(Do("dynamodb", "DeleteTable", {{"TableName", "tab"}})
                .GetObject("TableDescription")
                .GetString("TableStatus"),
            "DELETING");
  Advance(std::chrono::seconds(1));

  EXPECT_THAT(Ask("dynamodb", "DescribeTable", {{"TableName", "tab"}}),
              Fails(400, "ResourceNotFoundException",
                    "Requested resource not found: Table: tab not found"));
  MakeTable("tab");
  EXPECT_TRUE(Get("tab", R"({"id": {"S": "a"}})").empty());
}

TEST_F(DynamoTables, ExistOnce) {
  MakeTable("orders");
  EXPECT_THAT(Ask("dynamodb", "CreateTable", Parse(R"({"TableName": "orders",
      "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}], "BillingMode": "PAY_PER_REQUEST",
      "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}]})")),
              Fails(400, "ResourceInUseException", "Table already exists: orders"));
}

TEST_F(DynamoTables, ProtectedOnesAreNotDeleted) {
  MakeTable("tab", false, {{"DeletionProtectionEnabled", true}});
  EXPECT_THAT(Ask("dynamodb", "DeleteTable", {{"TableName", "tab"}}),
              Fails(400, "ValidationException", HasSubstr("protected against deletion")));
  Do("dynamodb", "UpdateTable", {{"TableName", "tab"}, {"DeletionProtectionEnabled", false}});
  Advance(std::chrono::seconds(1));
  EXPECT_THAT(Ask("dynamodb", "DeleteTable", {{"TableName", "tab"}}), Succeeds());
}

TEST_F(DynamoTables, WrongOnesAreRefused) {
  const auto refuse = [&](std::string_view members) {
    json::Object input = Parse(members);
    input.Set("TableName", "orders");
    return Ask("dynamodb", "CreateTable", input).message;
  };
  EXPECT_THAT(refuse(R"({"KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
      "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
      "BillingMode": "PAY_PER_REQUEST",
      "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}})"),
              HasSubstr("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
                        "BillingMode is PAY_PER_REQUEST"));
  EXPECT_THAT(refuse(R"({"KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
      "AttributeDefinitions": [{"AttributeName": "no", "AttributeType": "S"}],
      "BillingMode": "PAY_PER_REQUEST"})"),
              HasSubstr("Some index key attributes are not defined in AttributeDefinitions. Keys: "
                        "[id], AttributeDefinitions: [no]"));
  EXPECT_THAT(refuse(R"({"KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
      "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"},
                               {"AttributeName": "x", "AttributeType": "S"}],
      "BillingMode": "PAY_PER_REQUEST"})"),
              HasSubstr("does not exactly match number of attributes defined"));
}

constexpr std::string_view kAddIndex = R"({"TableName": "tab",
    "AttributeDefinitions": [{"AttributeName": "color", "AttributeType": "S"}],
    "GlobalSecondaryIndexUpdates": [{"Create": {"IndexName": "by-color",
      "KeySchema": [{"AttributeName": "color", "KeyType": "HASH"}],
      "Projection": {"ProjectionType": "KEYS_ONLY"}}}]})";
constexpr std::string_view kQueryRed = R"({"TableName": "tab", "IndexName": "by-color",
    "KeyConditionExpression": "color = :c", "ExpressionAttributeValues": {":c": {"S": "red"}}})";

TEST_F(DynamoTables, AnIndexThatIsAddedHasTheItemsThatWereThere) {
  MakeTable("tab");
  Put("tab", R"({"id": {"S": "a"}, "color": {"S": "red"}, "n": {"N": "1"}})");
  Put("tab", R"({"id": {"S": "b"}})");

  Do("dynamodb", "UpdateTable", Parse(kAddIndex));
  EXPECT_THAT(Say("Query", kQueryRed), Fails(400, "ValidationException", HasSubstr("backfilling")));
  Advance(std::chrono::seconds(1));

  const json::Object found = Do("dynamodb", "Query", Parse(kQueryRed));
  EXPECT_EQ(found.At("Items"),
            json::Value(json::Array{Parse(R"({"id": {"S": "a"}, "color": {"S": "red"}})")}));
  EXPECT_EQ(
      Describe("tab").GetArray("GlobalSecondaryIndexes")[0].AsObject().GetString("IndexStatus"),
      "ACTIVE");
}

TEST_F(DynamoTables, AnIndexThatIsRemovedIsGone) {
  MakeTable("tab");
  Do("dynamodb", "UpdateTable", Parse(kAddIndex));
  Advance(std::chrono::seconds(1));
  Do("dynamodb", "UpdateTable", Parse(R"({"TableName": "tab",
      "GlobalSecondaryIndexUpdates": [{"Delete": {"IndexName": "by-color"}}]})"));
  Advance(std::chrono::seconds(1));

  EXPECT_FALSE(Describe("tab").Has("GlobalSecondaryIndexes"));
  EXPECT_THAT(
      Say("Query", kQueryRed),
      Fails(400, "ValidationException", "The table does not have the specified index: by-color"));
}

TEST_F(DynamoTables, ItemsExpireWhenTheirTimeComes) {
  MakeTable("tab");
  const std::int64_t soon = clock().Now().time_since_epoch().count() / 1000 + 3600;
  Put("tab", R"({"id": {"S": "before"}, "end": {"N": ")" + std::to_string(soon) + R"("}})");
  Do("dynamodb", "UpdateTimeToLive", Parse(R"({"TableName": "tab",
               "TimeToLiveSpecification": {"AttributeName": "end", "Enabled": true}})"));
  Advance(std::chrono::seconds(1));
  Put("tab", R"({"id": {"S": "after"}, "end": {"N": ")" + std::to_string(soon - 60) + R"("}})");
  Put("tab", R"({"id": {"S": "never"}})");

  Advance(std::chrono::minutes(59));
  EXPECT_TRUE(Get("tab", R"({"id": {"S": "after"}})").empty());
  EXPECT_FALSE(Get("tab", R"({"id": {"S": "before"}})").empty());
  Restart();
  Advance(std::chrono::minutes(2));
  EXPECT_TRUE(Get("tab", R"({"id": {"S": "before"}})").empty());
  EXPECT_FALSE(Get("tab", R"({"id": {"S": "never"}})").empty());
}

TEST_F(DynamoTables, TheTimeToLiveIsShownAndTurnedOff) {
  MakeTable("tab");
  const auto change = [&](bool on) {
    return Ask(
        "dynamodb", "UpdateTimeToLive",
        {{"TableName", "tab"},
         {"TimeToLiveSpecification", json::Object{{"AttributeName", "end"}, {"Enabled", on}}}});
  };
  const auto status = [&] {
    return std::string(Do("dynamodb", "DescribeTimeToLive", {{"TableName", "tab"}})
                           .GetObject("TimeToLiveDescription")
                           .GetString("TimeToLiveStatus"));
  };
  EXPECT_EQ(status(), "DISABLED");
  EXPECT_THAT(change(false), Fails(400, "ValidationException", "TimeToLive is already disabled"));
  EXPECT_THAT(change(true), Succeeds());
  EXPECT_EQ(status(), "ENABLING");
  Advance(std::chrono::seconds(1));
  EXPECT_EQ(status(), "ENABLED");
  EXPECT_THAT(change(true), Fails(400, "ValidationException", "TimeToLive is already enabled"));
  EXPECT_THAT(change(false), Succeeds());
  Advance(std::chrono::seconds(1));
  EXPECT_EQ(status(), "DISABLED");
}

TEST_F(DynamoTables, SettingsAreKept) {
  MakeTable("tab", false, {{"TableClass", "STANDARD_INFREQUENT_ACCESS"}});
  const std::string arn(Describe("tab").GetString("TableArn"));
  Do("dynamodb", "TagResource",
     {{"ResourceArn", arn},
      {"Tags", json::Array{json::Object{{"Key", "team"}, {"Value", "voice"}}}}});
  Do("dynamodb", "UpdateContinuousBackups",
     {{"TableName", "tab"},
      {"PointInTimeRecoverySpecification", json::Object{{"PointInTimeRecoveryEnabled", true}}}});
  Restart();

  EXPECT_EQ(Do("dynamodb", "ListTagsOfResource", {{"ResourceArn", arn}}).At("Tags"),
            json::Value(json::Array{json::Object{{"Key", "team"}, {"Value", "voice"}}}));
  EXPECT_EQ(Do("dynamodb", "DescribeContinuousBackups", {{"TableName", "tab"}})
                .GetObject("ContinuousBackupsDescription")
                .GetObject("PointInTimeRecoveryDescription")
                .GetString("PointInTimeRecoveryStatus"),
            "ENABLED");
  EXPECT_EQ(Describe("tab").GetObject("TableClassSummary").GetString("TableClass"),
            "STANDARD_INFREQUENT_ACCESS");
}

}  // namespace
}  // namespace trunkline::cloud::tests
