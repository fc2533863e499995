// EventBridge Scheduler: schedules, groups, and what is called when.
#include "base/json_read.h"
#include "cloud/services/scheduler/expression.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// ---- expressions

std::string NextOf(std::string_view text, std::string_view zone, std::string_view from,
                   std::string_view start = "2026-01-01T00:00:00Z") {
  const auto expression = scheduler::Expression::Read(text, zone);
  if (!expression) return expression.error().message();
  const auto next = expression->Next(*ParseIso8601(from), *ParseIso8601(start));
  return next ? ToIso8601(*next) : "never";
}

TEST(ScheduleExpressions, RatesCountFromTheirStart) {
  EXPECT_EQ(NextOf("rate(10 minutes)", "", "2025-12-31T00:00:00Z"), "2026-01-01T00:00:00Z");
  EXPECT_EQ(NextOf("rate(10 minutes)", "", "2026-01-01T00:00:01Z"), "2026-01-01T00:10:00Z");
  EXPECT_EQ(NextOf("rate(1 minutes)", "", "2026-01-01T00:10:00Z"), "2026-01-01T00:10:00Z");
  EXPECT_EQ(NextOf("rate(1 day)", "", "2026-01-01T00:10:00Z"), "2026-01-02T00:00:00Z");
}

TEST(ScheduleExpressions, TimesAreThoseOfTheZone) {
  EXPECT_EQ(NextOf("at(2026-07-01T09:30:15)", "Europe/Berlin", "2026-01-01T00:00:00Z"),
            "2026-07-01T07:30:15Z");
  EXPECT_EQ(NextOf("at(2026-07-01T09:30:15)", "", "2026-08-01T00:00:00Z"), "never");
  EXPECT_EQ(NextOf("cron(0 9 * * ? *)", "Europe/Berlin", "2026-03-28T09:00:00Z"),
            "2026-03-29T07:00:00Z");  // the day the clocks go forward
  EXPECT_EQ(NextOf("cron(0 9 * * ? *)", "America/New_York", "2026-01-01T14:00:00Z"),
            "2026-01-01T14:00:00Z");
}

TEST(ScheduleExpressions, OthersAreRefusedByTheirText) {
  for (const std::string_view text :
       {"cron(0 1 * * * *)", "cron()", "rate(10 seconds)", "rate(10)", "rate( 10 minutes )",
        " rate(10 minutes)", "rate(-10 minutes)", "rate(+1 minutes)", "at(2026-12-31)",
        "at(2026-12-31T23:59:59Z)"}) {
    EXPECT_EQ(NextOf(text, "", "2026-01-01T00:00:00Z"),
              fmt::format("Invalid Schedule Expression {}.", text));
  }
  EXPECT_THAT(NextOf("rate(1 hour)", "Mars/Base", "2026-01-01T00:00:00Z"), HasSubstr("Mars/Base"));
}

// ---- schedules

class Schedules : public CloudTest {
 protected:
  void SetUp() override {
    Do("iam", "CreateRole",
       {{"RoleName", "caller"},
        {"AssumeRolePolicyDocument",
         R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"scheduler.amazonaws.com"},"Action":"sts:AssumeRole"}]})"}});
    queue_ = Do("sqs", "CreateQueue", {{"QueueName", "calls"}}).GetString("QueueUrl");
  }

  static json::Object Off() { return {{"Mode", "OFF"}}; }

  json::Object Input(std::string_view expression) {
    json::Object target{{"Arn", fmt::format("arn:aws:sqs:{}:{}:calls", region(), account())},
                        {"RoleArn", fmt::format("arn:aws:iam::{}:role/caller", account())},
                        {"Input", R"({"at":"<aws.scheduler.scheduled-time>"})"}};
    return {{"Name", "nightly"},
            {"ScheduleExpression", expression},
            {"FlexibleTimeWindow", Off()},
            {"Target", std::move(target)}};
  }

  std::vector<std::string> Calls() {
    std::vector<std::string> bodies;
    while (true) {
      const json::Object got = Do("sqs", "ReceiveMessage", {{"QueueUrl", queue_}});
      if (got.GetArray("Messages").empty()) return bodies;
      const json::Object& message = got.GetArray("Messages")[0].AsObject();
      bodies.emplace_back(message.GetString("Body"));
      Do("sqs", "DeleteMessage",
         {{"QueueUrl", queue_}, {"ReceiptHandle", message.At("ReceiptHandle")}});
    }
  }

  std::string In(std::chrono::minutes minutes) {
    const std::string iso =
        ToIso8601(std::chrono::floor<std::chrono::seconds>(clock().Now()) + minutes);
    return fmt::format("at({})", iso.substr(0, 19));
  }

  std::string queue_;
};

TEST_F(Schedules, ARateCallsItsTargetAtOnceAndAgain) {
  const json::Object made = Do("scheduler", "CreateSchedule", Input("rate(5 minutes)"));
  EXPECT_EQ(made.GetString("ScheduleArn"),
            "arn:aws:scheduler:eu-central-1:111122223333:schedule/default/nightly");

  Advance(std::chrono::minutes(11));

  EXPECT_THAT(Calls(), SizeIs(3));
}

TEST_F(Schedules, AOneTimeScheduleMayDeleteItself) {
  json::Object input = Input(In(std::chrono::minutes(3)));
  input.Set("ActionAfterCompletion", "DELETE");
  Do("scheduler", "CreateSchedule", input);
  Restart();
  Advance(std::chrono::minutes(2));
  EXPECT_THAT(Calls(), IsEmpty());

  Advance(std::chrono::minutes(2));

  EXPECT_THAT(Calls(), SizeIs(1));
  EXPECT_THAT(Ask("scheduler", "GetSchedule", {{"Name", "nightly"}}),
              Fails(404, "ResourceNotFoundException", "Schedule nightly does not exist."));
}

TEST_F(Schedules, AScheduleIsShownAsItIs) {
  json::Object input = Input("cron(0 12 * * ? *)");
  input.Set("ScheduleExpressionTimezone", "Europe/Berlin");
  Do("scheduler", "CreateSchedule", input);

  const json::Object got = Do("scheduler", "GetSchedule", {{"Name", "nightly"}});

  EXPECT_EQ(got.GetString("GroupName"), "default");
  EXPECT_EQ(got.GetString("State"), "ENABLED");
  EXPECT_EQ(got.GetString("ScheduleExpressionTimezone"), "Europe/Berlin");
  EXPECT_EQ(got.GetString("ActionAfterCompletion"), "NONE");
  const json::Object& retry = got.GetObject("Target").GetObject("RetryPolicy");
  EXPECT_EQ(retry.GetInt("MaximumRetryAttempts"), 185);
}

TEST_F(Schedules, AnUpdateReplacesTheScheduleAndItsNextRun) {
  Do("scheduler", "CreateSchedule", Input("rate(5 minutes)"));
  Advance(std::chrono::minutes(1));
  json::Object input = Input("rate(5 minutes)");
  input.Set("State", "DISABLED");

  Do("scheduler", "UpdateSchedule", input);
  Calls();
  Advance(std::chrono::minutes(30));
  EXPECT_THAT(Calls(), IsEmpty());

  Do("scheduler", "DeleteSchedule", {{"Name", "nightly"}});
  EXPECT_EQ(Ask("scheduler", "DeleteSchedule", {{"Name", "nightly"}}).code,
            "ResourceNotFoundException");
}

TEST_F(Schedules, SchedulesEndAtTheirEnd) {
  json::Object input = Input("rate(1 minute)");
  input.Set("EndDate", json::Number{EpochSeconds(clock().Now() + std::chrono::minutes(2))});
  Do("scheduler", "CreateSchedule", input);

  Advance(std::chrono::minutes(10));

  EXPECT_THAT(Calls(), SizeIs(3));
}

TEST_F(Schedules, AnyOperationMayBeCalled) {
  json::Object input = Input("rate(1 day)");
  json::Object& target = input["Target"].AsObject();
  target.Set("Arn", "arn:aws:scheduler:::aws-sdk:ssm:putParameter");
  target.Set("Input", R"({"Name":"/made","Value":"1","Type":"String"})");
  Do("scheduler", "CreateSchedule", input);

  Advance(std::chrono::minutes(1));

  EXPECT_THAT(Ask("ssm", "GetParameter", {{"Name", "/made"}}), Succeeds());
}

TEST_F(Schedules, WhatCannotBeDeliveredGoesToTheDeadLetterQueue) {
  json::Object input = Input("rate(1 day)");
  json::Object& target = input["Target"].AsObject();
  target.Set("Arn", fmt::format("arn:aws:sqs:{}:{}:nowhere", region(), account()));
  target.Set("DeadLetterConfig",
             json::Object{{"Arn", fmt::format("arn:aws:sqs:{}:{}:calls", region(), account())}});
  Do("scheduler", "CreateSchedule", input);

  Advance(std::chrono::minutes(1));

  EXPECT_THAT(Calls(), ElementsAre(HasSubstr("\"at\":\"20")));
}

TEST_F(Schedules, WrongSchedulesAreRefused) {
  EXPECT_THAT(Ask("scheduler", "CreateSchedule", Input("rate(1 year)")),
              Fails(400, "ValidationException", "Invalid Schedule Expression rate(1 year)."));
  json::Object strange = Input("rate(1 day)");
  strange["Target"].AsObject().Set("RoleArn", "arn:aws:iam::111122223333:role/nobody");
  EXPECT_THAT(Ask("scheduler", "CreateSchedule", strange),
              Fails(400, "ValidationException", HasSubstr("to assume the role")));
  json::Object flexible = Input("rate(1 day)");
  flexible.Set("FlexibleTimeWindow", json::Object{{"Mode", "FLEXIBLE"}});
  EXPECT_THAT(Ask("scheduler", "CreateSchedule", flexible),
              Fails(400, "ValidationException", HasSubstr("MaximumWindowInMinutes")));
  json::Object elsewhere = Input("rate(1 day)");
  elsewhere.Set("GroupName", "nope");
  EXPECT_THAT(Ask("scheduler", "CreateSchedule", elsewhere),
              Fails(404, "ResourceNotFoundException", "Schedule group nope does not exist."));
  Do("scheduler", "CreateSchedule", Input("rate(1 day)"));
  EXPECT_THAT(Ask("scheduler", "CreateSchedule", Input("rate(1 day)")),
              Fails(409, "ConflictException", "Schedule nightly already exists."));
}

TEST_F(Schedules, AGroupGoesWithItsSchedules) {
  Do("scheduler", "CreateScheduleGroup", {{"Name", "billing"}});
  json::Object input = Input("rate(5 minutes)");
  input.Set("GroupName", "billing");
  Do("scheduler", "CreateSchedule", input);
  const json::Object groups = Do("scheduler", "ListScheduleGroups");
  EXPECT_THAT(groups.GetArray("ScheduleGroups"), SizeIs(2));
  const json::Object listed = Do("scheduler", "ListSchedules", {{"GroupName", "billing"}});
  ASSERT_THAT(listed.GetArray("Schedules"), SizeIs(1));

  Do("scheduler", "DeleteScheduleGroup", {{"Name", "billing"}});

  EXPECT_THAT(Do("scheduler", "ListSchedules").GetArray("Schedules"), IsEmpty());
  Advance(std::chrono::minutes(30));
  EXPECT_THAT(Calls(), IsEmpty());
  EXPECT_EQ(Ask("scheduler", "DeleteScheduleGroup", {{"Name", "default"}}).code,
            "ValidationException");
}

TEST_F(Schedules, GroupsHaveTags) {
  const json::Value arn =
      Do("scheduler", "CreateScheduleGroup", {{"Name", "billing"}}).At("ScheduleGroupArn");
  const json::Object tag{{"Key", "team"}, {"Value", "blue"}};

  Do("scheduler", "TagResource", {{"ResourceArn", arn}, {"Tags", json::Array{tag}}});
  EXPECT_EQ(Do("scheduler", "ListTagsForResource", {{"ResourceArn", arn}}).GetArray("Tags"),
            json::Array{tag});
  Do("scheduler", "UntagResource", {{"ResourceArn", arn}, {"TagKeys", json::Array{"team"}}});
  EXPECT_THAT(Do("scheduler", "ListTagsForResource", {{"ResourceArn", arn}}).GetArray("Tags"),
              IsEmpty());
}

TEST_F(Schedules, ListingsArePaged) {
  for (const std::string_view name : {"a", "b", "c"}) {
    json::Object input = Input("rate(1 day)");
    input.Set("Name", name);
    Do("scheduler", "CreateSchedule", input);
  }

  const json::Object first = Do("scheduler", "ListSchedules", {{"MaxResults", 2}});
  const json::Object second =
      Do("scheduler", "ListSchedules", {{"MaxResults", 2}, {"NextToken", first.At("NextToken")}});

  EXPECT_THAT(first.GetArray("Schedules"), SizeIs(2));
  ASSERT_THAT(second.GetArray("Schedules"), SizeIs(1));
  EXPECT_EQ(second.GetArray("Schedules")[0].AsObject().GetString("Name"), "c");
}

}  // namespace
}  // namespace trunkline::cloud::tests
