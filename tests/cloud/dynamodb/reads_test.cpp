#include <set>

#include "tests/cloud/dynamodb/dynamodb_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class DynamoReads : public DynamoDbTest {
 protected:
  void SetUp() override {
    MakeTable("tab", true, Parse(R"({"AttributeDefinitions": [
        {"AttributeName": "id", "AttributeType": "S"}, {"AttributeName": "ts", "AttributeType": "N"},
        {"AttributeName": "color", "AttributeType": "S"}],
      "LocalSecondaryIndexes": [{"IndexName": "local",
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"},
                      {"AttributeName": "color", "KeyType": "RANGE"}],
        "Projection": {"ProjectionType": "KEYS_ONLY"}}],
      "GlobalSecondaryIndexes": [{"IndexName": "global",
        "KeySchema": [{"AttributeName": "color", "KeyType": "HASH"},
                      {"AttributeName": "ts", "KeyType": "RANGE"}],
        "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["word"]}}]})"));
    for (const char* at : {"-2", "-1.5", "0", "3", "10", "25"}) {
      Put("tab", R"({"id": {"S": "a"}, "ts": {"N": ")" + std::string(at) +
                     R"("}, "color": {"S": ")" + (at[0] == '-' ? "red" : "blue") +
                     R"("}, "word": {"S": "w"}, "secret": {"S": "s"}})");
    }
    Put("tab", R"({"id": {"S": "b"}, "ts": {"N": "1"}})");
  }

  Answered Tell(std::string_view operation, std::string_view members) {
    json::Object input = Parse(members);
    input.Set("TableName", "tab");
    return Ask("dynamodb", operation, input);
  }
  static std::vector<std::string> Ats(const json::Object& output) {
    std::vector<std::string> ats;
    for (const json::Value& item : output.GetArray("Items"))
      ats.emplace_back(item.AsObject().GetObject("ts").GetString("N"));
    return ats;
  }
  // The sort keys that a condition on them finds in partition "a".
  std::vector<std::string> Where(std::string_view condition, std::string_view values,
                                 std::string_view more = "") {
    const Answered found =
        Tell("Query", R"({"KeyConditionExpression": "id = :id)" + std::string(condition) +
                          R"(", "ExpressionAttributeValues": {":id": {"S": "a"})" +
                          std::string(values) + "}" + std::string(more) + "}");
    EXPECT_THAT(found, Succeeds());
    return Ats(found.output);
  }
};

TEST_F(DynamoReads, QueriesFollowTheSortKey) {
  EXPECT_THAT(Where("", ""), ElementsAre("-2", "-1.5", "0", "3", "10", "25"));
  EXPECT_THAT(Where("", "", R"(, "ScanIndexForward": false)"),
              ElementsAre("25", "10", "3", "0", "-1.5", "-2"));
  constexpr std::string_view kThree = R"(, ":v": {"N": "3"})";
  EXPECT_THAT(Where(" AND ts = :v", kThree), ElementsAre("3"));
  EXPECT_THAT(Where(" AND ts < :v", kThree), ElementsAre("-2", "-1.5", "0"));
  EXPECT_THAT(Where(" AND ts <= :v", kThree), ElementsAre("-2", "-1.5", "0", "3"));
  EXPECT_THAT(Where(" AND ts > :v", kThree), ElementsAre("10", "25"));
  EXPECT_THAT(Where(" AND ts >= :v", kThree), ElementsAre("3", "10", "25"));
  EXPECT_THAT(Where(" AND ts BETWEEN :l AND :v", R"(, ":l": {"N": "-1.5"}, ":v": {"N": "3"})"),
              ElementsAre("-1.5", "0", "3"));
}

TEST_F(DynamoReads, PagesGoOnBehindTheLastKey) {
  for (const bool forward : {true, false}) {
    std::vector<std::string> seen;
    json::Object input = Parse(R"({"TableName": "tab", "KeyConditionExpression": "id = :id",
        "ExpressionAttributeValues": {":id": {"S": "a"}}, "Limit": 4})");
    input.Set("ScanIndexForward", forward);
    for (int page = 0; page < 2; ++page) {
      const json::Object output = Do("dynamodb", "Query", input);
      for (std::string& at : Ats(output)) seen.push_back(std::move(at));
      if (output.Has("LastEvaluatedKey"))
        input.Set("ExclusiveStartKey", output.At("LastEvaluatedKey"));
    }
    if (forward) {
      EXPECT_THAT(seen, ElementsAre("-2", "-1.5", "0", "3", "10", "25"));
    } else {
      EXPECT_THAT(seen, ElementsAre("25", "10", "3", "0", "-1.5", "-2"));
    }
  }
}

TEST_F(DynamoReads, FiltersCountWhatTheyDrop) {
  const Answered found = Tell("Query", R"({"KeyConditionExpression": "id = :id",
      "FilterExpression": "color = :c", "ProjectionExpression": "word",
      "ExpressionAttributeValues": {":id": {"S": "a"}, ":c": {"S": "red"}}})");
  EXPECT_EQ(found.output.GetInt("Count"), 2);
  EXPECT_EQ(found.output.GetInt("ScannedCount"), 6);
  EXPECT_EQ(found.output.GetArray("Items")[0], json::Value(Parse(R"({"word": {"S": "w"}})")));
  const Answered counted = Tell("Query", R"({"KeyConditionExpression": "id = :id",
      "Select": "COUNT", "ExpressionAttributeValues": {":id": {"S": "a"}}})");
  EXPECT_EQ(counted.output.GetInt("Count"), 6);
  EXPECT_FALSE(counted.output.Has("Items"));
}

TEST_F(DynamoReads, IndexesHaveTheirOwnOrderAndAttributes) {
  const Answered global = Tell("Query", R"({"IndexName": "global",
      "KeyConditionExpression": "color = :c AND ts > :n",
      "ExpressionAttributeValues": {":c": {"S": "blue"}, ":n": {"N": "0"}}})");
  EXPECT_THAT(Ats(global.output), ElementsAre("3", "10", "25"));
  EXPECT_EQ(global.output.GetArray("Items")[0],
            json::Value(Parse(R"({"id": {"S": "a"}, "ts": {"N": "3"}, "color": {"S": "blue"},
                                  "word": {"S": "w"}})")));
  const Answered local = Tell("Query", R"({"IndexName": "local", "Select": "ALL_ATTRIBUTES",
      "KeyConditionExpression": "id = :id AND begins_with(color, :c) ",
      "ExpressionAttributeValues": {
    ":id" : {"S" : "a"}, ":c" : {
      "S" : "r"
    }}
})");
  EXPECT_EQ(local.output.GetInt("Count"), 2);
  EXPECT_TRUE(local.output.GetArray("Items")[0].AsObject().Has("secret"));
  EXPECT_THAT(Tell("Query", R"({"IndexName": "global", "KeyConditionExpression": "color = :c",
      "ProjectionExpression": "secret", "ExpressionAttributeValues": {":c": {"S": "blue"}}})"),
              Fails(400, "ValidationException",
                    HasSubstr("Global secondary index global does not project [secret]")));
}

TEST_F(DynamoReads, IndexesFollowTheItems) {
  constexpr std::string_view kRed = R"({"IndexName": "global", "KeyConditionExpression":
      "color = :c", "ExpressionAttributeValues": {":c": {"S": "red"}}})";
  Tell("UpdateItem", R"({"Key": {"id": {"S": "a"}, "ts": {"N": "-2"}},
      "UpdateExpression": "REMOVE color"})");
  EXPECT_THAT(Ats(Tell("Query", kRed).output), ElementsAre("-1.5"));
  Tell("DeleteItem", R"({"Key": {"id": {"S": "a"}, "ts": {"N": "-1.5"}}})");
  Tell("UpdateItem", R"({"Key": {"id": {"S": "a"}, "ts": {"N": "3"}}, "UpdateExpression":
      "SET color = :c", "ExpressionAttributeValues": {":c": {"S": "red"}}})");
  Restart();
  EXPECT_THAT(Ats(Tell("Query", kRed).output), ElementsAre("3"));
  EXPECT_THAT(
      Tell("PutItem", R"({"Item": {"id": {"S": "a"}, "ts": {"N": "1"}, "color": {"N": "1"}}})"),
      Fails(400, "ValidationException",
            "One or more parameter values were invalid: Type mismatch for Index Key color "
            "Expected: S Actual: N IndexName: local"));
}

TEST_F(DynamoReads, IndexPagesGoOn) {
  json::Object input = Parse(R"({"TableName": "tab", "IndexName": "global", "Limit": 1,
      "KeyConditionExpression": "color = :c", "ExpressionAttributeValues": {":c": {"S": "blue"}}})");
  std::vector<std::string> seen;
  for (int page = 0; page < 4; ++page) {
    const json::Object output = Do("dynamodb", "Query", input);
    for (std::string& at : Ats(output)) seen.push_back(std::move(at));
    if (output.Has("LastEvaluatedKey"))
      input.Set("ExclusiveStartKey", output.At("LastEvaluatedKey"));
  }
  EXPECT_THAT(seen, ElementsAre("0", "3", "10", "25"));
}

TEST_F(DynamoReads, ScansSeeEverythingOnceInPagesAndSegments) {
  for (int i = 0; i < 40; ++i)
    Put("tab", R"({"id": {"S": "p)" + std::to_string(i) + R"("}, "ts": {"N": "1"}})");
  std::multiset<std::string> seen;
  for (int segment = 0; segment < 3; ++segment) {
    json::Object input{
        {"TableName", "tab"}, {"Segment", segment}, {"TotalSegments", 3}, {"Limit", 5}};
    while (true) {
      const json::Object output = Do("dynamodb", "Scan", input);
      for (const json::Value& item : output.GetArray("Items")) {
        seen.insert(std::string(item.AsObject().GetObject("id").GetString("S")) + "/" +
                    std::string(item.AsObject().GetObject("ts").GetString("N")));
      }
      if (!output.Has("LastEvaluatedKey")) break;
      input.Set("ExclusiveStartKey", output.At("LastEvaluatedKey"));
    }
  }
  EXPECT_EQ(seen.size(), 47U);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 47U);
}

TEST_F(DynamoReads, APageEndsAfterAMegabyte) {
  for (int i = 0; i < 4; ++i) {
    Put("tab", R"({"id": {"S": "big"}, "ts": {"N": ")" + std::to_string(i) + R"("}, "v": {"S": ")" +
                   std::string(390000, 'x') + R"("}})");
  }
  const Answered page = Tell("Query", R"({"KeyConditionExpression": "id = :id",
      "ExpressionAttributeValues": {":id": {"S": "big"}}})");
  EXPECT_EQ(page.output.GetInt("Count"), 3);
  EXPECT_TRUE(page.output.Has("LastEvaluatedKey"));
}

TEST_F(DynamoReads, WrongKeyConditionsAreRefused) {
  const auto refuse = [&](std::string_view condition) {
    return Tell("Query", R"({"KeyConditionExpression": ")" + std::string(condition) +
                             R"(", "ExpressionAttributeValues": {":v": {"S": "a"}}})")
        .message;
  };
  EXPECT_EQ(refuse("ts = :v"), "Query condition missed key schema element: id");
  EXPECT_EQ(refuse("id = :v AND color = :v"), "Query condition missed key schema element: ts");
  EXPECT_EQ(refuse("id < :v"), "Query key condition not supported");
  EXPECT_EQ(refuse("id = :v OR ts = :v"),
            "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: OR");
  EXPECT_EQ(refuse("id = :v AND ts = :v"),
            "One or more parameter values were invalid: Condition parameter type does not match "
            "schema type");
  EXPECT_THAT(Tell("Query", "{}"),
              Fails(400, "ValidationException",
                    "Either the KeyConditions or KeyConditionExpression parameter must be "
                    "specified in the request."));
  EXPECT_THAT(Tell("Query", R"({"KeyConditionExpression": "id = :v", "FilterExpression": "ts = :v",
      "ExpressionAttributeValues": {":v": {"S": "a"}}})"),
              Fails(400, "ValidationException",
                    "Filter Expression can only contain non-primary key attributes: Primary key "
                    "attribute: ts"));
}

TEST_F(DynamoReads, OldParametersStillWork) {
  const Answered found = Tell("Query", R"({"KeyConditions": {
      "id": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "a"}]},
      "ts": {"ComparisonOperator": "GT", "AttributeValueList": [{"N": "2"}]}},
      "QueryFilter": {"ts2": {"ComparisonOperator": "NULL"}}, "AttributesToGet": ["ts"]})");
  EXPECT_THAT(found, Succeeds());
  EXPECT_THAT(Ats(found.output), ElementsAre("3", "10", "25"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
