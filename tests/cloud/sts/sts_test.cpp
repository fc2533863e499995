#include <gmock/gmock.h>

#include "cloud/callers.h"
#include "cloud/services/sts/sessions.h"
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

constexpr std::string_view kTarget = "444455556666";

class StsTest : public CloudTest {
 protected:
  static std::string Trusting(std::string_view account, std::string_view more = "") {
    return fmt::format(
        R"({{"Statement":[{{"Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::{}:root"}},"Action":"sts:AssumeRole"{}}}]}})",
        account, more);
  }
  // As IAM keeps it.
  void AddRole(std::string_view name, const std::string& trust,
               std::string_view account = kTarget) {
    json::Object body{
        {"RoleName", name}, {"Arn", ArnOf(name, account)},       {"RoleId", "AROAEXAMPLE"},
        {"Path", "/"},      {"AssumeRolePolicyDocument", trust}, {"MaxSessionDuration", 7200}};
    const auto done = store().Transact([&] {
      store().Put({std::string(account), ""}, {"iam", "role"},
                  {.id = std::string(name),
                   .parent = {},
                   .name = std::string(name),
                   .body = std::move(body)});
      return true;
    });
    ASSERT_TRUE(done);
  }
  static std::string ArnOf(std::string_view name, std::string_view account = kTarget) {
    return fmt::format("arn:aws:iam::{}:role/{}", account, name);
  }
  static json::Object Assume(std::string_view name) {
    return {{"RoleArn", ArnOf(name)}, {"RoleSessionName", "ci"}};
  }
};

TEST_F(StsTest, TellsWhoTheCallerIs) {
  const json::Object answer = Do("sts", "GetCallerIdentity");

  EXPECT_EQ(answer.GetString("Account"), "111122223333");
  EXPECT_EQ(answer.GetString("Arn"), "arn:aws:iam::111122223333:root");
  EXPECT_EQ(answer.GetString("UserId"), "111122223333");
}

TEST_F(StsTest, TagsOfASessionHaveEachKeyOnceInAnyCase) {
  AddRole("Deployer", Trusting(account()));
  json::Object input = Assume("Deployer");
  input.Set("Tags", json::Array{json::Object{{"Key", "team"}, {"Value", "a"}},
                                json::Object{{"Key", "Team"}, {"Value", "b"}}});

  EXPECT_THAT(Ask("sts", "AssumeRole", input),
              Fails(400, "InvalidParameterValue",
                    "Duplicate tag keys found. Please note that Tag keys are case insensitive."));
}

TEST_F(StsTest, ATransitiveTagIsOneOfTheTags) {
  AddRole("Deployer", Trusting(account()));
  json::Object input = Assume("Deployer");
  input.Set("Tags", json::Array{json::Object{{"Key", "team"}, {"Value", "a"}}});
  input.Set("TransitiveTagKeys", json::Array{"other"});

  EXPECT_THAT(Ask("sts", "AssumeRole", input),
              Fails(400, "InvalidParameterValue",
                    "The specified transitive tag key must be included in the requested tags."));
}

TEST_F(StsTest, LetsATrustedAccountAssumeARole) {
  AddRole("Deployer", Trusting(account()));

  const json::Object answer = Do("sts", "AssumeRole", Assume("Deployer"));

  const json::Object& user = answer.GetObject("AssumedRoleUser");
  EXPECT_EQ(user.GetString("Arn"), "arn:aws:sts::444455556666:assumed-role/Deployer/ci");
  EXPECT_EQ(user.GetString("AssumedRoleId"), "AROAEXAMPLE:ci");
  const json::Object& credentials = answer.GetObject("Credentials");
  EXPECT_THAT(std::string(credentials.GetString("AccessKeyId")), MatchesRegex("ASIA[A-Z0-9]{16}"));
  EXPECT_EQ(credentials.GetString("SecretAccessKey").size(), 40U);
  EXPECT_FALSE(credentials.GetString("SessionToken").empty());
  EXPECT_EQ(FromEpochSeconds(credentials.GetDouble("Expiration")),
            clock().Now() + std::chrono::hours(1));
}

TEST_F(StsTest, SaysNothingOfARoleBeyondThatItMayNotBeAssumed) {
  AddRole("Deployer", Trusting("999988887777"));
  const char* const text =
      "User: arn:aws:iam::111122223333:root is not authorized to perform: sts:AssumeRole on "
      "resource: "
      "arn:aws:iam::444455556666:role/";

  EXPECT_THAT(Ask("sts", "AssumeRole", Assume("Deployer")),
              Fails(403, "AccessDenied", std::string(text) + "Deployer"));
  EXPECT_THAT(Ask("sts", "AssumeRole", Assume("Nobody")),
              Fails(403, "AccessDenied", std::string(text) + "Nobody"));
}

TEST_F(StsTest, AsksForTheExternalId) {
  AddRole("Deployer",
          Trusting(account(), R"(,"Condition":{"StringEquals":{"sts:ExternalId":"acme"}})"));
  json::Object right = Assume("Deployer");
  right.Set("ExternalId", "acme");

  EXPECT_THAT(Ask("sts", "AssumeRole", Assume("Deployer")),
              Fails(403, "AccessDenied", HasSubstr("not authorized")));
  EXPECT_THAT(Ask("sts", "AssumeRole", right), Succeeds());
}

TEST_F(StsTest, KeepsToTheRolesLongestSession) {
  AddRole("Deployer", Trusting(account()));
  json::Object input = Assume("Deployer");
  input.Set("DurationSeconds", 7201);

  EXPECT_THAT(
      Ask("sts", "AssumeRole", input),
      Fails(400, "ValidationError",
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."));
  input.Set("DurationSeconds", 7200);
  EXPECT_THAT(Ask("sts", "AssumeRole", input), Succeeds());
}

TEST_F(StsTest, RefusesWhatIsNoRole) {
  const json::Object input{{"RoleArn", "arn:aws:iam::444455556666:user/me"},
                           {"RoleSessionName", "ci"}};

  EXPECT_THAT(Ask("sts", "AssumeRole", input),
              Fails(400, "ValidationError", "arn:aws:iam::444455556666:user/me is invalid"));
}

TEST_F(StsTest, ChecksTheSessionsName) {
  json::Object input = Assume("Deployer");
  input.Set("RoleSessionName", "not/allowed");

  EXPECT_THAT(Ask("sts", "AssumeRole", input),
              Fails(400, "ValidationError",
                    HasSubstr("Value 'not/allowed' at 'roleSessionName' failed to satisfy")));
}

TEST_F(StsTest, KnowsTheAccountOfAKey) {
  const std::string issued(
      Do("sts", "GetSessionToken").GetObject("Credentials").GetString("AccessKeyId"));

  EXPECT_EQ(Do("sts", "GetAccessKeyInfo", {{"AccessKeyId", issued}}).GetString("Account"),
            account());
  EXPECT_EQ(
      Do("sts", "GetAccessKeyInfo", {{"AccessKeyId", "AKIAIOSFODNN7EXAMPLE"}}).GetString("Account"),
      kDefaultAccount);
}

TEST_F(StsTest, ForgetsASessionSomeTimeAfterItsEnd) {
  const std::string key(Do("sts", "GetSessionToken", {{"DurationSeconds", 900}})
                            .GetObject("Credentials")
                            .GetString("AccessKeyId"));

  Advance(std::chrono::seconds(900));
  EXPECT_TRUE(FindKey(store(), key));
  Advance(std::chrono::hours(1));

  EXPECT_FALSE(FindKey(store(), key));
}

TEST_F(StsTest, NamesWhatItDoesNotDo) {
  EXPECT_THAT(Ask("sts", "DecodeAuthorizationMessage", {{"EncodedMessage", "x"}}),
              Fails(400, "InvalidAction",
                    "operation 'DecodeAuthorizationMessage' of service 'sts' is not implemented by "
                    "this cloud"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
