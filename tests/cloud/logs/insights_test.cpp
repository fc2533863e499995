#include "cloud/services/logs/insights.h"

#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kGroup = "/acme/calls";

class Insights : public CloudTest {
 protected:
  Insights() {
    Do("logs", "CreateLogGroup", {{"logGroupName", kGroup}});
    Do("logs", "CreateLogStream", {{"logGroupName", kGroup}, {"logStreamName", "s"}});
    json::Array events;
    int offset = 0;
    for (const char* message :
         {R"({"queue":"sales","wait":{"ms":120},"ok":true})",
          R"({"queue":"help","wait":{"ms":30}})", R"({"queue":"sales","wait":{"ms":60}})",
          "ann called bob for 7 s"}) {
      events.push_back(json::Object{{"timestamp", Now() + offset++}, {"message", message}});
    }
    Do("logs", "PutLogEvents",
       {{"logGroupName", kGroup}, {"logStreamName", "s"}, {"logEvents", std::move(events)}});
  }
  std::int64_t Now() { return clock().Now().time_since_epoch().count(); }
  json::Object Query(std::string_view text) {
    return {{"logGroupName", kGroup},
            {"startTime", Now() / 1000 - 60},
            {"endTime", Now() / 1000 + 60},
            {"queryString", text}};
  }
  // Rows as "field=value field=value", without the pointers.
  std::vector<std::string> Run(std::string_view text) {
    const json::Object started = Do("logs", "StartQuery", Query(text));
    Advance(Milliseconds(100));
    const json::Object answer = Do("logs", "GetQueryResults", started);
    EXPECT_EQ(answer.GetString("status"), "Complete");
    std::vector<std::string> rows;
    for (const json::Value& row : answer.GetArray("results")) {
      std::string shown;
      for (const json::Value& cell : row.AsArray()) {
        const json::Object& one = cell.AsObject();
        if (one.GetString("field") == "@ptr") continue;
        shown += fmt::format("{}{}={}", shown.empty() ? "" : " ", one.GetString("field"),
                             one.GetString("value"));
      }
      rows.push_back(std::move(shown));
    }
    return rows;
  }
};

TEST_F(Insights, EventsAreFilteredSortedAndShown) {
  EXPECT_THAT(
      Run("fields queue, wait.ms | filter queue = 'sales' and wait.ms >= 60 | sort wait.ms"),
      ElementsAre("queue=sales wait.ms=60", "queue=sales wait.ms=120"));
  EXPECT_THAT(Run("filter queue in ['help'] | fields toupper(queue) as q"), ElementsAre("q=HELP"));
  EXPECT_THAT(Run("fields queue | filter @message like /sa.es/ and not ispresent(ok)"),
              ElementsAre("queue=sales"));
}

TEST_F(Insights, WithoutAnOrderTheNewestComesFirst) {
  EXPECT_THAT(Run("fields @message | limit 1"), ElementsAre("@message=ann called bob for 7 s"));
  EXPECT_THAT(Run("fields @timestamp | limit 1")[0], HasSubstr("@timestamp=20"));
}

TEST_F(Insights, StatisticsAreMadeOfGroups) {
  EXPECT_THAT(
      Run("stats count(*) as n, sum(wait.ms) as total by queue | sort n desc"),
      ElementsAre("queue=sales n=2 total=180", "queue=help n=1 total=30", "queue= n=1 total=0"));
  EXPECT_THAT(Run("filter ispresent(queue) | stats avg(wait.ms), max(wait.ms) as m"),
              ElementsAre("avg(wait.ms)=70 m=120"));
  EXPECT_THAT(Run("stats count(*) by bin(1h)"), SizeIs(1));
}

TEST_F(Insights, PartsOfMessagesAreNamed) {
  EXPECT_THAT(Run("parse @message '* called * for * s' as who, whom, time | filter ispresent(who) "
                  "| display who, time * 2 as twice"),
              ElementsAre("who=ann twice=14"));
  EXPECT_THAT(Run("filter ispresent(queue) | dedup queue | fields queue | sort queue"),
              ElementsAre("queue=help", "queue=sales"));
}

TEST_F(Insights, QueriesAreDescribedStoppedAndSurviveARestart) {
  const json::Object started = Do("logs", "StartQuery", Query("fields @message"));
  Restart();
  Advance(Milliseconds(100));

  EXPECT_THAT(Do("logs", "GetQueryResults", started).GetArray("results"), SizeIs(4));
  const json::Object described =
      Do("logs", "DescribeQueries", {{"logGroupName", kGroup}, {"status", "Complete"}});
  ASSERT_THAT(described.GetArray("queries"), SizeIs(1));
  EXPECT_THAT(std::string(described.GetArray("queries")[0].AsObject().GetString("queryString")),
              HasSubstr("SOURCE \"/acme/calls\" START="));
  const json::Object other = Do("logs", "StartQuery", Query("limit 1"));
  EXPECT_TRUE(Do("logs", "StopQuery", other).GetBool("success"));
  EXPECT_EQ(Do("logs", "GetQueryResults", other).GetString("status"), "Cancelled");
}

TEST_F(Insights, SayWhatTheyDoNotKnow) {
  EXPECT_THAT(Ask("logs", "StartQuery", Query("pattern @message")),
              Fails(400, "MalformedQueryException", HasSubstr("expected one of the commands")));
  EXPECT_THAT(Ask("logs", "StartQuery", Query("fields geoip(a)")),
              Fails(400, "MalformedQueryException", HasSubstr("'geoip'")));
  json::Object nowhere = Query("limit 1");
  nowhere.Set("logGroupName", "/nope");
  EXPECT_THAT(Ask("logs", "StartQuery", nowhere),
              Fails(400, "ResourceNotFoundException",
                    HasSubstr("Log group '/nope' does not exist for account ID '111122223333'")));
  EXPECT_THAT(Do("logs", "DescribeQueries").GetArray("queries"), IsEmpty());
}

}  // namespace
}  // namespace trunkline::cloud::tests
