// What --mock takes, and what it makes of functions, bots and hours.
#include "app/mocks.h"

#include <gmock/gmock.h>

#include "tests/app/small_center.h"

namespace trunkline::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using tests::CallAndSay;
using tests::CenterOf;
using tests::Flow;

// Asks a function twice, a bot and the hours, and says what came of it.
constexpr std::string_view kAsking =
    R"({"Identifier":"one","Type":"InvokeLambdaFunction",
        "Parameters":{"LambdaFunctionARN":"${lambda:customer-lookup}","InvocationTimeLimitSeconds":"3"},
        "Transitions":{"NextAction":"say one","Errors":[{"ErrorType":"NoMatchingError","NextAction":"two"}]}},
       {"Identifier":"say one","Type":"MessageParticipant","Parameters":{"Text":"First $.External.tier."},
        "Transitions":{"NextAction":"two"}},
       {"Identifier":"two","Type":"InvokeLambdaFunction",
        "Parameters":{"LambdaFunctionARN":"${lambda:customer-lookup}","InvocationTimeLimitSeconds":"3"},
        "Transitions":{"NextAction":"say two","Errors":[{"ErrorType":"NoMatchingError","NextAction":"bot"}]}},
       {"Identifier":"say two","Type":"MessageParticipant","Parameters":{"Text":"Second $.External.tier."},
        "Transitions":{"NextAction":"bot"}},
       {"Identifier":"bot","Type":"ConnectParticipantWithLexBot",
        "Parameters":{"Text":"What?","LexV2Bot":{"AliasArn":"${bot:Helper}"}},
        "Transitions":{"NextAction":"hours",
          "Conditions":[{"NextAction":"say bot","Condition":{"Operator":"Equals","Operands":["Travel"]}}],
          "Errors":[{"ErrorType":"NoMatchingCondition","NextAction":"hours"},
                    {"ErrorType":"NoMatchingError","NextAction":"hours"}]}},
       {"Identifier":"say bot","Type":"MessageParticipant","Parameters":{"Text":"To $.Lex.Slots.City."},
        "Transitions":{"NextAction":"hours"}},
       {"Identifier":"hours","Type":"CheckHoursOfOperation","Parameters":{"HoursOfOperationId":"${hours:Days}"},
        "Transitions":{"NextAction":"end",
          "Conditions":[{"NextAction":"open","Condition":{"Operator":"Equals","Operands":["True"]}},
                        {"NextAction":"closed","Condition":{"Operator":"Equals","Operands":["False"]}}],
          "Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
       {"Identifier":"open","Type":"MessageParticipant","Parameters":{"Text":"Open."},
        "Transitions":{"NextAction":"end"}},
       {"Identifier":"closed","Type":"MessageParticipant","Parameters":{"Text":"Closed."},
        "Transitions":{"NextAction":"end"}})";

std::string CallWith(const std::vector<std::string>& mocks, const MemoryFiles& files = {}) {
  Stage stage = SetStage(CenterOf(Flow(kAsking)), {});
  EXPECT_TRUE(AddMocks(mocks, files, stage).ok());
  return CallAndSay(std::move(stage), {"hello"});
}

TEST(Mocks, AFunctionAnswersWithTheJsonGiven) {
  EXPECT_THAT(CallWith({R"(lambda:customer-lookup={"tier":"gold"})"}), HasSubstr("First gold."));
}

TEST(Mocks, AFunctionAnswersWithTheJsonOfAFile) {
  const MemoryFiles files{{"answers/gold.json", "{\"tier\":\n  \"gold\"}\n"}};

  EXPECT_THAT(CallWith({"lambda:customer-lookup=@answers/gold.json"}, files),
              HasSubstr("First gold."));
}

TEST(Mocks, AnswersGivenSeveralTimesComeInTheirOrder) {
  const std::string transcript = CallWith(
      {R"(lambda:customer-lookup={"tier":"gold"})", R"(lambda:customer-lookup={"tier":"iron"})"});

  EXPECT_THAT(transcript, HasSubstr("First gold."));
  EXPECT_THAT(transcript, HasSubstr("Second iron."));
}

TEST(Mocks, TheLastAnswerStays) {
  EXPECT_THAT(CallWith({R"(lambda:customer-lookup={"tier":"gold"})"}), HasSubstr("Second gold."));
}

TEST(Mocks, AFunctionFailsForTheReasonGiven) {
  EXPECT_THAT(CallWith({"lambda:customer-lookup=error: the database is down"}),
              HasSubstr("the function failed: the database is down"));
}

TEST(Mocks, AFunctionThatIsTooLateTakesTheWholeLimit) {
  const std::string transcript = CallWith({"lambda:customer-lookup=timeout"});

  EXPECT_THAT(transcript, HasSubstr("the function did not answer in time"));
  EXPECT_THAT(transcript, HasSubstr("00:06  system   What?"));  // twice 3 s
}

TEST(Mocks, WhatIsNotMockedFailsAndSaysSo) {
  const std::string transcript = CallWith({});

  EXPECT_THAT(transcript,
              HasSubstr("the function failed: nothing stands in for 'customer-lookup'"));
  EXPECT_THAT(transcript, HasSubstr("the bot failed: nothing stands in for 'Helper'"));
}

TEST(Mocks, ABotUnderstandsTheIntentAndSlotsGiven) {
  EXPECT_THAT(CallWith({"bot:Helper=Travel:City=Rome:Day=Monday"}), HasSubstr("To Rome."));
}

TEST(Mocks, HoursAreOpenOrClosedAsGiven) {
  EXPECT_THAT(CallWith({"hours:Days=closed"}), HasSubstr("Closed."));
  EXPECT_THAT(CallWith({"hours:Days=open"}), HasSubstr("Open."));
}

TEST(Mocks, ActionsGoAsGiven) {
  EXPECT_THAT(CallWith({"action:hours=False"}), HasSubstr("Closed."));
  EXPECT_THAT(CallWith({"action:CheckHoursOfOperation=True"}), HasSubstr("Open."));
  EXPECT_THAT(CallWith({R"(action:hours={"Condition":"False"})"}), HasSubstr("Closed."));
  EXPECT_THAT(CallWith({"action:hours=@a.json"}, {{"a.json", R"({"Condition":"False"})"}}),
              HasSubstr("Closed."));
  const std::string failed = CallWith({"action:hours=error:NoMatchingError"});
  EXPECT_THAT(failed, Not(HasSubstr("Open.")));
  EXPECT_THAT(failed, Not(HasSubstr("Closed.")));
}

// ---- messages

std::string MessageOf(const std::string& mock) {
  Stage stage = SetStage(CenterOf(Flow(kAsking)), {});
  const Result<void> added = AddMocks({mock}, MemoryFiles(), stage);
  return added ? "no error" : added.error().message();
}

TEST(Mocks, AMisspelledNameNamesTheNearest) {
  EXPECT_EQ(MessageOf("lambda:costumer-lookup={}"),
            "there is no function 'costumer-lookup' to mock, did you mean 'customer-lookup'?");
  EXPECT_EQ(MessageOf("bot:Helpr=Sales"),
            "there is no bot 'Helpr' to mock, did you mean 'Helper'?");
  EXPECT_EQ(MessageOf("hours:Day=open"),
            "there is no hours of operation 'Day' to mock, did you mean 'Days'?");
}

TEST(Mocks, ANameUnlikeAnyIsAnsweredWithThoseThereAre) {
  EXPECT_EQ(MessageOf("bot:Other=Sales"), "there is no bot 'Other' to mock, there is 'Helper'");
}

TEST(Mocks, TheArnOfAFunctionMayBeKnownAtRunTimeOnly) {
  EXPECT_EQ(MessageOf("lambda:arn:aws:lambda:us-east-1:111111111111:function:x={}"), "no error");
}

TEST(Mocks, WhatIsNoMockIsToldTheForms) {
  EXPECT_EQ(
      MessageOf("customer-lookup"),
      "expected a mock such as 'lambda:NAME={...}', 'bot:NAME=INTENT', 'hours:NAME=closed' or "
      "'action:NAME=success' but got 'customer-lookup'");
  EXPECT_EQ(MessageOf("function:x={}"),
            "expected 'lambda', 'bot', 'hours' or 'action' before the ':' of a mock but got "
            "'function'");
  EXPECT_EQ(MessageOf("hours:Days=maybe"),
            "expected 'open' or 'closed' for hours 'Days' but got 'maybe'");
  EXPECT_EQ(MessageOf("bot:Helper=Travel:City"),
            "expected a slot such as 'City=Paris' in the answer of bot 'Helper' but got 'City'");
  EXPECT_EQ(MessageOf("bot:Helper="),
            "expected an intent as the answer of bot 'Helper', such as 'bot:Helper=Sales'");
}

TEST(Mocks, WhatAnActionCannotDoIsAnsweredWithWhatItCan) {
  EXPECT_EQ(
      MessageOf("action:hours=error:Closed"),
      "action 'hours' cannot be mocked so: CheckHoursOfOperation has no error 'Closed': there "
      "is NoMatchingError");
  EXPECT_EQ(MessageOf("action:hours=success"),
            "action 'hours' cannot be mocked so: expected 'Condition' or 'Error': "
            "CheckHoursOfOperation runs here by itself");
  EXPECT_EQ(MessageOf("action:huors=True"),
            "no flow has an action 'huors', and no type is called so, did you mean 'hours'?");
  EXPECT_EQ(MessageOf(R"(action:hours={"Result":"True"})"),
            "expected 'Condition', 'Error' or 'Attributes' for action 'hours' but got 'Result'");
  EXPECT_THAT(MessageOf("action:hours={"),
              HasSubstr("expected an object such as {\"Condition\": \"Next\"} for action 'hours' "
                        "but got "));
}

TEST(Mocks, AnAnswerThatIsNoJsonIsRefused) {
  EXPECT_THAT(MessageOf("lambda:customer-lookup=gold"),
              HasSubstr("expected JSON, '@FILE', 'error' or 'timeout' as the answer of function "
                        "'customer-lookup' but got 'gold': "));
}

}  // namespace
}  // namespace trunkline::app
