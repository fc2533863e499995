// Executions of test cases, and what contacts leave in the logs.
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/text.h"
#include "tests/cloud/connect/connect_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::string_view kHears = R"({"Version":"2019-10-30","Metadata":{},"Observations":[
  {"Identifier":"start","Event":{"Identifier":"e1","Type":"TestInitiated","Actor":"System","Properties":{}},
   "Actions":[],"Usage":{"Type":"Exactly","Times":1},"Transitions":{"NextObservations":["heard"]}},
  {"Identifier":"heard","Event":{"Identifier":"e2","Type":"MessageReceived","Actor":"System",
    "Properties":{"Text":"EXPECTED","MatchingCriteria":{"Type":"Inclusion"}}},
   "Actions":[{"Identifier":"a1","Type":"Assert","Parameters":{"Namespace":"$.Attributes.tier","Operator":"Equals","Operand":"gold"},
     "Transitions":{}}],
   "Usage":{"Type":"Exactly","Times":1},"Transitions":{"NextObservations":[]}}]})";

class TestExecutions : public ConnectTest {
 protected:
  std::string MakeFlow() {
    return std::string(DoConnect("CreateContactFlow", {{"Name", "Main"},
                                                       {"Type", "CONTACT_FLOW"},
                                                       {"Content", SayingFlow("Welcome to ACME.")}})
                           .GetString("ContactFlowId"));
  }
  json::Object TestInput(std::string_view expected, std::string_view tier = "gold") {
    return {{"Name", "Greets"},
            {"Content", Replace(kHears, "EXPECTED", expected)},
            {"InitializationData",
             Replace(R"({"Attributes":{"tier":"TIER"},"SegmentAttributes":{}})", "TIER", tier)},
            {"EntryPoint", json::Object{{"Type", "VOICE_CALL"},
                                        {"VoiceCallEntryPointParameters",
                                         json::Object{{"FlowId", MakeFlow()}}}}}};
  }
  void MakeTest(const json::Object& input) {
    test_ = DoConnect("CreateTestCase", input).GetString("TestCaseId");
  }
  json::Object Start(json::Object input = {}) {
    input.Set("TestCaseId", test_);
    const json::Object started = DoConnect("StartTestCaseExecution", std::move(input));
    execution_ = started.GetString("TestCaseExecutionId");
    return started;
  }
  json::Object OfExecution(std::string_view operation) {
    return DoConnect(operation, {{"TestCaseId", test_}, {"TestCaseExecutionId", execution_}});
  }
  json::Object Summary() { return OfExecution("GetTestCaseExecutionSummary"); }
  // The records' texts, read.
  json::Array Records() {
    json::Array read;
    const json::Object answer = OfExecution("ListTestCaseExecutionRecords");
    for (const json::Value& record : answer.GetArray("ExecutionRecords"))
      read.push_back(*json::Parse(record.AsObject().GetString("Record")));
    return read;
  }

  std::string test_, execution_;
};

TEST_F(TestExecutions, PassWhenTheCaseHolds) {
  MakeTest(TestInput("welcome"));

  const json::Object started = Start();
  RunLoop();

  EXPECT_EQ(started.GetString("Status"), "INITIATED");
  EXPECT_THAT(std::string(started.GetString("TestCaseId")), HasSubstr("/test-case/" + test_));
  const json::Object summary = Summary();
  EXPECT_EQ(summary.GetString("Status"), "PASSED");
  EXPECT_TRUE(summary.Has("EndTime"));
  EXPECT_EQ(summary.GetObject("ObservationSummary").GetInt("TotalObservations"), 2);
  EXPECT_EQ(summary.GetObject("ObservationSummary").GetInt("ObservationsPassed"), 2);
}

TEST_F(TestExecutions, RunRealContacts) {
  MakeTest(TestInput("welcome"));
  Start();
  RunLoop();

  const json::Array records = Records();

  EXPECT_THAT(Names(records, "Type"), ElementsAre("INITIATION", "EXECUTION_START", "OBSERVATION",
                                                  "OBSERVATION", "COMPLETION"));
  const std::string contact(records[1].AsObject().GetString("ContactId"));
  EXPECT_TRUE(DoConnect("DescribeContact", {{"ContactId", contact}})
                  .GetObject("Contact")
                  .Has("DisconnectTimestamp"));
}

TEST_F(TestExecutions, FailWithTheFirstDifference) {
  MakeTest(TestInput("goodbye"));
  Start();
  RunLoop();

  const json::Array records = Records();

  EXPECT_EQ(Summary().GetString("Status"), "FAILED");
  const json::Object& reason = records.back().AsObject().GetObject("CompletionReason");
  EXPECT_THAT(std::string(reason.GetString("Message")), HasSubstr("'goodbye'"));
  EXPECT_EQ(reason.GetArray("FailureReasons"), json::Array{"OBSERVE_EVENT"});
}

TEST_F(TestExecutions, TellTheValueThatAnAssertionFound) {
  MakeTest(TestInput("welcome", "silver"));
  Start();
  RunLoop();

  const json::Array records = Records();

  const json::Object& action = records[3].AsObject().GetArray("Actions")[0].AsObject();
  EXPECT_EQ(action.GetString("Status"), "FAILED");
  EXPECT_EQ(action.GetObject("ActualParameters").GetString("Namespace"), "silver");
}

TEST_F(TestExecutions, RunOneAfterTheOtherAndAllOfThem) {
  MakeTest(TestInput("welcome"));

  for (int i = 0; i < 7; ++i) Start();
  RunLoop();

  const json::Object listed = DoConnect("ListTestCaseExecutions", {{"TestCaseId", test_}});
  EXPECT_THAT(listed.GetArray("TestCaseExecutions"), SizeIs(7));
  EXPECT_THAT(Names(listed.GetArray("TestCaseExecutions"), "TestCaseExecutionStatus"),
              Each("PASSED"));
}

TEST_F(TestExecutions, AreListedByStatusAndName) {
  MakeTest(TestInput("welcome"));
  Start();
  RunLoop();

  const auto count = [&](const json::Object& filter) {
    return DoConnect("ListTestCaseExecutions", filter).GetArray("TestCaseExecutions").size();
  };

  EXPECT_EQ(count({{"Status", "PASSED"}}), 1U);
  EXPECT_EQ(count({{"Status", "FAILED"}}), 0U);
  EXPECT_EQ(count({{"TestCaseName", "Greets"}}), 1U);
  EXPECT_EQ(count({{"TestCaseName", "Other"}}), 0U);
}

TEST_F(TestExecutions, AnswerTheSameTokenWithTheSameExecution) {
  MakeTest(TestInput("welcome"));

  const json::Object first = Start({{"ClientToken", "once"}});
  const json::Object second = Start({{"ClientToken", "once"}});

  EXPECT_EQ(first, second);
}

TEST_F(TestExecutions, NeedAPublishedCase) {
  json::Object input = TestInput("welcome");
  input.Set("Status", "SAVED");
  MakeTest(input);

  EXPECT_THAT(AskConnect("StartTestCaseExecution", {{"TestCaseId", test_}}),
              Fails(400, "InvalidRequestException", HasSubstr("is not published")));
  EXPECT_THAT(AskConnect("StartTestCaseExecution", {{"TestCaseId", "nope"}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("test case")));
}

TEST_F(TestExecutions, ThatHaveEndedAreNotStopped) {
  MakeTest(TestInput("welcome"));
  Start();
  RunLoop();

  EXPECT_THAT(AskConnect("StopTestCaseExecution",
                         {{"TestCaseId", test_}, {"TestCaseExecutionId", execution_}}),
              Fails(400, "InvalidRequestException", HasSubstr("has ended")));
  EXPECT_THAT(AskConnect("GetTestCaseExecutionSummary",
                         {{"TestCaseId", test_}, {"TestCaseExecutionId", "nope"}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("execution")));
}

TEST_F(TestExecutions, AreThereAfterARestart) {
  MakeTest(TestInput("welcome"));
  Start();
  RunLoop();

  Restart();

  EXPECT_EQ(Summary().GetString("Status"), "PASSED");
  EXPECT_THAT(Records(), SizeIs(5));
}

TEST_F(TestExecutions, LeaveAContactRecordInTheLogs) {
  MakeTest(TestInput("welcome"));
  Start();
  RunLoop();
  const std::string contact(Records()[1].AsObject().GetString("ContactId"));

  const json::Object log =
      Do("logs", "GetLogEvents",
         {{"logGroupName", "/aws/connect/acme/contact-records"}, {"logStreamName", contact}});

  ASSERT_THAT(log.GetArray("events"), SizeIs(1));
  const json::Object record =
      json::Parse(log.GetArray("events")[0].AsObject().GetString("message"))->AsObject();
  EXPECT_EQ(record.GetString("ContactId"), contact);
  EXPECT_EQ(record.GetString("InstanceARN"), InstanceArn());
  EXPECT_EQ(record.GetString("Channel"), "VOICE");
  EXPECT_EQ(record.GetString("DisconnectReason"), "CONTACT_FLOW_DISCONNECT");
  EXPECT_EQ(record.GetObject("Attributes").GetString("tier"), "gold");
}

}  // namespace
}  // namespace trunkline::cloud::tests
