#include <gmock/gmock.h>

#include "tests/cloud/connect/connect_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kForeignFunction = "arn:aws:lambda:us-east-1:999988887777:function:mapping";
constexpr const char* kForeignAlias =
    "arn:aws:lex:us-east-1:999988887777:bot-alias/ABCDEFGHIJ/TSTALIASID";

std::vector<std::string> Texts(const json::Array& list) {
  std::vector<std::string> texts;
  for (const json::Value& value : list) texts.push_back(value.AsString());
  return texts;
}

class ConnectAssociations : public ConnectTest {
 protected:
  std::vector<std::string> Functions() {
    return Texts(DoConnect("ListLambdaFunctions").GetArray("LambdaFunctions"));
  }
};

TEST_F(ConnectAssociations, TakeAFunctionOfAnotherAccountOnItsWord) {
  DoConnect("AssociateLambdaFunction", {{"FunctionArn", kForeignFunction}});

  Restart();

  EXPECT_THAT(Functions(), ElementsAre(kForeignFunction));
}

TEST_F(ConnectAssociations, NeedTheFunctionToExistInTheirOwnAccount) {
  EXPECT_THAT(
      AskConnect("AssociateLambdaFunction",
                 {{"FunctionArn", "arn:aws:lambda:eu-central-1:111122223333:function:nope"}}),
      Fails(404, "ResourceNotFoundException",
            "function 'arn:aws:lambda:eu-central-1:111122223333:function:nope' does not exist"));
}

TEST_F(ConnectAssociations, RefuseWhatIsNoFunction) {
  EXPECT_THAT(AskConnect("AssociateLambdaFunction", {{"FunctionArn", "mapping"}}),
              Fails(400, "InvalidParameterException", HasSubstr("expected the ARN of a function")));
}

TEST_F(ConnectAssociations, AreMadeOncePerFunction) {
  DoConnect("AssociateLambdaFunction", {{"FunctionArn", kForeignFunction}});

  EXPECT_THAT(AskConnect("AssociateLambdaFunction", {{"FunctionArn", kForeignFunction}}),
              Fails(409, "ResourceConflictException",
                    HasSubstr("is associated with instance 'acme' already")));
}

TEST_F(ConnectAssociations, AreUndone) {
  DoConnect("AssociateLambdaFunction", {{"FunctionArn", kForeignFunction}});

  DoConnect("DisassociateLambdaFunction", {{"FunctionArn", kForeignFunction}});

  EXPECT_THAT(Functions(), IsEmpty());
  EXPECT_THAT(
      AskConnect("DisassociateLambdaFunction", {{"FunctionArn", kForeignFunction}}),
      Fails(404, "ResourceNotFoundException", HasSubstr("does not exist in instance 'acme'")));
}

TEST_F(ConnectAssociations, KeepBotAliases) {
  const json::Object bot{{"LexV2Bot", json::Object{{"AliasArn", kForeignAlias}}}};
  DoConnect("AssociateBot", bot);

  const json::Object listed = DoConnect("ListBots", {{"LexVersion", "V2"}});
  DoConnect("DisassociateBot", bot);

  EXPECT_EQ(listed.GetArray("LexBots").at(0).AsObject().GetObject("LexV2Bot").GetString("AliasArn"),
            kForeignAlias);
  EXPECT_THAT(DoConnect("ListBots", {{"LexVersion", "V2"}}).GetArray("LexBots"), IsEmpty());
}

TEST_F(ConnectAssociations, RefuseBotsOfLexV1) {
  EXPECT_THAT(AskConnect("AssociateBot",
                         {{"LexBot", json::Object{{"Name", "old"}, {"LexRegion", "us-east-1"}}}}),
              Fails(400, "InvalidRequestException",
                    "Amazon Lex V1 has ended: give the alias of a Lex V2 bot in LexV2Bot"));
}

TEST_F(ConnectAssociations, RefuseWhatIsNoBotAlias) {
  EXPECT_THAT(AskConnect("AssociateBot", {{"LexV2Bot", json::Object{{"AliasArn", "bot"}}}}),
              Fails(400, "InvalidRequestException", HasSubstr("expected the ARN of a bot alias")));
}

TEST_F(ConnectAssociations, KeepApprovedOrigins) {
  DoConnect("AssociateApprovedOrigin", {{"Origin", "https://example.com"}});

  EXPECT_THAT(Texts(DoConnect("ListApprovedOrigins").GetArray("Origins")),
              ElementsAre("https://example.com"));
  EXPECT_THAT(AskConnect("AssociateApprovedOrigin", {{"Origin", "https://example.com/page"}}),
              Fails(400, "InvalidParameterException", HasSubstr("without a path")));
  DoConnect("DisassociateApprovedOrigin", {{"Origin", "https://example.com"}});
  EXPECT_THAT(DoConnect("ListApprovedOrigins").GetArray("Origins"), IsEmpty());
}

TEST_F(ConnectAssociations, KeepTwoSecurityKeys) {
  const std::string first(
      DoConnect("AssociateSecurityKey", {{"Key", "one"}}).GetString("AssociationId"));
  DoConnect("AssociateSecurityKey", {{"Key", "two"}});

  EXPECT_THAT(
      AskConnect("AssociateSecurityKey", {{"Key", "three"}}),
      Fails(402, "ServiceQuotaExceededException", HasSubstr("already has 2 security keys")));
  DoConnect("DisassociateSecurityKey", {{"AssociationId", first}});
  EXPECT_THAT(Names(DoConnect("ListSecurityKeys").GetArray("SecurityKeys"), "Key"),
              ElementsAre("two"));
}

TEST_F(ConnectAssociations, KeepIntegrations) {
  const json::Object input{
      {"IntegrationType", "EVENT"},
      {"IntegrationArn", "arn:aws:app-integrations:eu-central-1:111122223333:event/x"},
      {"SourceType", "SALESFORCE"}};
  const json::Object made = DoConnect("CreateIntegrationAssociation", input);

  EXPECT_THAT(
      AskConnect("CreateIntegrationAssociation", input),
      Fails(409, "DuplicateResourceException", HasSubstr("is integrated with instance 'acme'")));
  EXPECT_THAT(Names(DoConnect("ListIntegrationAssociations", {{"IntegrationType", "EVENT"}})
                        .GetArray("IntegrationAssociationSummaryList"),
                    "IntegrationAssociationId"),
              ElementsAre(made.GetString("IntegrationAssociationId")));
  DoConnect("DeleteIntegrationAssociation",
            {{"IntegrationAssociationId", made.GetString("IntegrationAssociationId")}});
  EXPECT_THAT(
      DoConnect("ListIntegrationAssociations").GetArray("IntegrationAssociationSummaryList"),
      IsEmpty());
}

class ConnectTags : public ConnectTest {};

TEST_F(ConnectTags, AreAddedReplacedAndRemoved) {
  const std::string arn = InstanceArn() + "/queue/" + QueueId();
  Do("connect", "TagResource",
     {{"resourceArn", arn}, {"tags", json::Object{{"a", "1"}, {"b", "2"}}}});
  Do("connect", "TagResource", {{"resourceArn", arn}, {"tags", json::Object{{"a", "3"}}}});
  Do("connect", "UntagResource", {{"resourceArn", arn}, {"tagKeys", json::Array{"b"}}});

  Restart();

  EXPECT_EQ(Do("connect", "ListTagsForResource", {{"resourceArn", arn}}).GetObject("tags"),
            (json::Object{{"a", "3"}}));
  EXPECT_EQ(
      DoConnect("DescribeQueue", {{"QueueId", QueueId()}}).GetObject("Queue").GetObject("Tags"),
      (json::Object{{"a", "3"}}));
}

TEST_F(ConnectTags, StandOnInstancesToo) {
  Do("connect", "TagResource",
     {{"resourceArn", InstanceArn()}, {"tags", json::Object{{"stage", "dev"}}}});

  EXPECT_EQ(
      DoConnect("DescribeInstance").GetObject("Instance").GetObject("Tags").GetString("stage"),
      "dev");
}

TEST_F(ConnectTags, NeedAResourceThatExists) {
  EXPECT_THAT(
      Ask("connect", "ListTagsForResource", {{"resourceArn", InstanceArn() + "/queue/nope"}}),
      Fails(404, "ResourceNotFoundException",
            HasSubstr(
                "is not the ARN of a resource of account 111122223333 in Region eu-central-1")));
}

TEST_F(ConnectTags, AreAtMostFifty) {
  json::Object tags;
  for (int i = 0; i < 50; ++i) tags.Set("key" + std::to_string(i), "x");
  Do("connect", "TagResource", {{"resourceArn", InstanceArn()}, {"tags", tags}});

  EXPECT_THAT(Ask("connect", "TagResource",
                  {{"resourceArn", InstanceArn()}, {"tags", json::Object{{"more", "x"}}}}),
              Fails(400, "InvalidRequestException", HasSubstr("at most 50 tags")));
}

TEST_F(ConnectTags, AreSearchedOverAllKinds) {
  const std::string queue = InstanceArn() + "/queue/" + QueueId();
  const std::string hours = InstanceArn() + "/operating-hours/" + HoursId();
  Do("connect", "TagResource", {{"resourceArn", queue}, {"tags", json::Object{{"team", "blue"}}}});
  Do("connect", "TagResource", {{"resourceArn", hours}, {"tags", json::Object{{"team", "red"}}}});

  const json::Object all = DoConnect("SearchResourceTags");
  const json::Object queues =
      DoConnect("SearchResourceTags", {{"ResourceTypes", json::Array{"standard-queue"}}});

  EXPECT_THAT(Names(all.GetArray("Tags"), "value"), ElementsAre("blue", "red"));
  EXPECT_THAT(Names(queues.GetArray("Tags"), "value"), ElementsAre("blue"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
