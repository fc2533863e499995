// Tasks: calls of other services, retries, tokens, activities, nested executions.
#include "tests/cloud/stepfunctions/states_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Tasks : public StatesTest {
 protected:
  // One Task state 'T' with further fields.
  std::string Task(std::string_view resource, std::string_view fields) {
    return fmt::format(R"({{"T":{{"Type":"Task","Resource":"{}",{},"End":true}}}})", resource,
                       fields);
  }
  std::string Ended(const std::string& execution) {
    Advance(Milliseconds(1));
    const json::Object ended = Describe(execution);
    if (ended.GetString("status") == "SUCCEEDED") return std::string(ended.GetString("output"));
    return fmt::format("{} {}: {}", ended.GetString("status"), ended.GetString("error"),
                       ended.GetString("cause"));
  }
  std::string TokenOf(const std::string& execution) {
    for (const json::Value& event : History(execution)) {
      const auto parameters = json::Parse(
          event.AsObject().GetObject("taskScheduledEventDetails").GetString("parameters", "null"));
      if (parameters->IsObject()) return std::string(parameters->AsObject().GetString("Value"));
    }
    return {};
  }
};

constexpr std::string_view kPut = "arn:aws:states:::aws-sdk:ssm:putParameter";

TEST_F(Tasks, AnSdkTaskCallsAnyOperation) {
  const std::string execution = Start(
      MakeOf("m", "T", Task(kPut, R"("Parameters":{"Name":"/a","Value.$":"$.v","Type":"String"})")),
      R"({"v":"x"})");

  EXPECT_THAT(Ended(execution), HasSubstr(R"("Version":1)"));
  EXPECT_EQ(Do("ssm", "GetParameter", {{"Name", "/a"}}).GetObject("Parameter").GetString("Value"),
            "x");
  EXPECT_THAT(Events(execution),
              ElementsAre("1 ExecutionStarted < 0", "2 TaskStateEntered < 0", "3 TaskScheduled < 2",
                          "4 TaskStarted < 3", "5 TaskSucceeded < 4", "6 TaskStateExited < 5",
                          "7 ExecutionSucceeded < 6"));
  const json::Array history = History(execution);
  const json::Object& details = history[2].AsObject().GetObject("taskScheduledEventDetails");
  EXPECT_EQ(details.GetString("resourceType"), "aws-sdk:ssm");
  EXPECT_EQ(details.GetString("resource"), "putParameter");
}

TEST_F(Tasks, DynamoDbTasksReadAndWriteItems) {
  Do("dynamodb", "CreateTable",
     {{"TableName", "calls"},
      {"BillingMode", "PAY_PER_REQUEST"},
      {"KeySchema", json::Array{json::Object{{"AttributeName", "id"}, {"KeyType", "HASH"}}}},
      {"AttributeDefinitions",
       json::Array{json::Object{{"AttributeName", "id"}, {"AttributeType", "S"}}}}});
  Advance(std::chrono::seconds(1));
  constexpr std::string_view kOnce =
      R"("Parameters":{"TableName":"calls","Item":{"id":{"S":"a"},"n":{"N":"1"}},"ConditionExpression":"attribute_not_exists(id) "
})";
  const std::string put = MakeOf("put", "T", Task("arn:aws:states:::dynamodb:putItem", kOnce));
EXPECT_THAT(Ended(Start(put)), HasSubstr(R"("HttpStatusCode":200)"));
EXPECT_THAT(Ended(Start(put)),
            HasSubstr("FAILED DynamoDB.ConditionalCheckFailedException: The conditional request "
                      "failed (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: "
                      "ConditionalCheckFailedException; Request ID: "));
EXPECT_THAT(Ended(Start(MakeOf("again", "T",
                               Task("arn:aws:states:::aws-sdk:dynamodb:putItem", kOnce)))),
            HasSubstr("FAILED DynamoDb.ConditionalCheckFailedException: The conditional request "
                      "failed (Service: DynamoDb, Status Code: 400, Request ID: "));
EXPECT_THAT(
    Ended(Start(MakeOf(
        "get", "T",
        Task(
            "arn:aws:states:::dynamodb:getItem",
            R"("Parameters":{"TableName":"calls","Key":{"id":{"S":"a"}}},"OutputPath":"$.Item")")))),
    testing::Eq(R"({"id":{"S":"a"},"n":{"N":"1"}})"));
EXPECT_THAT(Ended(Start(MakeOf("short", "T",
                               Task("arn:aws:states:::dynamodb:getItem",
                                    R"("Parameters":{"TableName":"/x","Key":{"id":{"S":"a"}}})")))),
            HasSubstr("FAILED DynamoDB.AmazonDynamoDBException: Invalid table/index name."));
}

TEST_F(Tasks, AServicesErrorIsNamedAsTheSdkDoes) {
  const std::string execution = Start(MakeOf(
      "m", "T",
      Task("arn:aws:states:::aws-sdk:ssm:getParameter", R"("Parameters":{"Name":"/none"})")));

  EXPECT_THAT(Ended(execution),
              HasSubstr("FAILED Ssm.ParameterNotFoundException: Parameter /none not found. "
                        "(Service: Ssm, Status Code: 400, Request ID: "));
}

TEST_F(Tasks, ARetryWaitsLongerEachTimeAndThenTheErrorIsCaught) {
  const std::string states =
      R"({"T":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:ssm:getParameter",
      "Parameters":{"Name":"/none"},"End":true,
      "Retry":[{"ErrorEquals":["Ssm.ParameterNotFoundException"],"IntervalSeconds":10,"BackoffRate":2,"MaxAttempts":2}],
      "Catch":[{"ErrorEquals":["States.TaskFailed"],"ResultPath":"$.e","Next":"C"}]},
      "C":{"Type":"Pass","OutputPath":"$.e.Error","End":true}})";
  const std::string execution = Start(MakeOf("m", "T", states));
  Advance(std::chrono::seconds(11));
  EXPECT_EQ(Events(execution).size(), 8U);
  Restart();
  Advance(std::chrono::seconds(21));

  EXPECT_EQ(Ended(execution), R"("Ssm.ParameterNotFoundException")");
  EXPECT_EQ(Events(execution)[10], "11 TaskFailed < 10");
}

TEST_F(Tasks, ATokenIsWaitedForAndAnsweredOnce) {
  const std::string execution = Start(
      MakeOf("m", "T",
             Task("arn:aws:states:::aws-sdk:ssm:putParameter.waitForTaskToken",
                  R"("Parameters":{"Name":"/t","Value.$":"$$.Task.Token","Type":"String"})")));
  Advance(Milliseconds(1));
  const std::string token = TokenOf(execution);
  Restart();
  Advance(Milliseconds(1));

  Do("stepfunctions", "SendTaskSuccess", {{"taskToken", token}, {"output", R"({"ok":1})"}});

  EXPECT_EQ(Ended(execution), R"({"ok":1})");
  EXPECT_THAT(Events(execution)[4], "5 TaskSubmitted < 4");
  EXPECT_THAT(Ask("stepfunctions", "SendTaskSuccess", {{"taskToken", token}, {"output", "1"}}),
              Fails(400, "TaskTimedOut", HasSubstr("Provided task does not exist anymore")));
  EXPECT_THAT(Ask("stepfunctions", "SendTaskHeartbeat", {{"taskToken", "x"}}),
              Fails(400, "InvalidToken", "Invalid Token: 'Invalid token'"));
}

TEST_F(Tasks, AMissingHeartbeatTimesTheTaskOut) {
  const std::string execution =
      Start(MakeOf("m", "T",
                   Task("arn:aws:states:::aws-sdk:ssm:putParameter.waitForTaskToken",
                        R"("HeartbeatSeconds":10,"TimeoutSeconds":600,
              "Parameters":{"Name":"/t","Value.$":"$$.Task.Token","Type":"String"})")));
  Advance(std::chrono::seconds(8));
  Do("stepfunctions", "SendTaskHeartbeat", {{"taskToken", TokenOf(execution)}});
  Advance(std::chrono::seconds(8));
  EXPECT_EQ(Describe(execution).GetString("status"), "RUNNING");
  Advance(std::chrono::seconds(3));

  const json::Object ended = Describe(execution);
  EXPECT_EQ(ended.GetString("error"), "States.Timeout");
  EXPECT_FALSE(ended.Has("cause"));
  EXPECT_EQ(Events(execution)[5], "6 TaskTimedOut < 5");
}

TEST_F(Tasks, AWorkerTakesTheTaskOfAnActivity) {
  const std::string activity(
      Do("stepfunctions", "CreateActivity", {{"name", "work"}}).GetString("activityArn"));
  const std::string execution =
      Start(MakeOf("m", "T", Task(activity, R"("TimeoutSeconds":100)")), R"({"n":1})");

  const json::Object task =
      Do("stepfunctions", "GetActivityTask", {{"activityArn", activity}, {"workerName", "me"}});
  EXPECT_EQ(task.GetString("input"), R"({"n":1})");
  Do("stepfunctions", "SendTaskFailure",
     {{"taskToken", task.GetString("taskToken")}, {"error", "E"}, {"cause", "C"}});

  EXPECT_EQ(Ended(execution), "FAILED E: C");
  EXPECT_THAT(Events(execution), ElementsAre("1 ExecutionStarted < 0", "2 TaskStateEntered < 0",
                                             "3 ActivityScheduled < 2", "4 ActivityStarted < 3",
                                             "5 ActivityFailed < 4", "6 ExecutionFailed < 5"));
}

TEST_F(Tasks, AWorkerWithoutWorkWaitsAMinute) {
  const std::string activity(
      Do("stepfunctions", "CreateActivity", {{"name", "work"}}).GetString("activityArn"));
  const Pending pending = Begin("stepfunctions", "GetActivityTask", {{"activityArn", activity}});
  Advance(std::chrono::seconds(59));
  EXPECT_FALSE(pending.done());
  Advance(std::chrono::seconds(2));

  EXPECT_FALSE(Wait(pending).output.Has("taskToken"));
}

TEST_F(Tasks, ANestedExecutionIsWaitedForAlsoOverARestart) {
  const std::string child =
      MakeOf("child", "W", R"({"W":{"Type":"Wait","Seconds":30,"End":true}})");
  const std::string execution =
      Start(MakeOf("m", "T",
                   Task("arn:aws:states:::states:startExecution.sync:2",
                        fmt::format(R"("Parameters":{{"StateMachineArn":"{}","Input":{{"k":1}}}},
                          "ResultSelector":{{"o.$":"$.Output","s.$":"$.Status"}})",
                                    child))));
  Advance(std::chrono::seconds(10));
  Restart();
  Advance(std::chrono::seconds(25));

  EXPECT_EQ(Ended(execution), R"({"o":{"k":1},"s":"SUCCEEDED"})");
}

TEST_F(Tasks, AFailedNestedExecutionFailsTheTask) {
  const std::string child = MakeOf("child", "F", R"({"F":{"Type":"Fail","Error":"Inner"}})");
  const std::string execution =
      Start(MakeOf("m", "T",
                   Task("arn:aws:states:::states:startExecution.sync",
                        fmt::format(R"("Parameters":{{"StateMachineArn":"{}"}})", child))));

  EXPECT_THAT(Ended(execution), HasSubstr("FAILED States.TaskFailed: {"));
  EXPECT_THAT(Ended(execution), HasSubstr(R"("Error":"Inner")"));
}

TEST_F(Tasks, WhatIsNotImplementedFailsTheTaskByName) {
  const std::string execution =
      Start(MakeOf("m", "T", Task("arn:aws:states:::glue:startJobRun", R"("Parameters":{})")));

  EXPECT_THAT(Ended(execution), HasSubstr("'glue:startJobRun' is not implemented"));
}

TEST_F(Tasks, OneStateIsTestedAlone) {
  const json::Object answer =
      Do("stepfunctions", "TestState",
         {{"definition",
           R"({"Type":"Pass","Parameters":{"a.$":"$.b"},"ResultPath":"$.r","Next":"N"})"},
          {"input", R"({"b":1})"},
          {"inspectionLevel", "DEBUG"}});

  EXPECT_EQ(answer.GetString("status"), "SUCCEEDED");
  EXPECT_EQ(answer.GetString("output"), R"({"b":1,"r":{"a":1}})");
  EXPECT_EQ(answer.GetString("nextState"), "N");
  EXPECT_EQ(answer.GetObject("inspectionData").GetString("afterParameters"), R"({"a":1})");
}

TEST_F(Tasks, ATestedTaskMayBeMocked) {
  const json::Object answer = Do(
      "stepfunctions", "TestState",
      {{"definition",
        R"({"Type":"Task","Resource":"arn:aws:states:::aws-sdk:ssm:getParameter","Parameters":{"Name":"x"},
               "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":7}],"End":true})"},
       {"mock", json::Object{{"errorOutput", json::Object{{"error", "E"}, {"cause", "C"}}}}}});

  EXPECT_EQ(answer.GetString("status"), "RETRIABLE");
  EXPECT_EQ(answer.GetString("cause"), "C");
}

class MapRuns : public Tasks {};

TEST_F(MapRuns, LimitsMayBeTextsThatPathsLeadTo) {
  const std::string execution = Start(MakeOf("m", "S", R"({
      "S":{"Type":"Pass","Assign":{"n":"2","w":"1"},"Result":[1,2,3],"Next":"M"},
      "M":{"Type":"Map","End":true,"MaxConcurrencyPath":"$w","ToleratedFailureCountPath":"$w",
           "ItemBatcher":{"MaxItemsPerBatchPath":"$n","MaxInputBytesPerBatch":5000},
           "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                            "StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}}})"));

  EXPECT_EQ(Ended(execution), R"([{"Items":[1,2]},{"Items":[3]}])");
}

TEST_F(MapRuns, ReadsCsv) {
  Do("s3", "CreateBucket",
     {{"Bucket", "data"},
      {"CreateBucketConfiguration", json::Object{{"LocationConstraint", "eu-central-1"}}}});
  Do("s3", "PutObject", {{"Bucket", "data"}, {"Key", "in.csv"}, {"Body", "n,s\n1,a\n2,\"b,c\"\n"}});
  const std::string execution =
      Start(MakeOf("m", "M", R"({"M":{"Type":"Map","End":true,"Label":"rows",
      "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"CSV"},
                    "Parameters":{"Bucket":"data","Key":"in.csv"}},
      "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                       "StartAt":"I","States":{"I":{"Type":"Pass","OutputPath":"$.s","End":true}}}}})"));

  EXPECT_EQ(Ended(execution), R"(["a","b,c"])");
  const json::Array runs =
      Do("stepfunctions", "ListMapRuns", {{"executionArn", execution}}).GetArray("mapRuns");
  ASSERT_EQ(runs.size(), 1U);
  const std::string run(runs[0].AsObject().GetString("mapRunArn"));
  EXPECT_THAT(run, HasSubstr(":mapRun:m/rows:"));
  const json::Object described = Do("stepfunctions", "DescribeMapRun", {{"mapRunArn", run}});
  EXPECT_EQ(described.GetString("status"), "SUCCEEDED");
  EXPECT_EQ(described.GetObject("itemCounts").GetInt("succeeded"), 2);
  EXPECT_EQ(
      Do("stepfunctions", "ListExecutions", {{"mapRunArn", run}}).GetArray("executions").size(),
      2U);
}

TEST_F(MapRuns, WriteTheirResultsToABucket) {
  Do("s3", "CreateBucket",
     {{"Bucket", "data"},
      {"CreateBucketConfiguration", json::Object{{"LocationConstraint", "eu-central-1"}}}});
  const std::string execution =
      Start(MakeOf("m", "M", R"({"M":{"Type":"Map","End":true,"Label":"rows",
      "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject",
                      "Parameters":{"Bucket":"data","Prefix":"out"}},
      "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
                       "StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}}})"),
            "[1,2]");

  const auto written = json::Parse(Ended(execution));
  ASSERT_TRUE(written.ok());
  const json::Object& details = written->AsObject().GetObject("ResultWriterDetails");
  EXPECT_EQ(details.GetString("Bucket"), "data");
  std::vector<std::string> keys;
  const json::Object listed = Do("s3", "ListObjectsV2", {{"Bucket", "data"}, {"Prefix", "out/"}});
  for (const json::Value& object : listed.GetArray("Contents"))
    keys.emplace_back(object.AsObject().GetString("Key"));
  EXPECT_THAT(keys, ElementsAre(HasSubstr("/SUCCEEDED_0.json"), details.GetString("Key")));
}

TEST_F(MapRuns, GoOnAfterARestartAndTolerateFailures) {
  const std::string execution = Start(MakeOf("m", "M", R"({"M":{"Type":"Map","End":true,
      "ToleratedFailureCount":1,"MaxConcurrency":1,
      "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
        "StartAt":"W","States":{"W":{"Type":"Wait","Seconds":10,"Next":"C"},
          "C":{"Type":"Choice","Choices":[{"Variable":"$","NumericEquals":2,"Next":"F"}],"Default":"S"},
          "F":{"Type":"Fail","Error":"E"},"S":{"Type":"Succeed"}}}}})"),
                                      "[1,2,3]");
  Advance(std::chrono::seconds(12));
  Restart();
  Advance(std::chrono::seconds(25));

  EXPECT_EQ(Ended(execution), "[1,3]");
}

}  // namespace
}  // namespace trunkline::cloud::tests
