// States in JSONata.
#include "tests/cloud/stepfunctions/states_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Queries : public StatesTest {
 protected:
  std::string Ended(std::string_view start, std::string_view states, std::string_view input) {
    const std::string machine = Make(
        "q",
        fmt::format(R"({{"QueryLanguage":"JSONata","StartAt":"{}","States":{}}})", start, states));
    execution_ = Start(machine, input);
    Advance(Milliseconds(1));
    const json::Object ended = Describe(execution_);
    if (ended.GetString("status") == "SUCCEEDED") return std::string(ended.GetString("output"));
    return fmt::format("{}: {}", ended.GetString("error"), ended.GetString("cause"));
  }
  std::string execution_;
};

TEST_F(Queries, OutputAndAssignSeeTheInputAndTheVariablesBefore) {
  EXPECT_EQ(
      Ended("A", R"x({"A":{"Type":"Pass","Assign":{"n":"{% $states.input.n * 2 %}"},"Next":"B"},
                          "B":{"Type":"Pass","Assign":{"n":0},"End":true,
                               "Output":{"n":"{% $n %}","sum":"{% $sum($states.input.list) %}"}}})x",
            R"({"n":21,"list":[1,2,3]})"),
      R"({"n":42,"sum":6})");
}

TEST_F(Queries, AConditionChooses) {
  EXPECT_EQ(Ended("C", R"({"C":{"Type":"Choice","Default":"N","Choices":[
                              {"Condition":"{% $states.input.n > 1 %}","Output":"{% $states.input.n %}","Next":"Y"}]},
                          "Y":{"Type":"Succeed"},"N":{"Type":"Fail"}})",
                  R"({"n":7})"),
            "7");
}

TEST_F(Queries, AMapTakesItsItemsFromAnExpression) {
  EXPECT_EQ(Ended("M", R"({"M":{"Type":"Map","Items":"{% $states.input.list[n > 1] %}","End":true,
                          "ItemSelector":{"v":"{% $states.context.Map.Item.Value.n %}"},
                          "ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass",
                            "Output":"{% $states.input.v + 1 %}","End":true}}}}})",
                  R"({"list":[{"n":1},{"n":2},{"n":3}]})"),
            "[3,4]");
}

TEST_F(Queries, AnInlineMapMaySayWhatItTolerates) {
  EXPECT_EQ(Ended("M", R"({"M":{"Type":"Map","Items":[1,"{% $number('2') %}"],"End":true,
                          "ToleratedFailurePercentage":"{% $states.input.v %}",
                          "ToleratedFailureCount":1,
                          "ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}})",
                  R"({"v":100})"),
            "[1,2]");
}

TEST_F(Queries, ATaskTakesArgumentsAndACatchItsError) {
  EXPECT_EQ(
      Ended("T", R"({"T":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:ssm:getParameter",
                            "Arguments":{"Name":"{% '/' & $states.input.name %}"},"End":true,
                            "Catch":[{"ErrorEquals":["States.ALL"],"Output":"{% $states.errorOutput.Error %}","Next":"E"}]},
                          "E":{"Type":"Pass","End":true}})",
            R"({"name":"none"})"),
      R"("Ssm.ParameterNotFoundException")");
}

TEST_F(Queries, WhatYieldsNothingFails) {
  EXPECT_EQ(
      Ended("A", R"({"A":{"Type":"Pass","Output":{"v":"{% $states.input.none %}"},"End":true}})",
            "{}"),
      "States.QueryEvaluationError: An error occurred while executing the state 'A' (entered at "
      "the event id #2). The JSONata expression '$states.input.none' specified for the field "
      "'Output/v' returned nothing (undefined).");
  EXPECT_THAT(Events(execution_), ElementsAre("1 ExecutionStarted < 0", "2 PassStateEntered < 0",
                                              "3 EvaluationFailed < 0", "4 ExecutionFailed < 3"));
}

TEST_F(Queries, AWrongExpressionIsRefusedWithTheDefinition) {
  EXPECT_THAT(
      Ask("stepfunctions", "CreateStateMachine",
          {{"name", "bad"},
           {"roleArn", Role()},
           {"definition",
            R"({"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","Output":"{% 1 + %}","End":true}}})"}}),
      Fails(400, "InvalidDefinition", HasSubstr("at /States/A/Output")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
