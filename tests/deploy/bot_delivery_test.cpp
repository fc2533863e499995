// Bots, and every point at which their delivery may have been interrupted.
#include <gmock/gmock.h>

#include "deploy/bot_versions.h"
#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

json::Object Status(std::string_view member, std::string_view status) {
  return {{std::string(member), status}};
}

class BotDelivery : public DeployTest {
 protected:
  BotDelivery() {
    HaveInstance();
    AddBot("Desk");
    aws.On("iam:CreateRole",
           json::Object{{"Role", json::Object{{"Arn", "arn:aws:iam::111122223333:role/desk"}}}});
    aws.On("lexv2-models:CreateBot", json::Object{{"botId", "BOT0000001"}});
    aws.On("lexv2-models:UpdateBot", json::Object{{"botId", "BOT0000001"}});
    aws.On("lexv2-models:DescribeBot", Status("botStatus", "Available"));
    aws.Fails("lexv2-models:DescribeBotLocale", "ResourceNotFoundException");
    aws.On("lexv2-models:CreateIntent", json::Object{{"intentId", "INTENT0001"}});
    aws.On("lexv2-models:CreateBotVersion", json::Object{{"botVersion", "3"}});
    aws.On("lexv2-models:DescribeBotVersion", Status("botStatus", "Available"));
    aws.On("lexv2-models:CreateBotAlias", json::Object{{"botAliasId", "ALIAS00001"}});
    aws.On("lexv2-models:UpdateBotAlias", json::Object{{"botAliasId", "ALIAS00001"}});
    aws.On("lexv2-models:DescribeBotAlias", Status("botAliasStatus", "Available"));
    aws.On("lexv2-models:CreateBotLocale", [this](const json::Object&) {
      LocaleIs({"Creating", "NotBuilt", "Building", "Built"});
      return Result<json::Object>(json::Object());
    });
  }
  void LocaleIs(const std::vector<std::string>& statuses) {
    std::vector<json::Object> answers;
    for (const std::string& status : statuses) answers.push_back(Status("botLocaleStatus", status));
    aws.OnInTurn("lexv2-models:DescribeBotLocale", std::move(answers));
  }
  void HaveAlias() {
    json::Object alias{{"botAliasId", "ALIAS00001"}, {"botAliasName", "dev"}};
    aws.On("lexv2-models:ListBotAliases",
           json::Object{{"botAliasSummaries", json::Array{std::move(alias)}}});
  }
  void HaveBot() { Have("bot", "Desk").id = "BOT0000001"; }
  Applied Deliver(Action action = Action::kCreate) { return ApplyOne("bot", "Desk", action); }
  std::vector<json::Object> Inputs(std::string_view operation) {
    return aws.Inputs("lexv2-models:" + std::string(operation));
  }
  std::size_t Position(std::string_view operation) {
    const std::vector<std::string> all = aws.operations();
    const std::string name = "lexv2-models:" + std::string(operation);
    return static_cast<std::size_t>(std::find(all.begin(), all.end(), name) - all.begin());
  }
};

TEST_F(BotDelivery, BuildsPublishesMakesTheAliasAndRecordsTheHashLast) {
  EXPECT_TRUE(Deliver().ok());

  EXPECT_LT(Position("CreateBot"), Position("CreateBotLocale"));
  EXPECT_LT(Position("CreateBotLocale"), Position("CreateIntent"));
  EXPECT_LT(Position("CreateIntent"), Position("BuildBotLocale"));
  EXPECT_LT(Position("BuildBotLocale"), Position("CreateBotVersion"));
  EXPECT_LT(Position("CreateBotVersion"), Position("CreateBotAlias"));
  EXPECT_LT(Position("CreateBotAlias"), Position("TagResource"));
  EXPECT_THAT(Inputs("TagResource"), SizeIs(1));
  EXPECT_EQ(Inputs("CreateBotAlias")[0].GetString("botVersion"), "3");
  EXPECT_EQ(Inputs("CreateBotAlias")[0].GetString("botAliasName"), "dev");
}

TEST_F(BotDelivery, RecordsItsHashForItsEnvironmentOnly) {
  EXPECT_TRUE(Deliver().ok());

  const json::Object tags = Inputs("TagResource")[0].GetObject("tags");
  EXPECT_TRUE(tags.Has("trunkline:sha256:dev"));
  EXPECT_FALSE(tags.Has("trunkline:sha256"));
}

TEST_F(BotDelivery, IsUnchangedAtTheNextPlanByTheHashItRecorded) {
  EXPECT_TRUE(Deliver().ok());
  const std::string hash(
      Inputs("TagResource")[0].GetObject("tags").GetString("trunkline:sha256:dev"));

  Have("bot", "Desk", hash);

  EXPECT_EQ(MakePlan().Find("bot:Desk"), nullptr);
  center.bots.front().idle_session_seconds = 60;
  EXPECT_EQ(MakePlan().Find("bot:Desk")->why, "differs");
}

TEST_F(BotDelivery, MovesTheAliasThatIsThere) {
  HaveBot();
  HaveAlias();
  LocaleIs({"Built"});

  EXPECT_TRUE(Deliver(Action::kUpdate).ok());

  EXPECT_THAT(Inputs("CreateBotAlias"), IsEmpty());
  EXPECT_EQ(Inputs("UpdateBotAlias")[0].GetString("botAliasId"), "ALIAS00001");
  EXPECT_EQ(Inputs("UpdateBotAlias")[0].GetString("botVersion"), "3");
}

TEST_F(BotDelivery, MakesTheAliasThatAnInterruptedRunDidNotGetTo) {
  HaveBot();
  LocaleIs({"Built"});

  EXPECT_TRUE(Deliver(Action::kUpdate).ok());

  EXPECT_THAT(Inputs("CreateBot"), IsEmpty());
  EXPECT_THAT(Inputs("CreateBotAlias"), SizeIs(1));
}

json::Object Versions(int newest) {
  json::Array versions{json::Object{{"botVersion", "DRAFT"}}};
  for (int number = newest; number > 0; --number) {
    json::Object version{{"botVersion", std::to_string(number)},
                         {"description", number == 2 ? "made by hand" : "delivered by trunkline"}};
    versions.push_back(std::move(version));
  }
  return {{"botVersionSummaries", std::move(versions)}};
}

TEST_F(BotDelivery, DeletesItsOldVersionsButNoneInUseAndNoneOfOthers) {
  HaveBot();
  LocaleIs({"Built"});
  json::Object alias{{"botAliasId", "ALIAS00009"}, {"botAliasName", "prod"}, {"botVersion", "3"}};
  aws.On("lexv2-models:ListBotAliases",
         json::Object{{"botAliasSummaries", json::Array{std::move(alias)}}});
  aws.On("lexv2-models:ListBotVersions", Versions(14));

  EXPECT_TRUE(Deliver(Action::kUpdate).ok());

  ASSERT_THAT(Inputs("DeleteBotVersion"), SizeIs(2));  // 14 to 5 stay, 3 is in use, 2 is not ours
  EXPECT_EQ(Inputs("DeleteBotVersion")[0].GetString("botVersion"), "4");
  EXPECT_EQ(Inputs("DeleteBotVersion")[1].GetString("botVersion"), "1");
  EXPECT_LT(Position("DeleteBotVersion"), Position("CreateBotVersion"));
  EXPECT_EQ(Inputs("CreateBotVersion")[0].GetString("description"),
            BotVersionDescription(
                Inputs("TagResource")[0].GetObject("tags").GetString("trunkline:sha256:dev")));
}

TEST_F(BotDelivery, AnOldVersionThatCameIntoUseMeanwhileStays) {
  HaveBot();
  LocaleIs({"Built"});
  aws.On("lexv2-models:ListBotVersions", Versions(12));
  aws.Fails("lexv2-models:DeleteBotVersion", "ConflictException");

  EXPECT_TRUE(Deliver(Action::kUpdate).ok());

  EXPECT_THAT(Inputs("CreateBotVersion"), SizeIs(1));
}

TEST_F(BotDelivery, WaitsForABotThatAnInterruptedRunLeftBeingMade) {
  HaveBot();
  LocaleIs({"Built"});
  aws.OnInTurn("lexv2-models:DescribeBot",
               {Status("botStatus", "Creating"), Status("botStatus", "Available")});

  EXPECT_TRUE(Deliver(Action::kUpdate).ok());

  EXPECT_EQ(Position("UpdateBot"), Position("DescribeBot") + 2);
}

TEST_F(BotDelivery, WaitsForALocaleThatAnInterruptedRunLeftBeingBuilt) {
  HaveBot();
  LocaleIs({"Building", "Building", "Built"});

  EXPECT_TRUE(Deliver(Action::kUpdate).ok());

  EXPECT_EQ(Position("UpdateBotLocale"), Position("DescribeBotLocale") + 3);
}

TEST_F(BotDelivery, MendsALocaleWhoseBuildFailedBefore) {
  HaveBot();
  LocaleIs({"Failed", "Failed", "Failed", "Built"});

  EXPECT_TRUE(Deliver(Action::kUpdate).ok());
}

TEST_F(BotDelivery, SaysWhyABuildFailedAndPublishesNothing) {
  HaveBot();
  json::Object failed = Status("botLocaleStatus", "Failed");
  failed.Set("failureReasons", json::Array{"intent 'Sales' has no utterances"});
  aws.OnInTurn("lexv2-models:DescribeBotLocale",
               {Status("botLocaleStatus", "Built"), Status("botLocaleStatus", "Built"),
                Status("botLocaleStatus", "NotBuilt"), failed});

  const Applied applied = Deliver(Action::kUpdate);

  ASSERT_THAT(applied.failed, SizeIs(1));
  EXPECT_EQ(applied.failed[0].error.message(),
            "Lex says 'Failed': intent 'Sales' has no utterances");
  EXPECT_THAT(applied.failed[0].error.ToText(), HasSubstr("while building locale 'en_US'"));
  EXPECT_THAT(Inputs("CreateBotVersion"), IsEmpty());
  EXPECT_THAT(Inputs("TagResource"), IsEmpty());
}

TEST_F(BotDelivery, DeletesIntentsThatTheCenterNoLongerHasButNeverTheFallback) {
  HaveBot();
  LocaleIs({"Built"});
  json::Object kept{{"intentName", "Sales"}, {"intentId", "INTENT0001"}};
  json::Object gone{{"intentName", "Old"}, {"intentId", "INTENT0002"}};
  json::Object fallback{{"intentName", "FallbackIntent"}, {"intentId", "FALLBCKINT"}};
  aws.On("lexv2-models:ListIntents",
         json::Object{{"intentSummaries",
                       json::Array{std::move(kept), std::move(gone), std::move(fallback)}}});

  EXPECT_TRUE(Deliver(Action::kUpdate).ok());

  EXPECT_THAT(Inputs("CreateIntent"), IsEmpty());
  EXPECT_THAT(Inputs("UpdateIntent"), SizeIs(1));
  ASSERT_THAT(Inputs("DeleteIntent"), SizeIs(1));
  EXPECT_EQ(Inputs("DeleteIntent")[0].GetString("intentId"), "INTENT0002");
}

TEST_F(BotDelivery, GivesSlotsTheIdsOfTheirTypesAndTellsTheIntentTheirOrder) {
  center::BotLocale& locale = center.bots.front().locales.front();
  center::BotSlotType type;
  type.name.value = "Colour";
  type.input.Set("slotTypeName", "Colour");
  locale.slot_types.push_back(std::move(type));
  center::BotSlot slot;
  slot.name.value = "Paint";
  slot.type_name.value = "Colour";
  slot.input.Set("valueElicitationSetting", json::Object{{"slotConstraint", "Required"}});
  center::BotSlot number = slot;
  number.name.value = "Count";
  number.type_name.value = "AMAZON.Number";
  locale.intents.front().slots = {slot, number};
  locale.intents.front().slot_order = {"Count", "Paint"};
  aws.On("lexv2-models:CreateSlotType", json::Object{{"slotTypeId", "TYPE000001"}});
  aws.OnInTurn("lexv2-models:CreateSlot", {{{"slotId", "SLOT000001"}}, {{"slotId", "SLOT000002"}}});

  EXPECT_TRUE(Deliver().ok());

  EXPECT_EQ(Inputs("CreateSlot")[0].GetString("slotTypeId"), "TYPE000001");
  EXPECT_EQ(Inputs("CreateSlot")[1].GetString("slotTypeId"), "AMAZON.Number");
  const json::Array order = Inputs("UpdateIntent")[0].GetArray("slotPriorities");
  ASSERT_THAT(order, SizeIs(2));
  EXPECT_EQ(order[0].AsObject().GetString("slotId"), "SLOT000002");
  EXPECT_EQ(order[1].AsObject().GetString("slotId"), "SLOT000001");
}

TEST_F(BotDelivery, PointsTheAliasAtTheFunctionOfItsHook) {
  AddFunction("hook");
  center.bots.front().alias_locales.front().code_hook.value = "${lambda:hook}";

  EXPECT_TRUE(Deliver().ok());

  const json::Object settings = Inputs("CreateBotAlias")[0].GetObject("botAliasLocaleSettings");
  EXPECT_EQ(settings.GetObject("en_US")
                .GetObject("codeHookSpecification")
                .GetObject("lambdaCodeHook")
                .GetString("lambdaARN"),
            "arn:aws:lambda:eu-central-1:111122223333:function:acme-dev-eu-central-1-hook:live");
}

TEST_F(BotDelivery, LetsTheAliasCallTheFunctionOfItsHook) {
  AddFunction("hook");
  center.bots.front().alias_locales.front().code_hook.value = "${lambda:hook}";

  EXPECT_TRUE(Deliver().ok());

  ASSERT_THAT(aws.Inputs("lambda:AddPermission"), SizeIs(1));
  const json::Object permission = aws.Inputs("lambda:AddPermission")[0];
  EXPECT_EQ(permission.GetString("FunctionName"),
            "arn:aws:lambda:eu-central-1:111122223333:function:acme-dev-eu-central-1-hook");
  EXPECT_EQ(permission.GetString("Qualifier"), "live");
  EXPECT_EQ(permission.GetString("Principal"), "lexv2.amazonaws.com");
  EXPECT_EQ(permission.GetString("SourceArn"),
            "arn:aws:lex:eu-central-1:111122223333:bot-alias/BOT0000001/ALIAS00001");
}

TEST_F(BotDelivery, GivesUpOnALocaleThatIsNeverBuilt) {
  HaveBot();
  LocaleIs({"Building"});

  const Applied applied = Deliver(Action::kUpdate);

  ASSERT_THAT(applied.failed, SizeIs(1));
  EXPECT_THAT(applied.failed[0].error.message(),
              HasSubstr("Lex still says 'Building' after 10 min"));
}

// ---- the association

TEST_F(BotDelivery, AllowsTheInstanceAndAssociatesTheAlias) {
  Have("bot", "Desk").arn = "arn:aws:lex:eu-central-1:111122223333:bot-alias/B/A";

  EXPECT_TRUE(ApplyOne("bot association", "Desk").ok());

  EXPECT_THAT(std::string(Inputs("CreateResourcePolicy")[0].GetString("policy")),
              HasSubstr(std::string(kInstanceArn)));
  EXPECT_EQ(aws.Inputs("connect:AssociateBot")[0].GetObject("LexV2Bot").GetString("AliasArn"),
            "arn:aws:lex:eu-central-1:111122223333:bot-alias/B/A");
}

TEST_F(BotDelivery, GoesOnWithThePolicyThatIsThereAndKeepsOthersStatements) {
  HaveBot();
  aws.On("lexv2-models:DescribeResourcePolicy",
         json::Object{{"policy", R"({"Statement":[{"Sid":"theirs"}]})"}, {"revisionId", "7"}});

  EXPECT_TRUE(ApplyOne("bot association", "Desk").ok());

  ASSERT_THAT(Inputs("UpdateResourcePolicy"), SizeIs(1));
  EXPECT_THAT(std::string(Inputs("UpdateResourcePolicy")[0].GetString("policy")),
              HasSubstr(R"("Sid":"theirs")"));
  EXPECT_EQ(Inputs("UpdateResourcePolicy")[0].GetString("expectedRevisionId"), "7");
  EXPECT_THAT(aws.Inputs("connect:AssociateBot"), SizeIs(1));
}

TEST_F(BotDelivery, SaysThatAStacksBotHasNoAlias) {
  Have("bot", "Desk").arn.clear();

  const Applied applied = ApplyOne("bot association", "Desk");

  ASSERT_THAT(applied.failed, SizeIs(1));
  EXPECT_EQ(applied.failed[0].error.message(),
            "bot 'Desk' belongs to a CloudFormation stack and has no alias 'dev'; make one there");
  EXPECT_THAT(aws.calls(), IsEmpty());
}

}  // namespace
}  // namespace trunkline::deploy::tests
