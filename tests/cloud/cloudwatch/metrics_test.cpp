// PutMetricData, GetMetricStatistics, GetMetricData and ListMetrics.
#include "tests/cloud/cloudwatch/cloudwatch_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Metrics : public CloudWatchTest {
 protected:
  json::Object Statistics(json::Array statistics, std::string_view unit = "") {
    json::Object input{{"Namespace", "Shop"},    {"MetricName", "Load"},
                       {"StartTime", Time(600)}, {"EndTime", Time(-60)},
                       {"Period", 60},           {"Statistics", std::move(statistics)}};
    input.SetIfNotEmpty("Unit", unit);
    return Do("cloudwatch", "GetMetricStatistics", input);
  }

  Answered PutDatum(json::Object datum) {
    datum.Set("MetricName", "Load");
    return Ask("cloudwatch", "PutMetricData",
               {{"Namespace", "Shop"}, {"MetricData", json::Array{std::move(datum)}}});
  }
};

TEST_F(Metrics, AMinuteIsSummedUpByStatistics) {
  Put("Load", 2);
  Put("Load", 4);

  const json::Object answer = Statistics({"SampleCount", "Average", "Sum", "Minimum", "Maximum"});

  ASSERT_THAT(answer.GetArray("Datapoints"), SizeIs(1));
  const json::Object& point = answer.GetArray("Datapoints")[0].AsObject();
  EXPECT_EQ(point.GetDouble("SampleCount"), 2);
  EXPECT_EQ(point.GetDouble("Average"), 3);
  EXPECT_EQ(point.GetDouble("Sum"), 6);
  EXPECT_EQ(point.GetDouble("Minimum"), 2);
  EXPECT_EQ(point.GetDouble("Maximum"), 4);
  EXPECT_EQ(point.GetString("Unit"), "None");
  EXPECT_EQ(answer.GetString("Label"), "Load");
}

TEST_F(Metrics, UnitsAreKeptApart) {
  Put("Load", 1, 0, "Seconds");
  Put("Load", 20, 0, "Count");

  EXPECT_THAT(Statistics({"Sum"}).GetArray("Datapoints"), SizeIs(2));
  const json::Object seconds = Statistics({"Sum"}, "Seconds");
  ASSERT_THAT(seconds.GetArray("Datapoints"), SizeIs(1));
  EXPECT_EQ(seconds.GetArray("Datapoints")[0].AsObject().GetDouble("Sum"), 1);
  EXPECT_THAT(Values({Stat("result", "Load", "Sum")}), ElementsAre(20));  // the first unit's
}

TEST_F(Metrics, ValuesComeWithCountsAndAsSets) {
  EXPECT_THAT(PutDatum({{"Values", json::Array{1.0, 10.0}}, {"Counts", json::Array{3.0, 1.0}}}),
              Succeeds());
  json::Object set{{"SampleCount", 2.0}, {"Sum", 30.0}, {"Minimum", 5.0}, {"Maximum", 25.0}};
  EXPECT_THAT(PutDatum({{"StatisticValues", std::move(set)}}), Succeeds());

  EXPECT_THAT(Values({Stat("result", "Load", "SampleCount")}), ElementsAre(6));
  EXPECT_THAT(Values({Stat("result", "Load", "Sum")}), ElementsAre(43));
  EXPECT_THAT(Values({Stat("result", "Load", "Maximum")}), ElementsAre(25));
  // A set tells no percentiles.
  EXPECT_THAT(Values({Stat("result", "Load", "p90")}), IsEmpty());
}

TEST_F(Metrics, PercentilesAndTrimmedMeansComeFromSingleValues) {
  for (int value = 1; value <= 100; ++value) Put("Load", value);

  EXPECT_THAT(Values({Stat("result", "Load", "p50")}), ElementsAre(50));
  EXPECT_THAT(Values({Stat("result", "Load", "p99.9")}), ElementsAre(100));
  EXPECT_THAT(Values({Stat("result", "Load", "tm90")}), ElementsAre(45.5));
  EXPECT_THAT(Values({Stat("result", "Load", "TC(10%:90%)")}), ElementsAre(80));
  EXPECT_THAT(Values({Stat("result", "Load", "IQM")}), ElementsAre(50.5));
}

TEST_F(Metrics, DimensionsTellMetricsApartInAnyOrder) {
  const auto put = [&](json::Array dimensions) {
    json::Object datum{
        {"MetricName", "Load"}, {"Value", 1.0}, {"Dimensions", std::move(dimensions)}};
    Do("cloudwatch", "PutMetricData",
       {{"Namespace", "Shop"}, {"MetricData", json::Array{std::move(datum)}}});
  };
  const json::Object host{{"Name", "Host"}, {"Value", "a"}};
  const json::Object zone{{"Name", "Zone"}, {"Value", "1"}};
  put({host, zone});
  put({zone, host});
  put({host});

  const json::Object all = Do("cloudwatch", "ListMetrics", {{"Namespace", "Shop"}});
  const json::Object zoned =
      Do("cloudwatch", "ListMetrics",
         {{"Namespace", "Shop"}, {"Dimensions", json::Array{json::Object{{"Name", "Zone"}}}}});

  EXPECT_THAT(all.GetArray("Metrics"), SizeIs(2));
  ASSERT_THAT(zoned.GetArray("Metrics"), SizeIs(1));
  EXPECT_EQ(zoned.GetArray("Metrics")[0].AsObject().GetString("MetricName"), "Load");
}

TEST_F(Metrics, WhatCannotBeADatumIsRefusedByItsPlace) {
  EXPECT_THAT(PutDatum({}), Fails(400, "MissingParameter", HasSubstr("MetricData.member.1.Value")));
  EXPECT_THAT(PutDatum({{"Value", 1.0}, {"Values", json::Array{1.0}}}),
              Fails(400, "InvalidParameterCombination", HasSubstr("mutually exclusive")));
  EXPECT_THAT(PutDatum({{"Values", json::Array{1.0}}, {"Counts", json::Array{1.0, 2.0}}}),
              Fails(400, "InvalidParameterValue", HasSubstr("must be of the same size")));
  EXPECT_THAT(PutDatum({{"Value", "NaN"}}),
              Fails(400, "InvalidParameterValue",
                    "The value NaN for parameter MetricData.member.1.Value is invalid."));
  EXPECT_THAT(PutDatum({{"Value", 1.0}, {"Timestamp", Time(15 * 24 * 3600)}}),
              Fails(400, "InvalidParameterValue", HasSubstr("MetricData.member.1.Timestamp")));
  json::Object datum{{"MetricName", "Load"}, {"Value", 1.0}};
  EXPECT_THAT(Ask("cloudwatch", "PutMetricData",
                  {{"Namespace", "AWS/Lambda"}, {"MetricData", json::Array{std::move(datum)}}}),
              Fails(400, "InvalidParameterValue",
                    "The value AWS/Lambda for parameter Namespace is invalid."));
}

TEST_F(Metrics, TooManyDatapointsAreRefused) {
  json::Object input{
      {"Namespace", "Shop"}, {"MetricName", "Load"}, {"StartTime", Time(90000)},
      {"EndTime", Time(0)},  {"Period", 60},         {"Statistics", json::Array{"Sum"}}};

  EXPECT_THAT(Ask("cloudwatch", "GetMetricStatistics", input),
              Fails(400, "InvalidParameterCombination",
                    HasSubstr("You have requested up to 1500 datapoints, which exceeds the limit "
                              "of 1440.")));
}

TEST_F(Metrics, ListingsGoOnWhereAPageEnded) {
  for (int i = 0; i < 501; ++i) Put(fmt::format("Load{:03}", i), 1);

  const json::Object first = Do("cloudwatch", "ListMetrics");
  const json::Object second =
      Do("cloudwatch", "ListMetrics", {{"NextToken", first.At("NextToken")}});

  EXPECT_THAT(first.GetArray("Metrics"), SizeIs(500));
  EXPECT_THAT(second.GetArray("Metrics"), SizeIs(1));
  EXPECT_EQ(Ask("cloudwatch", "ListMetrics", {{"NextToken", "nope"}}).code,
            "InvalidParameterValue");
}

TEST_F(Metrics, AMetricLeavesTheListTwoWeeksAfterItsLastDatum) {
  Put("Load", 1);
  Advance(std::chrono::hours(24 * 15));

  EXPECT_THAT(Do("cloudwatch", "ListMetrics").GetArray("Metrics"), IsEmpty());
}

TEST_F(Metrics, DataSurvivesARestart) {
  Put("Load", 7);

  Restart();

  EXPECT_THAT(Values({Stat("result", "Load", "Sum")}), ElementsAre(7));
}

TEST_F(Metrics, OlderClientsSpeakTheQueryProtocol) {
  json::Object datum{{"MetricName", "Load"}, {"Value", 2.5}, {"Unit", "Percent"}};
  Do("cloudwatch-query", "PutMetricData",
     {{"Namespace", "Shop"}, {"MetricData", json::Array{std::move(datum)}}});

  const json::Object answer = Do("cloudwatch-query", "GetMetricData",
                                 {{"MetricDataQueries", json::Array{Stat("a", "Load", "Average")}},
                                  {"StartTime", Time(600)},
                                  {"EndTime", Time(-60)}});

  ASSERT_THAT(answer.GetArray("MetricDataResults"), SizeIs(1));
  EXPECT_EQ(answer.GetArray("MetricDataResults")[0].AsObject().GetArray("Values")[0].AsDouble(),
            2.5);
}

// ---- metric math

class MetricMath : public CloudWatchTest {
 protected:
  void SetUp() override {
    Put("Calls", 10, 120);
    Put("Calls", 20, 60);
    Put("Calls", 40, 0);
    Put("Errors", 1, 120);
    Put("Errors", 4, 0);
  }

  std::vector<double> Evaluated(std::string_view expression) {
    return Values(
        {Stat("calls", "Calls", "Sum"), Stat("errors", "Errors", "Sum"), Math(expression)}, 2);
  }

  Answered Tried(std::string_view expression) {
    json::Array queries{Stat("calls", "Calls", "Sum"), Math(expression)};
    return Ask("cloudwatch", "GetMetricData",
               {{"MetricDataQueries", std::move(queries)},
                {"StartTime", Time(600)},
                {"EndTime", Time(0)}});
  }
};

TEST_F(MetricMath, OperatorsCountWhereBothHaveAValue) {
  EXPECT_THAT(Evaluated("100 * errors / calls"), ElementsAre(10, 10));
  EXPECT_THAT(Evaluated("-(calls - 10) ^ 2 + 1"), ElementsAre(1, 101, 901));
  EXPECT_THAT(Evaluated("calls >= 20 AND calls != 40"), ElementsAre(0, 1, 0));
}

TEST_F(MetricMath, FillPutsValuesWhereThereAreNone) {
  EXPECT_THAT(Evaluated("FILL(errors, 0)"), ElementsAre(1, 0, 4));
  EXPECT_THAT(Evaluated("FILL(errors, REPEAT)"), ElementsAre(1, 1, 4));
  EXPECT_THAT(Evaluated("FILL(errors, LINEAR)"), ElementsAre(1, 2.5, 4));
}

TEST_F(MetricMath, FunctionsGatherSeriesAndValues) {
  EXPECT_THAT(Evaluated("SUM([calls, errors])"), ElementsAre(11, 20, 44));
  EXPECT_THAT(Evaluated("MAX(METRICS(\"c\"))"), ElementsAre(10, 20, 40));
  EXPECT_THAT(Evaluated("calls / MAX(calls)"), ElementsAre(0.25, 0.5, 1));
  EXPECT_THAT(Evaluated("DIFF(calls)"), ElementsAre(10, 20));
  EXPECT_THAT(Evaluated("RUNNING_SUM(calls)"), ElementsAre(10, 30, 70));
  EXPECT_THAT(Evaluated("IF(calls > 10, calls, 0)"), ElementsAre(0, 20, 40));
  EXPECT_THAT(Evaluated("CEIL(calls / PERIOD(calls))"), ElementsAre(1, 1, 1));
}

TEST_F(MetricMath, WrongExpressionsAreRefusedByName) {
  EXPECT_THAT(Tried("calls +"), Fails(400, "ValidationError", HasSubstr("ends too early")));
  EXPECT_THAT(Tried("nope + 1"), Fails(400, "ValidationError", HasSubstr("id 'nope'")));
  EXPECT_THAT(Tried("result + 1"), Fails(400, "ValidationError", HasSubstr("refers to itself")));
  EXPECT_THAT(Tried("SEARCH('x', 'Sum')"), Fails(400, "ValidationError", HasSubstr("SEARCH")));
  EXPECT_THAT(Tried("SUM(calls)"),
              Fails(400, "ValidationError", HasSubstr("must return a time series")));
  EXPECT_THAT(Tried(std::string(1000, '(')),
              Fails(400, "ValidationError", HasSubstr("nested too deeply")));
}

TEST_F(MetricMath, PagesHoldAsManyResultsAsFit) {
  json::Array queries{Stat("calls", "Calls", "Sum"), Stat("errors", "Errors", "Sum")};
  json::Object input{{"MetricDataQueries", std::move(queries)},
                     {"StartTime", Time(600)},
                     {"EndTime", Time(-60)},
                     {"MaxDatapoints", 3}};

  const json::Object first = Do("cloudwatch", "GetMetricData", input);
  input.Set("NextToken", first.At("NextToken"));
  const json::Object second = Do("cloudwatch", "GetMetricData", input);

  ASSERT_THAT(first.GetArray("MetricDataResults"), SizeIs(1));
  ASSERT_THAT(second.GetArray("MetricDataResults"), SizeIs(1));
  EXPECT_EQ(second.GetArray("MetricDataResults")[0].AsObject().GetString("Id"), "errors");
  EXPECT_FALSE(second.Has("NextToken"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
