// What the kinds of a delivery put back that are more than one call: recordings, buckets, functions
// and bots with their roles, and what lets the instance use them.
#include <gmock/gmock.h>

#include "base/hash.h"
#include "tests/deploy/restore_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// ---- prompts

class PromptRestore : public RestoreTest {
 protected:
  PromptRestore() {
    AddPrompt("Welcome").audio = "the new recording";
    aws.On("connect:CreatePrompt", json::Object{{"PromptId", "p-1"}, {"PromptARN", "arn-of-p-1"}});
    BucketHolds({});
  }
  // Keys of recordings in the bucket.
  void BucketHolds(std::vector<std::string> keys) {
    aws.On("s3:HeadObject", [keys](const json::Object& input) -> Result<json::Object> {
      const bool there = std::find(keys.begin(), keys.end(), input.GetString("Key")) != keys.end();
      if (!there) return Refused("NotFound");
      return json::Object();
    });
  }
  void HavePrompt(std::string_view recording) {
    LiveResource& prompt = Have("prompt", "Welcome", "old-hash");
    prompt.body = {{"PromptId", prompt.id}, {"Name", "Welcome"}, {"Description", "was so"}};
    const std::string url = aws.Serve("/file-of-welcome", std::string(recording));
    aws.On("connect:GetPromptFile", json::Object{{"PromptPresignedUrl", url}});
  }
  static std::string KeyOf(std::string_view audio) {
    return "prompts/" + ToHex(Sha256(audio)) + ".wav";
  }
  std::vector<std::string> Keys(std::string_view operation) {
    std::vector<std::string> keys;
    for (const json::Object& input : aws.Inputs(operation))
      keys.emplace_back(input.GetString("Key"));
    return keys;
  }
};

TEST_F(PromptRestore, APromptGetsItsRecordingDescriptionAndTagsBack) {
  HavePrompt("the old recording");

  const Applied applied = Fail("prompt", "Welcome", Action::kUpdate);

  EXPECT_THAT(Ids(applied.restored), Contains("prompt:Welcome"));
  const json::Object last = aws.Inputs("connect:UpdatePrompt").back();
  EXPECT_EQ(last.GetString("S3Uri"),
            "s3://acme-storage-dev-eu-central-1/" + KeyOf("the old recording"));
  EXPECT_EQ(last.GetString("Description"), "was so");
  EXPECT_EQ(aws.Inputs("connect:TagResource").back().GetObject("tags").GetString(kHashTag),
            "old-hash");
}

TEST_F(PromptRestore, TheOldRecordingIsKeptBeforeTheNewOneIsWritten) {
  HavePrompt("the old recording");

  Fail("prompt", "Welcome", Action::kUpdate);

  EXPECT_THAT(Keys("s3:PutObject"),
              ElementsAre(KeyOf("the old recording"), KeyOf("the new recording")));
  EXPECT_THAT(Keys("s3:DeleteObject"), ElementsAre(KeyOf("the new recording")));
}

TEST_F(PromptRestore, ARecordingThatTheBucketHasIsNeitherKeptAgainNorDeleted) {
  HavePrompt("the old recording");
  BucketHolds({KeyOf("the old recording"), KeyOf("the new recording")});

  Fail("prompt", "Welcome", Action::kUpdate);

  EXPECT_THAT(aws.operations(), Not(Contains("s3:PutObject")));
  EXPECT_THAT(aws.operations(), Not(Contains("s3:DeleteObject")));
}

TEST_F(PromptRestore, ANewPromptIsDeletedWithTheRecordingItBrought) {
  Fail("prompt", "Welcome", Action::kCreate);

  EXPECT_EQ(aws.Inputs("connect:DeletePrompt").at(0).GetString("PromptId"), "p-1");
  EXPECT_THAT(Keys("s3:DeleteObject"), ElementsAre(KeyOf("the new recording")));
}

TEST_F(PromptRestore, ARecordingThatTheServiceNeverGaveIsSaidNotToComeBack) {
  HavePrompt("");
  aws.Fails("connect:GetPromptFile", "ResourceNotFoundException", "none");

  const Applied applied = Fail("prompt", "Welcome", Action::kUpdate);

  ASSERT_THAT(applied.not_restored, SizeIs(1));
  EXPECT_THAT(applied.not_restored[0].error.message(),
              HasSubstr("the recording that prompt 'Welcome' had cannot be put back"));
  EXPECT_EQ(aws.Inputs("connect:UpdatePrompt").back().GetString("Description"), "was so");
}

TEST_F(PromptRestore, ADeletedPromptIsMadeAgain) {
  HavePrompt("the old recording");
  live.resources["prompt"]["Welcome"].tags.emplace(kManagedTag, "true");

  Fail("prompt", "Welcome", Action::kDelete);

  const json::Object made = aws.Inputs("connect:CreatePrompt").at(0);
  EXPECT_EQ(made.GetString("S3Uri"),
            "s3://acme-storage-dev-eu-central-1/" + KeyOf("the old recording"));
  EXPECT_EQ(made.GetObject("Tags").GetString(kHashTag), "old-hash");
}

// ---- storage, parameters, the bucket, the instance

TEST_F(RestoreTest, AStorageConfigurationGetsItsBucketAndPrefixBack) {
  center.instance->storage.push_back({.resource_type = {.value = "CALL_RECORDINGS", .place = {}},
                                      .prefix = {.value = "new", .place = {}}});
  json::Object s3{{"BucketName", "theirs"}, {"BucketPrefix", "old"}};
  Have("storage", "CALL_RECORDINGS").body = {
      {"AssociationId", "a-1"}, {"StorageType", "S3"}, {"S3Config", s3}};

  Fail("storage", "CALL_RECORDINGS", Action::kUpdate);

  const json::Object last = aws.Inputs("connect:UpdateInstanceStorageConfig").back();
  EXPECT_EQ(last.GetString("AssociationId"), "a-1");
  EXPECT_EQ(last.GetObject("StorageConfig").GetObject("S3Config"), s3);
}

TEST_F(RestoreTest, ANewStorageConfigurationIsTakenAway) {
  center.instance->storage.push_back({.resource_type = {.value = "CALL_RECORDINGS", .place = {}},
                                      .prefix = {.value = "new", .place = {}}});
  aws.On("connect:AssociateInstanceStorageConfig", json::Object{{"AssociationId", "a-2"}});

  Fail("storage", "CALL_RECORDINGS", Action::kCreate);

  EXPECT_EQ(
      aws.Inputs("connect:DisassociateInstanceStorageConfig").at(0).GetString("AssociationId"),
      "a-2");
}

TEST_F(RestoreTest, AParameterGetsItsValueBackAndANewOneIsDeleted) {
  LiveResource& there = Have("parameter", "AmazonConnectInstanceName");
  there.id = "before";
  there.body = {{"Type", "String"}};
  Plan plan;
  plan.changes.push_back(
      {.kind = "parameter", .name = "AmazonConnectInstanceName", .action = Action::kUpdate});
  plan.changes.push_back(
      {.kind = "parameter", .name = "AmazonConnectInstanceId", .action = Action::kCreate});
  aws.On("ssm:PutParameter", json::Object());
  AddHours("Office");
  plan.changes.push_back({.kind = "hours", .name = "Office", .action = Action::kCreate});
  aws.Fails("connect:CreateHoursOfOperation", "InvalidRequestException");
  ApplyOptions options;
  options.rollback = true;

  Apply(plan, options);

  const json::Object last = aws.Inputs("ssm:PutParameter").back();
  EXPECT_EQ(last.GetString("Name"), "AmazonConnectInstanceName");
  EXPECT_EQ(last.GetString("Value"), "before");
  EXPECT_EQ(aws.Inputs("ssm:DeleteParameter").at(0).GetString("Name"), "AmazonConnectInstanceId");
}

constexpr std::string_view kBucket = "acme-storage-dev-eu-central-1";

TEST_F(RestoreTest, ABucketGetsItsSettingsAndTagsBack) {
  Have("bucket", kBucket).tags = {{"team", "voice"}};
  json::Object access{{"BlockPublicAcls", true},
                      {"IgnorePublicAcls", false},
                      {"BlockPublicPolicy", false},
                      {"RestrictPublicBuckets", false}};
  aws.On("s3:GetPublicAccessBlock", json::Object{{"PublicAccessBlockConfiguration", access}});
  aws.Fails("s3:GetBucketEncryption", "ServerSideEncryptionConfigurationNotFoundError");

  Fail("bucket", kBucket, Action::kUpdate);

  EXPECT_EQ(
      aws.Inputs("s3:PutPublicAccessBlock").back().GetObject("PublicAccessBlockConfiguration"),
      access);
  EXPECT_THAT(aws.Inputs("s3:DeleteBucketEncryption"), SizeIs(1));
  const json::Object tagging = aws.Inputs("s3:PutBucketTagging").back().GetObject("Tagging");
  ASSERT_THAT(tagging.GetArray("TagSet"), SizeIs(1));
  EXPECT_EQ(tagging.GetArray("TagSet")[0].AsObject().GetString("Key"), "team");
}

TEST_F(RestoreTest, ANewBucketIsDeletedUnlessItHoldsSomething) {
  aws.Fails("s3:DeleteBucket", "BucketNotEmpty");

  const Applied applied = Fail("bucket", kBucket, Action::kCreate);

  ASSERT_THAT(applied.not_restored, SizeIs(1));
  EXPECT_THAT(applied.not_restored[0].error.message(), HasSubstr("is not empty and stays"));
  aws.On("s3:DeleteBucket", json::Object());
  EXPECT_THAT(Fail("bucket", kBucket, Action::kCreate).not_restored, IsEmpty());
}

TEST_F(RestoreTest, ANewInstanceStaysAndItIsSaidWhy) {
  live.resources.erase("instance");
  aws.On("connect:CreateInstance", json::Object{{"Id", "i-1"}, {"Arn", kInstanceArn}});
  json::Object active{{"Id", "i-1"}, {"Arn", kInstanceArn}, {"InstanceStatus", "ACTIVE"}};
  aws.On("connect:DescribeInstance", json::Object{{"Instance", active}});

  const Applied applied = Fail("instance", kInstance, Action::kCreate);

  ASSERT_THAT(applied.not_restored, SizeIs(1));
  EXPECT_THAT(applied.not_restored[0].error.message(), HasSubstr("is new and stays"));
  EXPECT_THAT(aws.operations(), Not(Contains("connect:DeleteInstance")));
}

// ---- functions and their associations

class FunctionRestore : public RestoreTest {
 protected:
  FunctionRestore() {
    AddFunction("lookup");
    json::Object role{{"Arn", "arn:aws:iam::1:role/r"},
                      {"AssumeRolePolicyDocument", "%7B%22then%22%3A1%7D"},
                      {"Tags", json::Array{json::Object{{"Key", kManagedTag}, {"Value", "true"}}}}};
    aws.On("iam:CreateRole", json::Object{{"Role", role}});
    aws.Fails("iam:GetRole", "NoSuchEntityException");
    aws.On("lambda:PublishVersion", json::Object{{"Version", "8"}});
    role_ = json::Object{{"Role", role}};
  }
  void HaveRole() {
    aws.Fails("iam:CreateRole", "EntityAlreadyExists");
    aws.On("iam:GetRole", role_);
    aws.On("iam:GetRolePolicy", json::Object{{"PolicyDocument", "%7B%22policy%22%3A1%7D"}});
  }
  json::Object role_;
};

TEST_F(FunctionRestore, ANewFunctionIsDeletedWithItsRole) {
  aws.On("iam:DeleteRole",
         [this](const json::Object&) -> Result<json::Object> { return json::Object(); });
  aws.On("lambda:CreateFunction", [this](const json::Object&) -> Result<json::Object> {
    aws.On("iam:GetRole", role_);
    return json::Object();
  });

  const Applied applied = Fail("function", "lookup", Action::kCreate);

  EXPECT_THAT(applied.not_restored, IsEmpty());
  const json::Object deleted = aws.Inputs("lambda:DeleteFunction").at(0);
  EXPECT_EQ(deleted.GetString("FunctionName"), "acme-dev-eu-central-1-lookup");
  EXPECT_FALSE(deleted.Has("Qualifier"));
  EXPECT_THAT(aws.Inputs("iam:DeleteRole"), SizeIs(1));
}

TEST_F(FunctionRestore, AFunctionsCallersGetTheVersionBeforeAndThePublishedOneGoes) {
  Have("function", "lookup", "old-hash");
  HaveRole();
  aws.On("lambda:GetAlias", json::Object{{"FunctionVersion", "7"}});

  Fail("function", "lookup", Action::kUpdate);

  EXPECT_EQ(aws.Inputs("lambda:UpdateAlias").back().GetString("FunctionVersion"), "7");
  EXPECT_EQ(aws.Inputs("lambda:DeleteFunction").at(0).GetString("Qualifier"), "8");
  EXPECT_EQ(aws.Inputs("lambda:TagResource").back().GetObject("Tags").GetString(kHashTag),
            "old-hash");
}

TEST_F(FunctionRestore, ARoleGetsItsTrustPolicyAndManagedPoliciesBack) {
  Have("function", "lookup", "old-hash");
  HaveRole();
  center.functions.back().managed_policies.push_back({.value = "arn:new", .place = {}});
  std::vector<std::string> attached{"arn:old"};
  aws.On("iam:ListAttachedRolePolicies", [&](const json::Object&) -> Result<json::Object> {
    json::Array policies;
    for (const std::string& arn : attached)
      policies.emplace_back(json::Object{{"PolicyArn", arn}, {"PolicyName", arn}});
    return json::Object{{"AttachedPolicies", std::move(policies)}};
  });
  aws.On("iam:AttachRolePolicy", [&](const json::Object& input) -> Result<json::Object> {
    attached.emplace_back(input.GetString("PolicyArn"));
    return json::Object();
  });
  aws.On("iam:DetachRolePolicy", [&](const json::Object& input) -> Result<json::Object> {
    std::erase(attached, std::string(input.GetString("PolicyArn")));
    return json::Object();
  });

  Fail("function", "lookup", Action::kUpdate);

  EXPECT_EQ(aws.Inputs("iam:UpdateAssumeRolePolicy").back().GetString("PolicyDocument"),
            R"({"then":1})");
  EXPECT_EQ(aws.Inputs("iam:PutRolePolicy").back().GetString("PolicyDocument"), R"({"policy":1})");
  EXPECT_THAT(attached, ElementsAre("arn:old"));
}

TEST_F(FunctionRestore, ANewAssociationIsTakenAwayWithItsPermission) {
  Have("function", "lookup");

  Fail("function association", "lookup", Action::kCreate);

  EXPECT_EQ(aws.Inputs("connect:DisassociateLambdaFunction").at(0).GetString("FunctionArn"),
            "arn:aws:lambda:eu-central-1:111122223333:function:acme-dev-eu-central-1-lookup:live");
  EXPECT_EQ(aws.Inputs("lambda:RemovePermission").at(0).GetString("StatementId"), "trunkline-i-1");
}

// ---- bots and their associations

class BotRestore : public RestoreTest {
 protected:
  BotRestore() {
    AddBot("Desk");
    aws.On("iam:CreateRole",
           json::Object{{"Role", json::Object{{"Arn", "arn:aws:iam::1:role/r"}}}});
    aws.Fails("iam:GetRole", "NoSuchEntityException");
    for (const std::string_view operation : {"DescribeBot", "DescribeBotVersion"})
      aws.On(fmt::format("lexv2-models:{}", operation), json::Object{{"botStatus", "Available"}});
  }
};

TEST_F(BotRestore, ANewBotIsDeleted) {
  aws.Fails("lexv2-models:CreateBotLocale", "ServiceQuotaExceededException");
  aws.Fails("lexv2-models:DescribeBotLocale", "ResourceNotFoundException");
  aws.On("lexv2-models:CreateBot", json::Object{{"botId", "BOT0000001"}});
  json::Object bot{{"botName", "Desk"}, {"botId", "BOT0000001"}};
  aws.On("lexv2-models:ListBots", json::Object{{"botSummaries", json::Array{bot}}});
  aws.On("lexv2-models:ListTagsForResource",
         json::Object{{"tags", json::Object{{"trunkline:managed", "true"}}}});

  Fail("bot", "Desk", Action::kCreate);

  EXPECT_EQ(aws.Inputs("lexv2-models:DeleteBot").at(0).GetString("botId"), "BOT0000001");
}

TEST_F(BotRestore, SomebodyElsesBotThatCameMeanwhileStays) {
  aws.Fails("lexv2-models:CreateBot", "ConflictException");
  json::Object bot{{"botName", "Desk"}, {"botId", "BOT0000002"}};
  aws.OnInTurn("lexv2-models:ListBots",
               {json::Object(), json::Object{{"botSummaries", json::Array{bot}}}});

  Fail("bot", "Desk", Action::kCreate);

  EXPECT_THAT(aws.operations(), Not(Contains("lexv2-models:DeleteBot")));
}

TEST_F(BotRestore, ANewAssociationIsTakenAwayAndOthersStatementsStay) {
  Have("bot", "Desk").arn = "arn:aws:lex:eu-central-1:111122223333:bot-alias/B/A";
  const std::string theirs = R"({"Version":"2012-10-17","Statement":[{"Sid":"theirs"}]})";
  std::string policy = theirs;
  aws.On("lexv2-models:DescribeResourcePolicy", [&](const json::Object&) -> Result<json::Object> {
    return json::Object{{"policy", policy}, {"revisionId", "1"}};
  });
  aws.On("lexv2-models:UpdateResourcePolicy",
         [&](const json::Object& input) -> Result<json::Object> {
           policy = input.GetString("policy");
           return json::Object();
         });

  Fail("bot association", "Desk", Action::kCreate);

  EXPECT_THAT(aws.Inputs("connect:DisassociateBot"), SizeIs(1));
  EXPECT_EQ(policy, theirs);
}

}  // namespace
}  // namespace trunkline::deploy::tests
