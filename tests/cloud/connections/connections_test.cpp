#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Connections : public CloudTest {
 protected:
  std::string Make(std::string_view service, std::string_view name = "github",
                   std::string_view provider = "GitHub") {
    return std::string(
        Do(service, "CreateConnection", {{"ConnectionName", name}, {"ProviderType", provider}})
            .GetString("ConnectionArn"));
  }
  std::string MakeHost(std::string_view endpoint) {
    return std::string(Do("codestar-connections", "CreateHost",
                          {{"Name", "forge"},
                           {"ProviderType", "GitHubEnterpriseServer"},
                           {"ProviderEndpoint", endpoint}})
                           .GetString("HostArn"));
  }
  json::Object Get(const std::string& arn, std::string_view service = "codestar-connections") {
    return Do(service, "GetConnection", {{"ConnectionArn", arn}}).GetObject("Connection");
  }
  std::string Status(const std::string& arn) {
    return std::string(Get(arn).GetString("ConnectionStatus"));
  }
  void Settle() { Advance(Milliseconds(50)); }
};

TEST_F(Connections, ArePendingFirstAndAvailableSoon) {
  const std::string arn = Make("codestar-connections");

  EXPECT_THAT(arn,
              StartsWith("arn:aws:codestar-connections:eu-central-1:111122223333:connection/"));
  EXPECT_EQ(Status(arn), "PENDING");
  Settle();
  EXPECT_EQ(Status(arn), "AVAILABLE");
}

TEST_F(Connections, AreFoundByEitherArnInEitherService) {
  const std::string arn = Make("codeconnections");
  ASSERT_THAT(arn, StartsWith("arn:aws:codeconnections:"));
  const std::string old_arn = "arn:aws:codestar-connections:" + arn.substr(24);

  EXPECT_EQ(Get(old_arn).GetString("ConnectionArn"), arn);
  EXPECT_EQ(Get(arn, "codeconnections").GetString("ConnectionName"), "github");
  EXPECT_EQ(Get(arn).GetString("OwnerAccountId"), "111122223333");
}

TEST_F(Connections, SurviveARestartAndGo) {
  const std::string arn = Make("codeconnections");
  Restart();
  Settle();
  EXPECT_EQ(Status(arn), "AVAILABLE");

  Do("codestar-connections", "DeleteConnection", {{"ConnectionArn", arn}});

  EXPECT_THAT(Ask("codestar-connections", "GetConnection", {{"ConnectionArn", arn}}),
              Fails(400, "ResourceNotFoundException", HasSubstr(arn)));
  EXPECT_THAT(Ask("codeconnections", "DeleteConnection", {{"ConnectionArn", arn}}),
              Fails(400, "ResourceNotFoundException", HasSubstr(arn)));
}

TEST_F(Connections, OfAnotherRegionAreNotFound) {
  const std::string arn = Make("codeconnections");
  UseRegion("us-east-1");

  EXPECT_THAT(Ask("codeconnections", "GetConnection", {{"ConnectionArn", arn}}),
              Fails(400, "ResourceNotFoundException", HasSubstr("was not found")));
}

TEST_F(Connections, AreListedByProviderInPages) {
  Make("codeconnections", "a");
  Make("codestar-connections", "b", "Bitbucket");
  Make("codestar-connections", "c");

  const json::Object first = Do("codeconnections", "ListConnections",
                                {{"ProviderTypeFilter", "GitHub"}, {"MaxResults", 1}});
  const json::Object rest = Do("codeconnections", "ListConnections",
                               {{"ProviderTypeFilter", "GitHub"},
                                {"MaxResults", 1},
                                {"NextToken", first.GetString("NextToken")}});

  EXPECT_EQ(first.GetArray("Connections").at(0).AsObject().GetString("ConnectionName"), "a");
  EXPECT_EQ(rest.GetArray("Connections").at(0).AsObject().GetString("ConnectionName"), "c");
  EXPECT_FALSE(rest.Has("NextToken"));
  EXPECT_THAT(Ask("codeconnections", "ListConnections", {{"NextToken", "x"}}),
              Fails(400, "ValidationException", HasSubstr("NextToken")));
}

TEST_F(Connections, NeedAProviderOrAHost) {
  EXPECT_THAT(Ask("codeconnections", "CreateConnection", {{"ConnectionName", "x"}}),
              Fails(400, "ValidationException", HasSubstr("ProviderType or HostArn")));
  EXPECT_THAT(Ask("codeconnections", "CreateConnection",
                  {{"ConnectionName", "x"}, {"ProviderType", "GitHubEnterpriseServer"}}),
              Fails(400, "ValidationException", HasSubstr("HostArn is required")));
  EXPECT_THAT(Ask("codeconnections", "CreateConnection",
                  {{"ConnectionName", std::string(33, 'x')}, {"ProviderType", "GitHub"}}),
              Fails(400, "ValidationException", HasSubstr("length less than or equal to 32")));
}

TEST_F(Connections, OfAHostElsewhereStayPending) {
  const std::string host = MakeHost("https://github.example.com");
  const std::string arn(
      Do("codestar-connections", "CreateConnection", {{"ConnectionName", "ghe"}, {"HostArn", host}})
          .GetString("ConnectionArn"));
  Settle();

  EXPECT_EQ(Status(arn), "PENDING");
  const json::Object listed = Do("codestar-connections", "ListHosts");
  const json::Object& shown = listed.GetArray("Hosts").at(0).AsObject();
  EXPECT_THAT(std::string(shown.GetString("StatusMessage")), HasSubstr("this machine only"));
  EXPECT_EQ(Get(arn).GetString("ProviderType"), "GitHubEnterpriseServer");
}

TEST_F(Connections, BecomeAvailableWithTheirHost) {
  const std::string host = MakeHost("https://github.example.com");
  const std::string arn(
      Do("codestar-connections", "CreateConnection", {{"ConnectionName", "ghe"}, {"HostArn", host}})
          .GetString("ConnectionArn"));
  Settle();

  Do("codestar-connections", "UpdateHost",
     {{"HostArn", host}, {"ProviderEndpoint", "http://127.0.0.1:3000"}});
  Settle();

  EXPECT_EQ(Status(arn), "AVAILABLE");
  EXPECT_EQ(Do("codestar-connections", "GetHost", {{"HostArn", host}}).GetString("Status"),
            "AVAILABLE");
}

TEST_F(Connections, KeepTheirHost) {
  const std::string host = MakeHost("http://127.0.0.1:3000");
  EXPECT_THAT(host,
              StartsWith("arn:aws:codestar-connections:eu-central-1:111122223333:host/forge-"));
  const std::string arn(
      Do("codestar-connections", "CreateConnection", {{"ConnectionName", "ghe"}, {"HostArn", host}})
          .GetString("ConnectionArn"));

  EXPECT_THAT(Ask("codestar-connections", "DeleteHost", {{"HostArn", host}}),
              Fails(400, "ResourceUnavailableException", HasSubstr("has connections")));
  Do("codestar-connections", "DeleteConnection", {{"ConnectionArn", arn}});
  Do("codestar-connections", "DeleteHost", {{"HostArn", host}});
  EXPECT_THAT(Ask("codestar-connections", "GetHost", {{"HostArn", host}}),
              Fails(400, "ResourceNotFoundException", HasSubstr("was not found")));
}

TEST_F(Connections, AreTagged) {
  const std::string arn = Make("codeconnections");
  json::Array tags;
  tags.emplace_back(json::Object{{"Key", "team"}, {"Value", "blue"}});
  tags.emplace_back(json::Object{{"Key", "stage"}, {"Value", "dev"}});

  Do("codeconnections", "TagResource", {{"ResourceArn", arn}, {"Tags", tags}});
  json::Array keys;
  keys.emplace_back("stage");
  Do("codeconnections", "UntagResource", {{"ResourceArn", arn}, {"TagKeys", keys}});

  tags.pop_back();
  EXPECT_EQ(
      Do("codestar-connections", "ListTagsForResource", {{"ResourceArn", arn}}).GetArray("Tags"),
      tags);
  EXPECT_THAT(Ask("codeconnections", "ListTagsForResource", {{"ResourceArn", arn + "x"}}),
              Fails(400, "ResourceNotFoundException", HasSubstr("was not found")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
