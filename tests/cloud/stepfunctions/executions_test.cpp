// Executions: their events, waits, branches, ends, and restarts.
#include "tests/cloud/stepfunctions/states_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Executions : public StatesTest {
 protected:
  std::string Status(const std::string& execution) {
    return std::string(Describe(execution).GetString("status"));
  }
};

constexpr std::string_view kWait =
    R"({"W":{"Type":"Wait","Seconds":60,"Next":"P"},"P":{"Type":"Pass","End":true}})";

TEST_F(Executions, EventsFollowEachOther) {
  const std::string machine =
      MakeOf("m", "A", R"({"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Succeed"}})");
  const std::string execution = Start(machine, R"({"k":1})", "first");

  EXPECT_EQ(execution, Arn("execution:m:first"));
  EXPECT_EQ(Describe(execution).GetString("redriveStatusReason"),
            "Execution is SUCCEEDED and cannot be redriven");
  EXPECT_THAT(Events(execution),
              ElementsAre("1 ExecutionStarted < 0", "2 PassStateEntered < 0",
                          "3 PassStateExited < 2", "4 SucceedStateEntered < 3",
                          "5 SucceedStateExited < 4", "6 ExecutionSucceeded < 5"));
  EXPECT_EQ(json::Write(History(execution)[1].AsObject().At("stateEnteredEventDetails")),
            R"({"name":"A","input":"{\"k\":1}","inputDetails":{"truncated":false}})");
}

TEST_F(Executions, AWaitEndsOnTheClockAlsoAfterARestart) {
  const std::string execution = Start(MakeOf("m", "W", kWait));
  Advance(std::chrono::seconds(30));
  EXPECT_EQ(Status(execution), "RUNNING");
  Restart();
  Advance(std::chrono::seconds(29));
  EXPECT_EQ(Status(execution), "RUNNING");

  Advance(std::chrono::seconds(2));

  EXPECT_EQ(Status(execution), "SUCCEEDED");
  EXPECT_THAT(Events(execution), ElementsAre("1 ExecutionStarted < 0", "2 WaitStateEntered < 0",
                                             "3 WaitStateExited < 2", "4 PassStateEntered < 3",
                                             "5 PassStateExited < 4", "6 ExecutionSucceeded < 5"));
}

TEST_F(Executions, BranchesRunSideBySide) {
  const std::string machine = MakeOf("m", "P", R"({"P":{"Type":"Parallel","End":true,"Branches":[
      {"StartAt":"A","States":{"A":{"Type":"Pass","Result":1,"End":true}}},
      {"StartAt":"B","States":{"B":{"Type":"Wait","Seconds":5,"End":true}}}]}})");
  const std::string execution = Start(machine, R"({"k":1})");
  Advance(std::chrono::seconds(5));

  EXPECT_EQ(Describe(execution).GetString("output"), R"([1,{"k":1}])");
  EXPECT_THAT(
      Events(execution),
      ElementsAre("1 ExecutionStarted < 0", "2 ParallelStateEntered < 0",
                  "3 ParallelStateStarted < 2", "4 PassStateEntered < 3", "5 PassStateExited < 4",
                  "6 WaitStateEntered < 3", "7 WaitStateExited < 6", "8 ParallelStateSucceeded < 7",
                  "9 ParallelStateExited < 7", "10 ExecutionSucceeded < 9"));
}

TEST_F(Executions, AMapRunsItsIterationsOneAfterTheOther) {
  const std::string machine =
      MakeOf("m", "M", R"({"M":{"Type":"Map","End":true,"ItemsPath":"$.list",
      "MaxConcurrency":1,"ItemSelector":{"v.$":"$$.Map.Item.Value","i.$":"$$.Map.Item.Index","k.$":"$.k"},
      "ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}}})");
  const std::string execution = Start(machine, R"({"list":["a","b"],"k":9})");

  EXPECT_EQ(Describe(execution).GetString("output"),
            R"([{"v":"a","i":0,"k":9},{"v":"b","i":1,"k":9}])");
  EXPECT_THAT(
      Events(execution),
      ElementsAre("1 ExecutionStarted < 0", "2 MapStateEntered < 0", "3 MapStateStarted < 2",
                  "4 MapIterationStarted < 3", "5 PassStateEntered < 4", "6 PassStateExited < 5",
                  "7 MapIterationSucceeded < 6", "8 MapIterationStarted < 6",
                  "9 PassStateEntered < 8", "10 PassStateExited < 9",
                  "11 MapIterationSucceeded < 10", "12 MapStateSucceeded < 11",
                  "13 MapStateExited < 11", "14 ExecutionSucceeded < 13"));
}

TEST_F(Executions, AFailedBranchFailsTheStateAndCanBeCaught) {
  const std::string machine = MakeOf("m", "P", R"({"P":{"Type":"Parallel","Next":"N","Branches":[
      {"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E","Cause":"C"}}},
      {"StartAt":"B","States":{"B":{"Type":"Wait","Seconds":500,"End":true}}}],
      "Catch":[{"ErrorEquals":["E"],"ResultPath":"$.error","Next":"N"}]},
      "N":{"Type":"Pass","End":true}})");
  const std::string execution = Start(machine, R"({"k":1})");

  EXPECT_EQ(Describe(execution).GetString("output"),
            R"({"k":1,"error":{"Error":"E","Cause":"C"}})");
  EXPECT_THAT(Events(execution), ElementsAre("1 ExecutionStarted < 0", "2 ParallelStateEntered < 0",
                                             "3 ParallelStateStarted < 2", "4 FailStateEntered < 3",
                                             "5 ParallelStateFailed < 4",
                                             "6 ParallelStateExited < 5", "7 PassStateEntered < 6",
                                             "8 PassStateExited < 7", "9 ExecutionSucceeded < 8"));
}

TEST_F(Executions, TheSameStartIsAnsweredAgainWhileItRuns) {
  const std::string machine = MakeOf("m", "W", kWait);
  const std::string execution = Start(machine, "{}", "one");

  EXPECT_EQ(Start(machine, "{}", "one"), execution);
  EXPECT_THAT(
      Ask("stepfunctions", "StartExecution",
          {{"stateMachineArn", machine}, {"name", "one"}, {"input", "[1]"}}),
      Fails(400, "ExecutionAlreadyExists", "Execution Already Exists: '" + execution + "'"));
}

TEST_F(Executions, WrongInputIsRefusedInTheServicesWords) {
  const std::string machine = MakeOf("m", "W", kWait);
  const auto refused = [&](std::string_view input) {
    return Ask("stepfunctions", "StartExecution", {{"stateMachineArn", machine}, {"input", input}})
        .message;
  };

  EXPECT_EQ(refused("not json"),
            "Invalid State Machine Execution Input: 'Unrecognized token 'not': was expecting (JSON "
            "String, Number, Array, Object or token 'null', 'true' or 'false')'");
  EXPECT_EQ(refused("{'a': 1}"),
            "Invalid State Machine Execution Input: 'Unexpected character (''' (code 39)): was "
            "expecting double-quote to start field name'");
  EXPECT_EQ(refused(""), "Invalid State Machine Execution Input: 'Invalid execution input.'");
}

TEST_F(Executions, StoppingEndsItAtOnce) {
  const std::string execution = Start(MakeOf("m", "W", kWait));

  Do("stepfunctions", "StopExecution",
     {{"executionArn", execution}, {"error", "Enough"}, {"cause", "of it"}});
  Advance(std::chrono::minutes(2));

  EXPECT_EQ(Describe(execution).GetString("status"), "ABORTED");
  EXPECT_EQ(Describe(execution).GetString("error"), "Enough");
  EXPECT_THAT(Events(execution), ElementsAre("1 ExecutionStarted < 0", "2 WaitStateEntered < 0",
                                             "3 ExecutionAborted < 0"));
}

TEST_F(Executions, TheMachinesTimeoutEndsIt) {
  const std::string machine = Make(
      "m",
      R"({"StartAt":"W","TimeoutSeconds":10,"States":{"W":{"Type":"Wait","Seconds":60,"End":true}}})");
  const std::string execution = Start(machine);
  Advance(std::chrono::seconds(11));

  const json::Object ended = Describe(execution);
  EXPECT_EQ(ended.GetString("status"), "TIMED_OUT");
  EXPECT_FALSE(ended.Has("error"));
  EXPECT_EQ(Events(execution).back(), "3 ExecutionTimedOut < 0");
}

TEST_F(Executions, ListingFiltersByStatusNewestFirst) {
  const std::string machine = MakeOf("m", "W", kWait);
  const std::string first = Start(machine, "{}", "first");
  Advance(std::chrono::seconds(1));
  Start(machine, "{}", "second");
  Do("stepfunctions", "StopExecution", {{"executionArn", first}});

  const auto names = [&](const json::Object& more) {
    json::Object input{{"stateMachineArn", machine}};
    for (const auto& member : more) input.Set(member.key, member.value);
    const json::Object answer = Do("stepfunctions", "ListExecutions", input);
    std::vector<std::string> found;
    for (const json::Value& one : answer.GetArray("executions"))
      found.emplace_back(one.AsObject().GetString("name"));
    return found;
  };
  EXPECT_THAT(names({}), ElementsAre("second", "first"));
  EXPECT_THAT(names({{"statusFilter", "ABORTED"}}), ElementsAre("first"));
  EXPECT_THAT(names({{"statusFilter", "FAILED"}}), IsEmpty());
}

TEST_F(Executions, HistoryComesInPagesAndBackwards) {
  const std::string execution = Start(MakeOf("m", "W", kWait));
  const json::Object first =
      Do("stepfunctions", "GetExecutionHistory",
         {{"executionArn", execution}, {"maxResults", 1}, {"reverseOrder", true}});

  EXPECT_EQ(first.GetArray("events")[0].AsObject().GetString("type"), "WaitStateEntered");
  const json::Object second = Do("stepfunctions", "GetExecutionHistory",
                                 {{"executionArn", execution},
                                  {"maxResults", 1},
                                  {"reverseOrder", true},
                                  {"nextToken", first.GetString("nextToken")}});
  EXPECT_EQ(second.GetArray("events")[0].AsObject().GetString("type"), "ExecutionStarted");
  EXPECT_FALSE(second.Has("nextToken"));
}

TEST_F(Executions, ARedriveGoesOnWhereItFailed) {
  const std::string machine = MakeOf("m", "W", R"({"W":{"Type":"Wait","Seconds":60,"Next":"F"},
      "F":{"Type":"Fail","Error":"E"}})");
  const std::string execution = Start(machine);
  Advance(std::chrono::seconds(61));
  EXPECT_EQ(Describe(execution).GetString("redriveStatus"), "REDRIVABLE");

  Do("stepfunctions", "RedriveExecution", {{"executionArn", execution}});

  const json::Object ended = Describe(execution);
  EXPECT_EQ(ended.GetInt("redriveCount"), 1);
  EXPECT_EQ(ended.GetString("status"), "FAILED");
  EXPECT_THAT(Events(execution)[5], "6 ExecutionRedriven < 0");
}

TEST_F(Executions, AnExpressExecutionIsAnsweredAtItsEnd) {
  const std::string machine =
      Make("fast", R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":2,"End":true}}})",
           "EXPRESS");

  const Pending pending = Begin("stepfunctions", "StartSyncExecution",
                                {{"stateMachineArn", machine}, {"input", "[1]"}});
  Advance(std::chrono::seconds(1));
  EXPECT_FALSE(pending.done());
  Advance(std::chrono::seconds(2));

  const Answered answer = Wait(pending);
  EXPECT_EQ(answer.output.GetString("status"), "SUCCEEDED");
  EXPECT_EQ(answer.output.GetString("output"), "[1]");
  EXPECT_THAT(answer.output.GetString("executionArn"), HasSubstr(":express:fast:"));
  EXPECT_THAT(Ask("stepfunctions", "ListExecutions", {{"stateMachineArn", machine}}),
              Fails(400, "StateMachineTypeNotSupported", HasSubstr("not supported")));
}

TEST_F(Executions, ALoopOfStatesEndsWithItsHistory) {
  const std::string execution =
      Start(MakeOf("m", "A", R"({"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Choice","Choices":[
          {"Variable":"$.never","IsPresent":true,"Next":"E"}],"Default":"A"},"E":{"Type":"Succeed"}})"));
  for (int i = 0; i < 20; ++i) Advance(Milliseconds(1));

  EXPECT_EQ(Describe(execution).GetString("cause"),
            "The execution reached the maximum number of history events (25000).");
}

}  // namespace
}  // namespace trunkline::cloud::tests
