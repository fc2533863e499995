// `up --enforce-iam`: what policies decide about calls from outside.
#include <string>

#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kTrust =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"}})";

CloudOptions Enforced() {
  CloudOptions options;
  options.settings.enforce_iam = true;
  return options;
}

class Enforcing : public CloudTest {
 protected:
  Enforcing() : CloudTest(Enforced()) {
    UseAccount("123456789012");
    UseRegion("us-east-1");
    Do("iam", "CreateRole", {{"RoleName", "deploy"}, {"AssumeRolePolicyDocument", kTrust}});
    Do("s3", "CreateBucket", {{"Bucket", "flows"}});
    Do("s3", "PutObject", {{"Bucket", "flows"}, {"Key", "a.json"}, {"Body", "{}"}});
  }
  void Allow(std::string_view action, std::string_view resource) {
    const std::string document = fmt::format(
        R"({{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"{}","Resource":"{}"}}}})",
        action, resource);
    Do("iam", "PutRolePolicy",
       {{"RoleName", "deploy"}, {"PolicyName", "p"}, {"PolicyDocument", document}});
  }
  // From here on calls are the role's.
  void Assume(json::Object more = {}) {
    json::Object input{{"RoleArn", "arn:aws:iam::123456789012:role/deploy"},
                       {"RoleSessionName", "me"}};
    for (const json::Member& member : more) input.Set(member.key, member.value);
    const json::Object output = Do("sts", "AssumeRole", input);
    const json::Object& given = output.GetObject("Credentials");
    UseCredentials(aws::Credentials{.access_key_id = std::string(given.GetString("AccessKeyId")),
                                    .secret_key = std::string(given.GetString("SecretAccessKey")),
                                    .session_token = std::string(given.GetString("SessionToken")),
                                    .expires = std::nullopt});
  }
  Answered Get() { return Ask("s3", "GetObject", {{"Bucket", "flows"}, {"Key", "a.json"}}); }
};

TEST_F(Enforcing, DeniesWhatNoPolicyAllowsAndSaysWhy) {
  Assume();

  EXPECT_EQ(Get().status, 403);
  EXPECT_EQ(Get().message,
            "User: arn:aws:sts::123456789012:assumed-role/deploy/me is not authorized to perform: "
            "s3:GetObject on resource: arn:aws:s3:::flows/a.json because no identity-based policy "
            "allows the s3:GetObject action");
  EXPECT_THAT(log().lines(), testing::Contains(HasSubstr("there is none")));
}

TEST_F(Enforcing, AllowsWhatARolesPolicyAllowsOnThatResourceOnly) {
  Allow("s3:GetObject", "arn:aws:s3:::flows/*");
  Assume();

  EXPECT_TRUE(Get().ok());
  EXPECT_EQ(Ask("s3", "PutObject", {{"Bucket", "flows"}, {"Key", "b"}, {"Body", ""}}).code,
            "AccessDenied");
}

TEST_F(Enforcing, TablesAndTheirIndexesAreResources) {
  Allow("dynamodb:*Item*", "arn:aws:dynamodb:us-east-1:123456789012:table/calls");
  Assume();
  const json::Object key{{"id", json::Object{{"S", "a"}}}};
  const auto code = [&](std::string_view operation, json::Object input) {
    return Ask("dynamodb", operation, input).code;
  };

  EXPECT_EQ(code("GetItem", {{"TableName", "calls"}, {"Key", key}}), "ResourceNotFoundException");
  EXPECT_EQ(code("GetItem", {{"TableName", "others"}, {"Key", key}}), "AccessDeniedException");
  EXPECT_EQ(
      code("BatchGetItem",
           {{"RequestItems", json::Object{{"calls", json::Object{{"Keys", json::Array{key}}}},
                                          {"others", json::Object{{"Keys", json::Array{key}}}}}}}),
      "AccessDeniedException");
  const Answered query = Ask("dynamodb", "Query",
                             {{"TableName", "calls"},
                              {"IndexName", "by-color"},
                              {"KeyConditionExpression", "color = :c"}});
  EXPECT_THAT(query.message,
              HasSubstr("dynamodb:Query on resource: "
                        "arn:aws:dynamodb:us-east-1:123456789012:table/calls/index/by-color"));
}

TEST_F(Enforcing, LimitsASessionByThePolicyItWasAssumedWith) {
  Allow("s3:*", "*");
  Assume(
      {{"Policy",
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Put*","Resource":"*"}})"}});

  EXPECT_THAT(Get().message, HasSubstr("because no session policy allows the s3:GetObject action"));
}

TEST_F(Enforcing, LetsABucketsPolicyOverruleTheAccountsRoot) {
  Do("s3", "PutBucketPolicy",
     {{"Bucket", "flows"},
      {"Policy",
       R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::flows/*"}})"}});

  EXPECT_THAT(Get().message, HasSubstr("with an explicit deny in a resource-based policy"));
}

TEST_F(Enforcing, KeepsOtherAccountsOutOfABucket) {
  UseAccount("999999999999");

  EXPECT_THAT(Get().message, HasSubstr("because no resource-based policy allows"));
}

TEST_F(Enforcing, NeedsPassRoleForARoleThatAServiceGets) {
  Allow("states:*", "*");
  Do("iam", "CreateRole", {{"RoleName", "target"}, {"AssumeRolePolicyDocument", kTrust}});
  Allow("lambda:*", "*");
  Assume();

  const Answered answer = Ask("lambda", "CreateFunction",
                              {{"FunctionName", "f"},
                               {"Role", "arn:aws:iam::123456789012:role/target"},
                               {"Runtime", "python3.11"},
                               {"Handler", "index.handler"},
                               {"Code", json::Object{{"ZipFile", "x"}}}});

  EXPECT_THAT(answer.message, HasSubstr("not authorized to perform: iam:PassRole on resource: "
                                        "arn:aws:iam::123456789012:role/target"));
}

TEST_F(Enforcing, KnowsAQueueByItsUrl) {
  const std::string url(Do("sqs", "CreateQueue", {{"QueueName", "calls"}}).GetString("QueueUrl"));
  Allow("sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:calls");
  Assume();

  EXPECT_TRUE(Ask("sqs", "SendMessage", {{"QueueUrl", url}, {"MessageBody", "x"}}).ok());
  EXPECT_THAT(Ask("sqs", "PurgeQueue", {{"QueueUrl", url}}).message,
              HasSubstr("arn:aws:sqs:us-east-1:123456789012:calls because no identity-based"));
}

TEST_F(Enforcing, KnowsTheSourceOfACopyAlsoWithAVersion) {
  Do("s3", "PutBucketVersioning",
     {{"Bucket", "flows"}, {"VersioningConfiguration", json::Object{{"Status", "Enabled"}}}});
  const json::Object put =
      Do("s3", "PutObject", {{"Bucket", "flows"}, {"Key", "b c"}, {"Body", ""}});
  Allow("s3:*", "arn:aws:s3:::flows/b c");
  Assume();

  const std::string source = fmt::format("/flows/b%20c?versionId={}", put.GetString("VersionId"));
  EXPECT_THAT(Ask("s3", "CopyObject",
                  {{"Bucket", "flows"},
                   {"Key", "b c"},
                   {"MetadataDirective", "REPLACE"},
                   {"CopySource", source}}),
              Succeeds());
}

TEST_F(Enforcing, KnowsABuildByItsProject) {
  const std::string project = "arn:aws:codebuild:us-east-1:123456789012:project/app";
  Allow("codebuild:*", project);
  Assume();

  EXPECT_EQ(Ask("codebuild", "BatchGetBuilds", {{"ids", json::Array{"app:1"}}}).code, "");
  EXPECT_EQ(Ask("codebuild", "StopBuild", {{"id", "other:1"}}).code, "AccessDeniedException");
}

TEST_F(Enforcing, KnowsAParameterByItsPath) {
  Do("ssm", "PutParameter", {{"Name", "/acme/word"}, {"Type", "String"}, {"Value", "x"}});
  Allow("ssm:GetParameter", "arn:aws:ssm:us-east-1:123456789012:parameter/acme/word");
  Assume();

  EXPECT_TRUE(Ask("ssm", "GetParameter", {{"Name", "/acme/word"}}).ok());
}

TEST_F(Enforcing, AsksForGetCallerIdentityOfNobody) {
  Assume();

  EXPECT_TRUE(Ask("sts", "GetCallerIdentity").ok());
}

TEST_F(Enforcing, NeedsTheCallersPermissionToAssumeARoleThatTrustsItsAccount) {
  Do("iam", "CreateRole", {{"RoleName", "second"}, {"AssumeRolePolicyDocument", kTrust}});
  Assume();
  const json::Object second{{"RoleArn", "arn:aws:iam::123456789012:role/second"},
                            {"RoleSessionName", "me"}};
  EXPECT_EQ(Ask("sts", "AssumeRole", second).code, "AccessDenied");

  UseCredentials(std::nullopt);
  Allow("sts:AssumeRole", "arn:aws:iam::123456789012:role/second");
  Assume();

  EXPECT_TRUE(Ask("sts", "AssumeRole", second).ok());
}

}  // namespace
}  // namespace trunkline::cloud::tests
