// A center as a stage for calls: what it brings, what is made up, what answers.
#include "app/stage.h"

#include <gmock/gmock.h>

#include "app/mocks.h"
#include "center/load.h"
#include "tests/app/small_center.h"

namespace trunkline::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::CallAndSay;
using tests::CenterOf;
using tests::Flow;

TEST(Stage, HasWhatEveryInstanceHas) {
  const Stage stage = SetStage(center::Center(), {});

  EXPECT_THAT(stage.findings, IsEmpty());
  EXPECT_NE(stage.FindFlow("Default customer queue"), nullptr);
  EXPECT_NE(stage.world.FindQueue("BasicQueue"), nullptr);
  EXPECT_NE(stage.world.FindPrompt("Beep.wav"), nullptr);
  EXPECT_EQ(stage.world.FindQueue("BasicQueue")->hours_id, "Basic Hours");
}

TEST(Stage, PlaysTheDefaultQueueFlowWhereNoneIsSet) {
  const center::Center center = CenterOf(Flow(
      R"({"Identifier":"q","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"${queue:BasicQueue}"},
          "Transitions":{"NextAction":"t","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
         {"Identifier":"t","Type":"TransferContactToQueue","Parameters":{},
          "Transitions":{"NextAction":"end","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"},
                                                      {"ErrorType":"QueueAtCapacity","NextAction":"end"}]}})"));

  const std::string transcript = CallAndSay(SetStage(center, {}), {});

  EXPECT_THAT(transcript, HasSubstr("flow Default customer queue begins (customer queue)"));
  EXPECT_THAT(transcript, HasSubstr("All of our agents are busy at the moment."));
}

TEST(Stage, MakesUpWhatNobodyDeclares) {
  const center::Center center = CenterOf(Flow(
      R"({"Identifier":"h","Type":"CheckHoursOfOperation","Parameters":{"HoursOfOperationId":"${hours:Nights}"},
          "Transitions":{"NextAction":"end",
            "Conditions":[{"NextAction":"q","Condition":{"Operator":"Equals","Operands":["True"]}},
                          {"NextAction":"end","Condition":{"Operator":"Equals","Operands":["False"]}}],
            "Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
         {"Identifier":"q","Type":"UpdateContactTargetQueue",
          "Parameters":{"QueueId":"arn:aws:connect:eu-central-1:999999999999:instance/i/queue/11111111-2222-4333-8444-555555555555"},
          "Transitions":{"NextAction":"f","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
         {"Identifier":"f","Type":"TransferToFlow","Parameters":{"ContactFlowId":"${flow:Elsewhere}"},
          "Transitions":{"NextAction":"end","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}})"));

  const Stage stage = SetStage(center, {});

  EXPECT_THAT(stage.findings, IsEmpty());
  ASSERT_THAT(stage.placeholders, SizeIs(3));
  EXPECT_EQ(stage.placeholders[0].name, "Nights");
  EXPECT_EQ(stage.placeholders[1].kind, flow::ResourceKind::kQueue);
  EXPECT_EQ(stage.placeholders[2].name, "Elsewhere");
  EXPECT_THAT(CallAndSay(stage, {}), HasSubstr("flow Elsewhere begins (transfer)"));
}

TEST(Stage, NamesAResourceOfAnotherInstanceAsItsLayoutDoes) {
  const center::Center center = CenterOf(Flow(
      R"({"Identifier":"q","Type":"UpdateContactTargetQueue",
          "Parameters":{"QueueId":"arn:aws:connect:eu-central-1:999999999999:instance/i/queue/11111111-2222-4333-8444-555555555555"},
          "Transitions":{"NextAction":"end","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}})",
      R"("Metadata":{"ActionMetadata":{"q":{"parameters":{"QueueId":{"displayName":"Support"}}}}},)"));

  const Stage stage = SetStage(center, {});

  ASSERT_THAT(stage.placeholders, SizeIs(1));
  EXPECT_EQ(stage.placeholders[0].name, "Support");
}

constexpr std::string_view kWorkshopFlow =
    R"({"Identifier":"m","Type":"InvokeLambdaFunction",
        "Parameters":{"LambdaFunctionARN":"ARNREPLACE","InvocationTimeLimitSeconds":"8"},
        "Transitions":{"NextAction":"q","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
       {"Identifier":"q","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"$.External.Sales"},
        "Transitions":{"NextAction":"t","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
       {"Identifier":"t","Type":"TransferContactToQueue","Parameters":{},
        "Transitions":{"NextAction":"end","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"},
                                                    {"ErrorType":"QueueAtCapacity","NextAction":"end"}]}})";

TEST(Stage, GuessesTheKeysOfAFlowThatIsAlone) {
  const center::Center center = CenterOf(Flow(kWorkshopFlow));

  EXPECT_THAT(CallAndSay(SetStage(center, {}, true), {}), HasSubstr("waits in queue Sales"));
}

TEST(Stage, TakesTheKeysOfACenterAsTheyAre) {
  const center::Center center = CenterOf(Flow(kWorkshopFlow));

  EXPECT_THAT(CallAndSay(SetStage(center, {}), {}), Not(HasSubstr("queue Sales")));
}

TEST(Stage, AnswersForTheMappingFunctionUnlessItIsMocked) {
  const center::Center center = CenterOf(Flow(R"({"Identifier":"m","Type":"InvokeLambdaFunction",
          "Parameters":{"LambdaFunctionARN":"${lambda:mapping}","InvocationTimeLimitSeconds":"8"},
          "Transitions":{"NextAction":"s","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
         {"Identifier":"s","Type":"MessageParticipant","Parameters":{"Text":"It is $.External.BasicQueue."},
          "Transitions":{"NextAction":"end"}})"));
  Stage mocked = SetStage(center, {});
  ASSERT_TRUE(AddMocks({R"(lambda:mapping={"BasicQueue":"mine"})"}, MemoryFiles(), mocked).ok());

  EXPECT_THAT(CallAndSay(SetStage(center, {}), {}), HasSubstr("queue/BasicQueue."));
  EXPECT_THAT(CallAndSay(mocked, {}), HasSubstr("It is mine."));
}

TEST(Stage, GivesABotItsSlotsByPriority) {
  center::BotIntent intent{
      .name = {"Book", {}},
      .input = {},
      .slots = {{.name = {"City", {}}, .type_name = {"AMAZON.City", {}}},
                {.name = {"Note", {}}, .type_name = {"AMAZON.FreeFormInput", {}}},
                {.name = {"Day", {}}, .type_name = {"AMAZON.Date", {}}}},
      .slot_order = {"Day", "City"}};
  center::Center center;
  center.bots.push_back({.name = {"Travel", {}}, .locales = {{.id = {"en_US", {}}}}});
  center.bots[0].locales[0].intents.push_back(std::move(intent));

  const Stage stage = SetStage(center, {});

  const std::vector<sim::Slot>& slots = stage.stand_ins.bots.at("Travel").at(0).intents.at(0).slots;
  ASSERT_THAT(slots, SizeIs(3));
  EXPECT_EQ(slots[0].name, "Day");
  EXPECT_EQ(slots[1].name, "City");
  EXPECT_EQ(slots[2].name, "Note");
  EXPECT_TRUE(slots[1].asked);
  EXPECT_FALSE(slots[2].asked);
}

TEST(Stage, IsWhereTheEnvironmentIs) {
  const center::Environment environment{.name = {"prod", {}},
                                        .account = {"333333333333", {}},
                                        .regions = {{"eu-west-1", {}}, {"us-east-1", {}}}};

  const StagePlace place = PlaceOf(environment);

  EXPECT_EQ(place.Arn(flow::ResourceKind::kBot, "B"),
            "arn:aws:lex:eu-west-1:333333333333:bot-alias/B/prod");
  EXPECT_EQ(place.Arn(flow::ResourceKind::kLambda, "f"),
            "arn:aws:lambda:eu-west-1:333333333333:function:f");
}

}  // namespace
}  // namespace trunkline::app
