#include "base/json_read.h"
#include "cloud/callers.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kLetsRulesIn =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:events:*:111122223333:rule/*"}}}})";

class Rules : public CloudTest {
 protected:
  Rules() = default;
  void Rule(std::string_view name, std::string_view pattern, json::Object target = {}) {
    Do("events", "PutRule", {{"Name", name}, {"EventPattern", pattern}});
    Target(name, std::move(target));
  }
  // A queue that rules of the account may send to.
  std::string MakeQueue() {
    const json::Object attributes{{"Policy", kLetsRulesIn}};
    return std::string(
        Do("sqs", "CreateQueue", {{"QueueName", "inbox"}, {"Attributes", attributes}})
            .GetString("QueueUrl"));
  }
  void Target(std::string_view rule, json::Object target) {
    if (url_.empty()) url_ = MakeQueue();
    target.Set("Id", "queue");
    if (!target.Has("Arn")) target.Set("Arn", "arn:aws:sqs:eu-central-1:111122223333:inbox");
    Do("events", "PutTargets", {{"Rule", rule}, {"Targets", json::Array{std::move(target)}}});
  }
  json::Object Put(std::string_view source, std::string_view detail, json::Object more = {}) {
    more.Set("Source", source);
    more.Set("DetailType", "Test");
    more.Set("Detail", detail);
    return Do("events", "PutEvents", {{"Entries", json::Array{std::move(more)}}});
  }
  std::vector<std::string> Received() {
    Advance(std::chrono::seconds(1));
    std::vector<std::string> bodies;
    const json::Object answer =
        Do("sqs", "ReceiveMessage", {{"QueueUrl", url_}, {"MaxNumberOfMessages", 10}});
    for (const json::Value& message : answer.GetArray("Messages"))
      bodies.emplace_back(message.AsObject().GetString("Body"));
    return bodies;
  }
  std::string url_;
};

TEST_F(Rules, SendWhatFitsToTheirTargets) {
  Rule("failed", R"({"source":["acme"],"detail":{"state":["FAILED"]}})");
  Put("acme", R"({"state":"FAILED"})");
  Put("acme", R"({"state":"SUCCEEDED"})");

  const std::vector<std::string> bodies = Received();
  ASSERT_THAT(bodies, SizeIs(1));
  const json::Object event = json::Parse(bodies[0])->AsObject();
  EXPECT_EQ(event.GetString("source"), "acme");
  EXPECT_EQ(event.GetString("detail-type"), "Test");
  EXPECT_EQ(event.GetString("account"), "111122223333");
  EXPECT_EQ(event.GetString("region"), "eu-central-1");
  EXPECT_EQ(event.GetObject("detail").GetString("state"), "FAILED");
}

TEST_F(Rules, ADisabledOneSendsNothing) {
  Rule("all", R"({"source":["acme"]})");
  Do("events", "DisableRule", {{"Name", "all"}});
  Put("acme", "{}");

  EXPECT_THAT(Received(), IsEmpty());
  Do("events", "EnableRule", {{"Name", "all"}});
  Put("acme", "{}");
  EXPECT_THAT(Received(), SizeIs(1));
}

TEST_F(Rules, UndeliveredEventsSurviveARestart) {
  Rule("all", R"({"source":["acme"]})");
  Put("acme", "{}");
  Restart();

  EXPECT_THAT(Received(), SizeIs(1));
}

TEST_F(Rules, ATransformerMakesTheInput) {
  json::Object transformer{
      {"InputPathsMap", json::Object{{"state", "$.detail.state"}, {"n", "$.detail.n"}}},
      {"InputTemplate",
       R"({"text":"pipeline <state>","n":<n>,"s":<state>,"rule":"<aws.events.rule-name>"})"}};
  Rule("all", R"({"source":["acme"]})", {{"InputTransformer", std::move(transformer)}});
  Put("acme", R"({"state":"is \"done\"","n":4})");

  EXPECT_THAT(
      Received(),
      ElementsAre(R"({"text":"pipeline is \"done\"","n":4,"s":"is \"done\"","rule":"all"})"));
}

TEST_F(Rules, APathTakesAPart) {
  Rule("all", R"({"source":["acme"]})", {{"InputPath", "$.detail"}});
  Put("acme", R"({"a":[1,2]})");

  EXPECT_THAT(Received(), ElementsAre(R"({"a":[1,2]})"));
}

TEST_F(Rules, AScheduleRunsAlsoAfterARestart) {
  Do("events", "PutRule", {{"Name", "tick"}, {"ScheduleExpression", "rate(5 minutes)"}});
  Target("tick", {});
  Advance(std::chrono::minutes(6));
  EXPECT_THAT(Received(), SizeIs(1));
  Restart();
  Advance(std::chrono::minutes(5));

  // The first one, which nobody deleted, and the second.
  const std::vector<std::string> bodies = Received();
  ASSERT_THAT(bodies, SizeIs(2));
  EXPECT_EQ(json::Parse(bodies[1])->AsObject().GetString("detail-type"), "Scheduled Event");
}

TEST_F(Rules, EventsOfAwsComeFromWithinOnly) {
  Rule("aws", R"({"source":["aws.codepipeline"]})");
  const json::Object refused = Put("aws.codepipeline", "{}");
  EXPECT_EQ(refused.GetInt("FailedEntryCount"), 1);
  EXPECT_EQ(refused.GetArray("Entries")[0].AsObject().GetString("ErrorCode"),
            "NotAuthorizedForSourceException");

  Reply reply;
  json::Object entry{{"Source", "aws.codepipeline"}, {"DetailType", "Test"}, {"Detail", "{}"}};
  const json::Object input{{"Entries", json::Array{std::move(entry)}}};
  const auto put =
      engine().State(RootCaller(account()), region(), "id", nullptr, reply,
                     [&](Context& context) { return context.Call("events", "PutEvents", input); });
  ASSERT_TRUE(put.ok());
  EXPECT_THAT(Received(), SizeIs(1));
}

TEST_F(Rules, ARoleIsNotAws) {
  Rule("aws", R"({"source":["aws.codepipeline"]})");
  Caller caller = RootCaller(account());
  caller.acts_in_role = true;

  Reply reply;
  json::Object entry{{"Source", "aws.codepipeline"}, {"DetailType", "Test"}, {"Detail", "{}"}};
  const json::Object input{{"Entries", json::Array{std::move(entry)}}};
  const auto put = engine().State(caller, region(), "id", nullptr, reply, [&](Context& context) {
    return context.Call("events", "PutEvents", input);
  });

  ASSERT_TRUE(put.ok());
  EXPECT_EQ(put->GetInt("FailedEntryCount"), 1);
}

TEST_F(Rules, WhatCannotBeDeliveredGoesToTheDeadLetters) {
  MakeQueue();
  Rule(
      "all", R"({"source":["acme"]})",
      {{"Arn", "arn:aws:lambda:eu-central-1:111122223333:function:nope"},
       {"DeadLetterConfig", json::Object{{"Arn", "arn:aws:sqs:eu-central-1:111122223333:inbox"}}}});
  Put("acme", R"({"lost":true})");

  EXPECT_THAT(Received(), ElementsAre(HasSubstr(R"("lost":true)")));
}

TEST_F(Rules, AreRefusedWhenTheyMakeNoSense) {
  EXPECT_THAT(Ask("events", "PutRule", {{"Name", "a"}}),
              Fails(400, "ValidationException", HasSubstr("must be specified")));
  EXPECT_THAT(Ask("events", "PutRule", {{"Name", "a"}, {"EventPattern", R"({"a":"b"})"}}),
              Fails(400, "InvalidEventPatternException", HasSubstr("Event pattern is not valid")));
  EXPECT_THAT(Ask("events", "PutRule", {{"Name", "a"}, {"ScheduleExpression", "rate(0 day)"}}),
              Fails(400, "ValidationException", "Parameter ScheduleExpression is not valid."));
  EXPECT_THAT(
      Ask("events", "DescribeRule", {{"Name", "nope"}}),
      Fails(400, "ResourceNotFoundException", "Rule nope does not exist on EventBus default."));
}

TEST_F(Rules, AreDeletedWithoutTargetsOnly) {
  Rule("all", R"({"source":["acme"]})");

  EXPECT_THAT(Ask("events", "DeleteRule", {{"Name", "all"}}),
              Fails(400, "ValidationException", "Rule can't be deleted since it has targets."));
  Do("events", "RemoveTargets", {{"Rule", "all"}, {"Ids", json::Array{"queue"}}});
  Do("events", "DeleteRule", {{"Name", "all"}});
  EXPECT_THAT(Do("events", "ListRules").GetArray("Rules"), IsEmpty());
}

TEST_F(Rules, OfAnotherBusSeeItsEventsOnly) {
  Do("events", "CreateEventBus", {{"Name", "acme"}});
  Do("events", "PutRule",
     {{"Name", "all"}, {"EventBusName", "acme"}, {"EventPattern", R"({"source":["x"]})"}});
  url_ = MakeQueue();
  Do("events", "PutTargets",
     {{"Rule", "all"},
      {"EventBusName", "acme"},
      {"Targets", json::Array{json::Object{
                      {"Id", "q"}, {"Arn", "arn:aws:sqs:eu-central-1:111122223333:inbox"}}}}});
  Put("x", "{}");
  EXPECT_THAT(Received(), IsEmpty());
  Put("x", "{}", {{"EventBusName", "acme"}});

  EXPECT_THAT(Received(), SizeIs(1));
  EXPECT_FALSE(Ask("events", "DeleteEventBus", {{"Name", "acme"}}).ok());
  EXPECT_THAT(Do("events", "ListEventBuses").GetArray("EventBuses"), SizeIs(2));
}

TEST_F(Rules, AnArchiveCountsWhatItKeeps) {
  Do("events", "CreateArchive",
     {{"ArchiveName", "kept"},
      {"EventSourceArn", "arn:aws:events:eu-central-1:111122223333:event-bus/default"},
      {"EventPattern", R"({"source":["acme"]})"}});
  Put("acme", "{}");
  Put("other", "{}");
  Restart();

  EXPECT_EQ(Do("events", "DescribeArchive", {{"ArchiveName", "kept"}}).GetInt("EventCount"), 1);
  Do("events", "DeleteArchive", {{"ArchiveName", "kept"}});
  EXPECT_THAT(Do("events", "ListArchives").GetArray("Archives"), IsEmpty());
}

TEST_F(Rules, AConnectionHidesItsSecret) {
  const json::Object basic{{"Username", "ann"}, {"Password", "s3cret"}};
  Do("events", "CreateConnection",
     {{"Name", "hook"},
      {"AuthorizationType", "BASIC"},
      {"AuthParameters", json::Object{{"BasicAuthParameters", basic}}}});

  const json::Object shown = Do("events", "DescribeConnection", {{"Name", "hook"}});
  EXPECT_EQ(shown.GetString("ConnectionState"), "AUTHORIZED");
  EXPECT_EQ(shown.GetObject("AuthParameters").GetObject("BasicAuthParameters"),
            (json::Object{{"Username", "ann"}}));
  EXPECT_EQ(std::string(
                Do("secretsmanager", "GetSecretValue", {{"SecretId", shown.GetString("SecretArn")}})
                    .GetString("SecretString")),
            R"({"username":"ann","password":"s3cret"})");
  const json::Object destination = Do("events", "CreateApiDestination",
                                      {{"Name", "hook"},
                                       {"ConnectionArn", shown.GetString("ConnectionArn")},
                                       {"InvocationEndpoint", "https://127.0.0.1/hook"},
                                       {"HttpMethod", "POST"}});
  EXPECT_EQ(destination.GetString("ApiDestinationState"), "ACTIVE");
  Do("events", "DeleteConnection", {{"Name", "hook"}});
  EXPECT_THAT(Do("events", "ListConnections").GetArray("Connections"), IsEmpty());
}

TEST_F(Rules, TagsAndPermissionsAreKept) {
  Rule("all", R"({"source":["acme"]})");
  const std::string arn = "arn:aws:events:eu-central-1:111122223333:rule/all";
  Do("events", "TagResource",
     {{"ResourceARN", arn}, {"Tags", json::Array{json::Object{{"Key", "a"}, {"Value", "1"}}}}});
  EXPECT_THAT(Do("events", "ListTagsForResource", {{"ResourceARN", arn}}).GetArray("Tags"),
              SizeIs(1));
  Do("events", "PutPermission", {{"StatementId", "s"}, {"Principal", "444455556666"}});
  EXPECT_THAT(std::string(Do("events", "DescribeEventBus").GetString("Policy")),
              HasSubstr("444455556666"));
  Do("events", "RemovePermission", {{"StatementId", "s"}});
  EXPECT_FALSE(Do("events", "DescribeEventBus").Has("Policy"));
}

TEST_F(Rules, APatternIsTried) {
  const std::string event =
      R"({"id":"1","detail-type":"t","source":"acme","account":"1","time":"t","region":"r","resources":[]})";

  EXPECT_TRUE(Do("events", "TestEventPattern",
                 {{"EventPattern", R"({"source":["acme"]})"}, {"Event", event}})
                  .GetBool("Result"));
  EXPECT_FALSE(Do("events", "TestEventPattern",
                  {{"EventPattern", R"({"source":["other"]})"}, {"Event", event}})
                   .GetBool("Result"));
}

// An archive of the default bus.
class Replays : public Rules {
 protected:
  Replays() {
    Do("events", "CreateArchive", {{"ArchiveName", "kept"}, {"EventSourceArn", Bus("default")}});
  }
  static std::string Bus(std::string_view name) {
    return "arn:aws:events:eu-central-1:111122223333:event-bus/" + std::string(name);
  }
  json::Object Replay(std::string_view bus = "default") {
    const double now = EpochSecondsNow();
    json::Object destination{{"Arn", Bus(bus)}};
    return {{"ReplayName", "again"},
            {"EventSourceArn", "arn:aws:events:eu-central-1:111122223333:archive/kept"},
            {"EventStartTime", now - 60},
            {"EventEndTime", now + 60},
            {"Destination", std::move(destination)}};
  }
  double EpochSecondsNow() {
    return static_cast<double>(clock().Now().time_since_epoch().count()) / 1000;
  }
};

TEST_F(Replays, SendArchivedEventsAgain) {
  Rule("all", R"({"source":["acme"]})");
  Put("acme", R"({"n":1})");
  EXPECT_THAT(Received(), SizeIs(1));

  EXPECT_EQ(Do("events", "StartReplay", Replay()).GetString("State"), "STARTING");
  Restart();

  const std::vector<std::string> bodies = Received();
  ASSERT_THAT(bodies, SizeIs(1));
  const json::Object event = json::Parse(bodies[0])->AsObject();
  EXPECT_EQ(event.GetString("replay-name"), "again");
  EXPECT_EQ(event.GetObject("detail").GetInt("n"), 1);
  EXPECT_EQ(Do("events", "DescribeReplay", {{"ReplayName", "again"}}).GetString("State"),
            "COMPLETED");
  EXPECT_THAT(Do("events", "ListReplays", {{"NamePrefix", "ag"}}).GetArray("Replays"), SizeIs(1));
  EXPECT_EQ(Do("events", "DescribeArchive", {{"ArchiveName", "kept"}}).GetInt("EventCount"), 1);
}

TEST_F(Replays, SendToTheNamedRulesOnly) {
  Rule("all", R"({"source":["acme"]})");
  Put("acme", "{}");
  EXPECT_THAT(Received(), SizeIs(1));
  json::Object replay = Replay();
  json::Object destination = replay.GetObject("Destination");
  destination.Set("FilterArns", json::Array{"arn:aws:events:eu-central-1:111122223333:rule/other"});
  replay.Set("Destination", std::move(destination));

  Do("events", "StartReplay", replay);

  EXPECT_THAT(Received(), IsEmpty());
}

TEST_F(Replays, AreCancelled) {
  Do("events", "StartReplay", Replay());
  EXPECT_EQ(Do("events", "CancelReplay", {{"ReplayName", "again"}}).GetString("State"),
            "CANCELLING");
  Advance(std::chrono::seconds(1));

  EXPECT_EQ(Do("events", "DescribeReplay", {{"ReplayName", "again"}}).GetString("State"),
            "CANCELLED");
  EXPECT_EQ(Ask("events", "CancelReplay", {{"ReplayName", "again"}}).code,
            "IllegalStatusException");
}

TEST_F(Replays, SayWhatIsWrong) {
  EXPECT_THAT(Ask("events", "StartReplay", Replay("nope")),
              Fails(400, "ResourceNotFoundException", "Event bus nope does not exist."));
  Do("events", "CreateEventBus", {{"Name", "acme"}});
  EXPECT_THAT(Ask("events", "StartReplay", Replay("acme")),
              Fails(400, "ValidationException",
                    "Parameter Destination.Arn is not valid. Reason: Cross event bus replay is "
                    "not permitted."));
  json::Object backwards = Replay();
  backwards.Set("EventEndTime", backwards.At("EventStartTime"));
  EXPECT_THAT(Ask("events", "StartReplay", backwards),
              Fails(400, "ValidationException",
                    "Parameter EventEndTime is not valid. Reason: EventStartTime must be before "
                    "EventEndTime."));
  Do("events", "StartReplay", Replay());
  EXPECT_THAT(Ask("events", "StartReplay", Replay()),
              Fails(400, "ResourceAlreadyExistsException", "Replay again already exists."));
  EXPECT_THAT(Ask("events", "DescribeReplay", {{"ReplayName", "nope"}}),
              Fails(400, "ResourceNotFoundException", "Replay nope does not exist."));
}

TEST_F(Rules, ATemplateNamesWhatThereIs) {
  const auto with = [&](std::string_view text) {
    json::Object transformer{{"InputPathsMap", json::Object{{"none", "$.detail.none"}}},
                             {"InputTemplate", text}};
    return json::Object{{"InputTransformer", std::move(transformer)}};
  };
  Rule("all", R"({"source":["acme"]})", with(R"({"none":<none>,"of":<aws.events.event>})"));
  Put("acme", "{}");

  const std::vector<std::string> bodies = Received();
  ASSERT_THAT(bodies, SizeIs(1));
  const json::Object body = json::Parse(bodies[0])->AsObject();
  EXPECT_EQ(body.At("none"), json::Value(""));
  EXPECT_EQ(body.GetObject("of").GetString("detailType"), "Test");
  json::Object target = with("<unknown>");
  target.Set("Id", "queue");
  target.Set("Arn", "arn:aws:sqs:eu-central-1:111122223333:inbox");
  EXPECT_THAT(
      Ask("events", "PutTargets", {{"Rule", "all"}, {"Targets", json::Array{std::move(target)}}}),
      Fails(400, "ValidationException",
            "InputTemplate for target queue contains invalid placeholder unknown."));
}

TEST_F(Rules, ALogGroupIsWrittenToWhereAPolicyAllowsIt) {
  Do("logs", "CreateLogGroup", {{"logGroupName", "/aws/events/all"}});
  Rule("all", R"({"source":["acme"]})",
       {{"Arn", "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/events/all"}});
  const auto count = [&] {
    Advance(std::chrono::seconds(1));
    return Do("logs", "FilterLogEvents", {{"logGroupName", "/aws/events/all"}})
        .GetArray("events")
        .size();
  };
  Put("acme", "{}");
  EXPECT_EQ(count(), 0U);
  Do("logs", "PutResourcePolicy",
     {{"policyName", "events"},
      {"policyDocument",
       R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":["events.amazonaws.com","delivery.logs.amazonaws.com"]},"Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"arn:aws:logs:eu-central-1:111122223333:log-group:/aws/events/*:*"}]})"}});
  Put("acme", "{}");

  EXPECT_EQ(count(), 1U);
}

}  // namespace
}  // namespace trunkline::cloud::tests
