// Alarms: what they decide, say and do.
#include "base/json_read.h"
#include "cloud/services/cloudwatch/decision.h"
#include "tests/cloud/cloudwatch/cloudwatch_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

// ---- the rules of missing data, as documented: '0' good, 'X' bad, '-' missing, oldest first

std::string Decided(std::size_t periods, std::size_t to_alarm, std::string_view missing,
                    std::string_view values) {
  std::vector<cloudwatch::Judged> newest_first;
  for (auto value = values.rbegin(); value != values.rend(); ++value)
    newest_first.push_back({.present = *value != '-', .breaching = *value == 'X'});
  const auto decision = cloudwatch::Decide(
      {.periods = periods, .to_alarm = to_alarm, .missing = missing}, newest_first);
  switch (decision.verdict) {
    case cloudwatch::Verdict::kOk:
      return "OK";
    case cloudwatch::Verdict::kAlarming:
      return "ALARM";
    case cloudwatch::Verdict::kNoData:
      return "NO DATA";
    case cloudwatch::Verdict::kKeep:
      break;
  }
  return "KEEP";
}

std::string DecidedFour(std::size_t to_alarm, std::string_view values) {
  std::string all;
  for (const std::string_view missing : {"missing", "ignore", "breaching", "notBreaching"})
    all += (all.empty() ? "" : " ") + Decided(3, to_alarm, missing, values);
  return all;
}

TEST(AlarmDecisions, ThreeOfThreePeriods) {
  EXPECT_EQ(DecidedFour(3, "0-X-X"), "OK OK OK OK");
  EXPECT_EQ(DecidedFour(3, "0----"), "OK OK OK OK");
  EXPECT_EQ(DecidedFour(3, "-----"), "NO DATA KEEP ALARM OK");
  EXPECT_EQ(DecidedFour(3, "0XX-X"), "ALARM ALARM ALARM ALARM");
  EXPECT_EQ(DecidedFour(3, "--X--"), "ALARM KEEP ALARM OK");
}

TEST(AlarmDecisions, TwoOfThreePeriods) {
  EXPECT_EQ(DecidedFour(2, "0-X-X"), "ALARM ALARM ALARM ALARM");
  EXPECT_EQ(DecidedFour(2, "00X0X"), "ALARM ALARM ALARM ALARM");
  EXPECT_EQ(DecidedFour(2, "0-X--"), "OK OK ALARM OK");
  EXPECT_EQ(DecidedFour(2, "----0"), "OK OK ALARM OK");
  EXPECT_EQ(DecidedFour(2, "---X-"), "ALARM KEEP ALARM OK");
}

// ---- metric alarms

class Alarms : public CloudWatchTest {
 protected:
  // A topic with a queue behind it; the alarm's messages come there.
  std::string MakeTopic() {
    const json::Object queue = Do("sqs", "CreateQueue", {{"QueueName", "letters"}});
    queue_ = queue.GetString("QueueUrl");
    const std::string topic(Do("sns", "CreateTopic", {{"Name", "alerts"}}).GetString("TopicArn"));
    const std::string queue_arn = fmt::format("arn:aws:sqs:{}:{}:letters", region(), account());
    const std::string policy = fmt::format(
        R"({{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"sns.amazonaws.com"}},"Action":"sqs:SendMessage","Resource":"{}"}}]}})",
        queue_arn);
    Do("sqs", "SetQueueAttributes",
       {{"QueueUrl", queue_}, {"Attributes", json::Object{{"Policy", policy}}}});
    Do("sns", "Subscribe",
       {{"TopicArn", topic},
        {"Protocol", "sqs"},
        {"Endpoint", queue_arn},
        {"Attributes", json::Object{{"RawMessageDelivery", "true"}}}});
    return topic;
  }

  // The next message that came to the queue; empty: none.
  json::Object NextLetter() {
    const json::Object got = Do("sqs", "ReceiveMessage", {{"QueueUrl", queue_}});
    if (got.GetArray("Messages").empty()) return {};
    const json::Object& message = got.GetArray("Messages")[0].AsObject();
    Do("sqs", "DeleteMessage",
       {{"QueueUrl", queue_}, {"ReceiptHandle", message.At("ReceiptHandle")}});
    return json::Parse(message.GetString("Body")).value().AsObject();
  }

  std::vector<std::string> History(std::string_view name) {
    std::vector<std::string> summaries;
    const json::Object answer = Do("cloudwatch", "DescribeAlarmHistory", {{"AlarmName", name}});
    for (const json::Value& item : answer.GetArray("AlarmHistoryItems"))
      summaries.emplace_back(item.AsObject().GetString("HistorySummary"));
    return summaries;
  }

  std::string queue_;
};

TEST_F(Alarms, ANewAlarmHasNoData) {
  Do("cloudwatch", "PutMetricAlarm", AlarmInput("errors"));

  const json::Object fresh = Alarm("errors");
  EXPECT_EQ(fresh.GetString("AlarmArn"),
            "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:errors");
  EXPECT_EQ(fresh.GetString("StateValue"), "INSUFFICIENT_DATA");
  EXPECT_EQ(fresh.GetString("StateReason"), "Unchecked: Initial alarm creation");
  EXPECT_TRUE(fresh.GetBool("ActionsEnabled"));
  EXPECT_THAT(fresh.GetArray("Dimensions"), IsEmpty());

  Soon();
  EXPECT_EQ(Alarm("errors").GetString("StateReason"),
            "Insufficient Data: 1 datapoint was unknown.");
}

TEST_F(Alarms, DataMovesTheStateAndTheReasonSaysWhy) {
  Do("cloudwatch", "PutMetricAlarm", AlarmInput("errors"));

  Put("Errors", 6.5);
  Soon();

  const json::Object alarm = Alarm("errors");
  EXPECT_EQ(alarm.GetString("StateValue"), "ALARM");
  EXPECT_THAT(std::string(alarm.GetString("StateReason")),
              MatchesRegex(R"(Threshold Crossed: 1 datapoint \[6\.5 \(../../.. ..:..:00\)\] was )"
                           R"(greater than the threshold \(5\.0\)\.)"));
  const json::Object data = json::Parse(alarm.GetString("StateReasonData")).value().AsObject();
  EXPECT_EQ(data.GetArray("recentDatapoints")[0].AsDouble(), 6.5);
  EXPECT_EQ(data.GetArray("evaluatedDatapoints")[0].AsObject().GetDouble("sampleCount"), 1);

  Advance(std::chrono::minutes(4));
  EXPECT_EQ(State("errors"), "INSUFFICIENT_DATA");
}

TEST_F(Alarms, DatapointsToAlarmAreCountedInTheReason) {
  json::Object input = AlarmInput("errors");
  input.Set("EvaluationPeriods", 3);
  input.Set("DatapointsToAlarm", 2);
  Do("cloudwatch", "PutMetricAlarm", input);

  Put("Errors", 6, 120);
  Put("Errors", 1, 60);
  Soon();
  EXPECT_EQ(State("errors"), "OK");
  Put("Errors", 9);
  Soon();

  EXPECT_EQ(State("errors"), "ALARM");
  EXPECT_THAT(std::string(Alarm("errors").GetString("StateReason")),
              MatchesRegex(R"(Threshold Crossed: 2 out of the last 3 datapoints \[9\.0 .*, 6\.0 )"
                           R"(.*\] were greater than the threshold \(5\.0\) \(minimum 2 )"
                           R"(datapoints for OK -> ALARM transition\)\.)"));
}

TEST_F(Alarms, MissingDataCountsAsItIsTold) {
  json::Object input = AlarmInput("errors");
  input.Set("TreatMissingData", "breaching");
  input.Set("EvaluationPeriods", 2);
  Do("cloudwatch", "PutMetricAlarm", input);
  Soon();

  EXPECT_EQ(State("errors"), "ALARM");
  EXPECT_EQ(Alarm("errors").GetString("StateReason"),
            "Threshold Crossed: no datapoints were received for 2 periods and 2 missing "
            "datapoints were treated as [Breaching].");
}

TEST_F(Alarms, AnAlarmPublishesToItsTopics) {
  json::Object input = AlarmInput("errors");
  const std::string topic = MakeTopic();
  input.Set("AlarmDescription", "too many");
  input.Set("AlarmActions", json::Array{topic});
  Do("cloudwatch", "PutMetricAlarm", input);

  Put("Errors", 6);
  Soon();

  const json::Object letter = NextLetter();
  EXPECT_EQ(letter.GetString("AlarmName"), "errors");
  EXPECT_EQ(letter.GetString("AlarmDescription"), "too many");
  EXPECT_EQ(letter.GetString("NewStateValue"), "ALARM");
  EXPECT_EQ(letter.GetString("OldStateValue"), "INSUFFICIENT_DATA");
  EXPECT_EQ(letter.GetString("Region"), "EU (Frankfurt)");
  const json::Object& trigger = letter.GetObject("Trigger");
  EXPECT_EQ(trigger.GetString("Statistic"), "SUM");
  EXPECT_EQ(trigger.GetString("StatisticType"), "Statistic");
  EXPECT_TRUE(trigger.At("Unit").IsNull());
  EXPECT_THAT(History("errors"), ElementsAre("Successfully executed action " + topic,
                                             "Alarm updated from INSUFFICIENT_DATA to ALARM",
                                             "Alarm \"errors\" created"));
}

TEST_F(Alarms, DisabledActionsAreNotTaken) {
  json::Object input = AlarmInput("errors");
  input.Set("AlarmActions", json::Array{MakeTopic()});
  Do("cloudwatch", "PutMetricAlarm", input);
  Do("cloudwatch", "DisableAlarmActions", {{"AlarmNames", json::Array{"errors"}}});

  Put("Errors", 6);
  Soon();

  EXPECT_EQ(State("errors"), "ALARM");
  EXPECT_TRUE(NextLetter().empty());
}

TEST_F(Alarms, AStateMayBeSetByHandUntilTheNextLook) {
  Do("cloudwatch", "PutMetricAlarm", AlarmInput("errors"));
  Soon();

  Do("cloudwatch", "SetAlarmState",
     {{"AlarmName", "errors"}, {"StateValue", "ALARM"}, {"StateReason", "a drill"}});
  EXPECT_EQ(State("errors"), "ALARM");
  EXPECT_EQ(Alarm("errors").GetString("StateReason"), "a drill");

  Advance(std::chrono::minutes(1));
  EXPECT_EQ(State("errors"), "INSUFFICIENT_DATA");
}

TEST_F(Alarms, ChangesAreEvents) {
  Do("sqs", "CreateQueue", {{"QueueName", "letters"}});
  queue_ = Do("sqs", "GetQueueUrl", {{"QueueName", "letters"}}).GetString("QueueUrl");
  const std::string arn = fmt::format("arn:aws:sqs:{}:{}:letters", region(), account());
  Do("sqs", "SetQueueAttributes",
     {{"QueueUrl", queue_},
      {"Attributes",
       json::Object{
           {"Policy",
            R"({"Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*"}]})"}}}});
  Do("events", "PutRule",
     {{"Name", "alarms"}, {"EventPattern", R"({"source":["aws.cloudwatch"]})"}});
  json::Object target{{"Id", "1"}, {"Arn", arn}};
  Do("events", "PutTargets", {{"Rule", "alarms"}, {"Targets", json::Array{std::move(target)}}});
  Do("cloudwatch", "PutMetricAlarm", AlarmInput("errors"));

  Put("Errors", 6);
  Soon();

  const json::Object event = NextLetter();
  EXPECT_EQ(event.GetString("detail-type"), "CloudWatch Alarm State Change");
  const json::Object& detail = event.GetObject("detail");
  EXPECT_EQ(detail.GetObject("state").GetString("value"), "ALARM");
  EXPECT_EQ(detail.GetObject("previousState").GetString("value"), "INSUFFICIENT_DATA");
  const json::Object& metric = detail.GetObject("configuration").GetArray("metrics")[0].AsObject();
  EXPECT_EQ(metric.GetObject("metricStat").GetObject("metric").GetString("name"), "Errors");
}

TEST_F(Alarms, AnAlarmMayWatchAnExpression) {
  json::Object rate = Math("100 * errors / calls");
  json::Object errors = Stat("errors", "Errors", "Sum");
  json::Object calls = Stat("calls", "Calls", "Sum");
  errors.Set("ReturnData", false);
  calls.Set("ReturnData", false);
  Do("cloudwatch", "PutMetricAlarm",
     {{"AlarmName", "rate"},
      {"Metrics", json::Array{std::move(rate), std::move(errors), std::move(calls)}},
      {"EvaluationPeriods", 1},
      {"Threshold", 10.0},
      {"ComparisonOperator", "GreaterThanOrEqualToThreshold"}});

  Put("Calls", 100);
  Put("Errors", 10);
  Soon();

  EXPECT_EQ(State("rate"), "ALARM");
}

TEST_F(Alarms, AnAlarmIsOverwrittenAndKeepsItsState) {
  Do("cloudwatch", "PutMetricAlarm", AlarmInput("errors"));
  Put("Errors", 6);
  Soon();
  json::Object input = AlarmInput("errors");
  input.Set("Threshold", 7.0);

  Do("cloudwatch", "PutMetricAlarm", input);
  EXPECT_EQ(State("errors"), "ALARM");
  EXPECT_EQ(Alarm("errors").GetDouble("Threshold"), 7);

  Soon();
  EXPECT_EQ(State("errors"), "OK");
}

TEST_F(Alarms, WrongAlarmsAreRefused) {
  const auto tried = [&](std::string_view member, json::Value value) {
    json::Object input = AlarmInput("errors");
    input.Set(member, std::move(value));
    return Ask("cloudwatch", "PutMetricAlarm", input);
  };
  EXPECT_THAT(tried("Period", 45),
              Fails(400, "ValidationError", "Period must be 10, 20, 30 or a multiple of 60"));
  EXPECT_THAT(tried("ExtendedStatistic", "p90"),
              Fails(400, "ValidationError", HasSubstr("Exactly one of Statistic")));
  EXPECT_THAT(tried("AlarmActions", json::Array{"nope"}),
              Fails(400, "ValidationError", "Invalid arn syntax: nope"));
  EXPECT_THAT(tried("TreatMissingData", "never"),
              Fails(400, "ValidationError", HasSubstr("TreatMissingData")));
  EXPECT_THAT(tried("EvaluationPeriods", 2000),
              Fails(400, "ValidationError", HasSubstr("<= 86400")));
  EXPECT_THAT(Ask("cloudwatch", "SetAlarmState",
                  {{"AlarmName", "nope"}, {"StateValue", "OK"}, {"StateReason", "x"}}),
              Fails(404, "ResourceNotFound", HasSubstr("")));
}

TEST_F(Alarms, DescriptionsAreFilteredAndPaged) {
  for (const std::string_view name : {"a-1", "a-2", "b-1"})
    Do("cloudwatch", "PutMetricAlarm", AlarmInput(name));

  const json::Object first =
      Do("cloudwatch", "DescribeAlarms", {{"AlarmNamePrefix", "a-"}, {"MaxRecords", 1}});
  const json::Object second =
      Do("cloudwatch", "DescribeAlarms",
         {{"AlarmNamePrefix", "a-"}, {"MaxRecords", 1}, {"NextToken", first.At("NextToken")}});

  EXPECT_EQ(second.GetArray("MetricAlarms")[0].AsObject().GetString("AlarmName"), "a-2");
  EXPECT_FALSE(second.Has("NextToken"));
  const json::Object watching = Do("cloudwatch", "DescribeAlarmsForMetric",
                                   {{"Namespace", "Shop"}, {"MetricName", "Errors"}});
  EXPECT_THAT(watching.GetArray("MetricAlarms"), SizeIs(3));
}

TEST_F(Alarms, ADeletedAlarmIsGoneWithItsHistory) {
  Do("cloudwatch", "PutMetricAlarm", AlarmInput("errors"));

  Do("cloudwatch", "DeleteAlarms", {{"AlarmNames", json::Array{"errors", "never-there"}}});

  EXPECT_TRUE(Alarm("errors").empty());
  EXPECT_THAT(History("errors"), IsEmpty());
  Advance(std::chrono::minutes(2));
}

TEST_F(Alarms, AnAlarmGoesOnLookingAfterARestart) {
  Do("cloudwatch", "PutMetricAlarm", AlarmInput("errors"));
  Put("Errors", 6);

  Restart();
  Soon();
  EXPECT_EQ(State("errors"), "ALARM");

  Advance(std::chrono::minutes(4));
  EXPECT_EQ(State("errors"), "INSUFFICIENT_DATA");
}

TEST_F(Alarms, AlarmsHaveTags) {
  json::Object input = AlarmInput("errors");
  input.Set("Tags", json::Array{json::Object{{"Key", "team"}, {"Value", "blue"}}});
  Do("cloudwatch", "PutMetricAlarm", input);
  const json::Value arn = Alarm("errors").At("AlarmArn");

  Do("cloudwatch", "TagResource",
     {{"ResourceARN", arn}, {"Tags", json::Array{json::Object{{"Key", "a"}, {"Value", "1"}}}}});
  Do("cloudwatch", "UntagResource", {{"ResourceARN", arn}, {"TagKeys", json::Array{"team"}}});

  EXPECT_EQ(Do("cloudwatch", "ListTagsForResource", {{"ResourceARN", arn}}).GetArray("Tags"),
            (json::Array{json::Object{{"Key", "a"}, {"Value", "1"}}}));
  EXPECT_EQ(Ask("cloudwatch", "ListTagsForResource",
                {{"ResourceARN", "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:nope"}})
                .code,
            "ResourceNotFoundException");
}

// ---- composite alarms

class CompositeAlarms : public CloudWatchTest {
 protected:
  void SetUp() override {
    Do("cloudwatch", "PutMetricAlarm", AlarmInput("errors"));
    json::Object load = AlarmInput("load");
    load.Set("MetricName", "Load");
    Do("cloudwatch", "PutMetricAlarm", load);
    Soon();
  }
  Answered PutRule(std::string_view name, std::string_view rule) {
    return Ask("cloudwatch", "PutCompositeAlarm", {{"AlarmName", name}, {"AlarmRule", rule}});
  }
};

TEST_F(CompositeAlarms, ARuleFollowsTheAlarmsItNames) {
  ASSERT_THAT(PutRule("both", R"(ALARM("errors") AND (ALARM(load) OR FALSE))"), Succeeds());
  Soon();
  EXPECT_EQ(State("both"), "OK");

  Put("Errors", 6);
  Soon();
  EXPECT_EQ(State("both"), "OK");
  Put("Load", 6);
  Soon();
  Soon();

  EXPECT_EQ(State("both"), "ALARM");
  EXPECT_THAT(std::string(Alarm("both").GetString("StateReason")),
              HasSubstr(":alarm:load transitioned to ALARM at "));
}

TEST_F(CompositeAlarms, RulesThatCannotBeAreRefused) {
  EXPECT_THAT(PutRule("x", "ALARM(errors"),
              Fails(400, "ValidationError", HasSubstr("AlarmRule is not valid")));
  EXPECT_THAT(PutRule("x", "ALARM(nope)"),
              Fails(400, "ValidationError", HasSubstr("'nope' in the alarm rule does not exist")));
  ASSERT_THAT(PutRule("x", "ALARM(errors)"), Succeeds());
  ASSERT_THAT(PutRule("y", "ALARM(x)"), Succeeds());
  EXPECT_THAT(PutRule("x", "NOT ALARM(y)"),
              Fails(400, "ValidationError", HasSubstr("must not depend on the alarm itself")));
}

TEST_F(CompositeAlarms, WhatARuleNamesCannotBeDeletedAlone) {
  ASSERT_THAT(PutRule("x", "ALARM(errors)"), Succeeds());

  EXPECT_THAT(Ask("cloudwatch", "DeleteAlarms", {{"AlarmNames", json::Array{"errors"}}}),
              Fails(400, "ValidationError", HasSubstr("'x' depends on it")));
  EXPECT_THAT(Ask("cloudwatch", "DeleteAlarms", {{"AlarmNames", json::Array{"errors", "x"}}}),
              Succeeds());
}

TEST_F(CompositeAlarms, ParentsAndChildrenAreFound) {
  ASSERT_THAT(PutRule("x", "ALARM(errors) OR OK(load)"), Succeeds());

  const json::Object children = Do("cloudwatch", "DescribeAlarms", {{"ChildrenOfAlarmName", "x"}});
  const json::Object parents = Do("cloudwatch", "DescribeAlarms", {{"ParentsOfAlarmName", "load"}});

  EXPECT_THAT(children.GetArray("MetricAlarms"), SizeIs(2));
  EXPECT_THAT(parents.GetArray("CompositeAlarms"), SizeIs(1));
}

// ---- dashboards

class Dashboards : public CloudWatchTest {};

constexpr std::string_view kBody =
    R"({"widgets":[{"type":"text","x":0,"y":0,"width":6,"height":3,"properties":{"markdown":"hi"}}]})";

TEST_F(Dashboards, ADashboardIsKeptAsItIs) {
  Do("cloudwatch", "PutDashboard", {{"DashboardName", "main"}, {"DashboardBody", kBody}});
  Restart();

  const json::Object got = Do("cloudwatch", "GetDashboard", {{"DashboardName", "main"}});
  EXPECT_EQ(got.GetString("DashboardArn"), "arn:aws:cloudwatch::111122223333:dashboard/main");
  EXPECT_EQ(got.GetString("DashboardBody"), kBody);
  const json::Object listed = Do("cloudwatch", "ListDashboards", {{"DashboardNamePrefix", "ma"}});
  ASSERT_THAT(listed.GetArray("DashboardEntries"), SizeIs(1));
  EXPECT_EQ(listed.GetArray("DashboardEntries")[0].AsObject().GetInt("Size"),
            static_cast<std::int64_t>(kBody.size()));

  Do("cloudwatch", "DeleteDashboards", {{"DashboardNames", json::Array{"main"}}});
  EXPECT_THAT(Ask("cloudwatch", "GetDashboard", {{"DashboardName", "main"}}),
              Fails(404, "ResourceNotFound", "Dashboard main does not exist"));
}

TEST_F(Dashboards, WrongDashboardsAreRefused) {
  EXPECT_THAT(
      Ask("cloudwatch", "PutDashboard", {{"DashboardName", "main"}, {"DashboardBody", "nope"}}),
      Fails(400, "InvalidParameterInput", HasSubstr("valid JSON")));
  EXPECT_THAT(
      Ask("cloudwatch", "PutDashboard", {{"DashboardName", "a b"}, {"DashboardBody", kBody}}),
      Fails(400, "InvalidParameterInput", HasSubstr("DashboardName")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
