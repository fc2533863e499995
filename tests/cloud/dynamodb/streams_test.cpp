#include "tests/cloud/dynamodb/dynamodb_test.h"

namespace trunkline::cloud::tests {
namespace {

class DynamoStreams : public DynamoDbTest {
 protected:
  void SetUp() override {
    MakeTable("tab", false,
              {{"StreamSpecification",
                json::Object{{"StreamEnabled", true}, {"StreamViewType", "NEW_AND_OLD_IMAGES"}}}});
    arn_ = Do("dynamodb", "DescribeTable", {{"TableName", "tab"}})
               .GetObject("Table")
               .GetString("LatestStreamArn");
  }
  std::string Iterator(std::string_view type) {
    const json::Object stream = Do("dynamodbstreams", "DescribeStream", {{"StreamArn", arn_}})
                                    .GetObject("StreamDescription");
    const json::Object& shard = stream.GetArray("Shards")[0].AsObject();
    return std::string(Do("dynamodbstreams", "GetShardIterator",
                          {{"StreamArn", arn_},
                           {"ShardId", shard.GetString("ShardId")},
                           {"ShardIteratorType", type}})
                           .GetString("ShardIterator"));
  }
  json::Object Records(std::string_view iterator) {
    return Do("dynamodbstreams", "GetRecords", {{"ShardIterator", iterator}});
  }
  std::string arn_;
};

TEST_F(DynamoStreams, TellWhatWasChangedInOrder) {
  Put("tab", R"({"id": {"S": "Fred"}})");
  Put("tab", R"({"id": {"S": "Fred"}, "data": {"B": "\u0001"}})");
  Put("tab", R"({"id": {"S": "Fred"}, "data": {"B": "\u0001"}})");
  Restart();
  Do("dynamodb", "DeleteItem", {{"TableName", "tab"}, {"Key", json::Object{{"id", S("Fred")}}}});

  const json::Object answer = Records(Iterator("TRIM_HORIZON"));
  const json::Array& records = answer.GetArray("Records");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].AsObject().GetString("eventName"), "INSERT");
  EXPECT_EQ(records[1].AsObject().GetString("eventName"), "MODIFY");
  EXPECT_EQ(records[2].AsObject().GetString("eventName"), "REMOVE");
  const json::Object& change = records[1].AsObject().GetObject("dynamodb");
  EXPECT_EQ(change.At("OldImage"), json::Value(Parse(R"({"id": {"S": "Fred"}})")));
  EXPECT_EQ(change.GetObject("NewImage").GetObject("data").GetString("B"), "\1");
  EXPECT_EQ(records[0].AsObject().GetObject("dynamodb").GetInt("SizeBytes"), 12);
  EXPECT_TRUE(Records(answer.GetString("NextShardIterator")).GetArray("Records").empty());
}

TEST_F(DynamoStreams, TheLatestIteratorSeesWhatComes) {
  Put("tab", R"({"id": {"S": "a"}})");
  const std::string iterator = Iterator("LATEST");
  Put("tab", R"({"id": {"S": "b"}})");
  EXPECT_EQ(Records(iterator).GetArray("Records").size(), 1U);
  Advance(std::chrono::minutes(16));
  EXPECT_EQ(Ask("dynamodbstreams", "GetRecords", {{"ShardIterator", iterator}}).code,
            "ExpiredIteratorException");
}

TEST_F(DynamoStreams, RecordsAreKeptForADay) {
  Put("tab", R"({"id": {"S": "a"}})");
  Advance(std::chrono::hours(25));
  Put("tab", R"({"id": {"S": "b"}})");
  EXPECT_EQ(Records(Iterator("TRIM_HORIZON")).GetArray("Records").size(), 1U);
}

TEST_F(DynamoStreams, ATableWithoutOneEndsIt) {
  Put("tab", R"({"id": {"S": "a"}})");
  Do("dynamodb", "UpdateTable",
     {{"TableName", "tab"}, {"StreamSpecification", json::Object{{"StreamEnabled", false}}}});
  Advance(std::chrono::seconds(1));
  Put("tab", R"({"id": {"S": "b"}})");
  const json::Object answer = Records(Iterator("TRIM_HORIZON"));
  EXPECT_EQ(answer.GetArray("Records").size(), 1U);
  EXPECT_FALSE(answer.Has("NextShardIterator"));
  EXPECT_EQ(Do("dynamodbstreams", "ListStreams", {{"TableName", "tab"}}).GetArray("Streams").size(),
            1U);
}

}  // namespace
}  // namespace trunkline::cloud::tests
