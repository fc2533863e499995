#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kGroup = "/aws/lambda/mapping";

class LogGroups : public CloudTest {
 protected:
  void MakeStream(std::string_view stream = "s") {
    if (!made_) Do("logs", "CreateLogGroup", {{"logGroupName", kGroup}});
    made_ = true;
    Do("logs", "CreateLogStream", {{"logGroupName", kGroup}, {"logStreamName", stream}});
  }
  std::int64_t Now() { return clock().Now().time_since_epoch().count(); }
  json::Object Put(const std::vector<std::pair<std::int64_t, std::string>>& events,
                   std::string_view stream = "s") {
    json::Array list;
    for (const auto& [offset, message] : events) {
      list.push_back(json::Object{{"timestamp", Now() + offset}, {"message", message}});
    }
    return Do(
        "logs", "PutLogEvents",
        {{"logGroupName", kGroup}, {"logStreamName", stream}, {"logEvents", std::move(list)}});
  }
  json::Object Read(json::Object more = {}) {
    json::Object input{{"logGroupName", kGroup}, {"logStreamName", "s"}};
    for (const json::Member& member : more) input.Set(member.key, member.value);
    return Do("logs", "GetLogEvents", input);
  }
  json::Object FilterBy(std::string_view pattern) {
    return Do("logs", "FilterLogEvents", {{"logGroupName", kGroup}, {"filterPattern", pattern}});
  }
  static std::vector<std::string> Texts(const json::Object& answer, std::string_view list,
                                        std::string_view key) {
    std::vector<std::string> texts;
    for (const json::Value& item : answer.GetArray(list))
      texts.emplace_back(item.AsObject().GetString(key));
    return texts;
  }
  static std::vector<std::string> Messages(const json::Object& answer) {
    return Texts(answer, "events", "message");
  }

 private:
  bool made_ = false;
};

TEST_F(LogGroups, AreDescribedWithArnAndRetention) {
  Do("logs", "CreateLogGroup",
     {{"logGroupName", kGroup}, {"tags", json::Object{{"team", "sales"}}}});
  Do("logs", "PutRetentionPolicy", {{"logGroupName", kGroup}, {"retentionInDays", 30}});

  const json::Object answer = Do("logs", "DescribeLogGroups", {{"logGroupNamePrefix", "/aws/"}});

  ASSERT_EQ(answer.GetArray("logGroups").size(), 1U);
  const json::Object& group = answer.GetArray("logGroups")[0].AsObject();
  EXPECT_EQ(group.GetString("arn"),
            "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/lambda/mapping:*");
  EXPECT_EQ(group.GetInt("retentionInDays"), 30);
  EXPECT_EQ(group.GetInt("creationTime"), Now());
}

TEST_F(LogGroups, AreMadeOnce) {
  Do("logs", "CreateLogGroup", {{"logGroupName", kGroup}});

  EXPECT_THAT(
      Ask("logs", "CreateLogGroup", {{"logGroupName", kGroup}}),
      Fails(400, "ResourceAlreadyExistsException", "The specified log group already exists"));
}

TEST_F(LogGroups, ArePagedAndFound) {
  for (const char* name : {"a", "b", "Bees"})
    Do("logs", "CreateLogGroup", {{"logGroupName", name}});

  const json::Object page = Do("logs", "DescribeLogGroups", {{"limit", 2}});
  const json::Object rest =
      Do("logs", "DescribeLogGroups", {{"limit", 2}, {"nextToken", page.At("nextToken")}});

  EXPECT_THAT(Texts(page, "logGroups", "logGroupName"), ElementsAre("Bees", "a"));
  EXPECT_THAT(Texts(rest, "logGroups", "logGroupName"), ElementsAre("b"));
  EXPECT_FALSE(rest.Has("nextToken"));
  EXPECT_THAT(Texts(Do("logs", "DescribeLogGroups", {{"logGroupNamePattern", "b"}}), "logGroups",
                    "logGroupName"),
              ElementsAre("Bees", "b"));
  EXPECT_THAT(Ask("logs", "DescribeLogGroups", {{"nextToken", "bm90IG91cnM="}}),
              Fails(400, "InvalidParameterException", HasSubstr("nextToken")));
}

TEST_F(LogGroups, DeletingOneForgetsItsEvents) {
  MakeStream();
  Put({{0, "hello"}});

  Do("logs", "DeleteLogGroup", {{"logGroupName", kGroup}});
  EXPECT_THAT(Ask("logs", "DeleteLogGroup", {{"logGroupName", kGroup}}),
              Fails(400, "ResourceNotFoundException", "The specified log group does not exist."));
  Do("logs", "CreateLogGroup", {{"logGroupName", kGroup}});
  Do("logs", "CreateLogStream", {{"logGroupName", kGroup}, {"logStreamName", "s"}});

  EXPECT_THAT(Messages(Read()), IsEmpty());
}

TEST_F(LogGroups, RetentionIsOneOfTheKnownPeriods) {
  Do("logs", "CreateLogGroup", {{"logGroupName", kGroup}});

  EXPECT_THAT(Ask("logs", "PutRetentionPolicy", {{"logGroupName", kGroup}, {"retentionInDays", 2}}),
              Fails(400, "InvalidParameterException", HasSubstr("'retentionInDays'")));
}

TEST_F(LogGroups, RetentionForgetsOldEvents) {
  MakeStream();
  Do("logs", "PutRetentionPolicy", {{"logGroupName", kGroup}, {"retentionInDays", 1}});
  Put({{0, "old"}});

  Advance(std::chrono::hours(25));
  Put({{0, "new"}});

  EXPECT_THAT(Messages(Read()), ElementsAre("new"));
  Do("logs", "DeleteRetentionPolicy", {{"logGroupName", kGroup}});
  EXPECT_THAT(Messages(Read()), ElementsAre("new"));
}

TEST_F(LogGroups, TagsAreKeptByArnAndByName) {
  Do("logs", "CreateLogGroup", {{"logGroupName", kGroup}, {"tags", json::Object{{"a", "1"}}}});
  const std::string arn = "arn:aws:logs:eu-central-1:111122223333:log-group:" + std::string(kGroup);

  Do("logs", "TagResource", {{"resourceArn", arn}, {"tags", json::Object{{"b", "2"}}}});
  Do("logs", "UntagLogGroup", {{"logGroupName", kGroup}, {"tags", json::Array{"a"}}});

  EXPECT_EQ(Do("logs", "ListTagsForResource", {{"resourceArn", arn}}).GetObject("tags"),
            (json::Object{{"b", "2"}}));
  EXPECT_EQ(Do("logs", "ListTagsLogGroup", {{"logGroupName", kGroup}}).GetObject("tags"),
            (json::Object{{"b", "2"}}));
}

TEST_F(LogGroups, EventsAreReadInTheOrderOfTime) {
  MakeStream();
  Put({{-2000, "one"}, {-1000, "three"}});
  Put({{-1500, "two"}});

  const json::Object answer = Read({{"startFromHead", true}});

  EXPECT_THAT(Messages(answer), ElementsAre("one", "two", "three"));
  EXPECT_EQ(answer.GetArray("events")[0].AsObject().GetInt("timestamp"), Now() - 2000);
  EXPECT_EQ(answer.GetArray("events")[0].AsObject().GetInt("ingestionTime"), Now());
}

TEST_F(LogGroups, ReadingGoesForwardUntilTheTokenRepeats) {
  MakeStream();
  Put({{-3, "a"}, {-2, "b"}, {-1, "c"}});

  const json::Object first = Read({{"startFromHead", true}, {"limit", 2}});
  const json::Object second = Read({{"nextToken", first.At("nextForwardToken")}, {"limit", 2}});
  const json::Object third = Read({{"nextToken", second.At("nextForwardToken")}, {"limit", 2}});

  EXPECT_THAT(Messages(first), ElementsAre("a", "b"));
  EXPECT_THAT(Messages(second), ElementsAre("c"));
  EXPECT_THAT(Messages(third), IsEmpty());
  EXPECT_EQ(third.GetString("nextForwardToken"), second.GetString("nextForwardToken"));
}

TEST_F(LogGroups, ReadingWithoutStartBeginsAtTheTailAndGoesBack) {
  MakeStream();
  Put({{-3, "a"}, {-2, "b"}, {-1, "c"}});

  const json::Object last = Read({{"limit", 2}});
  const json::Object before = Read({{"nextToken", last.At("nextBackwardToken")}, {"limit", 2}});

  EXPECT_THAT(Messages(last), ElementsAre("b", "c"));
  EXPECT_THAT(Messages(before), ElementsAre("a"));
}

TEST_F(LogGroups, NewEventsComeBehindAForwardToken) {
  MakeStream();
  Put({{-3, "a"}});
  const json::Object first = Read({{"startFromHead", true}});

  Put({{-1, "b"}});

  EXPECT_THAT(Messages(Read({{"nextToken", first.At("nextForwardToken")}})), ElementsAre("b"));
}

TEST_F(LogGroups, EventsMustBeInOrderAndFit) {
  MakeStream();
  const auto put = [&](json::Array events) {
    return Ask(
        "logs", "PutLogEvents",
        {{"logGroupName", kGroup}, {"logStreamName", "s"}, {"logEvents", std::move(events)}});
  };
  const auto event = [&](std::int64_t offset, std::size_t size) {
    return json::Object{{"timestamp", Now() + offset}, {"message", std::string(size, 'x')}};
  };

  EXPECT_THAT(put({event(0, 1), event(-1, 1)}),
              Fails(400, "InvalidParameterException", HasSubstr("chronological")));
  EXPECT_THAT(put({event(-90000000, 1), event(0, 1)}),
              Fails(400, "InvalidParameterException", HasSubstr("24 hours")));
  EXPECT_THAT(
      put({event(0, 600000), event(0, 600000)}),
      Fails(400, "InvalidParameterException", HasSubstr("Upload too large: 1200052 bytes")));
  EXPECT_THAT(Ask("logs", "PutLogEvents",
                  {{"logGroupName", kGroup},
                   {"logStreamName", "no"},
                   {"logEvents", json::Array{event(0, 1)}}}),
              Fails(400, "ResourceNotFoundException", "The specified log stream does not exist."));
}

TEST_F(LogGroups, EventsTooOldOrTooNewAreRejectedByIndex) {
  MakeStream();
  constexpr std::int64_t kHour = 3600000;

  const json::Object old = Put({{-14 * 24 * kHour - 10, "old"}, {-14 * 24 * kHour + 10, "fits"}});
  const json::Object ahead = Put({{0, "now"}, {3 * kHour, "new"}});

  EXPECT_EQ(old.GetObject("rejectedLogEventsInfo").GetInt("tooOldLogEventEndIndex"), 1);
  EXPECT_EQ(ahead.GetObject("rejectedLogEventsInfo").GetInt("tooNewLogEventStartIndex"), 1);
  EXPECT_THAT(Messages(Read()), ElementsAre("fits", "now"));
}

TEST_F(LogGroups, StreamsAreListedByNameOrByTheirLastEvent) {
  MakeStream("a");
  MakeStream("b");
  Put({{-1000, "x"}}, "a");
  Put({{-2000, "x"}}, "b");

  const json::Object by_name =
      Do("logs", "DescribeLogStreams", {{"logGroupName", kGroup}, {"limit", 1}});
  const json::Object by_time =
      Do("logs", "DescribeLogStreams",
         {{"logGroupName", kGroup}, {"orderBy", "LastEventTime"}, {"descending", true}});

  EXPECT_THAT(Texts(by_name, "logStreams", "logStreamName"), ElementsAre("a"));
  EXPECT_THAT(
      Texts(Do("logs", "DescribeLogStreams",
               {{"logGroupName", kGroup}, {"limit", 1}, {"nextToken", by_name.At("nextToken")}}),
            "logStreams", "logStreamName"),
      ElementsAre("b"));
  EXPECT_THAT(Texts(by_time, "logStreams", "logStreamName"), ElementsAre("a", "b"));
  EXPECT_EQ(by_time.GetArray("logStreams")[0].AsObject().GetInt("lastEventTimestamp"),
            Now() - 1000);
}

TEST_F(LogGroups, ADeletedStreamIsGone) {
  MakeStream();
  Put({{0, "x"}});

  Do("logs", "DeleteLogStream", {{"logGroupName", kGroup}, {"logStreamName", "s"}});

  EXPECT_THAT(Ask("logs", "GetLogEvents", {{"logGroupName", kGroup}, {"logStreamName", "s"}}),
              Fails(400, "ResourceNotFoundException", HasSubstr("log stream")));
}

TEST_F(LogGroups, FilteringJoinsStreamsAndPages) {
  MakeStream("a");
  MakeStream("b");
  Put({{-3, "ERROR one"}, {-1, "ERROR three"}}, "a");
  Put({{-2, "ERROR two"}}, "b");

  const json::Object input{{"logGroupName", kGroup}, {"filterPattern", "ERROR"}, {"limit", 2}};
  const json::Object page = Do("logs", "FilterLogEvents", input);
  json::Object next = input;
  next.Set("nextToken", page.At("nextToken"));
  const json::Object rest = Do("logs", "FilterLogEvents", next);

  EXPECT_THAT(Messages(page), ElementsAre("ERROR one", "ERROR two"));
  EXPECT_THAT(Texts(page, "events", "logStreamName"), ElementsAre("a", "b"));
  EXPECT_THAT(Messages(rest), ElementsAre("ERROR three"));
  EXPECT_FALSE(rest.Has("nextToken"));
}

TEST_F(LogGroups, FilteringTakesStreamsAndTimes) {
  MakeStream("a");
  MakeStream("b");
  Put({{-30, "one"}, {-10, "two"}}, "a");
  Put({{-20, "three"}}, "b");

  EXPECT_THAT(Messages(Do("logs", "FilterLogEvents",
                          {{"logGroupName", kGroup}, {"logStreamNamePrefix", "a"}})),
              ElementsAre("one", "two"));
  EXPECT_THAT(
      Messages(Do("logs", "FilterLogEvents",
                  {{"logGroupName", kGroup}, {"startTime", Now() - 20}, {"endTime", Now() - 10}})),
      ElementsAre("three"));
}

struct PatternRow {
  std::string pattern;
  std::vector<std::string> matches;
};
class LogPatterns : public LogGroups, public ::testing::WithParamInterface<PatternRow> {};
TEST_P(LogPatterns, ShowTheEventsThatFit) {
  const PatternRow& row = GetParam();
  MakeStream();
  Put({{-5, "ERROR disk full"},
       {-4, "WARN disk slow"},
       {-3, R"({"level":"ERROR","ms":120,"user":{"name":"ann"},"tags":["x","y"],"gone":null})"},
       {-2, R"({"level":"INFO","ms":7,"ok":true})"}});

  EXPECT_THAT(Messages(FilterBy(row.pattern)), ::testing::ElementsAreArray(row.matches));
}
const std::string kAnn =
    R"({"level":"ERROR","ms":120,"user":{"name":"ann"},"tags":["x","y"],"gone":null})";
const std::string kInfo = R"({"level":"INFO","ms":7,"ok":true})";
INSTANTIATE_TEST_SUITE_P(
    Rows, LogPatterns,
    ::testing::Values(
        PatternRow{"disk", {"ERROR disk full", "WARN disk slow"}},
        PatternRow{"disk full", {"ERROR disk full"}},
        PatternRow{"\"disk slow\"", {"WARN disk slow"}},
        PatternRow{"?full ?slow", {"ERROR disk full", "WARN disk slow"}},
        PatternRow{"disk -full", {"WARN disk slow"}}, PatternRow{"{ $.level = \"ERROR\" }", {kAnn}},
        PatternRow{"{ $.level = ERR* }", {kAnn}}, PatternRow{"{ $.level != \"ERROR\" }", {kInfo}},
        PatternRow{"{ $.ms > 7 && $.user.name = \"ann\" }", {kAnn}},
        PatternRow{"{ $.ms <= 7 || $.tags[1] = \"y\" }", {kAnn, kInfo}},
        PatternRow{"{ ($.ms < 7) || ($.ok IS TRUE) }", {kInfo}},
        PatternRow{"{ $.gone IS NULL }", {kAnn}}, PatternRow{"{ $.user NOT EXISTS }", {kInfo}}));

class WrongLogPatterns : public LogGroups,
                         public ::testing::WithParamInterface<std::pair<std::string, std::string>> {
};
TEST_P(WrongLogPatterns, SayWhatIsWrong) {
  const auto& [pattern, text] = GetParam();
  MakeStream();

  EXPECT_THAT(
      Ask("logs", "FilterLogEvents", {{"logGroupName", kGroup}, {"filterPattern", pattern}}),
      Fails(400, "InvalidParameterException", HasSubstr(text)));
}
INSTANTIATE_TEST_SUITE_P(Rows, WrongLogPatterns,
                         ::testing::Values(std::pair("[ip, user", "expected a comparison"),
                                           std::pair("%(ab)+%", "groups are not supported"),
                                           std::pair("%ab", "expected a closing %"),
                                           std::pair("{ $.a = }", "expected a text or a number"),
                                           std::pair("{ $.a 1 }", "expected a comparison"),
                                           std::pair("\"open", "expected a closing \""),
                                           std::pair("a:b", "got 'a:b'")));

TEST_F(LogGroups, SurviveARestart) {
  MakeStream();
  Put({{-1, "kept"}});

  Restart();

  EXPECT_THAT(Messages(Read()), ElementsAre("kept"));
  EXPECT_EQ(
      Do("logs", "DescribeLogGroups").GetArray("logGroups")[0].AsObject().GetInt("storedBytes"),
      30);
}

TEST_F(LogGroups, BelongToTheirAccountAndRegion) {
  Do("logs", "CreateLogGroup", {{"logGroupName", kGroup}});

  UseRegion("us-west-2");
  EXPECT_TRUE(Do("logs", "DescribeLogGroups").GetArray("logGroups").empty());
}

class LogPolicies : public CloudTest {
 protected:
  static json::Object Policy(std::string_view name) {
    return {{"policyName", name},
            {"policyDocument",
             R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":)"
             R"("events.amazonaws.com"},"Action":"logs:PutLogEvents","Resource":"*"}]})"}};
  }
};

TEST_F(LogPolicies, AreKeptByNameShownAndDeleted) {
  const json::Object made = Do("logs", "PutResourcePolicy", Policy("events"));
  EXPECT_EQ(made.GetObject("resourcePolicy").GetString("policyScope"), "ACCOUNT");
  Do("logs", "PutResourcePolicy", Policy("events"));
  Restart();

  EXPECT_EQ(Do("logs", "DescribeResourcePolicies").GetArray("resourcePolicies").size(), 1U);
  Do("logs", "DeleteResourcePolicy", {{"policyName", "events"}});
  EXPECT_THAT(Do("logs", "DescribeResourcePolicies").GetArray("resourcePolicies"), IsEmpty());
  EXPECT_THAT(Ask("logs", "DeleteResourcePolicy", {{"policyName", "events"}}),
              Fails(400, "ResourceNotFoundException", HasSubstr("does not exist")));
}

TEST_F(LogPolicies, AreTenAtMostAndValid) {
  for (int i = 0; i < 10; ++i) Do("logs", "PutResourcePolicy", Policy(fmt::format("p{}", i)));

  EXPECT_THAT(Ask("logs", "PutResourcePolicy", Policy("more")),
              Fails(400, "LimitExceededException", "Resource limit exceeded."));
  EXPECT_THAT(Ask("logs", "PutResourcePolicy", {{"policyName", "p1"}, {"policyDocument", "{}"}}),
              Fails(400, "InvalidParameterException", HasSubstr("invalid")));
}

TEST_F(LogPolicies, OfOneGroupAreChangedByWhoKnowsTheLastRevision) {
  Do("logs", "CreateLogGroup", {{"logGroupName", "/one"}});
  json::Object policy = Policy("");
  policy.Remove("policyName");
  policy.Set("resourceArn", "arn:aws:logs:eu-central-1:111122223333:log-group:/one:*");
  const json::Object made = Do("logs", "PutResourcePolicy", policy);
  policy.Set("expectedRevisionId", "00000000-0000-4000-8000-000000000000");
  EXPECT_EQ(Ask("logs", "PutResourcePolicy", policy).code, "OperationAbortedException");

  policy.Set("expectedRevisionId", made.GetString("revisionId"));

  EXPECT_NE(Do("logs", "PutResourcePolicy", policy).GetString("revisionId"),
            made.GetString("revisionId"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
