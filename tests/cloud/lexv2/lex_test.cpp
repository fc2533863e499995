#include "tests/cloud/lexv2/lex_test.h"

namespace trunkline::cloud::tests {

LexTest::LexTest() {
  bot_ = Do("lexv2-models", "CreateBot", BotInput("Desk")).GetString("botId");
  Settle();
  DoLex("CreateBotLocale", {{"nluIntentConfidenceThreshold", 0.4}});
  Settle();
}

Answered LexTest::AskLex(std::string_view operation, json::Object input) {
  json::Object whole;
  const aws::Shape* shape = models().Find("lexv2-models")->FindOperation(operation)->input;
  const json::Object where{{"botId", bot_}, {"botVersion", "DRAFT"}, {"localeId", "en_US"}};
  for (const json::Member& member : where) {
    if (shape->FindMember(member.key) != nullptr) whole.Set(member.key, member.value);
  }
  for (const json::Member& member : input) whole.Set(member.key, member.value);
  return Ask("lexv2-models", operation, whole);
}

json::Object LexTest::DoLex(std::string_view operation, json::Object input) {
  Answered answered = AskLex(operation, std::move(input));
  EXPECT_THAT(answered, Succeeds()) << "of lexv2-models:" << operation;
  return std::move(answered.output);
}

json::Object LexTest::BotInput(std::string_view name) {
  return {{"botName", name},
          {"roleArn", "arn:aws:iam::111122223333:role/bot"},
          {"dataPrivacy", json::Object{{"childDirected", false}}},
          {"idleSessionTTLInSeconds", 300}};
}

std::string LexTest::MakeIntent(std::string_view name, std::vector<std::string> utterances,
                                json::Object more) {
  json::Array samples;
  for (const std::string& utterance : utterances) {
    json::Object sample{{"utterance", utterance}};
    samples.push_back(std::move(sample));
  }
  more.Set("intentName", name);
  more.Set("sampleUtterances", std::move(samples));
  return std::string(DoLex("CreateIntent", std::move(more)).GetString("intentId"));
}

void LexTest::Build() {
  DoLex("BuildBotLocale");
  Settle();
  EXPECT_EQ(LocaleStatus(), "Built");
}

std::string LexTest::LocaleStatus() {
  return std::string(DoLex("DescribeBotLocale").GetString("botLocaleStatus"));
}

std::string LexTest::PublishVersion() {
  json::Object locales{{"en_US", json::Object{{"sourceBotVersion", "DRAFT"}}}};
  const json::Object made =
      DoLex("CreateBotVersion", {{"botVersionLocaleSpecification", std::move(locales)}});
  Settle();
  return std::string(made.GetString("botVersion"));
}

json::Object LexTest::AliasInput(std::string_view name, std::string_view version,
                                 std::string_view hook_arn) {
  json::Object locale{{"enabled", true}};
  if (!hook_arn.empty()) {
    json::Object hook{{"lambdaARN", hook_arn}, {"codeHookInterfaceVersion", "1.0"}};
    locale.Set("codeHookSpecification", json::Object{{"lambdaCodeHook", std::move(hook)}});
  }
  return {{"botAliasName", name},
          {"botVersion", version},
          {"botAliasLocaleSettings", json::Object{{"en_US", std::move(locale)}}}};
}

std::string LexTest::MakeAlias(std::string_view name, std::string_view version,
                               std::string_view hook_arn) {
  return std::string(
      DoLex("CreateBotAlias", AliasInput(name, version, hook_arn)).GetString("botAliasId"));
}

std::string LexTest::BotArn() const {
  return fmt::format("arn:aws:lex:{}:{}:bot/{}", region(), account(), bot_);
}

std::string LexTest::AliasArn(std::string_view alias_id) const {
  return fmt::format("arn:aws:lex:{}:{}:bot-alias/{}/{}", region(), account(), bot_, alias_id);
}

std::vector<std::string> Texts(const json::Array& list, std::string_view member) {
  std::vector<std::string> texts;
  for (const json::Value& item : list) texts.emplace_back(item.AsObject().GetString(member));
  return texts;
}

}  // namespace trunkline::cloud::tests
