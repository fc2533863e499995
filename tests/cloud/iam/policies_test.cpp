#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kTrust =
    R"({"Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]})";

std::string Allowing(std::string_view action) {
  return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":")" +
         std::string(action) + R"(","Resource":"*"}]})";
}

class ManagedPolicies : public CloudTest {
 protected:
  std::string Create(std::string_view name) {
    const json::Object answer =
        Do("iam", "CreatePolicy",
           {{"PolicyName", name}, {"PolicyDocument", Allowing("s3:GetObject")}});
    return std::string(answer.GetObject("Policy").GetString("Arn"));
  }
  json::Object Get(std::string_view arn) {
    return Do("iam", "GetPolicy", {{"PolicyArn", arn}}).GetObject("Policy");
  }
  static std::vector<std::string> Names(const json::Object& answer, std::string_view list,
                                        std::string_view key) {
    std::vector<std::string> names;
    for (const json::Value& item : answer.GetArray(list))
      names.emplace_back(item.AsObject().GetString(key));
    return names;
  }
};

TEST_F(ManagedPolicies, ANewOneHasOneDefaultVersion) {
  const std::string arn = Create("reader");

  EXPECT_EQ(arn, "arn:aws:iam::111122223333:policy/reader");
  const json::Object policy = Get(arn);
  EXPECT_EQ(policy.GetString("DefaultVersionId"), "v1");
  EXPECT_EQ(policy.GetInt("AttachmentCount"), 0);
  const json::Object version =
      Do("iam", "GetPolicyVersion", {{"PolicyArn", arn}, {"VersionId", "v1"}})
          .GetObject("PolicyVersion");
  EXPECT_THAT(std::string(version.GetString("Document")), HasSubstr("s3%3AGetObject"));
  EXPECT_TRUE(version.GetBool("IsDefaultVersion"));
  EXPECT_THAT(
      Ask("iam", "CreatePolicy", {{"PolicyName", "READER"}, {"PolicyDocument", Allowing("s3:*")}}),
      Fails(409, "EntityAlreadyExists", HasSubstr("A policy called READER already exists")));
}

TEST_F(ManagedPolicies, VersionsAreMadeChosenAndDeleted) {
  const std::string arn = Create("reader");

  Do("iam", "CreatePolicyVersion",
     {{"PolicyArn", arn}, {"PolicyDocument", Allowing("s3:*")}, {"SetAsDefault", true}});

  EXPECT_EQ(Get(arn).GetString("DefaultVersionId"), "v2");
  EXPECT_THAT(Names(Do("iam", "ListPolicyVersions", {{"PolicyArn", arn}}), "Versions", "VersionId"),
              ElementsAre("v2", "v1"));
  EXPECT_THAT(Ask("iam", "DeletePolicyVersion", {{"PolicyArn", arn}, {"VersionId", "v2"}}),
              Fails(409, "DeleteConflict", "Cannot delete the default version of a policy."));
  Do("iam", "SetDefaultPolicyVersion", {{"PolicyArn", arn}, {"VersionId", "v1"}});
  Do("iam", "DeletePolicyVersion", {{"PolicyArn", arn}, {"VersionId", "v2"}});
  EXPECT_THAT(Ask("iam", "GetPolicyVersion", {{"PolicyArn", arn}, {"VersionId", "v2"}}),
              Fails(404, "NoSuchEntity", HasSubstr("version v2 does not exist")));
}

TEST_F(ManagedPolicies, HaveFiveVersionsAtMost) {
  const std::string arn = Create("reader");
  const json::Object input{{"PolicyArn", arn}, {"PolicyDocument", Allowing("s3:*")}};
  for (int i = 0; i < 4; ++i) Do("iam", "CreatePolicyVersion", input);

  EXPECT_THAT(Ask("iam", "CreatePolicyVersion", input),
              Fails(409, "LimitExceeded", HasSubstr("can have up to 5 versions")));
}

TEST_F(ManagedPolicies, ShowWhoUsesThemAndCannotBeDeletedMeanwhile) {
  const std::string arn = Create("reader");
  Do("iam", "CreateRole", {{"RoleName", "r"}, {"AssumeRolePolicyDocument", kTrust}});
  Do("iam", "AttachRolePolicy", {{"RoleName", "r"}, {"PolicyArn", arn}});

  EXPECT_EQ(Get(arn).GetInt("AttachmentCount"), 1);
  EXPECT_THAT(
      Names(Do("iam", "ListEntitiesForPolicy", {{"PolicyArn", arn}}), "PolicyRoles", "RoleName"),
      ElementsAre("r"));
  EXPECT_THAT(Ask("iam", "DeletePolicy", {{"PolicyArn", arn}}),
              Fails(409, "DeleteConflict", "Cannot delete a policy attached to entities."));
  Do("iam", "DetachRolePolicy", {{"RoleName", "r"}, {"PolicyArn", arn}});
  Do("iam", "DeletePolicy", {{"PolicyArn", arn}});
  EXPECT_THAT(Ask("iam", "GetPolicy", {{"PolicyArn", arn}}),
              Fails(404, "NoSuchEntity", HasSubstr("was not found")));
}

TEST_F(ManagedPolicies, OfAwsAreThereToRead) {
  const std::string arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

  EXPECT_EQ(Get(arn).GetString("Path"), "/service-role/");
  const json::Object version =
      Do("iam", "GetPolicyVersion", {{"PolicyArn", arn}, {"VersionId", "v1"}})
          .GetObject("PolicyVersion");
  EXPECT_THAT(std::string(version.GetString("Document")), HasSubstr("logs%3APutLogEvents"));
  EXPECT_THAT(Ask("iam", "DeletePolicy", {{"PolicyArn", arn}}),
              Fails(404, "NoSuchEntity", HasSubstr(arn)));
}

TEST_F(ManagedPolicies, AreListedByScope) {
  const std::string arn = Create("reader");

  EXPECT_THAT(Names(Do("iam", "ListPolicies", {{"Scope", "Local"}}), "Policies", "Arn"),
              ElementsAre(arn));
  EXPECT_THAT(Names(Do("iam", "ListPolicies", {{"Scope", "AWS"}, {"MaxItems", 1000}}), "Policies",
                    "PolicyName"),
              Contains("AmazonConnect_FullAccess"));
  EXPECT_TRUE(Do("iam", "ListPolicies", {{"OnlyAttached", true}}).GetArray("Policies").empty());
}

TEST_F(ManagedPolicies, SurviveARestart) {
  const std::string arn = Create("reader");
  Do("iam", "TagPolicy",
     {{"PolicyArn", arn}, {"Tags", json::Array{json::Object{{"Key", "k"}, {"Value", "v"}}}}});
  Do("iam", "CreatePolicyVersion", {{"PolicyArn", arn}, {"PolicyDocument", Allowing("s3:*")}});
  const json::Object before = Get(arn);

  Restart();

  EXPECT_EQ(Get(arn), before);
  EXPECT_EQ(Do("iam", "ListPolicyVersions", {{"PolicyArn", arn}}).GetArray("Versions").size(), 2U);
  EXPECT_THAT(Names(Do("iam", "ListPolicyTags", {{"PolicyArn", arn}}), "Tags", "Key"),
              ElementsAre("k"));
}

// ---- what documents may not say

struct BadDocument {
  std::string what;
  std::string document;
  std::string text;
};

class IdentityDocuments : public CloudTest, public ::testing::WithParamInterface<BadDocument> {};
TEST_P(IdentityDocuments, ThatAreWrongAreRefused) {
  const BadDocument& row = GetParam();

  EXPECT_THAT(Ask("iam", "CreatePolicy", {{"PolicyName", "p"}, {"PolicyDocument", row.document}}),
              Fails(400, "MalformedPolicyDocument", HasSubstr(row.text)));
}
INSTANTIATE_TEST_SUITE_P(
    Rules, IdentityDocuments,
    ::testing::Values(
        BadDocument{"Json", "{\n  \"Statement\": [}", "line 2 column"},
        BadDocument{"Object", "[]", "expected an object"},
        BadDocument{"Version", R"({"Version":"2020-01-01","Statement":[]})",
                    "valid version string"},
        BadDocument{"NoStatement", R"({"Version":"2012-10-17"})", "at least one Statement"},
        BadDocument{"Element", R"({"Statements":[]})", "'Statements' is no element"},
        BadDocument{"Effect", R"({"Statement":{"Action":"s3:*","Resource":"*"}})",
                    "Missing required field Effect"},
        BadDocument{"WrongEffect",
                    R"({"Statement":{"Effect":"Permit","Action":"s3:*","Resource":"*"}})",
                    "Invalid effect: Permit"},
        BadDocument{"NoAction", R"({"Statement":{"Effect":"Allow","Resource":"*"}})",
                    "must contain actions"},
        BadDocument{"Vendor",
                    R"({"Statement":{"Effect":"Allow","Action":"GetObject","Resource":"*"}})",
                    "prefaced by a vendor"},
        BadDocument{"NoResource", R"({"Statement":{"Effect":"Allow","Action":"s3:*"}})",
                    "must contain resources"},
        BadDocument{"Arn",
                    R"({"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"my-bucket"}})",
                    "Resource my-bucket must be in ARN format"},
        BadDocument{
            "Principal",
            R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}})",
            "should not specify a principal"},
        BadDocument{
            "Sid", R"({"Statement":{"Sid":"a b","Effect":"Allow","Action":"s3:*","Resource":"*"}})",
            "must be alpha-numeric"},
        BadDocument{"SameSid",
                    R"({"Statement":[{"Sid":"a","Effect":"Allow","Action":"s3:*","Resource":"*"},)"
                    R"({"Sid":"a","Effect":"Deny","Action":"s3:*","Resource":"*"}]})",
                    "must be unique"},
        BadDocument{
            "Operator",
            R"({"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringLooksLike":{"aws:x":"y"}}}})",
            "Invalid Condition type : StringLooksLike."}),
    [](const auto& row) { return row.param.what; });

class TrustDocuments : public CloudTest, public ::testing::WithParamInterface<BadDocument> {};
TEST_P(TrustDocuments, ThatAreWrongAreRefused) {
  const BadDocument& row = GetParam();

  EXPECT_THAT(
      Ask("iam", "CreateRole", {{"RoleName", "r"}, {"AssumeRolePolicyDocument", row.document}}),
      Fails(400, "MalformedPolicyDocument", HasSubstr(row.text)));
}
INSTANTIATE_TEST_SUITE_P(
    Rules, TrustDocuments,
    ::testing::Values(
        BadDocument{"Json", "{", "This policy contains invalid Json"},
        BadDocument{"NoPrincipal", R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}})",
                    "Missing required field Principal"},
        BadDocument{
            "Resource",
            R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}})",
            "Has prohibited field Resource"},
        BadDocument{"Action",
                    R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject"}})",
                    "STS AssumeRole actions"},
        BadDocument{
            "Service",
            R"({"Statement":{"Effect":"Allow","Principal":{"Service":"lambda"},"Action":"sts:AssumeRole"}})",
            "\"SERVICE\":\"lambda\""},
        BadDocument{
            "Account",
            R"({"Statement":{"Effect":"Allow","Principal":{"AWS":"XXXXXXXXXXXX"},"Action":"sts:AssumeRole"}})",
            "\"AWS\":\"XXXXXXXXXXXX\""}),
    [](const auto& row) { return row.param.what; });

}  // namespace
}  // namespace trunkline::cloud::tests
