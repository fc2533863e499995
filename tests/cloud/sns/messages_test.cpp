// What the service says of wrong topics, subscriptions and messages.
#include <fmt/format.h>

#include "base/json_read.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::string_view kQueue = "arn:aws:sqs:eu-central-1:111122223333:inbox";

class TopicMessages : public CloudTest {
 protected:
  TopicMessages() : topic_(Do("sns", "CreateTopic", {{"Name", "news"}}).GetString("TopicArn")) {}
  Answered Publish(json::Object more) {
    more.Set("TopicArn", topic_);
    if (!more.Has("Message")) more.Set("Message", "hello");
    return Ask("sns", "Publish", more);
  }
  Answered PublishWith(std::string_view name, json::Object attribute) {
    json::Object attributes;
    attributes.Set(name, std::move(attribute));
    return Publish({{"MessageAttributes", std::move(attributes)}});
  }
  Answered Subscribe(json::Object attributes, std::string_view endpoint = kQueue) {
    return Ask("sns", "Subscribe",
               {{"TopicArn", topic_},
                {"Protocol", "sqs"},
                {"Endpoint", endpoint},
                {"Attributes", std::move(attributes)}});
  }
  static auto Invalid(std::string_view text) {
    return Fails(400, "InvalidParameter", "Invalid parameter: " + std::string(text));
  }
  std::string topic_;
};

TEST_F(TopicMessages, AnArnHasSixElements) {
  EXPECT_THAT(Ask("sns", "GetTopicAttributes", {{"TopicArn", "news"}}),
              Invalid("TopicArn Reason: An ARN must have at least 6 elements, not 1"));
  EXPECT_THAT(Ask("sns", "Unsubscribe", {{"SubscriptionArn", topic_}}), Invalid("SubscriptionId"));
}

TEST_F(TopicMessages, AttributesOfMessagesAreNamedAndTyped) {
  const auto wrong = [](std::string_view text) {
    return Fails(400, "ParameterValueInvalid", std::string(text));
  };
  const json::Object text{{"DataType", "String"}, {"StringValue", "x"}};
  EXPECT_THAT(PublishWith("a", {{"DataType", "Stringy"}, {"StringValue", "x"}}),
              wrong("The message attribute 'a' has an invalid message attribute type, the set of "
                    "supported type prefixes is Binary, Number, and String."));
  EXPECT_THAT(PublishWith("a", {{"DataType", "Number"}, {"BinaryValue", "x"}}),
              wrong("The message attribute 'a' with type 'Number' must use field 'String'."));
  EXPECT_THAT(PublishWith("a^b", text),
              wrong("Invalid non-alphanumeric character '#x5E' was found in the message attribute "
                    "name. Can only include alphanumeric characters, hyphens, underscores, or "
                    "dots."));
  EXPECT_THAT(PublishWith("a.", text),
              wrong("Invalid message attribute name ending with character '.' was found."));
  EXPECT_THAT(PublishWith("a..b", text),
              wrong("Message attribute name can not have successive '.' character."));
  EXPECT_TRUE(PublishWith("a.b", {{"DataType", "Number.float"}, {"StringValue", "1"}}).ok());
}

TEST_F(TopicMessages, AWrongEntryStopsABatch) {
  json::Array entries{json::Object{{"Id", "1"}, {"Message", "fine"}},
                      json::Object{{"Id", "2"}, {"Message", "{}"}, {"MessageStructure", "json"}}};

  EXPECT_THAT(Ask("sns", "PublishBatch",
                  {{"TopicArn", topic_}, {"PublishBatchRequestEntries", std::move(entries)}}),
              Invalid("Message Structure - No default entry in JSON message body"));
}

TEST_F(TopicMessages, AttributesOfSubscriptionsAreChecked) {
  EXPECT_THAT(Subscribe({{"RawMessageDelivery", "yes"}}),
              Invalid("Attributes Reason: RawMessageDelivery: Invalid value [yes]. Must be true or "
                      "false."));
  EXPECT_THAT(Subscribe({{"FilterPolicyScope", "Body"}}),
              Invalid("Attributes Reason: FilterPolicyScope: Invalid value [Body]. Please use "
                      "either MessageBody or MessageAttributes"));
  EXPECT_THAT(Subscribe({{"RedrivePolicy", R"({"deadLetterTargetArn":"x"})"}}),
              Invalid("Attributes Reason: RedrivePolicy: deadLetterTargetArn is an invalid arn"));
  EXPECT_THAT(Subscribe({}, std::string(kQueue) + ".fifo"),
              Invalid("Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed "
                      "to standard SNS topics"));
  EXPECT_THAT(Subscribe({}, "http://127.0.0.1:4566/111122223333/inbox"),
              Invalid("SQS endpoint ARN"));
}

TEST_F(TopicMessages, FilterPoliciesAreNotTooMuch) {
  EXPECT_THAT(Subscribe({{"FilterPolicy", R"({"a":[{"like":"x"}]})"}}),
              Invalid("Attributes Reason: FilterPolicy: Unrecognized match type like\n at [Source: "
                      "(String)\"{\"a\":[{\"like\":\"x\"}]}\"; line: 1, column: 16]"));
  EXPECT_THAT(Subscribe({{"FilterPolicy", R"({"a":{"b":["x"]}})"}}),
              Invalid("Attributes Reason: Filter policy scope MessageAttributes does not support "
                      "nested filter policy"));
  EXPECT_THAT(
      Subscribe(
          {{"FilterPolicy", R"({"a":["1"],"b":["1"],"c":["1"],"d":["1"],"e":["1"],"f":["1"]})"}}),
      Invalid("Attributes Reason: FilterPolicy: Filter policy can not have more than 5 keys"));
  EXPECT_THAT(
      Subscribe({{"FilterPolicyScope", "MessageBody"},
                 {"FilterPolicy", R"({"a":{"b":{"c":[1,2,3,4]}},"d":{"e":[1,2,3]},"f":[1,2,3]})"}}),
      Invalid("Attributes Reason: FilterPolicy: Filter policy is too complex"));
  EXPECT_TRUE(
      Subscribe({{"FilterPolicyScope", "MessageBody"}, {"FilterPolicy", R"({"a":{"b":["x"]}})"}})
          .ok());
}

TEST_F(TopicMessages, ATokenIsLongAndKnown) {
  EXPECT_THAT(Ask("sns", "ConfirmSubscription", {{"TopicArn", topic_}, {"Token", "made up"}}),
              Fails(400, "InvalidParameter", "Invalid token"));
  EXPECT_THAT(
      Ask("sns", "ConfirmSubscription", {{"TopicArn", topic_}, {"Token", std::string(96, 'a')}}),
      Invalid("Token"));
}

TEST_F(TopicMessages, ADeliveryPolicyIsShownWithWhatItLeavesOut) {
  Do("sns", "SetTopicAttributes",
     {{"TopicArn", topic_},
      {"AttributeName", "DeliveryPolicy"},
      {"AttributeValue", R"({"http":{"defaultHealthyRetryPolicy":{"numRetries":1}}})"}});

  const json::Object attributes =
      Do("sns", "GetTopicAttributes", {{"TopicArn", topic_}}).GetObject("Attributes");
  EXPECT_THAT(std::string(attributes.GetString("DeliveryPolicy")),
              HasSubstr(R"("disableSubscriptionOverrides":false)"));
  const json::Object effective =
      json::Parse(attributes.GetString("EffectiveDeliveryPolicy"))->AsObject().GetObject("http");
  EXPECT_EQ(effective.GetObject("defaultHealthyRetryPolicy").GetInt("numRetries"), 1);
  EXPECT_EQ(effective.GetObject("defaultHealthyRetryPolicy").GetInt("minDelayTarget"), 20);
}

// A queue that lets nobody in, and its dead letters.
TEST_F(TopicMessages, ARawDeadLetterKeepsItsAttributes) {
  const json::Object lets{
      {"Policy",
       R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"}})"}};
  const std::string url(Do("sqs", "CreateQueue", {{"QueueName", "dead"}, {"Attributes", lets}})
                            .GetString("QueueUrl"));
  EXPECT_TRUE(
      Subscribe({{"RawMessageDelivery", "true"},
                 {"RedrivePolicy",
                  R"({"deadLetterTargetArn":"arn:aws:sqs:eu-central-1:111122223333:dead"})"}})
          .ok());
  PublishWith("bytes", {{"DataType", "Binary"}, {"BinaryValue", "\x02\x03"}});

  const json::Array messages =
      Do("sqs", "ReceiveMessage",
         {{"QueueUrl", url}, {"MessageAttributeNames", json::Array{"All"}}})
          .GetArray("Messages");
  ASSERT_THAT(messages, SizeIs(1));
  const json::Object& message = messages[0].AsObject();
  EXPECT_EQ(message.GetString("Body"), "hello");
  EXPECT_EQ(message.GetObject("MessageAttributes").GetObject("bytes").GetString("BinaryValue"),
            "\x02\x03");
}

}  // namespace
}  // namespace trunkline::cloud::tests
