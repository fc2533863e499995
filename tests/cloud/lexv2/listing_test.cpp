// Listings of bots and their parts: filters, order and pages.
#include <gmock/gmock.h>

#include "tests/cloud/lexv2/bare_lex_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class LexListings : public BareLexTest {
 protected:
  LexListings() {
    for (const std::string_view name : {"tulip", "aster", "lily"}) MakeBot(name);
  }

  // The names of all pages of two.
  std::vector<std::string> Listed(json::Object input) {
    std::vector<std::string> names;
    input.Set("maxResults", 2);
    for (;;) {
      const json::Object page = DoLex("ListBots", input);
      for (const json::Value& bot : page.GetArray("botSummaries"))
        names.emplace_back(bot.AsObject().GetString("botName"));
      if (!page.Has("nextToken")) return names;
      input.Set("nextToken", page.GetString("nextToken"));
    }
  }
};

json::Object By(std::string_view order) {
  return {{"sortBy", json::Object{{"attribute", "BotName"}, {"order", order}}}};
}

TEST_F(LexListings, GoByName) {
  EXPECT_THAT(Listed({}), ElementsAre("aster", "lily", "tulip"));
}

TEST_F(LexListings, GoBackwardsWhenAskedTo) {
  EXPECT_THAT(Listed(By("Descending")), ElementsAre("tulip", "lily", "aster"));
  EXPECT_THAT(Listed(By("Ascending")), ElementsAre("aster", "lily", "tulip"));
}

TEST_F(LexListings, GoByTheLastChange) {
  const std::string bot = MakeBot("garden");
  json::Object locale{{"botId", bot}, {"botVersion", "DRAFT"}, {"localeId", "en_US"}};
  json::Object make = locale;
  make.Set("nluIntentConfidenceThreshold", json::Number{"0.4"});
  DoLex("CreateBotLocale", make);
  for (const std::string_view name : {"Water", "Cut"}) {
    json::Object intent = locale;
    intent.Set("intentName", name);
    Advance(std::chrono::minutes(1));
    DoLex("CreateIntent", intent);
  }
  locale.Set("sortBy", json::Object{{"attribute", "LastUpdatedDateTime"}, {"order", "Descending"}});

  const json::Object page = DoLex("ListIntents", locale);

  std::vector<std::string> names;
  for (const json::Value& intent : page.GetArray("intentSummaries"))
    names.emplace_back(intent.AsObject().GetString("intentName"));
  EXPECT_THAT(names, ElementsAre("Cut", "Water", "FallbackIntent"));
}

TEST_F(LexListings, GoOnBehindABotThatIsGone) {
  const json::Object first = DoLex("ListBots", {{"maxResults", 1}});
  DoLex("DeleteBot",
        {{"botId", first.GetArray("botSummaries").front().AsObject().GetString("botId")}});

  EXPECT_THAT(Listed({{"nextToken", first.GetString("nextToken")}}), ElementsAre("lily", "tulip"));
}

TEST_F(LexListings, RefuseTheTokenOfAnother) {
  json::Object other = By("Descending");
  other.Set("nextToken", DoLex("ListBots", {{"maxResults", 1}}).GetString("nextToken"));

  EXPECT_THAT(AskLex("ListBots", other), Fails(400, "ValidationException", HasSubstr("nextToken")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
