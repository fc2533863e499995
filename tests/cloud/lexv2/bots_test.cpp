// Bots, their aliases, versions, tags and policies.
#include <gmock/gmock.h>

#include "tests/cloud/lexv2/lex_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class LexBots : public LexTest {
 protected:
  std::string BotStatus() { return std::string(DoLex("DescribeBot").GetString("botStatus")); }
  std::vector<std::string> Bots(json::Object input = {}) {
    return Texts(Do("lexv2-models", "ListBots", input).GetArray("botSummaries"), "botName");
  }
  void MakeReady() {
    MakeIntent("Sales", {"sales please"});
    Build();
  }
};

TEST_F(LexBots, AreBeingMadeAndThenAvailable) {
  const json::Object made = Do("lexv2-models", "CreateBot", BotInput("Other"));
  const json::Object here{{"botId", made.GetString("botId")}};

  EXPECT_EQ(made.GetString("botStatus"), "Creating");
  Settle();
  EXPECT_EQ(DoLex("DescribeBot", here).GetString("botStatus"), "Available");
}

TEST_F(LexBots, AreThereOnlyOnceByName) {
  EXPECT_THAT(
      Ask("lexv2-models", "CreateBot", BotInput("Desk")),
      Fails(412, "PreconditionFailedException", HasSubstr("there is a bot called 'Desk' already")));
}

TEST_F(LexBots, AreChangedAsAWhole) {
  json::Object input = BotInput("Reception");
  input.Set("description", "at the door");
  DoLex("UpdateBot", input);

  EXPECT_EQ(BotStatus(), "Updating");
  Settle();
  EXPECT_EQ(DoLex("DescribeBot").GetString("botName"), "Reception");

  DoLex("UpdateBot", BotInput("Reception"));
  EXPECT_EQ(DoLex("DescribeBot").GetString("description"), "") << "what is not said is gone";
}

TEST_F(LexBots, AreListedPageByPage) {
  Do("lexv2-models", "CreateBot", BotInput("Another"));
  Do("lexv2-models", "CreateBot", BotInput("Third"));

  const json::Object first = Do("lexv2-models", "ListBots", {{"maxResults", 2}});
  const json::Object rest =
      Do("lexv2-models", "ListBots", {{"maxResults", 2}, {"nextToken", first.At("nextToken")}});

  std::vector<std::string> all = Texts(first.GetArray("botSummaries"), "botName");
  EXPECT_EQ(all.size(), 2U);
  for (const std::string& name : Texts(rest.GetArray("botSummaries"), "botName"))
    all.push_back(name);
  EXPECT_THAT(all, UnorderedElementsAre("Desk", "Another", "Third"));
  EXPECT_FALSE(rest.Has("nextToken"));
}

TEST_F(LexBots, AreFoundByTheirName) {
  Do("lexv2-models", "CreateBot", BotInput("Another"));
  json::Object filter{{"name", "BotName"}, {"values", json::Array{"Des"}}, {"operator", "CO"}};

  EXPECT_THAT(Bots({{"filters", json::Array{std::move(filter)}}}), ElementsAre("Desk"));
}

TEST_F(LexBots, OfOtherRegionsAreNotFound) {
  UseRegion("eu-west-1");

  EXPECT_THAT(AskLex("DescribeBot"),
              Fails(404, "ResourceNotFoundException", HasSubstr("there is no bot")));
  EXPECT_THAT(Bots(), ElementsAre());
}

TEST_F(LexBots, AreNotDeletedWhileTheyHaveAliases) {
  MakeReady();
  MakeAlias("dev", PublishVersion());

  EXPECT_THAT(AskLex("DeleteBot"), Fails(409, "ConflictException", HasSubstr("has aliases")));

  DoLex("DeleteBot", {{"skipResourceInUseCheck", true}});
  EXPECT_EQ(AskLex("DescribeBot").status, 404);
  EXPECT_EQ(AskLex("DescribeBotLocale").status, 404);
}

TEST_F(LexBots, SurviveARestartWithAllThatIsInThem) {
  MakeReady();
  const std::string version = PublishVersion();
  const std::string alias = MakeAlias("dev", version);

  Restart();

  EXPECT_EQ(BotStatus(), "Available");
  EXPECT_EQ(LocaleStatus(), "Built");
  EXPECT_EQ(DoLex("DescribeBotAlias", {{"botAliasId", alias}}).GetString("botVersion"), version);
}

TEST_F(LexBots, BecomeAvailableAfterARestart) {
  const json::Object made = Do("lexv2-models", "CreateBot", BotInput("Other"));

  Restart();
  Settle();

  EXPECT_EQ(DoLex("DescribeBot", {{"botId", made.GetString("botId")}}).GetString("botStatus"),
            "Available");
}

// ---- versions

TEST_F(LexBots, VersionsAreMadeOfBuiltLocales) {
  json::Object locales{{"en_US", json::Object{{"sourceBotVersion", "DRAFT"}}}};

  EXPECT_THAT(
      AskLex("CreateBotVersion", {{"botVersionLocaleSpecification", std::move(locales)}}),
      Fails(412, "PreconditionFailedException", "locale 'en_US' is NotBuilt; build it first"));
}

TEST_F(LexBots, VersionsKeepWhatDraftWas) {
  MakeReady();
  const std::string version = PublishVersion();
  MakeIntent("Support", {"help"});

  const json::Object draft = DoLex("ListIntents");
  const json::Object kept = DoLex("ListIntents", {{"botVersion", version}});

  EXPECT_THAT(Texts(draft.GetArray("intentSummaries"), "intentName"), Contains("Support"));
  EXPECT_THAT(Texts(kept.GetArray("intentSummaries"), "intentName"),
              UnorderedElementsAre("FallbackIntent", "Sales"));
}

TEST_F(LexBots, VersionsAreNumberedAndCannotBeChanged) {
  MakeReady();

  EXPECT_EQ(PublishVersion(), "1");
  EXPECT_EQ(PublishVersion(), "2");
  EXPECT_EQ(AskLex("UpdateBotLocale", {{"botVersion", "1"}, {"nluIntentConfidenceThreshold", 0.9}})
                .status,
            400);
}

TEST_F(LexBots, VersionsAreNotDeletedWhileAnAliasPointsAtThem) {
  MakeReady();
  const std::string version = PublishVersion();
  const std::string alias = MakeAlias("dev", version);

  EXPECT_THAT(AskLex("DeleteBotVersion", {{"botVersion", version}}),
              Fails(409, "ConflictException", HasSubstr("alias 'dev'")));

  DoLex("DeleteBotAlias", {{"botAliasId", alias}});
  DoLex("DeleteBotVersion", {{"botVersion", version}});
  EXPECT_EQ(AskLex("DescribeBotVersion", {{"botVersion", version}}).status, 404);
}

// ---- aliases

TEST_F(LexBots, AliasesNeedAVersionThatIsThere) {
  EXPECT_THAT(AskLex("CreateBotAlias", AliasInput("dev", "7")),
              Fails(412, "PreconditionFailedException", HasSubstr("there is no version")));
}

TEST_F(LexBots, AliasesMoveToAnotherVersion) {
  MakeReady();
  const std::string alias = MakeAlias("dev", PublishVersion());
  json::Object moved = AliasInput("dev", PublishVersion());
  moved.Set("botAliasId", alias);

  DoLex("UpdateBotAlias", moved);

  EXPECT_EQ(DoLex("DescribeBotAlias", {{"botAliasId", alias}}).GetString("botVersion"), "2");
}

TEST_F(LexBots, AliasesAreThereOnlyOnceByName) {
  MakeReady();
  MakeAlias("dev", PublishVersion());

  EXPECT_THAT(AskLex("CreateBotAlias", AliasInput("dev", "1")),
              Fails(412, "PreconditionFailedException", HasSubstr("'dev'")));
}

TEST_F(LexBots, TheTestAliasStays) {
  EXPECT_THAT(Texts(DoLex("ListBotAliases").GetArray("botAliasSummaries"), "botAliasName"),
              ElementsAre("TestBotAlias"));

  EXPECT_THAT(AskLex("DeleteBotAlias", {{"botAliasId", "TSTALIASID"}}),
              Fails(412, "PreconditionFailedException", "the test alias cannot be deleted"));
}

// ---- tags

TEST_F(LexBots, AndAliasesCarryTags) {
  MakeReady();
  const std::string alias = AliasArn(MakeAlias("dev", PublishVersion()));
  Do("lexv2-models", "TagResource",
     {{"resourceARN", BotArn()}, {"tags", json::Object{{"a", "1"}, {"b", "2"}}}});
  Do("lexv2-models", "TagResource", {{"resourceARN", alias}, {"tags", json::Object{{"c", "3"}}}});
  Do("lexv2-models", "UntagResource", {{"resourceARN", BotArn()}, {"tagKeys", json::Array{"a"}}});

  const json::Object of_bot =
      Do("lexv2-models", "ListTagsForResource", {{"resourceARN", BotArn()}});
  const json::Object of_alias = Do("lexv2-models", "ListTagsForResource", {{"resourceARN", alias}});

  EXPECT_EQ(of_bot.GetObject("tags"), (json::Object{{"b", "2"}}));
  EXPECT_EQ(of_alias.GetObject("tags"), (json::Object{{"c", "3"}}));
}

TEST_F(LexBots, ThatAreNotThereHaveNoTags) {
  EXPECT_EQ(
      Ask("lexv2-models", "ListTagsForResource", {{"resourceARN", AliasArn("NOPE000000")}}).status,
      404);
}

// ---- policies

TEST_F(LexBots, HaveOnePolicyEach) {
  const json::Object here{{"resourceArn", BotArn()}};
  const json::Object first{{"resourceArn", BotArn()}, {"policy", R"({"Statement":[]})"}};
  const json::Object second{{"resourceArn", BotArn()}, {"policy", R"({"Statement":[ ]})"}};
  Do("lexv2-models", "CreateResourcePolicy", first);

  EXPECT_THAT(
      Ask("lexv2-models", "CreateResourcePolicy", second),
      Fails(412, "PreconditionFailedException", HasSubstr("has a resource policy already")));

  Do("lexv2-models", "UpdateResourcePolicy", second);
  EXPECT_EQ(Do("lexv2-models", "DescribeResourcePolicy", here).GetString("policy"),
            R"({"Statement":[ ]})");
  Do("lexv2-models", "DeleteResourcePolicy", here);
  EXPECT_EQ(Ask("lexv2-models", "DescribeResourcePolicy", here).status, 404);
}

TEST_F(LexBots, TakeOnlyPoliciesThatAreJson) {
  EXPECT_EQ(Ask("lexv2-models", "CreateResourcePolicy",
                {{"resourceArn", BotArn()}, {"policy", "allow all"}})
                .status,
            400);
}

TEST_F(LexBots, TakePolicyStatementsOneByOne) {
  json::Object principal{{"service", "connect.amazonaws.com"}};
  const json::Object statement{{"resourceArn", BotArn()},
                               {"statementId", "connect"},
                               {"effect", "Allow"},
                               {"principal", json::Array{std::move(principal)}},
                               {"action", json::Array{"lex:RecognizeText"}}};
  const json::Object gone{{"resourceArn", BotArn()}, {"statementId", "connect"}};
  Do("lexv2-models", "CreateResourcePolicyStatement", statement);

  EXPECT_THAT(Ask("lexv2-models", "CreateResourcePolicyStatement", statement),
              Fails(409, "ConflictException", HasSubstr("'connect'")));

  const json::Object policy =
      Do("lexv2-models", "DescribeResourcePolicy", {{"resourceArn", BotArn()}});
  EXPECT_THAT(std::string(policy.GetString("policy")), HasSubstr("connect.amazonaws.com"));
  Do("lexv2-models", "DeleteResourcePolicyStatement", gone);
  EXPECT_EQ(Ask("lexv2-models", "DeleteResourcePolicyStatement", gone).status, 404);
}

}  // namespace
}  // namespace trunkline::cloud::tests
