#include "tests/cloud/stepfunctions/states_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kSend =
    R"({"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{"A":1},"End":true})";
constexpr std::string_view kStartChild =
    R"({"Type":"Task","Resource":"arn:aws:states:::states:startExecution","Parameters":{"StateMachineArn":"x"},"End":true})";

// What TestState says of single states.
class StateTrials : public StatesTest {
 protected:
  Answered Try(std::string_view state, json::Object more = {}) {
    json::Object call{{"definition", state}, {"inspectionLevel", "TRACE"}};
    for (const auto& member : more) call.Set(member.key, member.value);
    return Ask("stepfunctions", "TestState", call);
  }
  json::Object Tried(std::string_view state, json::Object more = {}) {
    const Answered answer = Try(state, std::move(more));
    EXPECT_EQ(answer.status, 200) << answer.message;
    return answer.output;
  }
  static json::Object Result(std::string_view result, std::string_view mode = "STRICT") {
    return {{"mock", json::Object{{"result", result}, {"fieldValidationMode", mode}}}};
  }
  static json::Object Error(std::string_view error, json::Object settings = {}) {
    return {{"mock", json::Object{{"errorOutput", json::Object{{"error", error}}}}},
            {"stateConfiguration", std::move(settings)}};
  }
  std::string MockFault(std::string_view state, std::string_view result,
                        std::string_view mode = "STRICT") {
    return Try(state, Result(result, mode)).message;
  }
  static std::vector<std::string> Keys(const json::Object& object) {
    std::vector<std::string> keys;
    for (const auto& member : object) keys.push_back(member.key);
    std::ranges::sort(keys);
    return keys;
  }
  static std::string Map(std::string_view fields) {
    return fmt::format(
        R"({{"Type":"Map",{}"ItemProcessor":{{"ProcessorConfig":{{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"}},)"
        R"("StartAt":"One","States":{{"One":{{"Type":"Pass","End":true}}}}}},"End":true}})",
        fields);
  }
};

TEST_F(StateTrials, OnlyTasksMapsAndParallelsTakeAMock) {
  EXPECT_EQ(MockFault(R"({"Type":"Pass","End":true})", "1"),
            "State type 'Pass' is not supported when a mock is specified");
  const Answered unmocked = Try(Map(""));
  EXPECT_THAT(unmocked, Fails(400, "InvalidDefinition",
                              HasSubstr("does not support Map or Parallel states")));
  EXPECT_EQ(Try(kSend).message, "RoleArn must be specified when testing a Task state");
}

TEST_F(StateTrials, AMockIsOneThingAndFitsItsState) {
  EXPECT_EQ(
      Try(kSend,
          {{"mock", json::Object{{"result", "{}"}, {"errorOutput", json::Object{{"error", "E"}}}}}})
          .message,
      "A test mock should have only one of the following fields: [result, errorOutput].");
  EXPECT_EQ(MockFault(kSend, "no JSON", "NONE"), "Mocked result must be valid JSON");
  EXPECT_EQ(MockFault(Map(""), "{}"), "Mocked result must be an array.");
  EXPECT_EQ(MockFault(R"({"Type":"Parallel","End":true,"Branches":[
      {"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}]})",
                      "[1,2]"),
            "Mocked result must contain the same number of items as number of Parallel branches.");
}

TEST_F(StateTrials, AMockedResultHasTheShapeOfTheOperationsAnswer) {
  const std::string fault = "Mock result schema validation error: ";

  EXPECT_EQ(MockFault(kSend, R"({"MessageId":[]})"), fault + "Field 'MessageId' must be a string");
  EXPECT_EQ(MockFault(kStartChild, "{}"), fault + "Required field 'ExecutionArn' is missing");
  EXPECT_EQ(MockFault(kStartChild, R"({"StartDate":5})", "PRESENT"),
            fault + "Field 'StartDate' must be a string");
  EXPECT_EQ(MockFault(kStartChild, R"({"ExecutionArn":""})", "PRESENT"),
            fault + "Field 'ExecutionArn' is smaller than the minimum length");
  EXPECT_EQ(Tried(kStartChild, Result(R"({"StartDate":5})", "NONE")).GetString("output"),
            R"({"StartDate":5})");
  EXPECT_EQ(Tried(kSend, Result(R"({"Unknown":1})")).GetString("output"), R"({"Unknown":1})");
}

TEST_F(StateTrials, NumbersAndEnumerationsOfAMockedResultAreChecked) {
  constexpr std::string_view kFunction =
      R"({"Type":"Task","Resource":"arn:aws:states:::aws-sdk:lambda:getFunction","Parameters":{"A":1},"End":true})";
  const std::string fault = "Mock result schema validation error: Field ";

  EXPECT_EQ(MockFault(kFunction, R"({"Configuration":{"MemorySize":1}})"),
            fault + "'MemorySize' is less than the minimum value");
  EXPECT_EQ(MockFault(kFunction, R"({"Configuration":{"MemorySize":"1"}})"),
            fault + "'MemorySize' must be a number");
  EXPECT_EQ(MockFault(kFunction, R"({"Configuration":{"State":"Asleep"}})"),
            fault + "'State' is not an expected value");
  EXPECT_EQ(MockFault(kFunction, R"({"Configuration":[]})"),
            fault + "'Configuration' must be an object");
}

TEST_F(StateTrials, AMadeUpContextObjectIsTheWholeContext) {
  constexpr std::string_view kState =
      R"({"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
          "Parameters":{"All.$":"$$","T.$":"$$.Task.Token"},"End":true})";
  json::Object call = Result("1");
  call.Set("context", R"({"Task":{"Token":"t"},"State":{}})");

  const json::Object data = Tried(kState, call).GetObject("inspectionData");

  EXPECT_EQ(data.GetString("afterParameters"),
            R"({"All":{"Task":{"Token":"t"},"State":{}},"T":"t"})");
}

TEST_F(StateTrials, WithoutOneTheContextIsAnExpressMachines) {
  const json::Object answer = Tried(
      R"({"Type":"Pass","QueryLanguage":"JSONata","Output":"{% $states.context %}","End":true})",
      {{"input", R"({"n":1})"}});

  const json::Object context = json::Parse(answer.GetString("output"))->AsObject();
  EXPECT_THAT(context.GetObject("Execution").GetString("Id"), HasSubstr(":express:"));
  EXPECT_TRUE(context.GetObject("Execution").At("RoleArn").IsNull());
  EXPECT_FALSE(context.GetObject("Execution").Has("RedriveCount"));
  EXPECT_EQ(context.GetObject("State").GetString("Name"), "StateName");
}

TEST_F(StateTrials, AContextObjectHasNothingElse) {
  const auto fault = [this](std::string_view context) {
    json::Object call = Result("{}");
    call.Set("context", context);
    return Try(kSend, call).message;
  };
  const std::string start = "Invalid Context object provided: ";

  EXPECT_EQ(fault(R"({"Pond":{}})"), start + "Field 'Pond' is not allowed");
  EXPECT_EQ(fault(R"({"Execution":{"Pond":1}})"), start + "Field 'Pond' is not allowed");
  EXPECT_EQ(fault(R"({"Execution":{"Id":1}})"), start + "Execution.Id must be a string");
  EXPECT_EQ(fault(R"({"Map":{}})"),
            start + "'Map' field is not supported when mocking a Context object");
  EXPECT_THAT(fault(R"({"Task":{"Token":"t"}})"), HasSubstr("when state is not a Task state"));
}

TEST_F(StateTrials, AMapShowsItsItemsAndLimits) {
  json::Object call = Result("[1,2]");
  call.Set("input", R"({"v":[3,4]})");

  const json::Object data =
      Tried(Map(R"("ItemsPath":"$.v","ToleratedFailurePercentage":5,"MaxConcurrency":2,)"
                R"("ItemSelector":{"i.$":"$$.Map.Item.Index"},)"),
            call)
          .GetObject("inspectionData");

  EXPECT_EQ(data.GetString("afterItemsPath"), "[3,4]");
  EXPECT_EQ(data.GetString("afterItemSelector"), R"([{"i":0},{"i":1}])");
  EXPECT_EQ(data.GetInt("maxConcurrency"), 2);
  EXPECT_EQ(data.GetDouble("toleratedFailurePercentage"), 5);
  EXPECT_FALSE(data.Has("result"));
}

TEST_F(StateTrials, MoreFailedIterationsThanToleratedFailAMap) {
  json::Object call = Result("[1,2]");
  call.Set("input", "[3,4]");
  call.Set("stateConfiguration", json::Object{{"mapIterationFailureCount", 2}});

  EXPECT_EQ(Tried(Map(R"("ToleratedFailureCount":1,)"), call).GetString("error"),
            "States.ExceedToleratedFailureThreshold");
  EXPECT_EQ(Tried(Map(R"("ToleratedFailurePercentage":60,)"), call).GetString("status"), "FAILED");
  EXPECT_EQ(Tried(Map(""), call).GetString("status"), "SUCCEEDED");
}

TEST_F(StateTrials, ItemsOfAReaderAreGivenByTheCaller) {
  json::Object call = Result("[7]");
  call.Set("stateConfiguration", json::Object{{"mapItemReaderData", R"([{"k":1}])"}});

  const json::Object answer = Tried(
      Map(R"("ItemReader":{"Resource":"arn:aws:states:::s3:getObject","Parameters":{"Bucket":"b","Key":"k"}},)"
          R"("ItemSelector":{"v.$":"$$.Map.Item.Value.k"},)"),
      call);

  EXPECT_EQ(answer.GetObject("inspectionData").GetString("afterItemSelector"), R"([{"v":1}])");
  EXPECT_EQ(answer.GetString("output"), "[7]");
}

TEST_F(StateTrials, RetriersCountFromWhereTheCallerSays) {
  constexpr std::string_view kState =
      R"({"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","Parameters":{"A":1},
          "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":1,"MaxAttempts":5,"BackoffRate":2}],"End":true})";

  const json::Object again = Tried(kState, Error("E", {{"retrierRetryCount", 4}}));
  const json::Object spent = Tried(kState, Error("E", {{"retrierRetryCount", 5}}));

  EXPECT_EQ(again.GetString("status"), "RETRIABLE");
  EXPECT_EQ(again.GetObject("inspectionData")
                .GetObject("errorDetails")
                .GetInt("retryBackoffIntervalSeconds"),
            16);
  EXPECT_EQ(spent.GetString("status"), "FAILED");
  EXPECT_THAT(Keys(spent.GetObject("inspectionData").GetObject("errorDetails")),
              ElementsAre("retryIndex"));
}

TEST_F(StateTrials, CausesStandAlone) {
  EXPECT_EQ(Tried(Map(""), {{"mock", json::Object{{"result", "[1]"}}}}).GetString("cause"),
            "Reference path \"$\" must point to array.");
}

TEST_F(StateTrials, VariablesAreShownAsTheStateLeavesThem) {
  const json::Object answer =
      Tried(R"({"Type":"Pass","Assign":{"b":2},"Next":"N"})", {{"variables", R"({"a":1})"}});

  EXPECT_EQ(answer.GetObject("inspectionData").GetString("variables"), R"({"a":1,"b":2})");
}

TEST_F(StateTrials, AParallelShowsNothingBeforeItsBranches) {
  json::Object call = Result("[1]");

  const json::Object data = Tried(R"({"Type":"Parallel","End":true,"Branches":[
      {"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}]})",
                                  call)
                                .GetObject("inspectionData");

  EXPECT_THAT(Keys(data), ElementsAre("afterResultPath", "afterResultSelector", "input"));
}

TEST_F(StateTrials, AStateThatIsNotThereIsNotTested) {
  EXPECT_EQ(
      Try(R"({"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}})", {{"stateName", "B"}})
          .message,
      "State not found in definition");
}

}  // namespace
}  // namespace trunkline::cloud::tests
