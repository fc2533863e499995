// Versions, aliases, and the permissions that hang on them.
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "tests/cloud/lambda/lambda_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class LambdaVersions : public LambdaTest {
 protected:
  LambdaVersions() { MakeFunction("return 1"); }
  std::vector<std::string> Versions() {
    std::vector<std::string> versions;
    const json::Object listed = DoLambda("ListVersionsByFunction");
    for (const json::Value& version : listed.GetArray("Versions"))
      versions.emplace_back(version.AsObject().GetString("Version"));
    return versions;
  }
  void Point(std::string_view version) {
    DoLambda("UpdateAlias", {{"Name", "live"}, {"FunctionVersion", version}});
  }
  void MakeAlias() { DoLambda("CreateAlias", {{"Name", "live"}, {"FunctionVersion", Publish()}}); }
  json::Object Permission(std::string_view qualifier = {}) {
    json::Object input{{"StatementId", "connect"},
                       {"Action", "lambda:InvokeFunction"},
                       {"Principal", "connect.amazonaws.com"},
                       {"SourceArn", "arn:aws:connect:eu-central-1:111122223333:instance/i"}};
    input.SetIfNotEmpty("Qualifier", qualifier);
    return input;
  }
};

TEST_F(LambdaVersions, AreNumberedAndKeepTheirCode) {
  EXPECT_EQ(Publish(), "1");
  UpdateCode("return 2");
  EXPECT_EQ(Publish(), "2");

  const json::Object one = DoLambda("GetFunctionConfiguration", {{"Qualifier", "1"}});
  const json::Object two = DoLambda("GetFunctionConfiguration", {{"Qualifier", "2"}});

  EXPECT_NE(one.GetString("CodeSha256"), two.GetString("CodeSha256"));
  EXPECT_EQ(one.GetString("FunctionArn"), FunctionArn("1"));
  EXPECT_THAT(Versions(), ElementsAre("$LATEST", "1", "2"));
}

TEST_F(LambdaVersions, AreNotPublishedTwiceWithoutAChange) {
  EXPECT_EQ(Publish(), "1");
  EXPECT_EQ(Publish(), "1");
  DoLambda("UpdateFunctionConfiguration", {{"Timeout", 5}});
  Settle();
  EXPECT_EQ(Publish(), "2");
}

TEST_F(LambdaVersions, SettleWithTheUpdateThatPublishedThem) {
  DoLambda("UpdateFunctionCode", {{"ZipFile", PythonZip("return 2")}, {"Publish", true}});

  Settle();

  EXPECT_EQ(
      DoLambda("GetFunctionConfiguration", {{"Qualifier", "1"}}).GetString("LastUpdateStatus"),
      "Successful");
}

TEST_F(LambdaVersions, ArePublishedOfTheCodeTheCallerKnows) {
  EXPECT_THAT(AskLambda("PublishVersion", {{"CodeSha256", "of something else"}}),
              Fails(400, "InvalidParameterValueException", HasSubstr("CodeSHA256")));
}

TEST_F(LambdaVersions, CannotBeChanged) {
  Publish();

  EXPECT_THAT(AskLambda("UpdateFunctionConfiguration",
                        {{"FunctionName", FunctionArn("1")}, {"Timeout", 5}}),
              Fails(400, "InvalidParameterValueException", "only $LATEST can be changed"));
}

TEST_F(LambdaVersions, CannotBeDeletedWhileAnAliasPointsAtThem) {
  MakeAlias();

  EXPECT_THAT(AskLambda("DeleteFunction", {{"Qualifier", "1"}}),
              Fails(409, "ResourceConflictException", HasSubstr("alias 'live'")));

  DoLambda("DeleteAlias", {{"Name", "live"}});
  DoLambda("DeleteFunction", {{"Qualifier", "1"}});
  EXPECT_THAT(Versions(), ElementsAre("$LATEST"));
}

// ---- aliases

TEST_F(LambdaVersions, AliasesStandForAVersion) {
  MakeAlias();
  UpdateCode("return 2");
  Point(Publish());

  const json::Object alias = DoLambda("GetAlias", {{"Name", "live"}});

  EXPECT_EQ(alias.GetString("FunctionVersion"), "2");
  EXPECT_EQ(alias.GetString("AliasArn"), FunctionArn("live"));
  EXPECT_EQ(DoLambda("GetFunctionConfiguration", {{"Qualifier", "live"}}).GetString("Version"),
            "2");
}

TEST_F(LambdaVersions, AliasesNeedAVersionThatIsThere) {
  EXPECT_THAT(AskLambda("CreateAlias", {{"Name", "live"}, {"FunctionVersion", "7"}}),
              Fails(404, "ResourceNotFoundException", HasSubstr(FunctionArn("7"))));
  EXPECT_THAT(AskLambda("CreateAlias", {{"Name", "7"}, {"FunctionVersion", "$LATEST"}}).status,
              400);
}

TEST_F(LambdaVersions, AliasesThatAreNotThereAreNotFound) {
  EXPECT_THAT(
      AskLambda("UpdateAlias", {{"Name", "live"}, {"FunctionVersion", "$LATEST"}}),
      Fails(404, "ResourceNotFoundException", "Cannot find alias arn: " + FunctionArn("live")));
}

TEST_F(LambdaVersions, AliasesAreThereOnlyOnce) {
  MakeAlias();

  EXPECT_THAT(AskLambda("CreateAlias", {{"Name", "live"}, {"FunctionVersion", "1"}}),
              Fails(409, "ResourceConflictException", HasSubstr("Alias already exists")));
}

TEST_F(LambdaVersions, AliasesAreListedByVersion) {
  MakeAlias();
  DoLambda("CreateAlias", {{"Name", "next"}, {"FunctionVersion", "$LATEST"}});

  EXPECT_THAT(DoLambda("ListAliases").GetArray("Aliases"), SizeIs(2));
  EXPECT_THAT(DoLambda("ListAliases", {{"FunctionVersion", "1"}}).GetArray("Aliases"), SizeIs(1));
}

TEST_F(LambdaVersions, ShareAnAliasByWeights) {
  UpdateCode("return 'old'");
  const std::string first = Publish();
  UpdateCode("return 'new'");
  const std::string second = Publish();
  const json::Object all{{"AdditionalVersionWeights", json::Object{{second, 1.0}}}};
  const json::Object none{{"AdditionalVersionWeights", json::Object()}};
  DoLambda("CreateAlias", {{"Name", "live"}, {"FunctionVersion", first}, {"RoutingConfig", all}});

  EXPECT_EQ(Payload(Invoke({{"Qualifier", "live"}})), R"("new")");
  DoLambda("UpdateAlias", {{"Name", "live"}, {"RoutingConfig", none}});
  EXPECT_EQ(Payload(Invoke({{"Qualifier", "live"}})), R"("old")");
  EXPECT_THAT(
      AskLambda("CreateAlias",
                {{"Name", "odd"}, {"FunctionVersion", second}, {"RoutingConfig", all}}),
      Fails(400, "InvalidParameterValueException", HasSubstr("is already included in routing")));
}

TEST_F(LambdaVersions, GetRoughlyTheirShareOfTheCalls) {
  UpdateCode("return 'old'");
  const std::string first = Publish();
  UpdateCode("return 'new'");
  const std::string second = Publish();
  const json::Object quarter{{"AdditionalVersionWeights", json::Object{{second, 0.25}}}};
  DoLambda("CreateAlias",
           {{"Name", "live"}, {"FunctionVersion", first}, {"RoutingConfig", quarter}});

  int newer = 0;
  for (int i = 0; i < 80; ++i)
    newer += Payload(Invoke({{"Qualifier", "live"}})) == R"("new")" ? 1 : 0;

  EXPECT_GT(newer, 6);
  EXPECT_LT(newer, 38);
}

TEST_F(LambdaVersions, AliasesAndVersionsSurviveARestart) {
  MakeAlias();

  Restart();

  EXPECT_EQ(DoLambda("GetAlias", {{"Name", "live"}}).GetString("FunctionVersion"), "1");
  EXPECT_THAT(Versions(), ElementsAre("$LATEST", "1"));
}

// ---- permissions

TEST_F(LambdaVersions, PermissionsBelongToAQualifier) {
  MakeAlias();

  DoLambda("AddPermission", Permission("live"));

  const json::Object policy = DoLambda("GetPolicy", {{"Qualifier", "live"}});
  EXPECT_THAT(std::string(policy.GetString("Policy")), HasSubstr(FunctionArn("live")));
  EXPECT_THAT(AskLambda("GetPolicy"), Fails(404, "ResourceNotFoundException", HasSubstr("")));
}

TEST_F(LambdaVersions, PermissionsSayWhoMayInvokeAndForWhom) {
  const json::Object added = DoLambda("AddPermission", Permission());

  const auto statement = json::Parse(added.GetString("Statement"));
  ASSERT_TRUE(statement);
  EXPECT_EQ(statement->AsObject().GetObject("Principal").GetString("Service"),
            "connect.amazonaws.com");
  EXPECT_EQ(
      statement->AsObject().GetObject("Condition").GetObject("ArnLike").GetString("AWS:SourceArn"),
      "arn:aws:connect:eu-central-1:111122223333:instance/i");
}

TEST_F(LambdaVersions, PermissionsAreThereOnlyOnceById) {
  DoLambda("AddPermission", Permission());

  EXPECT_THAT(
      AskLambda("AddPermission", Permission()),
      Fails(409, "ResourceConflictException", HasSubstr("(connect) provided already exists")));
}

TEST_F(LambdaVersions, PermissionsNeedTheAliasTheyAreFor) {
  EXPECT_EQ(AskLambda("AddPermission", Permission("live")).status, 404);
}

TEST_F(LambdaVersions, PermissionsAreTakenAway) {
  DoLambda("AddPermission", Permission());

  DoLambda("RemovePermission", {{"StatementId", "connect"}});

  EXPECT_EQ(AskLambda("GetPolicy").status, 404);
  EXPECT_THAT(AskLambda("RemovePermission", {{"StatementId", "connect"}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("connect")));
}

TEST_F(LambdaVersions, PermissionsGoWithTheirAlias) {
  MakeAlias();
  DoLambda("AddPermission", Permission("live"));
  DoLambda("DeleteAlias", {{"Name", "live"}});

  MakeAlias();

  EXPECT_EQ(AskLambda("GetPolicy", {{"Qualifier", "live"}}).status, 404);
  DoLambda("AddPermission", Permission("live"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
