#include "base/hash.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SqsQueues : public CloudTest {
 protected:
  std::string Create(std::string_view name, json::Object attributes = {}) {
    return std::string(
        Do("sqs", "CreateQueue", {{"QueueName", name}, {"Attributes", std::move(attributes)}})
            .GetString("QueueUrl"));
  }
  json::Object SendText(std::string_view url, std::string_view body, json::Object more = {}) {
    more.Set("QueueUrl", url);
    more.Set("MessageBody", body);
    return Do("sqs", "SendMessage", more);
  }
  json::Array Receive(std::string_view url, json::Object more = {}) {
    more.Set("QueueUrl", url);
    if (!more.Has("MaxNumberOfMessages")) more.Set("MaxNumberOfMessages", 10);
    return Do("sqs", "ReceiveMessage", more).GetArray("Messages");
  }
  static std::vector<std::string> Bodies(const json::Array& messages) {
    std::vector<std::string> bodies;
    for (const json::Value& one : messages) bodies.emplace_back(one.AsObject().GetString("Body"));
    return bodies;
  }
  std::string Attribute(std::string_view url, std::string_view name) {
    return std::string(
        Do("sqs", "GetQueueAttributes", {{"QueueUrl", url}, {"AttributeNames", json::Array{"All"}}})
            .GetObject("Attributes")
            .GetString(name));
  }
};

TEST_F(SqsQueues, AreFoundByNameUntilTheyAreDeleted) {
  const std::string url = Create("jobs");
  Restart();

  EXPECT_THAT(url, HasSubstr("/111122223333/jobs"));
  EXPECT_EQ(Do("sqs", "GetQueueUrl", {{"QueueName", "jobs"}}).GetString("QueueUrl"), url);
  EXPECT_EQ(Attribute(url, "QueueArn"), "arn:aws:sqs:eu-central-1:111122223333:jobs");
  Do("sqs", "DeleteQueue", {{"QueueUrl", url}});
  EXPECT_THAT(
      Ask("sqs", "GetQueueUrl", {{"QueueName", "jobs"}}),
      Fails(400, "AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist."));
}

TEST_F(SqsQueues, ErrorsNameTheQueryCodeToo) {
  EXPECT_EQ(
      Ask("sqs", "GetQueueUrl", {{"QueueName", "nope"}}).response.headers.Get("x-amzn-query-error"),
      "AWS.SimpleQueueService.NonExistentQueue;Sender");
}

TEST_F(SqsQueues, TheSameNameWithOtherAttributesIsTaken) {
  const std::string url = Create("jobs", {{"DelaySeconds", "5"}});

  EXPECT_EQ(Create("jobs", {{"DelaySeconds", "5"}}), url);
  EXPECT_THAT(Ask("sqs", "CreateQueue",
                  {{"QueueName", "jobs"}, {"Attributes", json::Object{{"DelaySeconds", "6"}}}}),
              Fails(400, "QueueAlreadyExists", HasSubstr("DelaySeconds")));
  EXPECT_THAT(Ask("sqs", "SetQueueAttributes",
                  {{"QueueUrl", url}, {"Attributes", json::Object{{"DelaySeconds", "901"}}}}),
              Fails(400, "InvalidAttributeValue", HasSubstr("DelaySeconds")));
}

TEST_F(SqsQueues, AMessageIsInvisibleUntilItsTimeIsOver) {
  const std::string url = Create("jobs", {{"VisibilityTimeout", "30"}});
  const json::Object sent = SendText(url, "work");

  EXPECT_EQ(sent.GetString("MD5OfMessageBody"), ToHex(Md5("work")));
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("work"));
  EXPECT_THAT(Receive(url), IsEmpty());
  EXPECT_EQ(Attribute(url, "ApproximateNumberOfMessagesNotVisible"), "1");
  Advance(std::chrono::seconds(31));
  EXPECT_THAT(Receive(url), SizeIs(1));
}

TEST_F(SqsQueues, ADeletedMessageDoesNotComeBack) {
  const std::string url = Create("jobs");
  SendText(url, "work");
  const std::string receipt(Receive(url)[0].AsObject().GetString("ReceiptHandle"));
  Do("sqs", "DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", receipt}});
  Advance(std::chrono::minutes(1));

  EXPECT_THAT(Receive(url), IsEmpty());
  EXPECT_THAT(Ask("sqs", "DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", "nope"}}),
              Fails(400, "ReceiptHandleIsInvalid", HasSubstr("not a valid receipt handle")));
}

TEST_F(SqsQueues, VisibilityIsChangedByReceipt) {
  const std::string url = Create("jobs");
  SendText(url, "work");
  const std::string receipt(Receive(url)[0].AsObject().GetString("ReceiptHandle"));
  Do("sqs", "ChangeMessageVisibility",
     {{"QueueUrl", url}, {"ReceiptHandle", receipt}, {"VisibilityTimeout", 0}});

  EXPECT_THAT(Receive(url), SizeIs(1));
}

TEST_F(SqsQueues, ADelayedMessageComesLater) {
  const std::string url = Create("jobs");
  SendText(url, "later", {{"DelaySeconds", 10}});

  EXPECT_THAT(Receive(url), IsEmpty());
  Advance(std::chrono::seconds(10));
  EXPECT_THAT(Receive(url), SizeIs(1));
}

TEST_F(SqsQueues, LongPollingWaitsForAMessage) {
  const std::string url = Create("jobs");
  const Pending pending =
      Begin("sqs", "ReceiveMessage", {{"QueueUrl", url}, {"WaitTimeSeconds", 20}});
  Advance(std::chrono::seconds(5));
  EXPECT_FALSE(pending.done());
  SendText(url, "at last");
  Advance(std::chrono::seconds(1));

  EXPECT_THAT(Bodies(Wait(pending).output.GetArray("Messages")), ElementsAre("at last"));
}

TEST_F(SqsQueues, LongPollingEnds) {
  const std::string url = Create("jobs");
  const Pending pending =
      Begin("sqs", "ReceiveMessage", {{"QueueUrl", url}, {"WaitTimeSeconds", 2}});
  Advance(std::chrono::seconds(3));

  EXPECT_THAT(Wait(pending).output.GetArray("Messages"), IsEmpty());
}

TEST_F(SqsQueues, WhatIsReceivedTooOftenGoesToTheDeadLetters) {
  const std::string dead = Create("dead");
  const std::string url = Create(
      "jobs",
      {{"VisibilityTimeout", "0"},
       {"RedrivePolicy",
        R"({"deadLetterTargetArn":"arn:aws:sqs:eu-central-1:111122223333:dead","maxReceiveCount":"2"})"}});
  SendText(url, "poison");

  EXPECT_THAT(Receive(url), SizeIs(1));
  EXPECT_THAT(Receive(url), SizeIs(1));
  EXPECT_THAT(Receive(url), IsEmpty());
  EXPECT_THAT(Bodies(Receive(dead)), ElementsAre("poison"));
  EXPECT_THAT(Do("sqs", "ListDeadLetterSourceQueues", {{"QueueUrl", dead}}).GetArray("queueUrls"),
              ElementsAre(json::Value(url)));
}

TEST_F(SqsQueues, AFifoQueueKeepsTheOrderOfAGroupAndDropsDuplicates) {
  const std::string url =
      Create("jobs.fifo", {{"FifoQueue", "true"}, {"ContentBasedDeduplication", "true"}});
  for (const char* body : {"1", "2", "1"}) SendText(url, body, {{"MessageGroupId", "g"}});

  const json::Array first = Receive(url, {{"MaxNumberOfMessages", 1}});
  EXPECT_THAT(Bodies(first), ElementsAre("1"));
  EXPECT_THAT(Receive(url), IsEmpty());
  Do("sqs", "DeleteMessage",
     {{"QueueUrl", url}, {"ReceiptHandle", first[0].AsObject().GetString("ReceiptHandle")}});
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("2"));
  EXPECT_FALSE(Ask("sqs", "SendMessage", {{"QueueUrl", url}, {"MessageBody", "x"}}).ok());
}

TEST_F(SqsQueues, AttributesTravelWithTheMessage) {
  const std::string url = Create("jobs");
  const json::Object attributes{
      {"kind", json::Object{{"DataType", "String"}, {"StringValue", "test"}}},
      {"raw", json::Object{{"DataType", "Binary"}, {"BinaryValue", std::string("\0\xff", 2)}}}};
  const json::Object sent = SendText(url, "m", {{"MessageAttributes", attributes}});
  Restart();

  const json::Object got = Receive(url, {{"MessageAttributeNames", json::Array{"All"}},
                                         {"AttributeNames", json::Array{"All"}}})[0]
                               .AsObject();
  EXPECT_EQ(got.GetObject("MessageAttributes"), attributes);
  EXPECT_EQ(got.GetString("MD5OfMessageAttributes"), sent.GetString("MD5OfMessageAttributes"));
  EXPECT_EQ(got.GetObject("Attributes").GetString("ApproximateReceiveCount"), "1");
}

TEST_F(SqsQueues, ABatchTellsWhatFailed) {
  const std::string url = Create("jobs");
  const json::Object answer =
      Do("sqs", "SendMessageBatch",
         {{"QueueUrl", url},
          {"Entries", json::Array{json::Object{{"Id", "a"}, {"MessageBody", "1"}},
                                  json::Object{{"Id", "b"}, {"MessageBody", ""}}}}});

  EXPECT_THAT(answer.GetArray("Successful"), SizeIs(1));
  EXPECT_THAT(answer.GetArray("Failed"), SizeIs(1));
  EXPECT_THAT(
      Ask("sqs", "SendMessageBatch", {{"QueueUrl", url}, {"Entries", json::Array()}}),
      Fails(400, "AWS.SimpleQueueService.EmptyBatchRequest", HasSubstr("at least one entry")));
}

TEST_F(SqsQueues, PurgingEmptiesOnceAMinute) {
  const std::string url = Create("jobs");
  SendText(url, "m");
  Do("sqs", "PurgeQueue", {{"QueueUrl", url}});

  EXPECT_THAT(Receive(url), IsEmpty());
  EXPECT_THAT(
      Ask("sqs", "PurgeQueue", {{"QueueUrl", url}}),
      Fails(403, "AWS.SimpleQueueService.PurgeQueueInProgress", HasSubstr("every 60 seconds")));
}

TEST_F(SqsQueues, AreListedByPrefixInPages) {
  for (const char* name : {"a-1", "a-2", "b"}) Create(name);

  const json::Object page = Do("sqs", "ListQueues", {{"QueueNamePrefix", "a-"}, {"MaxResults", 1}});
  EXPECT_THAT(page.GetArray("QueueUrls"), SizeIs(1));
  EXPECT_THAT(
      Do("sqs", "ListQueues",
         {{"QueueNamePrefix", "a-"}, {"MaxResults", 1}, {"NextToken", page.GetString("NextToken")}})
          .GetArray("QueueUrls"),
      SizeIs(1));
}

TEST_F(SqsQueues, SpeakTheQueryProtocolToo) {
  const std::string url = Create("jobs");
  Do("sqs-query", "SendMessage", {{"QueueUrl", url}, {"MessageBody", "form"}});

  EXPECT_THAT(Bodies(Do("sqs-query", "ReceiveMessage", {{"QueueUrl", url}}).GetArray("Messages")),
              ElementsAre("form"));
  EXPECT_THAT(Ask("sqs-query", "GetQueueUrl", {{"QueueName", "nope"}}),
              Fails(400, "AWS.SimpleQueueService.NonExistentQueue", HasSubstr("does not exist")));
}

TEST_F(SqsQueues, ListsOfTheQueryProtocolBearTheNamesOfTheirItems) {
  const std::string url = Create("jobs");
  const net::Request request =
      Encode("sqs-query", "GetQueueAttributes",
             {{"QueueUrl", url}, {"AttributeNames", json::Array{"QueueArn"}}});
  const net::Request tagging =
      Encode("sqs-query", "TagQueue", {{"QueueUrl", url}, {"Tags", json::Object{{"a", "1"}}}});
  const net::Response answer = Send(Encode("sqs-query", "ListQueues", {}));

  EXPECT_THAT(request.body, HasSubstr("&AttributeName.1=QueueArn"));
  EXPECT_THAT(tagging.body, HasSubstr("&Tag.1.Key=a&Tag.1.Value=1"));
  EXPECT_THAT(answer.body, HasSubstr("<QueueUrl>" + url + "</QueueUrl>"));
}

TEST_F(SqsQueues, TagsAreSetAndRemoved) {
  const std::string url = Create("jobs");
  Do("sqs", "TagQueue", {{"QueueUrl", url}, {"Tags", json::Object{{"a", "1"}, {"b", "2"}}}});
  Do("sqs", "UntagQueue", {{"QueueUrl", url}, {"TagKeys", json::Array{"a"}}});

  EXPECT_EQ(Do("sqs", "ListQueueTags", {{"QueueUrl", url}}).GetObject("Tags"),
            (json::Object{{"b", "2"}}));
}

TEST_F(SqsQueues, AMessageHasABody) {
  const std::string url = Create("jobs");
  net::Request request = Encode("sqs", "SendMessage", {{"QueueUrl", url}, {"MessageBody", "x"}});
  request.body = R"({"QueueUrl":")" + url + R"("})";

  const Answered answered = Decode("sqs", "SendMessage", Send(std::move(request)));

  EXPECT_THAT(answered, Fails(400, "MissingParameter",
                              "The request must contain the parameter MessageBody."));
  EXPECT_EQ(answered.response.headers.Get("x-amzn-query-error"), "MissingParameter;Sender");
  EXPECT_THAT(answered.response.body, HasSubstr("MissingRequiredParameterException"));
}

TEST_F(SqsQueues, AFifoBatchIsSentWholeOrNotAtAll) {
  const std::string url = Create("jobs.fifo", {{"FifoQueue", "true"}});
  json::Array entries{json::Object{{"Id", "1"},
                                   {"MessageBody", "a"},
                                   {"MessageGroupId", "g"},
                                   {"MessageDeduplicationId", "d"}},
                      json::Object{{"Id", "2"}, {"MessageBody", "b"}}};

  EXPECT_THAT(Ask("sqs", "SendMessageBatch", {{"QueueUrl", url}, {"Entries", std::move(entries)}}),
              Fails(400, "InvalidParameterValue",
                    "The request must contain the parameter MessageGroupId."));
  EXPECT_THAT(Receive(url), IsEmpty());
}

TEST_F(SqsQueues, AReceiptOfAFifoQueueExpires) {
  const std::string url = Create("jobs.fifo", {{"FifoQueue", "true"}, {"VisibilityTimeout", "1"}});
  SendText(url, "a", {{"MessageGroupId", "g"}, {"MessageDeduplicationId", "d"}});
  const std::string receipt(Receive(url)[0].AsObject().GetString("ReceiptHandle"));
  Advance(std::chrono::seconds(2));

  EXPECT_THAT(Ask("sqs", "DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", receipt}}),
              Fails(400, "InvalidParameterValue", HasSubstr("The receipt handle has expired.")));
}

TEST_F(SqsQueues, APermissionOfOneIsWrittenAsOne) {
  const std::string url = Create("jobs");
  Do("sqs", "AddPermission",
     {{"QueueUrl", url},
      {"Label", "ann"},
      {"AWSAccountIds", json::Array{"444455556666"}},
      {"Actions", json::Array{"ReceiveMessage"}}});

  EXPECT_THAT(Attribute(url, "Policy"),
              HasSubstr(R"("Principal":{"AWS":"arn:aws:iam::444455556666:root"},)"
                        R"("Action":"SQS:ReceiveMessage")"));
  EXPECT_THAT(Ask("sqs", "RemovePermission", {{"QueueUrl", url}, {"Label", "bob"}}),
              Fails(400, "InvalidParameterValue", HasSubstr("can't find label")));
}

TEST_F(SqsQueues, OneKindOfEncryptionTakesTheOthersPlace) {
  const std::string url = Create("jobs", {{"KmsMasterKeyId", "key"}});
  EXPECT_EQ(Attribute(url, "SqsManagedSseEnabled"), "false");
  const auto set = [&](json::Object attributes) {
    return Ask("sqs", "SetQueueAttributes",
               {{"QueueUrl", url}, {"Attributes", std::move(attributes)}});
  };
  EXPECT_THAT(set({{"KmsMasterKeyId", "key"}, {"SqsManagedSseEnabled", "true"}}),
              Fails(400, "InvalidAttributeName", HasSubstr("one type of server-side encryption")));

  EXPECT_TRUE(set({{"SqsManagedSseEnabled", "true"}}).ok());

  EXPECT_EQ(Attribute(url, "KmsMasterKeyId"), "");
}

}  // namespace
}  // namespace trunkline::cloud::tests
