// What states make of their input: paths, templates, functions, choices.
#include "tests/cloud/stepfunctions/states_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class DataFlow : public StatesTest {};

TEST_F(DataFlow, PathsAndFunctionsFillATemplate) {
  EXPECT_EQ(Filled(R"({"a.$":"$.x.y","b":{"c.$":"$.list[-1]","d":"$.x"}})",
                   R"({"x":{"y":1},"list":[1,2,3]})"),
            R"({"a":1,"b":{"c":3,"d":"$.x"}})");
  EXPECT_EQ(
      Filled(R"({"a.$":"$..n","b.$":"$.list[?(@.n > 1 && @.s == 'x')]","c.$":"$.list[0:2].n"})",
             R"({"list":[{"n":1},{"n":2,"s":"x"},{"n":3,"s":"y"}]})"),
      R"({"a":[1,2,3],"b":[{"n":2,"s":"x"}],"c":[1,2]})");
  EXPECT_EQ(Filled(R"x({"a.$":"States.Format('{} is \\{{}\\} and {}', $.s, 1, $.o)"})x",
                   R"({"s":"it","o":{"k":[1]}})"),
            R"({"a":"it is {1} and {\"k\":[1]}"})");
}

TEST_F(DataFlow, EachFunctionDoesWhatItIsFor) {
  const auto value = [this](std::string_view call) {
    return Filled(fmt::format(R"({{"v.$":"{}"}})", call), R"({"a":[1,2,2,3],"s":"a,b;c"})");
  };

  EXPECT_EQ(value("States.Array(1, 'x', null)"), R"({"v":[1,"x",null]})");
  EXPECT_EQ(value("States.ArrayPartition($.a, 3)"), R"({"v":[[1,2,2],[3]]})");
  EXPECT_EQ(value("States.ArrayContains($.a, 3)"), R"({"v":true})");
  EXPECT_EQ(value("States.ArrayRange(1, 9, 3)"), R"({"v":[1,4,7]})");
  EXPECT_EQ(value("States.ArrayGetItem($.a, 3)"), R"({"v":3})");
  EXPECT_EQ(value("States.ArrayLength($.a)"), R"({"v":4})");
  EXPECT_EQ(value("States.ArrayUnique($.a)"), R"({"v":[1,2,3]})");
  EXPECT_EQ(value("States.Base64Decode(States.Base64Encode('hi'))"), R"({"v":"hi"})");
  EXPECT_EQ(value("States.Hash('', 'SHA-1')"),
            R"({"v":"da39a3ee5e6b4b0d3255bfef95601890afd80709"})");
  EXPECT_EQ(value("States.JsonMerge(States.StringToJson('{\\\"a\\\":1,\\\"b\\\":1}'), "
                  "States.StringToJson('{\\\"b\\\":2}'), false)"),
            R"({"v":{"a":1,"b":2}})");
  EXPECT_EQ(value("States.JsonToString($.a)"), R"({"v":"[1,2,2,3]"})");
  EXPECT_EQ(value("States.MathAdd(5, -7)"), R"({"v":-2})");
  EXPECT_EQ(value("States.MathAdd(-2.5, 0.5)"), R"({"v":-1})");
  EXPECT_EQ(value("States.StringToJson(' ')"), R"({"v":null})");
  EXPECT_EQ(value("States.StringSplit($.s, ',;')"), R"({"v":["a","b","c"]})");
  EXPECT_THAT(value("States.UUID()"), HasSubstr("-"));
  EXPECT_EQ(value("States.MathRandom(5, 6)"), R"({"v":5})");
}

TEST_F(DataFlow, AMissingPathFailsInTheServicesWords) {
  EXPECT_EQ(
      Filled(R"({"a.$":"$.x"})"),
      "FAILED States.Runtime: An error occurred while executing the state 'P' (entered at the "
      "event id #2). The JSONPath '$.x' specified for the field 'a.$' could not be found in "
      "the input '{}'");
  EXPECT_EQ(
      Output("P", R"({"P":{"Type":"Pass","InputPath":"$.a.b","End":true}})"),
      "FAILED States.Runtime: An error occurred while executing the state 'P' (entered at the "
      "event id #2). Invalid path '$.a.b' : Missing property in path $['a']");
  EXPECT_EQ(Filled(R"({"a.$":"$.x[3]"})", R"({"x":[1]})"), R"({"a":null})");
}

TEST_F(DataFlow, ResultsArePutIntoTheInput) {
  EXPECT_EQ(Output("P", R"({"P":{"Type":"Pass","Result":[1],"ResultPath":"$.a.b","End":true}})",
                   R"({"k":1})"),
            R"({"k":1,"a":{"b":[1]}})");
  EXPECT_EQ(
      Output("P", R"({"P":{"Type":"Pass","Result":1,"ResultPath":null,"End":true}})", R"({"k":1})"),
      R"({"k":1})");
  EXPECT_EQ(Output("P", R"({"P":{"Type":"Pass","InputPath":null,"OutputPath":null,"End":true}})"),
            "{}");
}

TEST_F(DataFlow, VariablesAreSeenByLaterStates) {
  EXPECT_EQ(Output("A", R"x({"A":{"Type":"Pass","Assign":{"n.$":"$.n","c":"x"},"Next":"B"},
                           "B":{"Type":"Pass","End":true,
                                "Parameters":{"sum.$":"States.MathAdd($n, 1)","c.$":"$c"}}})x",
                   R"({"n":41})"),
            R"({"sum":42,"c":"x"})");
}

TEST_F(DataFlow, TheContextObjectTellsOfTheExecution) {
  EXPECT_EQ(
      Filled(R"({"n.$":"$$.StateMachine.Name","s.$":"$$.State.Name","i.$":"$$.Execution.Input"})",
             R"({"k":1})"),
      R"({"n":"m1","s":"P","i":{"k":1}})");
}

struct Rule {
  std::string_view rule;
  std::string_view input;
  bool holds;
};
class ChoiceRules : public StatesTest, public ::testing::WithParamInterface<Rule> {};

TEST_P(ChoiceRules, HoldOrNot) {
  const auto& [rule, input, holds] = GetParam();
  const std::string states =
      fmt::format(R"({{"C":{{"Type":"Choice","Choices":[{{{},"Next":"Yes"}}],"Default":"No"}},
                      "Yes":{{"Type":"Pass","Result":true,"End":true}},
                      "No":{{"Type":"Pass","Result":false,"End":true}}}})",
                  rule);
  EXPECT_EQ(Output("C", states, input), holds ? "true" : "false") << rule << " of " << input;
}

constexpr Rule kRules[] = {
    {R"("Variable":"$.v","StringEquals":"a")", R"({"v":"a"})", true},
    {R"("Variable":"$.v","StringEquals":"1")", R"({"v":1})", false},
    {R"("Variable":"$.v","StringLessThanPath":"$.w")", R"({"v":"a","w":"b"})", true},
    {R"("Variable":"$.v","NumericGreaterThanEquals":2)", R"({"v":2.0})", true},
    {R"("Variable":"$.v","NumericLessThan":2)", R"({"v":2})", false},
    {R"("Variable":"$.v","BooleanEquals":false)", R"({"v":false})", true},
    {R"("Variable":"$.v","TimestampLessThan":"2026-01-01T00:00:00Z")",
     R"({"v":"2025-12-31T23:59:59+00:00"})", true},
    {R"("Variable":"$.v","StringMatches":"a*\\*c")", R"({"v":"abb*c"})", true},
    {R"("Variable":"$.v","StringMatches":"a*d")", R"({"v":"abc"})", false},
    {R"("Variable":"$.v","IsPresent":false)", "{}", true},
    {R"("Variable":"$.v","IsNull":true)", R"({"v":null})", true},
    {R"("Variable":"$.v","IsTimestamp":true)", R"({"v":"2026-01-01T00:00:00Z"})", true},
    {R"("Variable":"$.v","IsNumeric":true)", R"({"v":"1"})", false},
    {R"("And":[{"Variable":"$.v","IsString":true},{"Not":{"Variable":"$.v","StringEquals":"b"}}])",
     R"({"v":"a"})", true},
    {R"("Or":[{"Variable":"$.v","StringEquals":"x"},{"Variable":"$.v","StringEquals":"y"}])",
     R"({"v":"z"})", false},
};
INSTANTIATE_TEST_SUITE_P(All, ChoiceRules, ::testing::ValuesIn(kRules));

TEST_F(DataFlow, AChoiceWithoutAWayOutFails) {
  EXPECT_EQ(
      Output("C", R"({"C":{"Type":"Choice","Choices":[{"Variable":"$.v","IsNull":true,"Next":"E"}]},
                          "E":{"Type":"Succeed"}})",
             R"({"v":1})"),
      "FAILED States.Runtime: An error occurred while executing the state 'C' (entered at the "
      "event id #2). Failed to transition out of the state. The state does not point to a "
      "next state.");
  EXPECT_THAT(
      Output("C", R"({"C":{"Type":"Choice","Choices":[{"Variable":"$.v","IsNull":true,"Next":"E"}]},
                          "E":{"Type":"Succeed"}})"),
      HasSubstr("Invalid path '$.v': The choice state's condition path references an "
                "invalid value."));
}

TEST_F(DataFlow, AFailStateReportsItsErrorAndCause) {
  const json::Object ended = Run(
      "F",
      R"x({"F":{"Type":"Fail","Error":"Mine","CausePath":"States.Format('because {}', $.why)"}})x",
      R"({"why":"so"})");

  EXPECT_EQ(ended.GetString("error"), "Mine");
  EXPECT_EQ(ended.GetString("cause"), "because so");
}

}  // namespace
}  // namespace trunkline::cloud::tests
