#include <gmock/gmock.h>

#include "base/json_write.h"
#include "tests/center/monorepo.h"

namespace trunkline::center {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

// One locale with a fallback and the given intent, in the spelling of the workshop.
std::string Locales(const std::string& intent, const std::string& more = "") {
  return R"([{"localeId": "en_US", "nluConfidenceThreshold": 0.80, "voiceSettings": {"voiceId": "Joanna"}, "intents": [)" +
         intent +
         R"(, {"name": "FallbackIntent", "parentIntentSignature": "AMAZON.FallbackIntent"}])" +
         more + "}]";
}

Bot LoadBot(const std::string& locales, const std::string& aliases = "") {
  Monorepo repo;
  repo.With(std::string(kBots) + "acme/Locales.json", locales);
  repo.With(std::string(kFunctions) + "lookup/function.json",
            R"({"runtime": "python3.12", "handler": "lookup.main", "code": "src"})");
  repo.With(std::string(kFunctions) + "lookup/src/lookup.py", "");
  if (!aliases.empty()) repo.With(std::string(kBots) + "acme/Aliases.json", aliases);
  return repo.LoadGood().bots.at(0);
}

TEST(Bots, BecomeInputsOfTheLexApi) {
  const Bot bot = LoadBot(Locales(R"({"name": "Sales", "sampleUtterances": [{"utterance": "sales"}],
      "dialogCodeHook": {"enabled": false}})"));

  EXPECT_EQ(*bot.name, "acme");
  ASSERT_THAT(bot.locales, SizeIs(1));
  EXPECT_EQ(json::Write(bot.locales[0].input),
            R"({"localeId":"en_US","nluIntentConfidenceThreshold":0.80,)"
            R"("voiceSettings":{"voiceId":"Joanna"}})");
  EXPECT_EQ(json::Write(bot.locales[0].intents[0].input),
            R"({"intentName":"Sales","sampleUtterances":[{"utterance":"sales"}],)"
            R"("dialogCodeHook":{"enabled":false}})");
}

TEST(Bots, AreReadInCloudFormationsSpellingToo) {
  const Bot bot = LoadBot(R"([{"LocaleId": "en_US", "NluConfidenceThreshold": 0.4,
    "SlotTypes": [{"Name": "Things", "SlotTypeValues": [{"SampleValue": {"Value": "book"}}],
       "ValueSelectionSetting": {"ResolutionStrategy": "TOP_RESOLUTION"}}],
    "Intents": [{"Name": "FallbackIntent", "ParentIntentSignature": "AMAZON.FallbackIntent",
       "IntentClosingSetting": {"IsActive": true, "ClosingResponse": {"MessageGroupsList":
          [{"Message": {"SSMLMessage": {"Value": "<speak/>"}}}]}}}]}])");

  const BotLocale& locale = bot.locales.at(0);

  EXPECT_EQ(json::Write(locale.slot_types.at(0).input),
            R"({"slotTypeName":"Things","slotTypeValues":[{"sampleValue":{"value":"book"}}],)"
            R"("valueSelectionSetting":{"resolutionStrategy":"TopResolution"}})");
  EXPECT_EQ(json::Write(locale.intents.at(0).input),
            R"({"intentName":"FallbackIntent","parentIntentSignature":"AMAZON.FallbackIntent",)"
            R"("intentClosingSetting":{"active":true,"closingResponse":{"messageGroups":)"
            R"([{"message":{"ssmlMessage":{"value":"<speak/>"}}}]}}})");
}

TEST(Bots, KeepTheAuthorsNamesInMaps) {
  const Bot bot = LoadBot(Locales(R"({"name": "Sales", "initialResponseSetting": {"nextStep": {
      "sessionAttributes": [{"key": "Department", "value": "Sales"}],
      "intent": {"slots": [{"slotName": "Day", "slotValueOverride": {"Shape": "Scalar"}}]}}}})"));

  EXPECT_EQ(json::Write(bot.locales.at(0).intents.at(0).input.At("initialResponseSetting")),
            R"({"nextStep":{"sessionAttributes":{"Department":"Sales"},)"
            R"("intent":{"slots":{"Day":{"shape":"Scalar"}}}}})");
}

TEST(Bots, OrderSlotsByPriority) {
  const Bot bot = LoadBot(Locales(R"({"name": "Order", "slots": [
      {"name": "Day", "slotTypeName": "AMAZON.Date",
       "valueElicitationSetting": {"slotConstraint": "Required"}},
      {"name": "Thing", "slotTypeName": "Things",
       "valueElicitationSetting": {"slotConstraint": "Required"}}],
      "slotPriorities": [{"priority": 2, "slotName": "Day"}, {"priority": 1, "slotName": "Thing"}]})",
                                  R"(, "slotTypes": [{"name": "Things"}])"));

  const BotIntent& intent = bot.locales.at(0).intents.at(0);

  EXPECT_THAT(intent.slot_order, ElementsAre("Thing", "Day"));
  EXPECT_EQ(*intent.slots.at(1).type_name, "Things");
  EXPECT_EQ(json::Write(intent.slots.at(0).input),
            R"({"valueElicitationSetting":{"slotConstraint":"Required"}})");
}

TEST(Bots, EnableEveryLocaleThatTheAliasDoesNotMention) {
  const Bot bot = LoadBot(Locales(R"({"name": "Sales"})"));

  ASSERT_THAT(bot.alias_locales, SizeIs(1));
  EXPECT_EQ(*bot.alias_locales[0].locale, "en_US");
  EXPECT_TRUE(bot.alias_locales[0].enabled);
}

TEST(Bots, TakeTheFunctionOfAnAliasLocale) {
  const Bot bot = LoadBot(Locales(R"({"name": "Sales"})"),
                          R"([{"LocaleId": "en_US", "BotAliasLocaleSetting": {"Enabled": true,
      "CodeHookSpecification": {"LambdaCodeHook": {"LambdaArn": "${lambda:lookup}",
      "CodeHookInterfaceVersion": "1.0"}}}}])");

  EXPECT_EQ(*bot.alias_locales.at(0).code_hook, "${lambda:lookup}");
}

}  // namespace
}  // namespace trunkline::center
