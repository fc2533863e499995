#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class Secrets : public CloudTest {
 protected:
  json::Object Create(std::string_view name, std::string_view value = "s3cret",
                      json::Object more = {}) {
    more.Set("Name", name);
    more.Set("SecretString", value);
    return Do("secretsmanager", "CreateSecret", more);
  }
  std::string Value(std::string_view id, json::Object more = {}) {
    more.Set("SecretId", id);
    return std::string(Do("secretsmanager", "GetSecretValue", more).GetString("SecretString"));
  }
  std::string Put(std::string_view id, std::string_view value, json::Object more = {}) {
    more.Set("SecretId", id);
    more.Set("SecretString", value);
    return std::string(Do("secretsmanager", "PutSecretValue", more).GetString("VersionId"));
  }
};

TEST_F(Secrets, AreReadByNameArnAndPartialArnAlsoAfterARestart) {
  const std::string arn(Create("acme/webhook").GetString("ARN"));
  Restart();

  EXPECT_THAT(arn,
              StartsWith("arn:aws:secretsmanager:eu-central-1:111122223333:secret:acme/webhook-"));
  EXPECT_EQ(Value("acme/webhook"), "s3cret");
  EXPECT_EQ(Value(arn), "s3cret");
  EXPECT_EQ(Value(arn.substr(0, arn.size() - 7)), "s3cret");
}

TEST_F(Secrets, AnUnknownOneIsNotFound) {
  EXPECT_THAT(
      Ask("secretsmanager", "GetSecretValue", {{"SecretId", "nope"}}),
      Fails(400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret."));
}

TEST_F(Secrets, ANewValueLeavesThePreviousOneBehind) {
  const std::string first(Create("a", "one").GetString("VersionId"));
  const std::string second = Put("a", "two");

  EXPECT_EQ(Value("a"), "two");
  EXPECT_EQ(Value("a", {{"VersionStage", "AWSPREVIOUS"}}), "one");
  EXPECT_EQ(Value("a", {{"VersionId", first}}), "one");
  const json::Object stages =
      Do("secretsmanager", "DescribeSecret", {{"SecretId", "a"}}).GetObject("VersionIdsToStages");
  EXPECT_EQ(stages.GetArray(second), json::Array{"AWSCURRENT"});
  EXPECT_EQ(stages.GetArray(first), json::Array{"AWSPREVIOUS"});
}

TEST_F(Secrets, ATokenIsTheSameVersionWithTheSameValueOnly) {
  Create("a", "one");
  const std::string token(36, 't');
  Put("a", "two", {{"ClientRequestToken", token}});

  EXPECT_EQ(Put("a", "two", {{"ClientRequestToken", token}}), token);
  EXPECT_THAT(Ask("secretsmanager", "PutSecretValue",
                  {{"SecretId", "a"}, {"SecretString", "three"}, {"ClientRequestToken", token}}),
              Fails(400, "ResourceExistsException", HasSubstr("already in use")));
}

TEST_F(Secrets, LabelsAreMovedByHand) {
  const std::string first(Create("a", "one").GetString("VersionId"));
  const std::string second = Put("a", "two");

  EXPECT_THAT(Ask("secretsmanager", "UpdateSecretVersionStage",
                  {{"SecretId", "a"}, {"VersionStage", "AWSCURRENT"}, {"MoveToVersionId", first}}),
              Fails(400, "InvalidParameterException", HasSubstr("RemoveFromVersionId can't be")));
  Do("secretsmanager", "UpdateSecretVersionStage",
     {{"SecretId", "a"},
      {"VersionStage", "AWSCURRENT"},
      {"MoveToVersionId", first},
      {"RemoveFromVersionId", second}});
  EXPECT_EQ(Value("a"), "one");
  EXPECT_EQ(Value("a", {{"VersionStage", "AWSPREVIOUS"}}), "two");
}

TEST_F(Secrets, ADeletedNameStaysTakenUntilItsWindowIsOver) {
  Create("a");
  Do("secretsmanager", "DeleteSecret", {{"SecretId", "a"}, {"RecoveryWindowInDays", 7}});

  EXPECT_THAT(Ask("secretsmanager", "GetSecretValue", {{"SecretId", "a"}}),
              Fails(400, "InvalidRequestException", HasSubstr("marked for deletion")));
  EXPECT_THAT(Ask("secretsmanager", "CreateSecret", {{"Name", "a"}, {"SecretString", "x"}}),
              Fails(400, "InvalidRequestException", HasSubstr("already scheduled for deletion")));
  EXPECT_THAT(Do("secretsmanager", "ListSecrets").GetArray("SecretList"), IsEmpty());
  Restart();
  Advance(std::chrono::hours(24 * 8));
  Create("a", "again");
  EXPECT_EQ(Value("a"), "again");
}

TEST_F(Secrets, ARestoredOneIsWhatItWas) {
  Create("a");
  Do("secretsmanager", "DeleteSecret", {{"SecretId", "a"}});
  Do("secretsmanager", "RestoreSecret", {{"SecretId", "a"}});
  Advance(std::chrono::hours(24 * 40));

  EXPECT_EQ(Value("a"), "s3cret");
  Do("secretsmanager", "DeleteSecret", {{"SecretId", "a"}, {"ForceDeleteWithoutRecovery", true}});
  Create("a", "new");
  EXPECT_EQ(Value("a"), "new");
}

TEST_F(Secrets, ADisabledKeyMakesThemUnreadable) {
  const std::string key(Do("kms", "CreateKey").GetObject("KeyMetadata").GetString("Arn"));
  Create("a", "s", {{"KmsKeyId", key}});
  Do("kms", "DisableKey", {{"KeyId", key}});

  EXPECT_THAT(Ask("secretsmanager", "GetSecretValue", {{"SecretId", "a"}}),
              Fails(400, "DecryptionFailure", HasSubstr("is disabled")));
}

TEST_F(Secrets, AreListedByFilterInPages) {
  for (const char* name : {"acme/a", "acme/b", "other"}) Create(name);
  const json::Array filters{json::Object{{"Key", "name"}, {"Values", json::Array{"acme/"}}}};

  const json::Object page =
      Do("secretsmanager", "ListSecrets", {{"Filters", filters}, {"MaxResults", 1}});
  EXPECT_THAT(page.GetArray("SecretList"), SizeIs(1));
  const json::Object rest =
      Do("secretsmanager", "ListSecrets",
         {{"Filters", filters}, {"MaxResults", 5}, {"NextToken", page.GetString("NextToken")}});
  EXPECT_THAT(rest.GetArray("SecretList"), SizeIs(1));
  EXPECT_FALSE(rest.Has("NextToken"));
}

TEST_F(Secrets, SeveralAreReadAtOnce) {
  Create("a", "one");
  const json::Object answer =
      Do("secretsmanager", "BatchGetSecretValue", {{"SecretIdList", json::Array{"a", "nope"}}});

  EXPECT_THAT(answer.GetArray("SecretValues"), SizeIs(1));
  EXPECT_THAT(answer.GetArray("Errors"), SizeIs(1));
}

TEST_F(Secrets, AReplicaIsReadWhereItIsAndFollowsItsPrimary) {
  Create("a", "one", {{"AddReplicaRegions", json::Array{json::Object{{"Region", "eu-west-1"}}}}});
  Put("a", "two");
  UseRegion("eu-west-1");

  EXPECT_EQ(Value("a"), "two");
  EXPECT_THAT(Ask("secretsmanager", "PutSecretValue", {{"SecretId", "a"}, {"SecretString", "x"}}),
              Fails(400, "InvalidRequestException", HasSubstr("replica secret")));
  Do("secretsmanager", "StopReplicationToReplica", {{"SecretId", "a"}});
  Put("a", "own");
  EXPECT_EQ(Value("a"), "own");
}

TEST_F(Secrets, PoliciesAreCheckedAndLetOtherAccountsIn) {
  const std::string arn(Create("a").GetString("ARN"));
  const std::string open =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"secretsmanager:GetSecretValue","Resource":"*"}]})";

  EXPECT_THAT(
      Ask("secretsmanager", "PutResourcePolicy", {{"SecretId", "a"}, {"ResourcePolicy", "{}"}}),
      Fails(400, "MalformedPolicyDocumentException", HasSubstr("")));
  Do("secretsmanager", "PutResourcePolicy", {{"SecretId", "a"}, {"ResourcePolicy", open}});
  UseAccount("444455556666");
  EXPECT_EQ(Value(arn), "s3cret");
  UseAccount("777788889999");
  EXPECT_THAT(Ask("secretsmanager", "GetSecretValue", {{"SecretId", arn}}),
              Fails(400, "AccessDeniedException", HasSubstr("no resource-based policy")));
}

TEST_F(Secrets, PasswordsHaveEachKindOfCharacter) {
  const std::string password(Do("secretsmanager", "GetRandomPassword",
                                {{"PasswordLength", 12}, {"ExcludePunctuation", true}})
                                 .GetString("RandomPassword"));

  EXPECT_THAT(password, SizeIs(12));
  EXPECT_NE(password.find_first_of("0123456789"), std::string::npos);
  EXPECT_EQ(password.find_first_of("!#$%&"), std::string::npos);
}

TEST_F(Secrets, RotationNeedsAFunctionThatMayBeInvoked) {
  Create("a");

  EXPECT_THAT(Ask("secretsmanager", "RotateSecret", {{"SecretId", "a"}}),
              Fails(400, "InvalidRequestException", HasSubstr("No Lambda rotation function")));
  EXPECT_FALSE(
      Ask("secretsmanager", "RotateSecret",
          {{"SecretId", "a"},
           {"RotationLambdaARN", "arn:aws:lambda:eu-central-1:111122223333:function:nope"}})
          .ok());
}

}  // namespace
}  // namespace trunkline::cloud::tests
