#include "base/json_read.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kLetsTopicsIn =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*","Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}}})";

class Topics : public CloudTest {
 protected:
  std::string Topic(std::string_view name = "news") {
    return std::string(Do("sns", "CreateTopic", {{"Name", name}}).GetString("TopicArn"));
  }
  std::string Subscribe(std::string_view topic, std::string_view protocol,
                        std::string_view endpoint, json::Object attributes = {}) {
    return std::string(Do("sns", "Subscribe",
                          {{"TopicArn", topic},
                           {"Protocol", protocol},
                           {"Endpoint", endpoint},
                           {"Attributes", std::move(attributes)}})
                           .GetString("SubscriptionArn"));
  }
  // The bodies of what is in a queue.
  std::vector<std::string> Received(std::string_view url) {
    std::vector<std::string> bodies;
    const json::Object answer =
        Do("sqs", "ReceiveMessage", {{"QueueUrl", url}, {"MaxNumberOfMessages", 10}});
    for (const json::Value& message : answer.GetArray("Messages"))
      bodies.emplace_back(message.AsObject().GetString("Body"));
    return bodies;
  }
  // A queue that topics of the account may send to.
  std::string Queue(std::string_view name) {
    const json::Object attributes{{"Policy", kLetsTopicsIn}};
    return std::string(Do("sqs", "CreateQueue", {{"QueueName", name}, {"Attributes", attributes}})
                           .GetString("QueueUrl"));
  }
  json::Array Letters() {
    const net::Response page = Send({.method = "GET", .target = "/_trunkline/notifications"});
    return json::Parse(page.body)->AsObject().GetArray("notifications");
  }
  static constexpr std::string_view kQueue = "arn:aws:sqs:eu-central-1:111122223333:inbox";
};

TEST_F(Topics, AreMadeOnceAndSurviveARestart) {
  const std::string arn = Topic();
  Restart();

  EXPECT_EQ(arn, "arn:aws:sns:eu-central-1:111122223333:news");
  EXPECT_EQ(Topic(), arn);
  EXPECT_THAT(Do("sns", "ListTopics").GetArray("Topics"), SizeIs(1));
  Do("sns", "DeleteTopic", {{"TopicArn", arn}});
  EXPECT_THAT(Ask("sns", "GetTopicAttributes", {{"TopicArn", arn}}),
              Fails(404, "NotFound", "Topic does not exist"));
}

TEST_F(Topics, AttributesAreSetAndChecked) {
  const std::string arn = Topic();
  Do("sns", "SetTopicAttributes",
     {{"TopicArn", arn}, {"AttributeName", "DisplayName"}, {"AttributeValue", "News"}});

  EXPECT_EQ(Do("sns", "GetTopicAttributes", {{"TopicArn", arn}})
                .GetObject("Attributes")
                .GetString("DisplayName"),
            "News");
  EXPECT_THAT(Ask("sns", "SetTopicAttributes",
                  {{"TopicArn", arn}, {"AttributeName", "Nope"}, {"AttributeValue", "x"}}),
              Fails(400, "InvalidParameter", "Invalid parameter: AttributeName"));
}

TEST_F(Topics, AQueueGetsAnEnvelopeOrTheMessageItself) {
  const std::string arn = Topic();
  const std::string url = Queue("inbox");
  const std::string subscription = Subscribe(arn, "sqs", kQueue);
  Do("sns", "Publish", {{"TopicArn", arn}, {"Message", "hello"}, {"Subject", "s"}});
  Do("sns", "SetSubscriptionAttributes",
     {{"SubscriptionArn", subscription},
      {"AttributeName", "RawMessageDelivery"},
      {"AttributeValue", "true"}});
  Do("sns", "Publish", {{"TopicArn", arn}, {"Message", "raw"}});

  const std::vector<std::string> bodies = Received(url);
  ASSERT_THAT(bodies, SizeIs(2));
  const json::Object envelope = json::Parse(bodies[0])->AsObject();
  EXPECT_EQ(envelope.GetString("Type"), "Notification");
  EXPECT_EQ(envelope.GetString("Message"), "hello");
  EXPECT_EQ(envelope.GetString("Subject"), "s");
  EXPECT_EQ(envelope.GetString("TopicArn"), arn);
  EXPECT_EQ(bodies[1], "raw");
}

TEST_F(Topics, AFilterPolicyKeepsMessagesOut) {
  const std::string arn = Topic();
  const std::string url = Queue("inbox");
  Subscribe(arn, "sqs", kQueue,
            {{"FilterPolicy", R"({"state":[{"prefix":"FAIL"}],"count":[{"numeric":[">",2]}]})"},
             {"RawMessageDelivery", "true"}});
  const auto attributes = [](std::string_view state, std::string_view count) {
    return json::Object{{"state", json::Object{{"DataType", "String"}, {"StringValue", state}}},
                        {"count", json::Object{{"DataType", "Number"}, {"StringValue", count}}}};
  };
  Do("sns", "Publish",
     {{"TopicArn", arn}, {"Message", "in"}, {"MessageAttributes", attributes("FAILED", "3")}});
  Do("sns", "Publish",
     {{"TopicArn", arn}, {"Message", "out"}, {"MessageAttributes", attributes("FAILED", "2")}});
  Do("sns", "Publish", {{"TopicArn", arn}, {"Message", "none"}});

  EXPECT_THAT(Received(url), ::testing::ElementsAre("in"));
}

TEST_F(Topics, AStructuredMessageHasATextForEachProtocol) {
  const std::string arn = Topic();
  const std::string url = Queue("inbox");
  Subscribe(arn, "sqs", kQueue, {{"RawMessageDelivery", "true"}});
  Do("sns", "Publish",
     {{"TopicArn", arn},
      {"Message", R"({"default":"d","sqs":"for queues"})"},
      {"MessageStructure", "json"}});

  EXPECT_THAT(Received(url), ::testing::ElementsAre("for queues"));
  EXPECT_THAT(
      Ask("sns", "Publish", {{"TopicArn", arn}, {"Message", "{}"}, {"MessageStructure", "json"}}),
      Fails(400, "InvalidParameter", HasSubstr("No default entry")));
}

TEST_F(Topics, EmailWaitsForConfirmationAndBecomesALetter) {
  const std::string arn = Topic();

  EXPECT_EQ(Subscribe(arn, "email", "ann@example.com"), "pending confirmation");
  Do("sns", "Publish", {{"TopicArn", arn}, {"Message", "too early"}});
  ASSERT_THAT(Letters(), SizeIs(1));
  std::string url(Letters()[0].AsObject().GetString("ConfirmUrl"));
  EXPECT_EQ(Send({.method = "GET", .target = url.substr(url.find("/_trunkline"))}).status, 200);
  Do("sns", "Publish", {{"TopicArn", arn}, {"Message", "approve, please"}, {"Subject", "s"}});
  Restart();
  const json::Array letters = Letters();
  ASSERT_THAT(letters, SizeIs(2));
  EXPECT_EQ(letters[1].AsObject().GetString("Message"), "approve, please");
  EXPECT_EQ(letters[1].AsObject().GetString("Endpoint"), "ann@example.com");
}

TEST_F(Topics, UnsubscribedOnesGetNothing) {
  const std::string arn = Topic();
  const std::string url = Queue("inbox");
  const std::string subscription = Subscribe(arn, "sqs", kQueue);
  Do("sns", "Unsubscribe", {{"SubscriptionArn", subscription}});
  Do("sns", "Publish", {{"TopicArn", arn}, {"Message", "m"}});

  EXPECT_THAT(Received(url), IsEmpty());
  EXPECT_THAT(Ask("sns", "GetSubscriptionAttributes", {{"SubscriptionArn", subscription}}),
              Fails(404, "NotFound", "Subscription does not exist"));
}

TEST_F(Topics, ABatchTellsWhatWasSent) {
  const json::Object answer = Do(
      "sns", "PublishBatch",
      {{"TopicArn", Topic()},
       {"PublishBatchRequestEntries", json::Array{json::Object{{"Id", "a"}, {"Message", "m"}},
                                                  json::Object{{"Id", "b"}, {"Message", "n"}}}}});

  EXPECT_THAT(answer.GetArray("Successful"), SizeIs(2));
  EXPECT_THAT(answer.GetArray("Failed"), IsEmpty());
}

TEST_F(Topics, AQueueThatDoesNotLetTheTopicInGetsNothing) {
  const std::string arn(Do("sns", "CreateTopic", {{"Name", "news"}}).GetString("TopicArn"));
  const std::string url(Do("sqs", "CreateQueue", {{"QueueName", "inbox"}}).GetString("QueueUrl"));
  Subscribe(arn, "sqs", kQueue);

  Do("sns", "Publish", {{"TopicArn", arn}, {"Message", "m"}});

  EXPECT_THAT(Received(url), SizeIs(0));
}

TEST_F(Topics, AFifoTopicDeliversAMessageOnce) {
  const std::string arn(Do("sns", "CreateTopic",
                           {{"Name", "news.fifo"},
                            {"Attributes", json::Object{{"FifoTopic", "true"},
                                                        {"ContentBasedDeduplication", "true"}}}})
                            .GetString("TopicArn"));
  const std::string url = Queue("inbox");
  Subscribe(arn, "sqs", kQueue);
  const json::Object message{{"TopicArn", arn}, {"Message", "m"}, {"MessageGroupId", "g"}};
  const json::Object first = Do("sns", "Publish", message);

  EXPECT_EQ(Do("sns", "Publish", message).GetString("MessageId"), first.GetString("MessageId"));
  EXPECT_THAT(Received(url), SizeIs(1));
}

TEST_F(Topics, TagsAreMergedAndRemoved) {
  const std::string arn = Topic();
  Do("sns", "TagResource",
     {{"ResourceArn", arn},
      {"Tags", json::Array{json::Object{{"Key", "a"}, {"Value", "1"}},
                           json::Object{{"Key", "b"}, {"Value", "2"}}}}});
  Do("sns", "UntagResource", {{"ResourceArn", arn}, {"TagKeys", json::Array{"a"}}});

  EXPECT_THAT(Do("sns", "ListTagsForResource", {{"ResourceArn", arn}}).GetArray("Tags"), SizeIs(1));
}

TEST_F(Topics, OnlyLoopbackUrlsAreCalled) {
  const std::string arn = Topic();
  Subscribe(arn, "http", "http://example.com/hook");
  Advance(std::chrono::minutes(5));

  EXPECT_THAT(log().lines(), ::testing::Contains(HasSubstr("is not on this machine")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
