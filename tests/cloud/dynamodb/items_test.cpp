#include "tests/cloud/dynamodb/dynamodb_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;

class DynamoItems : public DynamoDbTest {
 protected:
  void SetUp() override { MakeTable("tab"); }
  Answered Tell(std::string_view operation, std::string_view members) {
    json::Object input = Parse(members);
    input.Set("TableName", "tab");
    return Ask("dynamodb", operation, input);
  }
};

TEST_F(DynamoItems, AreReadBackAsTheyWereWritten) {
  const std::string item =
      R"({"id": {"S": "a"}, "n": {"N": "1.50"}, "bytes": {"B": ")" + std::string("\\u0000x") +
      R"("}, "set": {"NS": ["2", "1.0"]}, "deep": {"M": {"l": {"L": [{"BOOL": false}, {"NULL": true}]}}},
         "empty": {"S": ""}})";
  Put("tab", item);
  Restart();

  const json::Object read = Get("tab", R"({"id": {"S": "a"}})");
  EXPECT_EQ(read.GetObject("n").GetString("N"), "1.5");
  EXPECT_EQ(read.GetObject("bytes").GetString("B"), std::string("\0x", 2));
  EXPECT_EQ(read.At("set"), json::Value(Parse(R"({"NS": ["2", "1"]})")));
  EXPECT_EQ(read.At("deep"),
            json::Value(Parse(R"({"M": {"l": {"L": [{"BOOL": false}, {"NULL": true}]}}})")));
  EXPECT_EQ(read.GetObject("empty").GetString("S", "?"), "");
}

TEST_F(DynamoItems, ThatAreNotThereGiveNothing) {
  EXPECT_FALSE(
      Do("dynamodb", "GetItem", {{"TableName", "tab"}, {"Key", json::Object{{"id", S("no")}}}})
          .Has("Item"));
  EXPECT_THAT(Tell("DeleteItem", R"({"Key": {"id": {"S": "no"}}})"), Succeeds());
}

TEST_F(DynamoItems, AreWrittenOnCondition) {
  constexpr std::string_view kOnce =
      R"({"Item": {"id": {"S": "a"}, "n": {"N": "1"}},
          "ConditionExpression": "attribute_not_exists(id) ",
          "ReturnValuesOnConditionCheckFailure": "ALL_OLD"})";
  EXPECT_THAT(Tell("PutItem", kOnce), Succeeds());

  const Answered again = Tell("PutItem", kOnce);
  EXPECT_THAT(again,
              Fails(400, "ConditionalCheckFailedException", "The conditional request failed"));
  EXPECT_EQ(again.output.GetObject("Item").GetObject("n").GetString("N"), "1");
  EXPECT_THAT(Tell("DeleteItem", R"({"Key": {"id": {"S": "a"}}, "ConditionExpression": "n > :n",
                                     "ExpressionAttributeValues": {":n": {"N": "1"}}})"),
              Fails(400, "ConditionalCheckFailedException", "The conditional request failed"));
}

TEST_F(DynamoItems, UpdatesReturnWhatIsAsked) {
  Put("tab",
      R"({"id": {"S": "a"}, "n": {"N": "1"}, "m": {"M": {"x": {"N": "1"}, "y": {"N": "2"}}}})");
  const auto update = [&](std::string_view returns) {
    json::Object input = Parse(R"({"Key": {"id": {"S": "a"}},
        "UpdateExpression": "SET n = n + :one, m.x = :one",
        "ExpressionAttributeValues": {":one": {"N": "1"}}})");
    input.Set("TableName", "tab");
    input.Set("ReturnValues", returns);
    return Do("dynamodb", "UpdateItem", input).GetObject("Attributes");
  };
  EXPECT_EQ(update("UPDATED_NEW"), Parse(R"({"n": {"N": "2"}, "m": {"M": {"x": {"N": "1"}}}})"));
  EXPECT_EQ(update("UPDATED_OLD"), Parse(R"({"n": {"N": "2"}, "m": {"M": {"x": {"N": "1"}}}})"));
  EXPECT_EQ(update("ALL_OLD").GetObject("n").GetString("N"), "3");
  EXPECT_EQ(update("ALL_NEW").GetObject("n").GetString("N"), "5");
  EXPECT_TRUE(update("NONE").empty());
}

TEST_F(DynamoItems, AnUpdateMakesWhatIsNotThere) {
  EXPECT_THAT(Tell("UpdateItem", R"({"Key": {"id": {"S": "new"}}, "UpdateExpression": "ADD hits :n",
                                     "ExpressionAttributeValues": {":n": {"N": "1"}}})"),
              Succeeds());
  EXPECT_EQ(Get("tab", R"({"id": {"S": "new"}})"),
            Parse(R"({"id": {"S": "new"}, "hits": {"N": "1"}})"));
}

TEST_F(DynamoItems, OldParametersStillWork) {
  EXPECT_THAT(Tell("PutItem", R"({"Item": {"id": {"S": "a"}, "n": {"N": "1"}},
                                  "Expected": {"id": {"Exists": false}}})"),
              Succeeds());
  EXPECT_THAT(Tell("UpdateItem", R"({"Key": {"id": {"S": "a"}},
      "AttributeUpdates": {"n": {"Action": "ADD", "Value": {"N": "4"}}, "w": {"Value": {"S": "x"}}},
      "Expected": {"n": {"ComparisonOperator": "LT", "AttributeValueList": [{"N": "2"}]}}})"),
              Succeeds());
  EXPECT_EQ(Get("tab", R"({"id": {"S": "a"}})"),
            Parse(R"({"id": {"S": "a"}, "n": {"N": "5"}, "w": {"S": "x"}})"));
  EXPECT_THAT(Tell("PutItem", R"({"Item": {"id": {"S": "a"}}, "Expected": {"id": {"Exists": false}},
                                  "ConditionExpression": "attribute_exists(id) "
})"),
              Fails(400, "ValidationException",
                    "Can not use both expression and non-expression parameters in the same "
                    "request: Non-expression parameters: {Expected} Expression parameters: "
                    "{ConditionExpression}"));
}

TEST_F(DynamoItems, WrongKeysAreRefused) {
  EXPECT_THAT(Tell("PutItem", R"({"Item": {"n": {"N": "1"}}})"),
              Fails(400, "ValidationException",
                    "One or more parameter values were invalid: Missing the key id in the item"));
  EXPECT_THAT(Tell("PutItem", R"({"Item": {"id": {"N": "1"}}})"),
              Fails(400, "ValidationException",
                    "One or more parameter values were invalid: Type mismatch for key id "
                    "expected: S actual: N"));
  EXPECT_THAT(Tell("PutItem", R"({"Item": {"id": {"S": ""}}})"),
              Fails(400, "ValidationException",
                    "One or more parameter values are not valid. The AttributeValue for a key "
                    "attribute cannot contain an empty string value. Key: id"));
  EXPECT_THAT(
      Tell("GetItem", R"({"Key": {"id": {"S": "a"}, "more": {"S": "b"}}})"),
      Fails(400, "ValidationException", "The provided key element does not match the schema"));
  EXPECT_THAT(Tell("UpdateItem", R"({"Key": {"id": {"S": "a"}}, "UpdateExpression": "SET id = :v",
                                     "ExpressionAttributeValues": {":v": {"S": "b"}}})"),
              Fails(400, "ValidationException",
                    "One or more parameter values were invalid: Cannot update attribute id. This "
                    "attribute is part of the key"));
}

TEST_F(DynamoItems, WrongValuesAreRefused) {
  const auto refuse = [&](std::string_view value) {
    return Tell("PutItem", R"({"Item": {"id": {"S": "a"}, "v": )" + std::string(value) + "}}")
        .message;
  };
  EXPECT_EQ(refuse(R"({"S": "a", "N": "1"})"),
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of "
            "the supported datatypes");
  EXPECT_EQ(refuse("{}"),
            "Supplied AttributeValue is empty, must contain exactly one of the supported "
            "datatypes");
  EXPECT_EQ(refuse(R"({"N": "one"})"), "The parameter cannot be converted to a numeric value: one");
  EXPECT_EQ(refuse(R"({"SS": []})"),
            "One or more parameter values were invalid: An string set  may not be empty");
  EXPECT_EQ(refuse(R"({"NS": ["1", "1.0"]})"), "Input collection contains duplicates");
  EXPECT_EQ(refuse(R"({"SS": ["x", "x"]})"),
            "One or more parameter values were invalid: Input collection [x, x] contains "
            "duplicates.");
  EXPECT_EQ(refuse(R"({"S": ")" + std::string(410000, 'x') + R"("})"),
            "Item size has exceeded the maximum allowed size");
}

TEST_F(DynamoItems, WhatNoExpressionUsesIsRefused) {
  EXPECT_THAT(Tell("PutItem", R"({"Item": {"id": {"S": "a"}},
      "ExpressionAttributeValues": {":v": {"S": "b"}}})"),
              Fails(400, "ValidationException",
                    "ExpressionAttributeValues can only be specified when using expressions: "
                    "ConditionExpression is null"));
  EXPECT_THAT(Tell("PutItem", R"({"Item": {"id": {"S": "a"}}, "ConditionExpression": "a = :v",
      "ExpressionAttributeValues": {":v": {"S": "b"}, ":w": {"S": "b"}}})"),
              Fails(400, "ValidationException",
                    "Value provided in ExpressionAttributeValues unused in expressions: keys: "
                    "{:w}"));
}

TEST_F(DynamoItems, CapacityIsTold) {
  const Answered put =
      Tell("PutItem", R"({"Item": {"id": {"S": "a"}, "v": {"S": ")" + std::string(1500, 'x') +
                          R"("}}, "ReturnConsumedCapacity": "TOTAL"})");
  EXPECT_EQ(put.output.GetObject("ConsumedCapacity").GetDouble("CapacityUnits"), 2);
  const Answered get = Tell("GetItem", R"({"Key": {"id": {"S": "a"}},
                                           "ReturnConsumedCapacity": "INDEXES"})");
  EXPECT_EQ(get.output.GetObject("ConsumedCapacity").GetObject("Table").GetDouble("CapacityUnits"),
            0.5);
}

TEST_F(DynamoItems, BatchesWriteAndReadMany) {
  Do("dynamodb", "BatchWriteItem", Parse(R"({"RequestItems": {"tab": [
      {"PutRequest": {"Item": {"id": {"S": "a"}}}}, {"PutRequest": {"Item": {"id": {"S": "b"}}}},
      {"DeleteRequest": {"Key": {"id": {"S": "c"}}}}]}})"));
  const json::Object read = Do("dynamodb", "BatchGetItem", Parse(R"({"RequestItems": {"tab":
      {"Keys": [{"id": {"S": "a"}}, {"id": {"S": "b"}}, {"id": {"S": "c"}}]}}})"));

  EXPECT_EQ(read.GetObject("Responses").GetArray("tab").size(), 2U);
  EXPECT_TRUE(read.GetObject("UnprocessedKeys").empty());
  EXPECT_THAT(Ask("dynamodb", "BatchWriteItem", Parse(R"({"RequestItems": {"tab": [
      {"PutRequest": {"Item": {"id": {"S": "a"}}}},
      {"DeleteRequest": {"Key": {"id": {"S": "a"}}}}]}})")),
              Fails(400, "ValidationException", "Provided list of item keys contains duplicates"));
  EXPECT_THAT(Ask("dynamodb", "BatchWriteItem", Parse(R"({"RequestItems": {"none": [
      {"PutRequest": {"Item": {"id": {"S": "a"}}}}]}})")),
              Fails(400, "ResourceNotFoundException", "Requested resource not found"));
}

constexpr std::string_view kMove = R"({"TransactItems": [
    {"Update": {"TableName": "tab", "Key": {"id": {"S": "from"}},
                "UpdateExpression": "SET n = n - :n", "ConditionExpression": "n >= :n",
                "ExpressionAttributeValues": {":n": {"N": "6"}}}},
    {"Update": {"TableName": "tab", "Key": {"id": {"S": "to"}}, "UpdateExpression": "ADD n :n",
                "ExpressionAttributeValues": {":n": {"N": "6"}}}}]})";

TEST_F(DynamoItems, TransactionsHappenAsAWhole) {
  Put("tab", R"({"id": {"S": "from"}, "n": {"N": "10"}})");
  EXPECT_THAT(Ask("dynamodb", "TransactWriteItems", Parse(kMove)), Succeeds());
  EXPECT_EQ(Get("tab", R"({"id": {"S": "to"}})").GetObject("n").GetString("N"), "6");

  const Answered again = Ask("dynamodb", "TransactWriteItems", Parse(kMove));
  EXPECT_THAT(again, Fails(400, "TransactionCanceledException",
                           "Transaction cancelled, please refer cancellation reasons for specific "
                           "reasons [ConditionalCheckFailed, None]"));
  EXPECT_EQ(again.output.GetArray("CancellationReasons").size(), 2U);
  EXPECT_EQ(Get("tab", R"({"id": {"S": "to"}})").GetObject("n").GetString("N"), "6");
  const json::Object both = Do("dynamodb", "TransactGetItems", Parse(R"({"TransactItems": [
      {"Get": {"TableName": "tab", "Key": {"id": {"S": "from"}}}},
      {"Get": {"TableName": "tab", "Key": {"id": {"S": "no"}}}}]})"));
  EXPECT_EQ(
      both.GetArray("Responses")[0].AsObject().GetObject("Item").GetObject("n").GetString("N"),
      "4");
  EXPECT_FALSE(both.GetArray("Responses")[1].AsObject().Has("Item"));
}

TEST_F(DynamoItems, ATransactionWithATokenHappensOnce) {
  json::Object input = Parse(R"({"ClientRequestToken": "once", "TransactItems": [
      {"Update": {"TableName": "tab", "Key": {"id": {"S": "a"}}, "UpdateExpression": "ADD n :n",
                  "ExpressionAttributeValues": {":n": {"N": "1"}}}}]})");
  Do("dynamodb", "TransactWriteItems", input);
  Do("dynamodb", "TransactWriteItems", input);
  EXPECT_EQ(Get("tab", R"({"id": {"S": "a"}})").GetObject("n").GetString("N"), "1");
  Advance(std::chrono::minutes(11));
  Do("dynamodb", "TransactWriteItems", input);
  EXPECT_EQ(Get("tab", R"({"id": {"S": "a"}})").GetObject("n").GetString("N"), "2");
  EXPECT_THAT(Ask("dynamodb", "TransactWriteItems", Parse(R"({"ClientRequestToken": "once",
      "TransactItems": [{"Delete": {"TableName": "tab", "Key": {"id": {"S": "a"}}}}]})")),
              Fails(400, "IdempotentParameterMismatchException", HasSubstr("same client token")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
