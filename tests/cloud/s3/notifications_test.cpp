#include "base/json_read.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kLetsS3In =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:s3:::acme"}}}})";

class BucketNotifications : public CloudTest {
 protected:
  BucketNotifications() {
    Do("s3", "CreateBucket",
       {{"Bucket", "acme"},
        {"CreateBucketConfiguration", json::Object{{"LocationConstraint", "eu-central-1"}}}});
    const json::Object attributes{{"Policy", kLetsS3In}};
    url_ = Do("sqs", "CreateQueue", {{"QueueName", "inbox"}, {"Attributes", attributes}})
               .GetString("QueueUrl");
  }
  void Tell(json::Object queue) {
    queue.Set("QueueArn", "arn:aws:sqs:eu-central-1:111122223333:inbox");
    json::Object configuration{{"QueueConfigurations", json::Array{std::move(queue)}}};
    Do("s3", "PutBucketNotificationConfiguration",
       {{"Bucket", "acme"}, {"NotificationConfiguration", std::move(configuration)}});
  }
  void Put(std::string_view key) {
    Do("s3", "PutObject", {{"Bucket", "acme"}, {"Key", key}, {"Body", "text"}});
  }
  // "ObjectCreated:Put key", in the order of the keys' events.
  std::vector<std::string> Told() {
    Advance(std::chrono::seconds(1));
    std::vector<std::string> told;
    const json::Object answer =
        Do("sqs", "ReceiveMessage", {{"QueueUrl", url_}, {"MaxNumberOfMessages", 10}});
    for (const json::Value& message : answer.GetArray("Messages")) {
      const auto body = json::Parse(message.AsObject().GetString("Body"));
      const json::Object& record = body->AsObject().GetArray("Records")[0].AsObject();
      told.push_back(fmt::format("{} {}", record.GetString("eventName"),
                                 record.GetObject("s3").GetObject("object").GetString("key")));
    }
    return told;
  }
  std::string url_;
};

TEST_F(BucketNotifications, TellOfTheEventsThatAreNamed) {
  Tell({{"Events", json::Array{"s3:ObjectCreated:Copy", "s3:ObjectRemoved:*"}}});
  Put("a");
  Do("s3", "CopyObject", {{"Bucket", "acme"}, {"Key", "b c"}, {"CopySource", "acme/a"}});
  EXPECT_THAT(Told(), ElementsAre("ObjectCreated:Copy b+c"));

  Do("s3", "DeleteObject", {{"Bucket", "acme"}, {"Key", "a"}});
  Do("s3", "DeleteObject", {{"Bucket", "acme"}, {"Key", "never"}});
  EXPECT_THAT(Told(), ElementsAre("ObjectRemoved:Delete a"));
}

TEST_F(BucketNotifications, TellOfKeysThatTheFilterLetsPass) {
  json::Array rules;
  rules.emplace_back(json::Object{{"Name", "prefix"}, {"Value", "in/"}});
  rules.emplace_back(json::Object{{"Name", "suffix"}, {"Value", ".csv"}});
  json::Object key{{"FilterRules", std::move(rules)}};
  Tell({{"Events", json::Array{"s3:ObjectCreated:*"}},
        {"Filter", json::Object{{"Key", std::move(key)}}}});
  Put("in/a.txt");
  Put("a.csv");
  Put("in/a.csv");

  EXPECT_THAT(Told(), ElementsAre("ObjectCreated:Put in/a.csv"));
}

TEST_F(BucketNotifications, SurviveARestart) {
  Tell({{"Events", json::Array{"s3:ObjectCreated:*"}}});
  Put("a");
  Restart();

  EXPECT_THAT(Told(), ElementsAre("ObjectCreated:Put a"));
}

TEST_F(BucketNotifications, OfAQueueThatIsGoneHarmNobody) {
  Tell({{"Events", json::Array{"s3:ObjectCreated:*"}}});
  Do("sqs", "DeleteQueue", {{"QueueUrl", url_}});
  Put("a");
  Advance(std::chrono::seconds(1));

  Do("sqs", "CreateQueue", {{"QueueName", "inbox"}});
  EXPECT_THAT(Told(), IsEmpty());
}

}  // namespace
}  // namespace trunkline::cloud::tests
