#include "aws/credentials.h"

#include <gmock/gmock.h>

#include "aws/credential_provider.h"
#include "tests/aws/fake_aws.h"

namespace trunkline::aws {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::UnorderedElementsAre;

MapEnvironment Home(std::map<std::string, std::string> more = {}) {
  more.emplace("HOME", "/home/me");
  more.emplace("AWS_EC2_METADATA_DISABLED", "true");
  return MapEnvironment(std::move(more));
}

// ---- the files

TEST(Profiles, MergesConfigAndCredentials) {
  const MemoryFiles files(
      {{"/home/me/.aws/config",
        "# ours\n[default]\nregion = eu-central-1\n\n[profile dev]\nregion=us-east-1 # near\n"
        "aws_access_key_id = A\n[services local]\nconnect =\n  endpoint_url = http://x:1\n"},
       {"/home/me/.aws/credentials", "[dev]\r\naws_access_key_id = B\r\n"}});

  const Profiles profiles = ReadProfiles(Home(), files).value();

  EXPECT_THAT(profiles.at("default"), ElementsAre(Pair("region", "eu-central-1")));
  EXPECT_THAT(profiles.at("dev"),
              UnorderedElementsAre(Pair("aws_access_key_id", "B"), Pair("region", "us-east-1")));
  EXPECT_THAT(
      profiles.at("services local"),
      UnorderedElementsAre(Pair("connect", ""), Pair("connect.endpoint_url", "http://x:1")));
}

TEST(Profiles, AreEmptyWithoutFiles) {
  EXPECT_TRUE(ReadProfiles(Home(), MemoryFiles()).value().empty());
}

TEST(Profiles, AreReadFromWhereTheVariablesSay) {
  const MemoryFiles files({{"/etc/aws", "[x]\na=1\n"}, {"/home/me/keys", "[x]\nb=2\n"}});
  const MapEnvironment environment =
      Home({{"AWS_CONFIG_FILE", "/etc/aws"}, {"AWS_SHARED_CREDENTIALS_FILE", "~/keys"}});

  EXPECT_EQ(ReadProfiles(environment, files).value().at("x").size(), 2U);
}

TEST(Profiles, SayWhichLineIsWrong) {
  const MemoryFiles bad_section({{"/home/me/.aws/config", "[default\n"}});
  const MemoryFiles bad_line({{"/home/me/.aws/config", "[default]\nregion\n"}});
  const MemoryFiles no_section({{"/home/me/.aws/config", "region = x\n"}});

  EXPECT_EQ(ReadProfiles(Home(), bad_section).error().message(),
            "/home/me/.aws/config:1: expected a section like '[name]' but got '[default'");
  EXPECT_EQ(ReadProfiles(Home(), bad_line).error().message(),
            "/home/me/.aws/config:2: expected 'name = value' but got 'region'");
  EXPECT_EQ(
      ReadProfiles(Home(), no_section).error().message(),
      "/home/me/.aws/config:1: expected a section like '[default]' first but got 'region = x'");
}

// ---- the chain

class Chain : public testing::Test {
 protected:
  Result<FoundCredentials> Find(std::map<std::string, std::string> variables,
                                std::string profile = "", std::string config = "") {
    variables.emplace("HOME", "/home/me");
    variables.emplace("AWS_EC2_METADATA_DISABLED", "true");
    const MapEnvironment environment(std::move(variables));
    EXPECT_TRUE(aws_.files().Write("/home/me/.aws/config", config));
    const Profiles profiles = ReadProfiles(environment, aws_.files()).value();
    net::Client http(aws_.loop(), environment);
    const CredentialWorld world{environment, aws_.files(), http};
    return aws_.Run(FindCredentials(world, profiles, std::move(profile)));
  }

  std::string KeyOf(const Result<FoundCredentials>& found) {
    if (!found) return found.error().message();
    return found->credentials ? found->credentials->access_key_id : "none";
  }

  FakeAws aws_;
};

const std::map<std::string, std::string> kKeys{{"AWS_ACCESS_KEY_ID", "ENV"},
                                               {"AWS_SECRET_ACCESS_KEY", "s"}};
constexpr const char* kDevConfig =
    "[default]\naws_access_key_id=DEFAULT\naws_secret_access_key=s\n"
    "[profile dev]\naws_access_key_id=DEV\naws_secret_access_key=s\n";

TEST_F(Chain, TakesTheEnvironmentBeforeTheDefaultProfile) {
  EXPECT_EQ(KeyOf(Find(kKeys, "", kDevConfig)), "ENV");
}

TEST_F(Chain, TakesANamedProfileBeforeTheEnvironment) {
  EXPECT_EQ(KeyOf(Find(kKeys, "dev", kDevConfig)), "DEV");
}

TEST_F(Chain, TakesTheProfileOfTheVariable) {
  EXPECT_EQ(KeyOf(Find({{"AWS_PROFILE", "dev"}}, "", kDevConfig)), "DEV");
  EXPECT_EQ(KeyOf(Find({}, "", kDevConfig)), "DEFAULT");
}

TEST_F(Chain, SaysWhereItLooked) {
  EXPECT_EQ(KeyOf(Find({})),
            "no AWS credentials in the environment, in profile 'default', or from a metadata "
            "service: set "
            "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE (the embedded cloud takes "
            "an account number as "
            "key and any secret)");
  EXPECT_EQ(KeyOf(Find({}, "prod")),
            "profile 'prod' does not exist in the AWS configuration files");
}

TEST_F(Chain, FollowsSourceProfilesFromRoleToRole) {
  const auto found =
      Find({}, "top",
           "[profile "
           "top]\nrole_arn=arn:top\nsource_profile=middle\nexternal_id=e\nduration_seconds=900\n"
           "[profile middle]\nrole_arn=arn:middle\nsource_profile=keys\nrole_session_name=me\n"
           "[profile keys]\naws_access_key_id=K\naws_secret_access_key=s\n");

  ASSERT_TRUE(found) << found.error().ToText();
  EXPECT_EQ(KeyOf(found), "K");
  ASSERT_EQ(found->roles.size(), 2U);
  EXPECT_EQ(found->roles[0].role_arn, "arn:middle");
  EXPECT_EQ(found->roles[0].session_name, "me");
  EXPECT_EQ(found->roles[1].role_arn, "arn:top");
  EXPECT_EQ(found->roles[1].external_id, "e");
  EXPECT_EQ(found->roles[1].seconds, 900);
}

TEST_F(Chain, TakesAProfilesOwnKeysWhereItNamesItself) {
  const auto found = Find({}, "a",
                          "[profile a]\nrole_arn=arn:a\nsource_profile=a\naws_access_key_id=K\n"
                          "aws_secret_access_key=s\n");

  EXPECT_EQ(KeyOf(found), "K");
  EXPECT_EQ(found->roles.size(), 1U);
}

TEST_F(Chain, EndsInACircleWithAMessage) {
  EXPECT_EQ(KeyOf(Find({}, "a",
                       "[profile a]\nrole_arn=arn:a\nsource_profile=b\n"
                       "[profile b]\nrole_arn=arn:b\nsource_profile=a\n")),
            "source_profile of profile 'a' leads in a circle");
}

TEST_F(Chain, SaysWhatARoleLacks) {
  EXPECT_EQ(KeyOf(Find({}, "a", "[profile a]\nrole_arn=arn:a\n")),
            "profile 'a' has role_arn but neither source_profile nor credential_source");
  EXPECT_EQ(KeyOf(Find({}, "a", "[profile a]\nrole_arn=arn:a\ncredential_source=Environment\n")),
            "profile 'a' takes its credentials from Environment, which gives none");
  EXPECT_EQ(KeyOf(Find(kKeys, "a", "[profile a]\nrole_arn=arn:a\ncredential_source=Environment\n")),
            "ENV");
}

TEST_F(Chain, SaysWhatItDoesNotDo) {
  EXPECT_EQ(
      KeyOf(Find({}, "a", "[profile a]\ncredential_process=/bin/keys\n")),
      "profile 'a' has 'credential_process', but starting a program for credentials is not "
      "supported: run 'aws "
      "configure export-credentials --profile a --format env' and set the variables it prints");
  EXPECT_THAT(KeyOf(Find({}, "a", "[profile a]\nsso_session=corp\n")),
              testing::HasSubstr("IAM Identity Center"));
}

TEST_F(Chain, TakesAWebIdentity) {
  ASSERT_TRUE(aws_.files().Write("/token", "jwt\n"));

  const auto found = Find({{"AWS_WEB_IDENTITY_TOKEN_FILE", "/token"}, {"AWS_ROLE_ARN", "arn:w"}});

  ASSERT_TRUE(found) << found.error().ToText();
  EXPECT_FALSE(found->credentials);
  EXPECT_EQ(found->roles.at(0).web_identity_token, "jwt");
}

// ---- metadata services

constexpr const char* kDocument =
    R"({"AccessKeyId":"META","SecretAccessKey":"s","Token":"t","Expiration":"2026-11-22T18:00:00Z"})";

TEST_F(Chain, AsksTheContainersService) {
  aws_.Answers([](const net::Request&) { return Ok(kDocument); });

  const auto found = Find({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", aws_.url() + "/keys?x=1"},
                           {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "open sesame"}});

  EXPECT_EQ(KeyOf(found), "META");
  EXPECT_EQ(found->credentials->session_token, "t");
  EXPECT_EQ(found->credentials->expires, ParseIso8601("2026-11-22T18:00:00Z"));
  EXPECT_EQ(aws_.requests().at(0).target, "/keys?x=1");
  EXPECT_EQ(aws_.requests().at(0).headers.Get("Authorization"), "open sesame");
}

TEST_F(Chain, SendsAContainersTokenNowhereElse) {
  EXPECT_EQ(KeyOf(Find({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://example.com/keys"}})),
            "expected https, or an address of this machine, for container credentials but got "
            "'http://example.com/keys'");
}

TEST_F(Chain, SaysWhatAMetadataServiceAnswered) {
  aws_.Answers([](const net::Request&) { return net::Response{.status = 500}; });

  EXPECT_EQ(KeyOf(Find({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", aws_.url() + "/k"}})),
            aws_.url() + "/k answered with 500 instead of credentials");
}

TEST_F(Chain, AsksTheInstanceWithASessionToken) {
  aws_.AnswersInTurn({Ok("session"), Ok("my-role\n"), Ok(kDocument)});

  const auto found = Find(
      {{"AWS_EC2_METADATA_DISABLED", "false"}, {"AWS_EC2_METADATA_SERVICE_ENDPOINT", aws_.url()}});

  EXPECT_EQ(KeyOf(found), "META");
  ASSERT_EQ(aws_.requests().size(), 3U);
  EXPECT_EQ(aws_.requests()[0].method, "PUT");
  EXPECT_EQ(aws_.requests()[2].target, "/latest/meta-data/iam/security-credentials/my-role");
  EXPECT_EQ(aws_.requests()[2].headers.Get("X-aws-ec2-metadata-token"), "session");
}

// ---- the client with them

TEST_F(Chain, GivesTheClientTheRoleOfAProfile) {
  ASSERT_TRUE(aws_.files().Write("/config",
                                 "[profile r]\nregion=eu-west-1\nrole_arn=arn:aws:iam::1:role/R\n"
                                 "source_profile=k\n[profile k]\naws_access_key_id=K\n"
                                 "aws_secret_access_key=s\n"));
  aws_.Answers([](const net::Request& request) {
    if (request.body.find("Action=AssumeRole") == std::string::npos) return Ok();
    return net::Response{
        .status = 200,
        .body =
            "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA</AccessKeyId>"
            "<SecretAccessKey>s</SecretAccessKey></Credentials></AssumeRoleResult>"
            "</AssumeRoleResponse>"};
  });
  const Client client =
      aws_.MakeClient({.profile = "r"}, {{"AWS_CONFIG_FILE", "/config"}, {"AWS_REGION", ""}});

  const auto output = aws_.Run(client.Call("ssm", "GetParameter", {{"Name", "n"}}));

  ASSERT_TRUE(output) << output.error().ToText();
  EXPECT_EQ(client.region(), "eu-west-1");
  EXPECT_EQ((*ReadAuthorization(aws_.requests()[0]))->access_key_id, "K");
  EXPECT_EQ((*ReadAuthorization(aws_.requests()[1]))->access_key_id, "ASIA");
}

TEST_F(Chain, TellsTheClientsCallerWhatIsWrongInAFile) {
  ASSERT_TRUE(aws_.files().Write("/config", "nonsense\n"));
  const Client client = aws_.MakeClient({}, {{"AWS_CONFIG_FILE", "/config"}});

  const auto output = aws_.Run(client.Call("sts", "GetCallerIdentity", {}));

  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().message(),
            "/config:1: expected a section like '[default]' first but got 'nonsense'");
}

}  // namespace
}  // namespace trunkline::aws
