// What a locale cannot be built with.
#include <gmock/gmock.h>

#include "tests/cloud/lexv2/bare_lex_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;

class LexBuilds : public BareLexTest {
 protected:
  LexBuilds() {
    where_ = {{"botId", MakeBot("florist")}, {"botVersion", "DRAFT"}, {"localeId", "en_US"}};
    json::Object locale = where_;
    locale.Set("nluIntentConfidenceThreshold", json::Number{"0.4"});
    DoLex("CreateBotLocale", locale);
    Advance(std::chrono::minutes(1));
  }

  void AddIntent(std::string_view name, const json::Array& input_contexts) {
    json::Object intent = where_;
    intent.Set("intentName", name);
    intent.Set("sampleUtterances", json::Array{json::Object{{"utterance", "water the roses"}}});
    intent.Set("inputContexts", input_contexts);
    DoLex("CreateIntent", intent);
  }
  json::Object Built() {
    DoLex("BuildBotLocale", where_);
    Advance(std::chrono::minutes(1));
    return DoLex("DescribeBotLocale", where_);
  }

 private:
  json::Object where_;
};

TEST_F(LexBuilds, WorkWithUtterances) {
  AddIntent("Water", {});

  EXPECT_EQ(Built().GetString("botLocaleStatus"), "Built");
}

TEST_F(LexBuilds, FailForIntentsThatWaitForAContext) {
  AddIntent("Water", json::Array{json::Object{{"name", "InTheGarden"}}});

  const json::Object locale = Built();

  EXPECT_EQ(locale.GetString("botLocaleStatus"), "Failed");
  EXPECT_THAT(
      locale.GetArray("failureReasons"),
      ElementsAre(json::Value("intent 'Water' has input contexts, which are not simulated here")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
