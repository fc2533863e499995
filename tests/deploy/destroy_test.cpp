#include "deploy/destroy.h"

#include <gmock/gmock.h>

#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class DestroyTest : public DeployTest {
 protected:
  LiveResource& Delivered(std::string_view kind, std::string_view name) {
    LiveResource& there = Have(kind, name);
    there.tags.emplace(kManagedTag, "true");
    return there;
  }
  void InstanceIsOurs() {
    HaveInstance();
    live.resources.find("instance")->second.begin()->second.tags.emplace(kManagedTag, "true");
  }
};

TEST_F(DestroyTest, TakesAnInstanceOfOursWithEverythingInIt) {
  InstanceIsOurs();
  Delivered("queue", "Sales");
  Delivered("flow", "Main");
  Delivered("function", "lookup");
  Delivered("bucket", "recordings");

  const Plan plan = RemovalOf(live);

  EXPECT_THAT(Ids(plan.changes), ElementsAre("function:lookup", "bucket:recordings",
                                             "instance:" + std::string(kInstance)));
  EXPECT_THAT(plan.Find("bucket:recordings")->after,
              ElementsAre("instance:" + std::string(kInstance)));
  EXPECT_THAT(plan.Find("instance:" + std::string(kInstance))->after,
              ElementsAre("function:lookup"));
}

TEST_F(DestroyTest, TakesOnlyWhatWasDeliveredIntoAnInstanceOfOthers) {
  HaveInstance();
  Have("queue", "Theirs");
  Have("flow", "Default hold");
  Delivered("queue", "Sales");
  Delivered("flow", "Main");
  Delivered("queue", "Stack's").tags.emplace(kStackTag, "theirs");

  EXPECT_THAT(Ids(RemovalOf(live).changes), ElementsAre("flow:Main", "queue:Sales"));
}

TEST_F(DestroyTest, LetsABucketWithRecordingsStay) {
  Delivered("bucket", "recordings");
  aws.Fails("s3:DeleteBucket", "BucketNotEmpty", "not empty");

  const Applied applied = Apply(RemovalOf(live));

  ASSERT_THAT(applied.failed, SizeIs(1));
  EXPECT_THAT(applied.failed.front().error.message(), HasSubstr("is not empty and stays"));
}

TEST_F(DestroyTest, DeletesAFunctionWithItsRole) {
  HaveInstance();
  Delivered("function", "lookup");
  json::Object tag{{"Key", kManagedTag}, {"Value", "true"}};
  aws.On("iam:GetRole", json::Object{{"Role", json::Object{{"Tags", json::Array{tag}}}}});

  EXPECT_TRUE(Apply(RemovalOf(live)).ok());

  EXPECT_THAT(
      aws.operations(),
      ElementsAre("connect:DisassociateLambdaFunction", "lambda:DeleteFunction", "iam:GetRole",
                  "iam:ListAttachedRolePolicies", "iam:DeleteRolePolicy", "iam:DeleteRole"));
}

TEST_F(DestroyTest, LeavesSomebodyElsesRoleAlone) {
  HaveInstance();
  Delivered("function", "lookup");

  EXPECT_TRUE(Apply(RemovalOf(live)).ok());

  EXPECT_THAT(aws.Inputs("iam:DeleteRole"), IsEmpty());
}

TEST_F(DestroyTest, LeavesTheBotOfAnotherEnvironment) {
  Delivered("bot", "Desk").body.Set("alias", "A1");
  json::Object ours{{"botAliasName", "dev"}, {"botAliasId", "A1"}};
  json::Object theirs{{"botAliasName", "staging"}, {"botAliasId", "A2"}};
  aws.On("lexv2-models:ListBotAliases",
         json::Object{{"botAliasSummaries", json::Array{ours, theirs}}});

  EXPECT_TRUE(Apply(RemovalOf(live)).ok());

  EXPECT_THAT(aws.Inputs("lexv2-models:DeleteBot"), IsEmpty());
  EXPECT_EQ(aws.Inputs("lexv2-models:DeleteBotAlias").front().GetString("botAliasId"), "A1");
}

TEST_F(DestroyTest, GoesOnWhereItEndedBefore) {
  HaveInstance();
  Delivered("queue", "Sales");
  aws.Fails("connect:DeleteQueue", "ResourceNotFoundException", "it is gone");

  EXPECT_TRUE(Apply(RemovalOf(live)).ok());
}

}  // namespace
}  // namespace trunkline::deploy::tests
