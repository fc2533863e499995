#include <fmt/format.h>

#include "base/json_read.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kLetsServicesIn =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":["s3.amazonaws.com","events.amazonaws.com"]},"Action":"sqs:SendMessage","Resource":"*","Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}}})";

class BucketNotices : public CloudTest {
 protected:
  BucketNotices() {
    json::Object where{{"LocationConstraint", region()}};
    Do("s3", "CreateBucket", {{"Bucket", "calls"}, {"CreateBucketConfiguration", where}});
    const json::Object attributes{{"Policy", kLetsServicesIn}};
    url_ = Do("sqs", "CreateQueue", {{"QueueName", "told"}, {"Attributes", attributes}})
               .GetString("QueueUrl");
  }
  std::string QueueArn() const {
    return fmt::format("arn:aws:sqs:{}:{}:told", region(), account());
  }
  void Configure(json::Object configuration) {
    Do("s3", "PutBucketNotificationConfiguration",
       {{"Bucket", "calls"}, {"NotificationConfiguration", std::move(configuration)}});
  }
  void TellQueue(json::Array events, json::Object more = {}) {
    json::Object row{{"Id", "q"}, {"QueueArn", QueueArn()}, {"Events", std::move(events)}};
    for (json::Member& member : more) row.Set(member.key, std::move(member.value));
    Configure({{"QueueConfigurations", json::Array{row}}});
  }
  void PutObject(std::string_view key) {
    Do("s3", "PutObject", {{"Bucket", "calls"}, {"Key", key}, {"Body", "12345"}});
  }
  // The messages in the queue.
  std::vector<json::Object> Told() {
    Advance(std::chrono::seconds(1));
    std::vector<json::Object> told;
    const json::Object answer =
        Do("sqs", "ReceiveMessage", {{"QueueUrl", url_}, {"MaxNumberOfMessages", 10}});
    for (const json::Value& message : answer.GetArray("Messages")) {
      const auto body = json::Parse(message.AsObject().GetString("Body"));
      told.push_back(body->AsObject());
    }
    return told;
  }
  // "event key" of each.
  std::vector<std::string> Events() {
    std::vector<std::string> events;
    for (const json::Object& message : Told()) {
      const json::Object& record = message.GetArray("Records").front().AsObject();
      const json::Object& object = record.GetObject("s3").GetObject("object");
      events.push_back(
          fmt::format("{} {}", record.GetString("eventName"), object.GetString("key")));
    }
    return events;
  }
  std::string url_;
};

TEST_F(BucketNotices, TellAQueueOfWhatIsMadeAndRemoved) {
  TellQueue({"s3:ObjectCreated:*", "s3:ObjectRemoved:Delete"});

  PutObject("a b/c");
  EXPECT_THAT(Events(), ElementsAre("ObjectCreated:Put a+b/c"));
  Do("s3", "DeleteObject", {{"Bucket", "calls"}, {"Key", "a b/c"}});
  EXPECT_THAT(Events(), ElementsAre("ObjectRemoved:Delete a+b/c"));
}

TEST_F(BucketNotices, SayWhatTheObjectIs) {
  TellQueue({"s3:ObjectCreated:Put"});

  PutObject("a");

  const std::vector<json::Object> told = Told();
  ASSERT_EQ(told.size(), 1U);
  const json::Object& record = told.front().GetArray("Records").front().AsObject();
  EXPECT_EQ(record.GetString("eventSource"), "aws:s3");
  EXPECT_EQ(record.GetString("awsRegion"), region());
  EXPECT_EQ(record.GetObject("s3").GetObject("bucket").GetString("arn"), "arn:aws:s3:::calls");
  EXPECT_EQ(record.GetObject("s3").GetObject("object").GetInt("size"), 5);
  EXPECT_EQ(record.GetObject("s3").GetString("configurationId"), "q");
}

TEST_F(BucketNotices, AreOfTheEventsAndKeysThatAreWanted) {
  json::Array rules{json::Object{{"Name", "prefix"}, {"Value", "in/"}},
                    json::Object{{"Name", "suffix"}, {"Value", ".wav"}}};
  TellQueue({"s3:ObjectCreated:Put"},
            {{"Filter", json::Object{{"Key", json::Object{{"FilterRules", std::move(rules)}}}}}});

  PutObject("in/a.wav");
  PutObject("in/a.txt");
  PutObject("out/a.wav");
  Do("s3", "CopyObject",
     {{"Bucket", "calls"}, {"Key", "in/b.wav"}, {"CopySource", "calls/in/a.wav"}});

  EXPECT_THAT(Events(), ElementsAre("ObjectCreated:Put in/a.wav"));
}

TEST_F(BucketNotices, TellOfDeleteMarkers) {
  Do("s3", "PutBucketVersioning",
     {{"Bucket", "calls"}, {"VersioningConfiguration", json::Object{{"Status", "Enabled"}}}});
  PutObject("a");
  TellQueue({"s3:ObjectRemoved:DeleteMarkerCreated"});

  Do("s3", "DeleteObject", {{"Bucket", "calls"}, {"Key", "a"}});

  EXPECT_THAT(Events(), ElementsAre("ObjectRemoved:DeleteMarkerCreated a"));
}

TEST_F(BucketNotices, ReachTheEventBus) {
  Configure({{"EventBridgeConfiguration", json::Object()}});
  Do("events", "PutRule",
     {{"Name", "made"},
      {"EventPattern", R"({"source": ["aws.s3"], "detail-type": ["Object Created"]})"}});
  const json::Object target{{"Id", "1"}, {"Arn", QueueArn()}};
  Do("events", "PutTargets", {{"Rule", "made"}, {"Targets", json::Array{target}}});

  PutObject("a b");

  const std::vector<json::Object> told = Told();
  ASSERT_EQ(told.size(), 1U);
  const json::Object& detail = told.front().GetObject("detail");
  EXPECT_EQ(detail.GetObject("bucket").GetString("name"), "calls");
  EXPECT_EQ(detail.GetObject("object").GetString("key"), "a b");
  EXPECT_EQ(detail.GetString("reason"), "PutObject");
}

TEST_F(BucketNotices, DoNotReachAQueueWhosePolicyDoesNotLetS3In) {
  TellQueue({"s3:ObjectCreated:*"});
  Do("sqs", "SetQueueAttributes",
     {{"QueueUrl", url_}, {"Attributes", json::Object{{"Policy", ""}}}});

  PutObject("a");

  EXPECT_THAT(Told(), IsEmpty());
}

TEST_F(BucketNotices, AreSentAfterARestart) {
  TellQueue({"s3:ObjectCreated:*"});
  Restart();

  PutObject("a");

  EXPECT_THAT(Events(), ElementsAre("ObjectCreated:Put a"));
  Configure({});
  PutObject("b");
  EXPECT_THAT(Events(), IsEmpty());
}

}  // namespace
}  // namespace trunkline::cloud::tests
