// What each kind puts back when a run fails after it was changed. The failure is a parameter: it
// comes after the change under test.
#include "tests/deploy/restore_test.h"

#include <gmock/gmock.h>

namespace trunkline::deploy::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST_F(RestoreTest, AQueueGetsItsHoursLimitAndTagsBack) {
  AddQueue("Sales").max_contacts = 9;
  LiveResource& queue = Have("queue", "Sales", "old-hash");
  queue.tags.emplace(kManagedTag, "true");
  queue.body = {{"QueueId", "q-1"}, {"HoursOfOperationId", "h-old"}, {"MaxContacts", 5}};

  const Applied applied = Fail("queue", "Sales", Action::kUpdate);

  EXPECT_THAT(Ids(applied.restored), Contains("queue:Sales"));
  EXPECT_EQ(aws.Inputs("connect:UpdateQueueMaxContacts").back().GetInt("MaxContacts"), 5);
  EXPECT_EQ(
      aws.Inputs("connect:UpdateQueueHoursOfOperation").back().GetString("HoursOfOperationId"),
      "h-old");
  EXPECT_EQ(aws.Inputs("connect:TagResource").back().GetObject("tags").GetString(kHashTag),
            "old-hash");
}

TEST_F(RestoreTest, ANewQueueIsDeleted) {
  AddQueue("Sales");
  aws.On("connect:CreateQueue", json::Object{{"QueueId", "q-1"}, {"QueueArn", "arn-of-q-1"}});

  Fail("queue", "Sales", Action::kCreate);

  EXPECT_EQ(aws.Inputs("connect:DeleteQueue").at(0).GetString("QueueId"), "q-1");
}

TEST_F(RestoreTest, HoursGetTheirTimesBack) {
  AddHours("Office");
  LiveResource& hours = Have("hours", "Office", "old-hash");
  json::Object slice{{"Day", "SUNDAY"},
                     {"StartTime", json::Object{{"Hours", 1}, {"Minutes", 0}}},
                     {"EndTime", json::Object{{"Hours", 2}, {"Minutes", 0}}}};
  hours.body = {{"HoursOfOperationId", "h-1"},
                {"Name", "Office"},
                {"TimeZone", "Asia/Tokyo"},
                {"Config", json::Array{slice}}};

  Fail("hours", "Office", Action::kUpdate);

  const json::Object last = aws.Inputs("connect:UpdateHoursOfOperation").back();
  EXPECT_EQ(last.GetString("TimeZone"), "Asia/Tokyo");
  EXPECT_THAT(last.GetArray("Config"), ElementsAre(json::Value(slice)));
}

TEST_F(RestoreTest, ABotsAliasLeadsToTheVersionBefore) {
  AddBot("Desk");
  LiveResource& bot = Have("bot", "Desk", "old-hash");
  bot.body.Set("alias", "A1");
  aws.On("lexv2-models:DescribeBotAlias", json::Object{{"botId", bot.id},
                                                       {"botAliasId", "A1"},
                                                       {"botAliasName", "dev"},
                                                       {"botVersion", "3"},
                                                       {"botAliasStatus", "Available"}});
  aws.On("lexv2-models:DescribeBot",
         json::Object{{"botId", bot.id},
                      {"botName", "Desk"},
                      {"roleArn", "arn:aws:iam::111122223333:role/old"},
                      {"dataPrivacy", json::Object{{"childDirected", false}}},
                      {"idleSessionTTLInSeconds", 77},
                      {"botStatus", "Available"}});
  aws.On("iam:CreateRole", json::Object{{"Role", json::Object{{"Arn", "arn:aws:iam::1:role/r"}}}});
  aws.Fails("lexv2-models:CreateBotVersion", "ServiceQuotaExceededException", "100 at most");

  const Applied applied = Fail("bot", "Desk", Action::kUpdate);

  EXPECT_THAT(Ids(applied.restored), Contains("bot:Desk"));
  ASSERT_THAT(aws.Inputs("lexv2-models:UpdateBotAlias"), SizeIs(1));
  EXPECT_EQ(aws.Inputs("lexv2-models:UpdateBotAlias")[0].GetString("botVersion"), "3");
  EXPECT_EQ(aws.Inputs("lexv2-models:UpdateBot").back().GetInt("idleSessionTTLInSeconds"), 77);
}

}  // namespace
}  // namespace trunkline::deploy::tests
