// Subscription filters: which may be put, and what functions are sent.
#include <fmt/format.h>

#include "base/gzip.h"
#include "base/hash.h"
#include "base/json_read.h"
#include "tests/cloud/lambda/lambda_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kGroup = "/acme/calls";

// The function writes what it is sent into its own log.
class LogSubscriptions : public LambdaTest {
 protected:
  LogSubscriptions() {
    Do("logs", "CreateLogGroup", {{"logGroupName", kGroup}});
    Do("logs", "CreateLogStream", {{"logGroupName", kGroup}, {"logStreamName", "s"}});
  }
  void Let(std::string_view source = "arn:aws:logs:eu-central-1:111122223333:log-group:*") {
    DoLambda("AddPermission", {{"StatementId", "logs"},
                               {"Action", "lambda:InvokeFunction"},
                               {"Principal", "logs.eu-central-1.amazonaws.com"},
                               {"SourceArn", source}});
  }
  json::Object Filter(std::string_view name, std::string_view pattern) {
    return {{"logGroupName", kGroup},
            {"filterName", name},
            {"filterPattern", pattern},
            {"destinationArn", FunctionArn()}};
  }
  void Log(const std::vector<std::string>& messages) {
    json::Array events;
    for (const std::string& message : messages) {
      events.push_back(json::Object{{"timestamp", clock().Now().time_since_epoch().count()},
                                    {"message", message}});
    }
    Do("logs", "PutLogEvents",
       {{"logGroupName", kGroup}, {"logStreamName", "s"}, {"logEvents", std::move(events)}});
  }
  // What the function printed of its events, unpacked; waits for `wanted`, some seconds at most.
  std::vector<json::Object> Received(std::size_t wanted) {
    std::vector<json::Object> received;
    for (int i = 0; i < 500 && received.size() < wanted; ++i) {
      Advance(Milliseconds(0));
      loop().restart();
      loop().run_for(std::chrono::milliseconds(20));
      RunLoop();
      received.clear();
      const Answered found =
          Ask("logs", "FilterLogEvents",
              {{"logGroupName", "/aws/lambda/greet"}, {"filterPattern", "data"}});
      for (const json::Value& event : found.output.GetArray("events"))
        received.push_back(Unpack(event.AsObject().GetString("message")));
    }
    return received;
  }
  static json::Object Unpack(std::string_view line) {
    const json::Object event = json::Parse(line).value().AsObject();
    const auto bytes = FromBase64(event.GetObject("awslogs").GetString("data"));
    return json::Parse(Gunzip(bytes.value(), 1 << 20).value()).value().AsObject();
  }
  static std::vector<std::string> Messages(const json::Object& data) {
    std::vector<std::string> messages;
    for (const json::Value& event : data.GetArray("logEvents"))
      messages.emplace_back(event.AsObject().GetString("message"));
    return messages;
  }
  void MakePrinter() { MakeFunction("import json; print(json.dumps(event))"); }
};

TEST_F(LogSubscriptions, SendWhatFitsToTheFunction) {
  MakePrinter();
  Let();
  Do("logs", "PutSubscriptionFilter", Filter("errors", "ERROR"));
  Log({"ERROR one", "fine", "ERROR two"});

  const std::vector<json::Object> received = Received(1);

  ASSERT_THAT(received, SizeIs(1));
  EXPECT_EQ(received[0].GetString("messageType"), "DATA_MESSAGE");
  EXPECT_EQ(received[0].GetString("owner"), account());
  EXPECT_EQ(received[0].GetString("logGroup"), kGroup);
  EXPECT_EQ(received[0].GetString("logStream"), "s");
  EXPECT_EQ(received[0].GetArray("subscriptionFilters"), json::Array{"errors"});
  EXPECT_THAT(Messages(received[0]), ElementsAre("ERROR one", "ERROR two"));
  const json::Object found = Do("logs", "FilterLogEvents", {{"logGroupName", kGroup}});
  EXPECT_EQ(received[0].GetArray("logEvents")[0].AsObject().GetString("id"),
            found.GetArray("events")[0].AsObject().GetString("eventId"));
}

TEST_F(LogSubscriptions, NamedWordsComeAsFields) {
  MakePrinter();
  Let();
  Do("logs", "PutSubscriptionFilter", Filter("slow", "[queue, ..., seconds > 10]"));
  Log({"sales waited 12", "sales waited 3"});

  const std::vector<json::Object> received = Received(1);

  ASSERT_THAT(received, SizeIs(1));
  ASSERT_THAT(Messages(received[0]), ElementsAre("sales waited 12"));
  const json::Object& event = received[0].GetArray("logEvents")[0].AsObject();
  EXPECT_EQ(event.GetObject("extractedFields"),
            (json::Object{{"queue", "sales"}, {"2", "waited"}, {"seconds", "12"}}));
}

TEST_F(LogSubscriptions, AreDeliveredAfterARestart) {
  MakePrinter();
  Let();
  Do("logs", "PutSubscriptionFilter", Filter("all", ""));
  Log({"kept"});
  Restart();

  EXPECT_THAT(Received(1), SizeIs(1));
}

TEST_F(LogSubscriptions, AreTwoOfAGroupDescribedAndDeleted) {
  MakeFunction();
  Let();
  Do("logs", "PutSubscriptionFilter", Filter("one", ""));
  Do("logs", "PutSubscriptionFilter", Filter("two", "[]"));
  EXPECT_THAT(Ask("logs", "PutSubscriptionFilter", Filter("three", "")),
              Fails(400, "LimitExceededException", "Resource limit exceeded."));
  Do("logs", "PutSubscriptionFilter", Filter("one", "changed"));
  Restart();

  const json::Object described = Do("logs", "DescribeSubscriptionFilters",
                                    {{"logGroupName", kGroup}, {"filterNamePrefix", "o"}});
  ASSERT_THAT(described.GetArray("subscriptionFilters"), SizeIs(1));
  const json::Object& one = described.GetArray("subscriptionFilters")[0].AsObject();
  EXPECT_EQ(one.GetString("filterPattern"), "changed");
  EXPECT_EQ(one.GetString("distribution"), "ByLogStream");

  const json::Object named{{"logGroupName", kGroup}, {"filterName", "one"}};
  Do("logs", "DeleteSubscriptionFilter", named);
  EXPECT_THAT(
      Ask("logs", "DeleteSubscriptionFilter", named),
      Fails(400, "ResourceNotFoundException", "The specified subscription filter does not exist."));
}

TEST_F(LogSubscriptions, NeedTheFunctionsPermission) {
  MakeFunction();
  Let("arn:aws:logs:eu-central-1:111122223333:log-group:/other:*");

  EXPECT_THAT(Ask("logs", "PutSubscriptionFilter", Filter("all", "")),
              Fails(400, "InvalidParameterException",
                    "Could not execute the lambda function. Make sure you have given CloudWatch "
                    "Logs permission to execute your function."));
}

TEST_F(LogSubscriptions, OfAFunctionsOwnLogAreRefused) {
  MakeFunction();
  Let();
  Do("logs", "CreateLogGroup", {{"logGroupName", "/aws/lambda/greet"}});
  json::Object filter = Filter("loop", "");
  filter.Set("logGroupName", "/aws/lambda/greet");

  EXPECT_THAT(Ask("logs", "PutSubscriptionFilter", filter),
              Fails(400, "InvalidParameterException",
                    "The log group provided is reserved for the function log of the destination "
                    "function."));
}

TEST_F(LogSubscriptions, SayWhatDestinationsCannotBe) {
  const auto to = [&](std::string_view arn) {
    json::Object filter = Filter("f", "");
    filter.Set("destinationArn", arn);
    return filter;
  };
  EXPECT_THAT(Ask("logs", "PutSubscriptionFilter",
                  to("arn:aws:lambda:eu-central-1:999988887777:function:greet")),
              Fails(400, "AccessDeniedException", HasSubstr("Cross-account lambda invocation")));
  EXPECT_THAT(Ask("logs", "PutSubscriptionFilter",
                  to("arn:aws:kinesis:eu-central-1:111122223333:stream/s")),
              Fails(400, "InvalidParameterException",
                    "destinationArn for vendor kinesis cannot be used without roleArn"));
  json::Object stream = to("arn:aws:firehose:eu-central-1:111122223333:deliverystream/s");
  stream.Set("roleArn", RoleArn());
  EXPECT_THAT(Ask("logs", "PutSubscriptionFilter", stream),
              Fails(400, "InvalidParameterException", HasSubstr("'firehose'")));
}

class MetricFilters : public CloudTest {
 protected:
  MetricFilters() { Do("logs", "CreateLogGroup", {{"logGroupName", kGroup}}); }
  static json::Object Filter(std::string_view name, std::string_view pattern) {
    json::Object transformation{
        {"metricName", "errors"}, {"metricNamespace", "acme"}, {"metricValue", "1"}};
    return {{"logGroupName", kGroup},
            {"filterName", name},
            {"filterPattern", pattern},
            {"metricTransformations", json::Array{std::move(transformation)}}};
  }
  std::vector<json::Object> Tested(std::string_view pattern, json::Array messages) {
    const json::Object answer =
        Do("logs", "TestMetricFilter",
           {{"filterPattern", pattern}, {"logEventMessages", std::move(messages)}});
    std::vector<json::Object> values;
    for (const json::Value& match : answer.GetArray("matches"))
      values.push_back(match.AsObject().GetObject("extractedValues"));
    return values;
  }
};

TEST_F(MetricFilters, AreKeptCountedAndDeleted) {
  Do("logs", "PutMetricFilter", Filter("errors", "ERROR"));
  Restart();

  const json::Object described =
      Do("logs", "DescribeMetricFilters", {{"metricName", "errors"}, {"metricNamespace", "acme"}});
  ASSERT_THAT(described.GetArray("metricFilters"), SizeIs(1));
  EXPECT_EQ(described.GetArray("metricFilters")[0].AsObject().GetString("logGroupName"), kGroup);
  EXPECT_EQ(Do("logs", "DescribeLogGroups")
                .GetArray("logGroups")[0]
                .AsObject()
                .GetInt("metricFilterCount"),
            1);
  const json::Object named{{"logGroupName", kGroup}, {"filterName", "errors"}};
  Do("logs", "DeleteMetricFilter", named);
  EXPECT_THAT(Do("logs", "DescribeMetricFilters").GetArray("metricFilters"), IsEmpty());
  EXPECT_THAT(
      Ask("logs", "DeleteMetricFilter", named),
      Fails(400, "ResourceNotFoundException", "The specified metric filter does not exist."));
  EXPECT_THAT(Ask("logs", "PutMetricFilter", Filter("wrong", "a:b")),
              Fails(400, "InvalidParameterException", HasSubstr("Invalid filter pattern")));
}

TEST_F(MetricFilters, AreTestedOnMessages) {
  const json::Array words{"10.0.0.1 ann [12:00 CET] \"GET /a\" 404", "10.0.0.2 bob [x] \"y\" 200"};
  EXPECT_THAT(Tested("[ip, user, time, request, status = 4*]", words),
              ElementsAre(json::Object{{"$ip", "10.0.0.1"},
                                       {"$user", "ann"},
                                       {"$time", "12:00 CET"},
                                       {"$request", "GET /a"},
                                       {"$status", "404"}}));
  EXPECT_THAT(Tested("[..., status != 404 && status >= 200]", words), SizeIs(1));
  EXPECT_THAT(Tested("[ip = %0\\.[12]$% , user]", {"10.0.0.2 a", "10.0.0.3 a"}), SizeIs(1));
  EXPECT_THAT(Tested("[]", {"a b"}), ElementsAre(json::Object{{"$1", "a"}, {"$2", "b"}}));
  EXPECT_THAT(Tested("{ $.level = %ERR|FATAL% }", {R"({"level":"FATAL"})", R"({"level":"INFO"})"}),
              ElementsAre(json::Object{{"$.level", "FATAL"}}));
}

}  // namespace
}  // namespace trunkline::cloud::tests
