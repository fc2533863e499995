// Asynchronous invocations: tried again, given up, told to destinations.
#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "tests/cloud/lambda/lambda_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class Asynchronous : public LambdaTest {
 protected:
  std::string MakeQueue(std::string_view name) {
    Do("sqs", "CreateQueue", {{"QueueName", name}});
    return fmt::format("arn:aws:sqs:{}:{}:{}", region(), account(), name);
  }
  // All messages of a queue; waits until there is one, at most some seconds of real time.
  json::Array Messages(std::string_view name) {
    const json::Object input{
        {"QueueUrl", fmt::format("http://127.0.0.1:4566/{}/{}", account(), name)},
        {"MaxNumberOfMessages", 10},
        {"MessageAttributeNames", json::Array{"All"}}};
    for (int i = 0; i < 500; ++i) {
      json::Array messages = Do("sqs", "ReceiveMessage", input).GetArray("Messages");
      if (!messages.empty()) return messages;
      Breathe();
    }
    return {};
  }
  json::Object Body(const json::Value& message) {
    return json::Parse(message.AsObject().GetString("Body")).value().AsObject();
  }
  // The only record of a queue.
  json::Object RecordIn(std::string_view name) {
    const json::Array messages = Messages(name);
    EXPECT_THAT(messages, SizeIs(1));
    return messages.empty() ? json::Object() : Body(messages[0]);
  }
  // Lets processes do something; the clock stands.
  void Breathe() {
    Advance(Milliseconds(0));
    loop().restart();
    loop().run_for(std::chrono::milliseconds(20));
    RunLoop();
  }
  // Until the function's log tells of so many starts.
  void AwaitStarts(std::size_t wanted) {
    for (int i = 0; i < 500 && Starts() < wanted; ++i) Breathe();
    EXPECT_EQ(Starts(), wanted);
  }
  std::size_t Starts() {
    const Answered answered =
        Ask("logs", "FilterLogEvents",
            {{"logGroupName", "/aws/lambda/greet"}, {"filterPattern", "START"}});
    return answered.output.GetArray("events").size();
  }
  void SendEvent(std::string_view payload = R"({"n":1})") {
    EXPECT_EQ(Invoke({{"InvocationType", "Event"}, {"Payload", payload}}).status, 202);
  }
  json::Object To(std::string_view destination) { return {{"Destination", destination}}; }
  void Configure(json::Object config) {
    DoLambda("PutFunctionEventInvokeConfig", std::move(config));
  }
};

TEST_F(Asynchronous, TellOfASuccess) {
  MakeFunction("return {'got': event}");
  const std::string queue = MakeQueue("good");
  Configure({{"DestinationConfig", json::Object{{"OnSuccess", To(queue)}}}});

  SendEvent();
  const json::Object record = RecordIn("good");

  EXPECT_EQ(record.GetString("version"), "1.0");
  const json::Object& request = record.GetObject("requestContext");
  EXPECT_EQ(request.GetString("condition"), "Success");
  EXPECT_EQ(request.GetInt("approximateInvokeCount"), 1);
  EXPECT_EQ(request.GetString("functionArn"), FunctionArn("$LATEST"));
  EXPECT_EQ(record.GetObject("requestPayload").GetInt("n"), 1);
  EXPECT_EQ(record.GetObject("responseContext").GetInt("statusCode"), 200);
  EXPECT_EQ(record.GetObject("responsePayload").GetObject("got").GetInt("n"), 1);
}

TEST_F(Asynchronous, AreTriedAgainAfterOneAndTwoMinutes) {
  MakeFunction("raise ValueError('not today')");
  Configure({{"DestinationConfig", json::Object{{"OnFailure", To(MakeQueue("bad"))}}}});

  SendEvent();
  AwaitStarts(1);
  Advance(std::chrono::seconds(59));
  EXPECT_EQ(Starts(), 1U);
  Advance(std::chrono::seconds(1));
  AwaitStarts(2);
  Restart();
  Advance(std::chrono::seconds(120));
  AwaitStarts(3);
  const json::Object record = RecordIn("bad");

  EXPECT_EQ(record.GetObject("requestContext").GetString("condition"), "RetriesExhausted");
  EXPECT_EQ(record.GetObject("requestContext").GetInt("approximateInvokeCount"), 3);
  EXPECT_EQ(record.GetObject("responseContext").GetString("functionError"), "Unhandled");
  EXPECT_EQ(record.GetObject("responsePayload").GetString("errorMessage"), "not today");
  EXPECT_EQ(record.GetObject("responsePayload").GetString("requestId"),
            record.GetObject("requestContext").GetString("requestId"));
}

TEST_F(Asynchronous, AreGivenUpWhenTheyAreTooOld) {
  MakeFunction("raise ValueError('not today')");
  Configure({{"MaximumEventAgeInSeconds", 60},
             {"DestinationConfig", json::Object{{"OnFailure", To(MakeQueue("bad"))}}}});

  SendEvent();
  AwaitStarts(1);
  Advance(std::chrono::seconds(60));
  const json::Object record = RecordIn("bad");

  EXPECT_EQ(record.GetObject("requestContext").GetString("condition"), "EventAgeExceeded");
  EXPECT_EQ(record.GetObject("requestContext").GetInt("approximateInvokeCount"), 1);
  EXPECT_EQ(record.GetObject("responsePayload").GetString("errorMessage"), "not today");
}

TEST_F(Asynchronous, GoToTheDeadLettersAsTheyCame) {
  json::Object input = FunctionInput("raise ValueError('not today')");
  const json::Object letters{{"TargetArn", MakeQueue("dead")}};
  input.Set("DeadLetterConfig", letters);
  DoLambda("CreateFunction", std::move(input));
  Settle();
  Configure({{"MaximumRetryAttempts", 0}});

  SendEvent();
  const json::Array messages = Messages("dead");

  ASSERT_THAT(messages, SizeIs(1));
  EXPECT_EQ(messages[0].AsObject().GetString("Body"), R"({"n":1})");
  const json::Object& attributes = messages[0].AsObject().GetObject("MessageAttributes");
  EXPECT_EQ(attributes.GetObject("ErrorCode").GetString("StringValue"), "200");
  EXPECT_EQ(attributes.GetObject("ErrorMessage").GetString("StringValue"), "not today");
  EXPECT_THAT(attributes.GetObject("RequestID").GetString("StringValue"), SizeIs(36));
}

TEST_F(Asynchronous, OfAFunctionWithoutConcurrencyFailAtOnce) {
  MakeFunction();
  Configure({{"DestinationConfig", json::Object{{"OnFailure", To(MakeQueue("bad"))}}}});
  DoLambda("PutFunctionConcurrency", {{"ReservedConcurrentExecutions", 0}});

  SendEvent();
  const json::Object record = RecordIn("bad");

  EXPECT_EQ(record.GetObject("requestContext").GetString("condition"), "ZeroReservedConcurrency");
  EXPECT_EQ(record.GetObject("requestContext").GetInt("approximateInvokeCount"), 0);
  EXPECT_FALSE(record.Has("responseContext"));
}

TEST_F(Asynchronous, AreToldToBusesTopicsAndFunctions) {
  MakeFunction("return 'done'");
  const std::string queue = MakeQueue("seen");
  Do("events", "PutRule", {{"Name", "results"}, {"EventPattern", R"({"source":["lambda"]})"}});
  json::Array targets;
  targets.push_back(json::Object{{"Id", "q"}, {"Arn", queue}});
  Do("events", "PutTargets", {{"Rule", "results"}, {"Targets", std::move(targets)}});
  const json::Object statement{{"Effect", "Allow"},
                               {"Principal", json::Object{{"Service", "events.amazonaws.com"}}},
                               {"Action", "sqs:SendMessage"},
                               {"Resource", queue}};
  const json::Object policy{{"Version", "2012-10-17"}, {"Statement", json::Array{statement}}};
  const json::Object attributes{{"Policy", json::Write(policy)}};
  Do("sqs", "SetQueueAttributes",
     {{"QueueUrl", fmt::format("http://127.0.0.1:4566/{}/seen", account())},
      {"Attributes", attributes}});
  const std::string bus =
      fmt::format("arn:aws:events:{}:{}:event-bus/default", region(), account());
  Configure({{"DestinationConfig", json::Object{{"OnSuccess", To(bus)}}}});

  SendEvent();
  const json::Object event = RecordIn("seen");

  EXPECT_EQ(event.GetString("detail-type"), "Lambda Function Invocation Result - Success");
  EXPECT_EQ(event.GetString("source"), "lambda");
  EXPECT_EQ(event.GetObject("detail").GetString("responsePayload"), "done");
  EXPECT_EQ(event.GetArray("resources").back().AsString(), FunctionArn("$LATEST"));
}

TEST_F(Asynchronous, KeepFailuresInABucket) {
  MakeFunction("raise ValueError('not today')");
  Do("s3", "CreateBucket",
     {{"Bucket", "failures"},
      {"CreateBucketConfiguration", json::Object{{"LocationConstraint", region()}}}});
  Configure({{"MaximumRetryAttempts", 0},
             {"DestinationConfig", json::Object{{"OnFailure", To("arn:aws:s3:::failures")}}}});

  SendEvent();
  json::Array objects;
  for (int i = 0; i < 500 && objects.empty(); ++i) {
    Breathe();
    objects = Do("s3", "ListObjectsV2", {{"Bucket", "failures"}}).GetArray("Contents");
  }

  ASSERT_THAT(objects, SizeIs(1));
  EXPECT_THAT(std::string(objects[0].AsObject().GetString("Key")),
              StartsWith("aws/lambda/async/greet/"));
}

// ---- the configurations

class EventInvokeConfigs : public LambdaTest {
 protected:
  EventInvokeConfigs() { MakeFunction(); }
};

TEST_F(EventInvokeConfigs, AreReplacedByPutAndMergedByUpdate) {
  DoLambda("PutFunctionEventInvokeConfig",
           {{"MaximumRetryAttempts", 1}, {"MaximumEventAgeInSeconds", 90}});
  DoLambda("UpdateFunctionEventInvokeConfig", {{"MaximumRetryAttempts", 0}});
  Restart();

  const json::Object got = DoLambda("GetFunctionEventInvokeConfig");
  EXPECT_EQ(got.GetString("FunctionArn"), FunctionArn("$LATEST"));
  EXPECT_EQ(got.GetInt("MaximumRetryAttempts"), 0);
  EXPECT_EQ(got.GetInt("MaximumEventAgeInSeconds"), 90);
  EXPECT_TRUE(got.GetObject("DestinationConfig").Has("OnFailure"));
  EXPECT_FALSE(DoLambda("PutFunctionEventInvokeConfig", {{"MaximumRetryAttempts", 2}})
                   .Has("MaximumEventAgeInSeconds"));
}

TEST_F(EventInvokeConfigs, AreListedForEachQualifierAndGoWithIt) {
  DoLambda("CreateAlias", {{"Name", "live"}, {"FunctionVersion", Publish()}});
  for (const std::string_view qualifier : {"$LATEST", "1", "live"}) {
    DoLambda("PutFunctionEventInvokeConfig",
             {{"Qualifier", qualifier}, {"MaximumRetryAttempts", 1}});
  }
  const auto count = [&] {
    return DoLambda("ListFunctionEventInvokeConfigs").GetArray("FunctionEventInvokeConfigs").size();
  };

  EXPECT_EQ(count(), 3U);
  DoLambda("DeleteAlias", {{"Name", "live"}});
  EXPECT_EQ(count(), 2U);
  DoLambda("DeleteFunctionEventInvokeConfig", {{"Qualifier", "1"}});
  EXPECT_EQ(count(), 1U);
  EXPECT_THAT(
      AskLambda("DeleteFunctionEventInvokeConfig", {{"Qualifier", "1"}}),
      Fails(404, "ResourceNotFoundException",
            fmt::format("The function {} doesn't have an EventInvokeConfig", FunctionArn("1"))));
}

TEST_F(EventInvokeConfigs, MustSaySomethingThatCanBeDone) {
  const auto put = [&](const std::string& destination) {
    const json::Object one{{"Destination", destination}};
    return AskLambda("PutFunctionEventInvokeConfig",
                     {{"DestinationConfig", json::Object{{"OnSuccess", one}}}});
  };

  EXPECT_THAT(AskLambda("PutFunctionEventInvokeConfig"),
              Fails(400, "InvalidParameterValueException",
                    "You must specify at least one of error handling or destination setting."));
  EXPECT_THAT(put(FunctionArn()),
              Fails(400, "InvalidParameterValueException",
                    "You can't specify the function as a destination for itself."));
  EXPECT_THAT(put(FunctionArn() + "-not"),
              Fails(400, "InvalidParameterValueException", HasSubstr("is invalid.")));
  EXPECT_THAT(put("arn:aws:iam:eu-central-1:111122223333:role/x"),
              Fails(400, "InvalidParameterValueException",
                    HasSubstr("DestinationConfig(onSuccess=OnSuccess(destination=arn:aws:iam:")));
  EXPECT_THAT(Ask("lambda", "PutFunctionEventInvokeConfig",
                  {{"FunctionName", "nobody"}, {"MaximumRetryAttempts", 1}}),
              Fails(404, "ResourceNotFoundException", "The function doesn't exist."));
}

}  // namespace
}  // namespace trunkline::cloud::tests
