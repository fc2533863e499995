// Which actions on which resources operations need.
#include "cloud/access/actions.h"

#include <gmock/gmock.h>

#include "base/json_read.h"
#include "cloud/access/names.h"

namespace trunkline::cloud::access {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> NeededFor(std::string_view service, std::string_view operation,
                                   std::string_view text) {
  const json::Value input = *json::Parse(text);
  const json::Object names = DerivedNames("eu-central-1", service, input.AsObject());
  const std::string_view signing = service == "stepfunctions"  ? "states"
                                   : service == "lexv2-models" ? "lex"
                                                               : service;
  const Asked asked{.service = service,
                    .signing = signing,
                    .operation = operation,
                    .input = input.AsObject(),
                    .names = names,
                    .caller = "arn:aws:iam::111122223333:user/ada",
                    .account = "111122223333",
                    .region = "eu-central-1",
                    .method = {},
                    .path = {}};
  std::vector<std::string> lines;
  for (const Needed& needed : NeededActions(asked)) {
    std::string resource = needed.resource;
    const std::string_view here = ":eu-central-1:111122223333:";
    const std::size_t at = resource.find(here);
    if (at != std::string::npos) resource = "HERE:" + resource.substr(at + here.size());
    lines.push_back(needed.action + " " + resource);
  }
  return lines;
}

TEST(NeededActions, NameAQueueByItsUrlAndAFunctionByAnyOfItsNames) {
  EXPECT_THAT(
      NeededFor("sqs", "SendMessageBatch", R"({"QueueUrl":"http://127.0.0.1:1/111122223333/q"})"),
      ElementsAre("sqs:SendMessage HERE:q"));
  EXPECT_THAT(NeededFor("lambda", "Invoke", R"({"FunctionName":"f","Qualifier":"live"})"),
              ElementsAre("lambda:InvokeFunction HERE:function:f:live"));
  EXPECT_THAT(NeededFor("lambda", "GetFunction", R"({"FunctionName":"111122223333:function:f"})"),
              ElementsAre("lambda:GetFunction HERE:function:f"));
}

TEST(NeededActions, ArePathsOfApiGatewayWithoutTheVersion) {
  const json::Object none;
  const Asked asked{.service = "apigatewayv2",
                    .signing = "apigateway",
                    .operation = "GetApi",
                    .input = none,
                    .names = none,
                    .caller = {},
                    .account = "111122223333",
                    .region = "eu-central-1",
                    .method = "GET",
                    .path = "/v2/apis/a1"};

  const std::vector<Needed> needed = NeededActions(asked);

  ASSERT_EQ(needed.size(), 1U);
  EXPECT_EQ(needed[0].action, "apigateway:GET");
  EXPECT_EQ(needed[0].resource, "arn:aws:apigateway:eu-central-1::/apis/a1");
}

TEST(NeededActions, KnowObjectsAndTheirVersions) {
  EXPECT_THAT(NeededFor("s3", "GetObject", R"({"Bucket":"b","Key":"k"})"),
              ElementsAre("s3:GetObject arn:aws:s3:::b/k"));
  EXPECT_THAT(NeededFor("s3", "GetObject", R"({"Bucket":"b","Key":"k","VersionId":"1"})"),
              ElementsAre("s3:GetObjectVersion arn:aws:s3:::b/k"));
  EXPECT_THAT(
      NeededFor("s3", "CopyObject",
                R"({"Bucket":"b","Key":"k","CopySource":"/a/x%20y?versionId=1"})"),
      ElementsAre("s3:PutObject arn:aws:s3:::b/k", "s3:GetObjectVersion arn:aws:s3:::a/x y"));
  EXPECT_THAT(
      NeededFor("s3", "DeleteObjects",
                R"({"Bucket":"b","Delete":{"Objects":[{"Key":"1"},{"Key":"2","VersionId":"v"}]}})"),
      ElementsAre("s3:DeleteObject arn:aws:s3:::b/1", "s3:DeleteObjectVersion arn:aws:s3:::b/2"));
}

TEST(NeededActions, HavePathsInArnsOfIdentities) {
  EXPECT_THAT(NeededFor("iam", "CreateRole", R"({"RoleName":"r","Path":"/trunkline/"})"),
              ElementsAre("iam:CreateRole arn:aws:iam::111122223333:role/trunkline/r"));
  EXPECT_THAT(NeededFor("iam", "AddUserToGroup", R"({"UserName":"u","GroupName":"g"})"),
              ElementsAre("iam:AddUserToGroup arn:aws:iam::111122223333:group/g"));
  EXPECT_THAT(NeededFor("iam", "GetUser", "{}"),
              ElementsAre("iam:GetUser arn:aws:iam::111122223333:user/ada"));
  EXPECT_THAT(
      NeededFor("iam", "AddRoleToInstanceProfile", R"({"RoleName":"r","InstanceProfileName":"p"})"),
      ElementsAre("iam:AddRoleToInstanceProfile arn:aws:iam::111122223333:instance-profile/p",
                  "iam:PassRole arn:aws:iam::111122223333:role/r"));
}

TEST(NeededActions, KnowParametersWithoutTheFirstSlash) {
  EXPECT_THAT(
      NeededFor("ssm", "GetParameters", R"({"Names":["/a/b","c:2"]})"),
      ElementsAre("ssm:GetParameters HERE:parameter/a/b", "ssm:GetParameters HERE:parameter/c"));
}

TEST(NeededActions, KnowRulesOfOtherBusesAndTheBusesOfEvents) {
  EXPECT_THAT(NeededFor("events", "PutRule", R"({"Name":"r","EventBusName":"acme"})"),
              ElementsAre("events:PutRule HERE:rule/acme/r"));
  EXPECT_THAT(NeededFor("events", "PutTargets", R"({"Rule":"r"})"),
              ElementsAre("events:PutTargets HERE:rule/r"));
  EXPECT_THAT(NeededFor("events", "PutEvents", R"({"Entries":[{"EventBusName":"acme"},{}]})"),
              ElementsAre("events:PutEvents HERE:event-bus/acme",
                          "events:PutEvents HERE:event-bus/default"));
}

TEST(NeededActions, KnowTheProjectOfABuildAndTheGroupOfAReport) {
  EXPECT_THAT(NeededFor("codebuild", "StopBuild", R"({"id":"p:1-2"})"),
              ElementsAre("codebuild:StopBuild HERE:project/p"));
  EXPECT_THAT(
      NeededFor("codebuild", "BatchGetBuilds",
                R"({"ids":["arn:aws:codebuild:eu-central-1:111122223333:build/p:1","q:2"]})"),
      ElementsAre("codebuild:BatchGetBuilds HERE:project/p",
                  "codebuild:BatchGetBuilds HERE:project/q"));
  EXPECT_THAT(
      NeededFor("codebuild", "DescribeTestCases",
                R"({"reportArn":"arn:aws:codebuild:eu-central-1:111122223333:report/g:1"})"),
      ElementsAre("codebuild:DescribeTestCases HERE:report-group/g"));
}

TEST(NeededActions, OfACenterAreOnItsParts) {
  EXPECT_THAT(NeededFor("connect", "CreateQueue", R"({"InstanceId":"i","HoursOfOperationId":"h"})"),
              ElementsAre("connect:CreateQueue HERE:instance/i/queue/*",
                          "connect:CreateQueue HERE:instance/i/operating-hours/h"));
  EXPECT_THAT(NeededFor("connect", "DescribeQueue", R"({"InstanceId":"i","QueueId":"q"})"),
              ElementsAre("connect:DescribeQueue HERE:instance/i/queue/q"));
  EXPECT_THAT(NeededFor("connect", "ListPrompts", R"({"InstanceId":"i"})"),
              ElementsAre("connect:ListPrompts HERE:instance/i"));
}

TEST(NeededActions, OfAnAliasAreOnItsKeyToo) {
  EXPECT_THAT(NeededFor("kms", "CreateAlias", R"({"AliasName":"alias/a","TargetKeyId":"k"})"),
              ElementsAre("kms:CreateAlias HERE:alias/a", "kms:CreateAlias HERE:key/k"));
}

TEST(PassedRoles, AreFoundInLists) {
  const json::Value input =
      *json::Parse(R"({"Targets":[{"RoleArn":"arn:1"},{"Id":"2"},{"RoleArn":"arn:3"}]})");

  const std::vector<PassedRole> roles = PassedRoles("events", "PutTargets", input.AsObject());

  ASSERT_EQ(roles.size(), 2U);
  EXPECT_EQ(roles[1].role_arn, "arn:3");
  EXPECT_EQ(roles[1].to, "events.amazonaws.com");
}

}  // namespace
}  // namespace trunkline::cloud::access
