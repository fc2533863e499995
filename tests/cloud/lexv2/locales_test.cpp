// Locales with what is in them: intents, slots, slot types; and building them.
#include <gmock/gmock.h>

#include "tests/cloud/lexv2/lex_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class LexLocales : public LexTest {
 protected:
  std::vector<std::string> Intents() {
    return Texts(DoLex("ListIntents").GetArray("intentSummaries"), "intentName");
  }
  std::string MakeSlotType() {
    json::Object red{{"sampleValue", json::Object{{"value", "red"}}}};
    return std::string(
        DoLex("CreateSlotType",
              {{"slotTypeName", "Colour"},
               {"slotTypeValues", json::Array{std::move(red)}},
               {"valueSelectionSetting", json::Object{{"resolutionStrategy", "OriginalValue"}}}})
            .GetString("slotTypeId"));
  }
  static json::Object Slot(std::string_view intent, std::string_view name, std::string_view type) {
    json::Object text{{"plainTextMessage", json::Object{{"value", "Which?"}}}};
    json::Object group{{"message", std::move(text)}};
    json::Object prompt{{"messageGroups", json::Array{std::move(group)}}, {"maxRetries", 2}};
    json::Object elicitation{{"slotConstraint", "Required"},
                             {"promptSpecification", std::move(prompt)}};
    return {{"intentId", intent},
            {"slotName", name},
            {"slotTypeId", type},
            {"valueElicitationSetting", std::move(elicitation)}};
  }
  void BuildWhatCannotBe() {
    DoLex("BuildBotLocale");
    Settle();
  }
  std::vector<std::string> Reasons() {
    std::vector<std::string> reasons;
    const json::Object locale = DoLex("DescribeBotLocale");
    for (const json::Value& reason : locale.GetArray("failureReasons"))
      reasons.push_back(reason.AsString());
    return reasons;
  }
};

TEST_F(LexLocales, BringAFallbackIntentThatStays) {
  EXPECT_THAT(Intents(), ElementsAre("FallbackIntent"));

  EXPECT_THAT(AskLex("DeleteIntent", {{"intentId", "FALLBCKINT"}}),
              Fails(412, "PreconditionFailedException", "the fallback intent cannot be deleted"));
  EXPECT_THAT(AskLex("CreateIntent",
                     {{"intentName", "Mine"}, {"parentIntentSignature", "AMAZON.FallbackIntent"}}),
              Fails(412, "PreconditionFailedException", HasSubstr("one fallback intent")));
}

TEST_F(LexLocales, AreThereOnlyOnce) {
  EXPECT_THAT(AskLex("CreateBotLocale", {{"nluIntentConfidenceThreshold", 0.4}}),
              Fails(409, "ConflictException", "the bot has locale 'en_US' already"));
}

TEST_F(LexLocales, AreAddedToABotThatIsAvailable) {
  const json::Object made = Do("lexv2-models", "CreateBot", BotInput("Other"));

  EXPECT_THAT(AskLex("CreateBotLocale",
                     {{"botId", made.GetString("botId")}, {"nluIntentConfidenceThreshold", 0.4}}),
              Fails(412, "PreconditionFailedException", "bot 'Other' is Creating, not Available"));
}

TEST_F(LexLocales, AreNotBuiltAnyMoreOnceSomethingChanges) {
  const std::string intent = MakeIntent("Sales", {"sales please"});
  Build();

  DoLex("UpdateIntent", {{"intentId", intent}, {"intentName", "Vendor"}});

  EXPECT_EQ(LocaleStatus(), "NotBuilt");
}

TEST_F(LexLocales, AreBuildingUntilTheyAreBuilt) {
  MakeIntent("Sales", {"sales please"});
  DoLex("BuildBotLocale");

  EXPECT_EQ(LocaleStatus(), "Building");
  EXPECT_THAT(AskLex("BuildBotLocale"),
              Fails(412, "PreconditionFailedException", "locale 'en_US' is Building"));
  Settle();
  EXPECT_EQ(LocaleStatus(), "Built");
}

TEST_F(LexLocales, GoOnBuildingAfterARestart) {
  MakeIntent("Sales", {"sales please"});
  DoLex("BuildBotLocale");

  Restart();
  Settle();

  EXPECT_EQ(LocaleStatus(), "Built");
}

TEST_F(LexLocales, SayWhyTheyCannotBeBuilt) {
  MakeIntent("Sales", {});
  BuildWhatCannotBe();

  EXPECT_EQ(LocaleStatus(), "Failed");
  EXPECT_THAT(Reasons(), Contains("intent 'Sales' has no sample utterances"));
}

TEST_F(LexLocales, NeedAnIntentBesideTheFallback) {
  BuildWhatCannotBe();

  EXPECT_THAT(Reasons(), ElementsAre("the locale has no intent beside FallbackIntent"));
}

TEST_F(LexLocales, AreBuiltOnceWhatWasWrongIsMended) {
  const std::string intent = MakeIntent("Sales", {});
  BuildWhatCannotBe();
  json::Object sample{{"utterance", "sales please"}};

  DoLex("UpdateIntent", {{"intentId", intent},
                         {"intentName", "Sales"},
                         {"sampleUtterances", json::Array{std::move(sample)}}});

  EXPECT_THAT(Reasons(), ElementsAre());
  Build();
}

TEST_F(LexLocales, AreGoneWithAllThatIsInThem) {
  MakeIntent("Sales", {"sales please"});
  DoLex("DeleteBotLocale");

  EXPECT_EQ(AskLex("DescribeBotLocale").status, 404);
  DoLex("CreateBotLocale", {{"nluIntentConfidenceThreshold", 0.4}});
  Settle();
  EXPECT_THAT(Intents(), ElementsAre("FallbackIntent"));
}

// ---- intents

TEST_F(LexLocales, IntentsAreReadAsTheyWereWritten) {
  const std::string intent = MakeIntent("Sales", {"sales please", "buy"});

  const json::Object described = DoLex("DescribeIntent", {{"intentId", intent}});

  EXPECT_EQ(described.GetString("intentName"), "Sales");
  EXPECT_THAT(Texts(described.GetArray("sampleUtterances"), "utterance"),
              ElementsAre("sales please", "buy"));
}

TEST_F(LexLocales, IntentsAreThereOnlyOnceByName) {
  MakeIntent("Sales", {"sales please"});

  EXPECT_THAT(AskLex("CreateIntent", {{"intentName", "Sales"}}),
              Fails(412, "PreconditionFailedException", HasSubstr("'Sales'")));
}

TEST_F(LexLocales, IntentsThatAreNotThereAreNotFound) {
  EXPECT_THAT(AskLex("DescribeIntent", {{"intentId", "NOPE000000"}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("there is no intent")));
  EXPECT_THAT(AskLex("UpdateIntent", {{"intentId", "NOPE000000"}, {"intentName", "A"}}),
              Fails(412, "PreconditionFailedException", HasSubstr("there is no intent")));
}

TEST_F(LexLocales, IntentsAreDeletedWithTheirSlots) {
  const std::string intent = MakeIntent("Sales", {"sales please"});
  DoLex("CreateSlot", Slot(intent, "Count", "AMAZON.Number"));

  DoLex("DeleteIntent", {{"intentId", intent}});

  EXPECT_THAT(Intents(), ElementsAre("FallbackIntent"));
  EXPECT_THAT(AskLex("ListSlots", {{"intentId", intent}}),
              Fails(400, "ValidationException", HasSubstr("there is no intent")));
}

// ---- slots and slot types

TEST_F(LexLocales, SlotsAreMadeChangedListedAndDeleted) {
  const std::string intent = MakeIntent("Sales", {"sales please"});
  const std::string type = MakeSlotType();
  const std::string slot(DoLex("CreateSlot", Slot(intent, "Paint", type)).GetString("slotId"));
  json::Object changed = Slot(intent, "Colour", type);
  changed.Set("slotId", slot);
  const json::Object here{{"intentId", intent}, {"slotId", slot}};

  DoLex("UpdateSlot", changed);

  const json::Object listed = DoLex("ListSlots", {{"intentId", intent}});
  EXPECT_THAT(Texts(listed.GetArray("slotSummaries"), "slotName"), ElementsAre("Colour"));
  EXPECT_EQ(DoLex("DescribeSlot", here).GetString("slotTypeId"), type);
  DoLex("DeleteSlot", here);
  EXPECT_EQ(AskLex("DescribeSlot", here).status, 404);
}

TEST_F(LexLocales, SlotsNeedATypeThatIsThereWhenTheLocaleIsBuilt) {
  const std::string intent = MakeIntent("Sales", {"sales please"});
  DoLex("CreateSlot", Slot(intent, "Paint", "GONE000000"));
  BuildWhatCannotBe();

  EXPECT_THAT(Reasons(), Contains("slot 'Paint' of intent 'Sales' has slot type 'GONE000000', "
                                  "which does not exist"));
}

TEST_F(LexLocales, SlotTypesAreMadeListedAndDeleted) {
  const std::string type = MakeSlotType();

  EXPECT_THAT(Texts(DoLex("ListSlotTypes").GetArray("slotTypeSummaries"), "slotTypeName"),
              ElementsAre("Colour"));
  EXPECT_EQ(DoLex("DescribeSlotType", {{"slotTypeId", type}}).GetString("slotTypeName"), "Colour");
  DoLex("DeleteSlotType", {{"slotTypeId", type}});
  EXPECT_EQ(AskLex("DescribeSlotType", {{"slotTypeId", type}}).status, 404);
}

}  // namespace
}  // namespace trunkline::cloud::tests
