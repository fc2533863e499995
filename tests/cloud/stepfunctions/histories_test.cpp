// Histories: which events there are, and what each follows, where it is not plain.
#include "tests/cloud/stepfunctions/states_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;

class Histories : public StatesTest {
 protected:
  // An execution of one state 'S'.
  std::string Begun(std::string_view state, std::string_view input = "{}") {
    const std::string machine =
        MakeOf(fmt::format("m{}", ++machines_), "S", fmt::format(R"({{"S":{}}})", state));
    const std::string execution = Start(machine, input);
    Advance(Milliseconds(1));
    return execution;
  }
  json::Object DetailsOf(const std::string& execution, std::size_t index, std::string_view name) {
    return History(execution).at(index).AsObject().GetObject(name);
  }
  std::string Cause(const std::string& execution) {
    return std::string(Describe(execution).GetString("cause"));
  }
  void PutFile(std::string_view text) {
    Do("s3", "CreateBucket",
       {{"Bucket", "data"},
        {"CreateBucketConfiguration", json::Object{{"LocationConstraint", "eu-central-1"}}}});
    Do("s3", "PutObject", {{"Bucket", "data"}, {"Key", "in"}, {"Body", text}});
  }

 private:
  int machines_ = 0;
};

// A map over the input, or what `fields` says, that only passes.
std::string Distributed(std::string_view fields) {
  return fmt::format(R"({{"Type":"Map","End":true,{}"ItemProcessor":{{
      "ProcessorConfig":{{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"}},
      "StartAt":"I","States":{{"I":{{"Type":"Pass","End":true}}}}}}}})",
                     fields);
}

std::string Reading(std::string_view config) {
  return Distributed(fmt::format(R"("ItemReader":{{"Resource":"arn:aws:states:::s3:getObject",
      "ReaderConfig":{},"Parameters":{{"Bucket":"data","Key":"in"}}}},)",
                                 config));
}

TEST_F(Histories, AnErrorOfTheRuntimeFollowsTheStatesLastEvent) {
  const std::string execution = Begun(R"({"Type":"Wait","SecondsPath":"$.none","End":true})");

  EXPECT_THAT(Events(execution), ElementsAre("1 ExecutionStarted < 0", "2 WaitStateEntered < 0",
                                             "3 ExecutionFailed < 2"));
}

TEST_F(Histories, AFailStateThatSaysNothingReportsNothing) {
  const std::string execution = Begun(R"({"Type":"Fail"})");

  EXPECT_TRUE(DetailsOf(execution, 2, "executionFailedEventDetails").empty());
  EXPECT_FALSE(Describe(execution).Has("cause"));
}

TEST_F(Histories, ItemsThatAreNoneAreToldAsIfTheMapWereNotEntered) {
  const std::string execution = Begun(
      R"({"Type":"Map","QueryLanguage":"JSONata","Items":"{% 'one' %}","End":true,
          "ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}})");

  EXPECT_THAT(Events(execution), ElementsAre("1 ExecutionStarted < 0", "2 MapStateEntered < 0",
                                             "3 EvaluationFailed < 0", "4 MapStateFailed < 3",
                                             "5 ExecutionFailed < 4"));
  EXPECT_THAT(Cause(execution),
              EndsWith("The JSONata expression ''one'' specified for the field 'Items' returned an "
                       "unexpected result type. Expected 'array', but was 'string' for value: "
                       "\"one\""));
}

TEST_F(Histories, TasksSideBySideStartWhenAllAreScheduledAndOneThatIsLateAbortsTheOthers) {
  const std::string execution =
      Begun(R"({"Type":"Map","End":true,"ItemProcessor":{"StartAt":"T","States":{"T":{
          "Type":"Task","TimeoutSeconds":5,"End":true,
          "Resource":"arn:aws:states:::aws-sdk:ssm:putParameter.waitForTaskToken",
          "Parameters":{"Name.$":"$","Value.$":"$$.Task.Token","Type":"String"}}}}})",
            R"(["/a","/b"])");
  Advance(std::chrono::seconds(6));

  EXPECT_THAT(
      Events(execution),
      ElementsAre("1 ExecutionStarted < 0", "2 MapStateEntered < 0", "3 MapStateStarted < 2",
                  "4 MapIterationStarted < 3", "5 MapIterationStarted < 3",
                  "6 TaskStateEntered < 4", "7 TaskScheduled < 6", "8 TaskStateEntered < 5",
                  "9 TaskScheduled < 8", "10 TaskStarted < 7", "11 TaskStarted < 9",
                  "12 TaskSubmitted < 10", "13 TaskSubmitted < 11", "14 TaskTimedOut < 12",
                  "15 TaskTimedOut < 13", "16 MapIterationFailed < 14", "17 TaskStateAborted < 14",
                  "18 MapIterationAborted < 14", "19 TaskStateAborted < 14",
                  "20 MapStateFailed < 14", "21 ExecutionFailed < 20"));
}

TEST_F(Histories, AMapRunStartsBeforeItsItemsAreRead) {
  PutFile("a,a\n1,2\n");
  const std::string execution = Begun(Reading(R"({"InputType":"CSV"})"));

  EXPECT_THAT(Events(execution),
              ElementsAre("1 ExecutionStarted < 0", "2 MapStateEntered < 0",
                          "3 MapStateStarted < 2", "4 MapRunStarted < 3", "5 MapRunFailed < 4",
                          "6 MapStateFailed < 5", "7 ExecutionFailed < 6"));
  EXPECT_EQ(Cause(execution), "CSV headers cannot contain duplicates.");
  EXPECT_EQ(DetailsOf(execution, 2, "mapStateStartedEventDetails").GetInt("length", -1), 0);
  const auto run = DetailsOf(execution, 3, "mapRunStartedEventDetails").At("mapRunArn");
  EXPECT_EQ(Do("stepfunctions", "DescribeMapRun", {{"mapRunArn", run}}).GetString("status"),
            "FAILED");
}

TEST_F(Histories, AStateAfterAMapRunFollowsTheRunsStart) {
  const std::string execution = Begun(Distributed(""), "[1,2]");

  EXPECT_THAT(Events(execution), ElementsAre("1 ExecutionStarted < 0", "2 MapStateEntered < 0",
                                             "3 MapStateStarted < 2", "4 MapRunStarted < 3",
                                             "5 MapRunSucceeded < 4", "6 MapStateSucceeded < 5",
                                             "7 MapStateExited < 4", "8 ExecutionSucceeded < 7"));
  EXPECT_EQ(DetailsOf(execution, 2, "mapStateStartedEventDetails").GetInt("length"), 2);
}

TEST_F(Histories, WhatAReaderCannotReadIsToldInTheWordsOfS3) {
  PutFile("[]");
  Do("s3", "DeleteObject", {{"Bucket", "data"}, {"Key", "in"}});

  EXPECT_THAT(Cause(Begun(Reading(R"({"InputType":"JSON"})"))),
              HasSubstr("The specified key does not exist. (Service: Amazon S3; Status Code: 404; "
                        "Error Code: NoSuchKey; Request ID: "));
}

TEST_F(Histories, NumbersOfAMapAreLookedUpAndChecked) {
  const auto cause = [this](std::string_view fields, std::string_view value) {
    const std::string execution =
        Begun(Distributed(fmt::format(R"("ItemsPath":"$.items",{},)", fields)),
              fmt::format(R"({{"items":[1],"n":{}}})", value));
    EXPECT_EQ(Events(execution).back(), "4 ExecutionFailed < 3");
    return Cause(execution);
  };

  EXPECT_THAT(cause(R"("ToleratedFailureCountPath":"$.n")", R"("few")"),
              EndsWith("The ToleratedFailureCountPath field refers to value \"few\" which is not a "
                       "valid integer: $.n"));
  EXPECT_THAT(cause(R"("ToleratedFailurePercentagePath":"$.n")", "{}"),
              EndsWith("which is not a valid float: $.n"));
  EXPECT_THAT(cause(R"("ToleratedFailureCountPath":"$.n")", "-1"),
              EndsWith("ToleratedFailureCount cannot be negative."));
  EXPECT_THAT(cause(R"("ToleratedFailurePercentagePath":"$.n")", "100.1"),
              EndsWith("ToleratedFailurePercentage must be between 0 and 100."));
}

TEST_F(Histories, AnActivityThatIsGoneFailsTheState) {
  const std::string activity(
      Do("stepfunctions", "CreateActivity", {{"name", "work"}}).GetString("activityArn"));
  const std::string state =
      fmt::format(R"({{"Type":"Task","Resource":"{}","End":true}})", activity);
  const std::string taken = Begun(state);
  Do("stepfunctions", "GetActivityTask", {{"activityArn", activity}});
  Do("stepfunctions", "DeleteActivity", {{"activityArn", activity}});

  const std::string refused = Begun(state);

  EXPECT_TRUE(History(taken)[3].AsObject().Has("activityStartedEventDetails"));
  EXPECT_THAT(Cause(refused), EndsWith(fmt::format("The activity {} does not exist.", activity)));
}

TEST_F(Histories, EntriesThatAreRefusedAreAllNamed) {
  const std::string execution = Begun(
      R"({"Type":"Task","Resource":"arn:aws:states:::events:putEvents","End":true,
          "Parameters":{"Entries":[{"Source":"a","DetailType":"b","Detail":"\"text\""}]}})");

  EXPECT_EQ(Cause(execution),
            R"({"Entries":[{"ErrorCode":"MalformedDetail","ErrorMessage":"Detail is malformed."}],)"
            R"("FailedEntryCount":1})");
}

TEST_F(Histories, TheBodyOfAnObjectIsJson) {
  PutFile("");
  Begun(R"({"Type":"Task","Resource":"arn:aws:states:::aws-sdk:s3:putObject","End":true,
          "Parameters":{"Bucket":"data","Key":"out","Body":"a text"}})");

  EXPECT_EQ(Do("s3", "HeadObject", {{"Bucket", "data"}, {"Key", "out"}}).GetInt("ContentLength"),
            std::string_view(R"("a text")").size());
}

TEST_F(Histories, AnExecutionThatIsWaitedForKnowsNoRedrives) {
  const std::string machine = Make(
      "fast",
      R"({"StartAt":"P","States":{"P":{"Type":"Pass","OutputPath":"$$.Execution","End":true}}})",
      "EXPRESS");

  const auto output =
      json::Parse(Do("stepfunctions", "StartSyncExecution", {{"stateMachineArn", machine}})
                      .GetString("output"));

  ASSERT_TRUE(output.ok());
  EXPECT_FALSE(output->AsObject().Has("RedriveCount"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
