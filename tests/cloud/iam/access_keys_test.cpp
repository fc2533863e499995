#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

class UserKeys : public CloudTest {
 protected:
  UserKeys() { Do("iam", "CreateUser", {{"UserName", "ada"}}); }
  json::Object Make() {
    return Do("iam", "CreateAccessKey", {{"UserName", "ada"}}).GetObject("AccessKey");
  }
  void Use(const json::Object& key) {
    UseCredentials(aws::Credentials{.access_key_id = std::string(key.GetString("AccessKeyId")),
                                    .secret_key = std::string(key.GetString("SecretAccessKey")),
                                    .session_token = {},
                                    .expires = std::nullopt});
  }
};

TEST_F(UserKeys, SpeaksForItsUserAlsoAfterARestartAndANewName) {
  Use(Make());
  EXPECT_EQ(Do("sts", "GetCallerIdentity").GetString("Arn"), "arn:aws:iam::111122223333:user/ada");

  UseCredentials(std::nullopt);
  Do("iam", "UpdateUser", {{"UserName", "ada"}, {"NewUserName", "eve"}});
  Use(Do("iam", "CreateAccessKey", {{"UserName", "eve"}}).GetObject("AccessKey"));
  Restart();

  EXPECT_EQ(Do("sts", "GetCallerIdentity").GetString("Arn"), "arn:aws:iam::111122223333:user/eve");
  EXPECT_EQ(Do("iam", "GetUser").GetObject("User").GetString("UserName"), "eve");
  EXPECT_EQ(Do("iam", "ListAccessKeys").GetArray("AccessKeyMetadata").size(), 2U);
}

TEST_F(UserKeys, AWrongSecretIsRefused) {
  json::Object key = Make();
  key.Set("SecretAccessKey", "wrong");
  Use(key);

  EXPECT_EQ(Ask("sts", "GetCallerIdentity").code, "SignatureDoesNotMatch");
}

TEST_F(UserKeys, ThereAreTwoAtMost) {
  Make();
  Make();

  EXPECT_THAT(Ask("iam", "CreateAccessKey", {{"UserName", "ada"}}),
              Fails(409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2"));
}

TEST_F(UserKeys, OpensNothingWhileInactiveOrDeleted) {
  const json::Object key = Make();
  const std::string id(key.GetString("AccessKeyId"));
  Do("iam", "UpdateAccessKey", {{"UserName", "ada"}, {"AccessKeyId", id}, {"Status", "Inactive"}});
  Use(key);
  EXPECT_EQ(Ask("sts", "GetCallerIdentity").code, "InvalidClientTokenId");

  UseCredentials(std::nullopt);
  Do("iam", "UpdateAccessKey", {{"UserName", "ada"}, {"AccessKeyId", id}, {"Status", "Active"}});
  Use(key);
  Do("sts", "GetCallerIdentity");
  UseCredentials(std::nullopt);
  Do("iam", "DeleteAccessKey", {{"UserName", "ada"}, {"AccessKeyId", id}});
  Use(key);

  EXPECT_EQ(Ask("sts", "GetCallerIdentity").code, "InvalidClientTokenId");
}

TEST_F(UserKeys, TheSecretIsShownOnce) {
  Make();

  const json::Object listed = Do("iam", "ListAccessKeys", {{"UserName", "ada"}});

  ASSERT_EQ(listed.GetArray("AccessKeyMetadata").size(), 1U);
  const json::Object& key = listed.GetArray("AccessKeyMetadata").front().AsObject();
  EXPECT_EQ(key.GetString("Status"), "Active");
  EXPECT_FALSE(key.Has("SecretAccessKey"));
}

TEST_F(UserKeys, TellsWhenAndWhereItWasUsedLast) {
  const json::Object key = Make();
  const json::Object asked{{"AccessKeyId", key.GetString("AccessKeyId")}};
  const json::Object before =
      Do("iam", "GetAccessKeyLastUsed", asked).GetObject("AccessKeyLastUsed");
  Use(key);
  Do("s3", "ListBuckets");
  UseCredentials(std::nullopt);
  const json::Object after = Do("iam", "GetAccessKeyLastUsed", asked);

  EXPECT_EQ(before.GetString("ServiceName"), "N/A");
  EXPECT_FALSE(before.Has("LastUsedDate"));
  EXPECT_EQ(after.GetString("UserName"), "ada");
  EXPECT_EQ(after.GetObject("AccessKeyLastUsed").GetString("ServiceName"), "s3");
  EXPECT_EQ(after.GetObject("AccessKeyLastUsed").GetString("Region"), "eu-central-1");
  EXPECT_TRUE(after.GetObject("AccessKeyLastUsed").Has("LastUsedDate"));
}

TEST_F(UserKeys, OfAnotherUserIsNotFound) {
  Do("iam", "CreateUser", {{"UserName", "bob"}});
  const std::string id(Make().GetString("AccessKeyId"));

  EXPECT_THAT(Ask("iam", "DeleteAccessKey", {{"UserName", "bob"}, {"AccessKeyId", id}}),
              Fails(404, "NoSuchEntity", "The Access Key with id " + id + " cannot be found."));
}

}  // namespace
}  // namespace trunkline::cloud::tests
