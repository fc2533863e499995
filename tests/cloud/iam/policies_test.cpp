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

// Texts as seen in recordings of the service.
class IdentityDocuments : public CloudTest, public ::testing::WithParamInterface<BadDocument> {};
TEST_P(IdentityDocuments, ThatAreWrongAreRefused) {
  const BadDocument& row = GetParam();

  EXPECT_THAT(Ask("iam", "CreatePolicy", {{"PolicyName", "p"}, {"PolicyDocument", row.document}}),
              Fails(400, "MalformedPolicyDocument", row.text));
}
INSTANTIATE_TEST_SUITE_P(
    Rules, IdentityDocuments,
    ::testing::Values(
        BadDocument{"Json", "{\n  \"Statement\": [}", "Syntax errors in policy."},
        BadDocument{"Object", "[]", "Syntax errors in policy."},
        BadDocument{"Version", R"({"Version":"2020-01-01","Statement":[]})",
                    "Syntax errors in policy."},
        BadDocument{"OldVersion",
                    R"({"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}})",
                    "Policy document must be version 2012-10-17 or greater."},
        BadDocument{"NoStatement", R"({"Version":"2012-10-17"})", "Syntax errors in policy."},
        BadDocument{"Element", R"({"Version":"2012-10-17","Statements":[]})",
                    "Syntax errors in policy."},
        BadDocument{"Effect",
                    R"({"Version":"2012-10-17","Statement":{"Action":"s3:*","Resource":"*"}})",
                    "Syntax errors in policy."},
        BadDocument{
            "EffectInSmallLetters",
            R"({"Version":"2012-10-17","Statement":{"Effect":"allow","Action":"s3:*","Resource":"*"}})",
            "The policy failed legacy parsing"},
        BadDocument{"NoAction",
                    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*"}})",
                    "Policy statement must contain actions."},
        BadDocument{
            "Vendor",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"GetObject","Resource":"*"}})",
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."},
        BadDocument{
            "VendorWithABlank",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s 3:Get","Resource":"*"}})",
            "Vendor s 3 is not valid"},
        BadDocument{"NoResource",
                    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*"}})",
                    "Policy statement must contain resources."},
        BadDocument{
            "Arn",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"my-bucket"}})",
            "Resource my-bucket must be in ARN format or \"*\"."},
        BadDocument{
            "Partition",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:mars:s3:::b"}})",
            "Partition \"mars\" is not valid for resource \"arn:mars:s3:::b\"."},
        BadDocument{
            "RegionOfABucket",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:us-east-1::b"}})",
            "Resource arn:aws:s3:us-east-1::b can not contain region information."},
        BadDocument{
            "ShortArn",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3::b"}})",
            "The policy failed legacy parsing"},
        BadDocument{
            "Principal",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}})",
            "Policy document should not specify a principal."},
        BadDocument{
            "Sid",
            R"({"Version":"2012-10-17","Statement":{"Sid":"a b","Effect":"Allow","Action":"s3:*","Resource":"*"}})",
            "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the "
            "regular expression [0-9A-Za-z]*"},
        BadDocument{
            "SameSid",
            R"({"Version":"2012-10-17","Statement":[{"Sid":"a","Effect":"Allow","Action":"s3:*","Resource":"*"},)"
            R"({"Sid":"a","Effect":"Deny","Action":"s3:*","Resource":"*"}]})",
            "Statement IDs (SID) in a single policy must be unique."},
        BadDocument{
            "Operator",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringLooksLike":{"aws:x":"y"}}}})",
            "Syntax errors in policy."},
        BadDocument{
            "Date",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"DateLessThan":{"aws:CurrentTime":"soon"}}}})",
            "The policy failed legacy parsing"}),
    [](const auto& row) { return row.param.what; });

class GoodIdentityDocuments : public CloudTest,
                              public ::testing::WithParamInterface<BadDocument> {};
TEST_P(GoodIdentityDocuments, AreTaken) {
  EXPECT_THAT(
      Ask("iam", "CreatePolicy", {{"PolicyName", "p"}, {"PolicyDocument", GetParam().document}}),
      Succeeds());
}
INSTANTIATE_TEST_SUITE_P(
    Rules, GoodIdentityDocuments,
    ::testing::Values(
        BadDocument{
            "OfUnknownServices",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3-x:List","Resource":"arn:aws:no-service:::x"}})",
            ""},
        BadDocument{
            "OfYears",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:CurrentTime":"2030"}}}})",
            ""},
        BadDocument{
            "OfEmptyConditions",
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Whatever":{}}}})",
            ""},
        BadDocument{
            "WithEmptySids",
            R"({"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"","Effect":"Deny","NotAction":"s3:*","NotResource":"*"}]})",
            ""}),
    [](const auto& row) { return row.param.what; });

TEST_F(ManagedPolicies, TheInlineOneMayHaveNoVersion) {
  Do("iam", "CreateUser", {{"UserName", "u"}});
  const std::string document = R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";

  EXPECT_THAT(Ask("iam", "PutUserPolicy",
                  {{"UserName", "u"}, {"PolicyName", "p"}, {"PolicyDocument", document}}),
              Succeeds());
}

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
