#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

constexpr std::string_view kAllowS3 =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]})";
constexpr std::string_view kDenyDelete =
    R"({"Version":"2012-10-17",
  "Statement": [
    {"Effect":"Deny","Action":"s3:Delete*","Resource":"*"}
  ]})";
constexpr std::string_view kOwnFolder =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${aws:username}/*","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-central-1"}}}})";

class Simulating : public CloudTest {
 protected:
  json::Object Custom(json::Object input) {
    const json::Object answer = Do("iam", "SimulateCustomPolicy", input);
    return answer.GetArray("EvaluationResults").front().AsObject();
  }
  static json::Array Texts(std::initializer_list<std::string_view> texts) {
    json::Array array;
    for (const std::string_view text : texts) array.emplace_back(text);
    return array;
  }
};

TEST_F(Simulating, SaysWhichStatementAllows) {
  const json::Object result =
      Custom({{"PolicyInputList", Texts({kAllowS3})}, {"ActionNames", Texts({"s3:GetObject"})}});

  EXPECT_EQ(result.GetString("EvalDecision"), "allowed");
  EXPECT_EQ(result.GetString("EvalResourceName"), "*");
  ASSERT_EQ(result.GetArray("MatchedStatements").size(), 1U);
  const json::Object& matched = result.GetArray("MatchedStatements").front().AsObject();
  EXPECT_EQ(matched.GetString("SourcePolicyId"), "PolicyInputList.1");
}

TEST_F(Simulating, SaysWhereTheStatementStandsThatDenies) {
  const json::Object result = Custom({{"PolicyInputList", Texts({kAllowS3, kDenyDelete})},
                                      {"ActionNames", Texts({"s3:DeleteObject"})}});

  EXPECT_EQ(result.GetString("EvalDecision"), "explicitDeny");
  ASSERT_EQ(result.GetArray("MatchedStatements").size(), 1U);
  const json::Object& matched = result.GetArray("MatchedStatements").front().AsObject();
  EXPECT_EQ(matched.GetObject("StartPosition").GetInt("Line"), 2);
  EXPECT_EQ(matched.GetObject("EndPosition").GetInt("Line"), 3);
  EXPECT_EQ(matched.GetObject("EndPosition").GetInt("Column"), 59);
}

TEST_F(Simulating, AsksForEachActionOnEachResourceInPages) {
  const json::Object input{{"PolicyInputList", Texts({kAllowS3})},
                           {"ActionNames", Texts({"s3:GetObject", "sqs:SendMessage"})},
                           {"ResourceArns", Texts({"arn:aws:s3:::a/1", "arn:aws:s3:::a/2"})},
                           {"MaxItems", 3}};
  const json::Object page = Do("iam", "SimulateCustomPolicy", input);
  json::Object next = input;
  next.Set("Marker", page.GetString("Marker"));

  const json::Object rest = Do("iam", "SimulateCustomPolicy", next);

  ASSERT_EQ(page.GetArray("EvaluationResults").size(), 3U);
  EXPECT_EQ(page.GetArray("EvaluationResults")[1].AsObject().GetString("EvalResourceName"),
            "arn:aws:s3:::a/2");
  EXPECT_EQ(rest.GetArray("EvaluationResults").front().AsObject().GetString("EvalDecision"),
            "implicitDeny");
}

TEST_F(Simulating, NeedsTheBoundaryToo) {
  const json::Object result = Custom({{"PolicyInputList", Texts({kAllowS3})},
                                      {"PermissionsBoundaryPolicyInputList", Texts({kOwnFolder})},
                                      {"ActionNames", Texts({"s3:PutObject"})}});

  EXPECT_EQ(result.GetString("EvalDecision"), "implicitDeny");
  EXPECT_FALSE(result.GetObject("PermissionsBoundaryDecisionDetail")
                   .GetBool("AllowedByPermissionsBoundary", true));
}

TEST_F(Simulating, UsesContextEntriesAndNamesThoseThatAreMissing) {
  const json::Object entry{{"ContextKeyName", "aws:username"},
                           {"ContextKeyType", "string"},
                           {"ContextKeyValues", Texts({"ada"})}};
  json::Object input{{"PolicyInputList", Texts({kOwnFolder})},
                     {"ActionNames", Texts({"s3:GetObject"})},
                     {"ResourceArns", Texts({"arn:aws:s3:::b/ada/x"})},
                     {"ContextEntries", json::Array{entry}}};
  const json::Object without = Custom(input);
  json::Object region = entry;
  region.Set("ContextKeyName", "aws:requestedregion");
  region.Set("ContextKeyValues", Texts({"eu-central-1"}));
  input.Set("ContextEntries", json::Array{entry, region});

  EXPECT_EQ(without.GetString("EvalDecision"), "implicitDeny");
  EXPECT_EQ(without.GetArray("MissingContextValues"), Texts({"aws:RequestedRegion"}));
  EXPECT_EQ(Custom(input).GetString("EvalDecision"), "allowed");
}

TEST_F(Simulating, AUserHasThePoliciesOfItsGroups) {
  Do("iam", "CreateUser", {{"UserName", "ada"}});
  Do("iam", "CreateGroup", {{"GroupName", "g"}});
  Do("iam", "AddUserToGroup", {{"GroupName", "g"}, {"UserName", "ada"}});
  Do("iam", "PutGroupPolicy",
     {{"GroupName", "g"}, {"PolicyName", "s3"}, {"PolicyDocument", kAllowS3}});

  const json::Object answer = Do("iam", "SimulatePrincipalPolicy",
                                 {{"PolicySourceArn", "arn:aws:iam::111122223333:user/ada"},
                                  {"ActionNames", Texts({"s3:GetObject"})}});

  const json::Object& result = answer.GetArray("EvaluationResults").front().AsObject();
  EXPECT_EQ(result.GetString("EvalDecision"), "allowed");
  EXPECT_EQ(result.GetArray("MatchedStatements").front().AsObject().GetString("SourcePolicyId"),
            "group_g_s3");
}

TEST_F(Simulating, RefusesWhatItCannotSimulate) {
  EXPECT_EQ(Ask("iam", "SimulatePrincipalPolicy",
                {{"PolicySourceArn", "arn:aws:iam::111122223333:user/none"},
                 {"ActionNames", Texts({"s3:GetObject"})}})
                .code,
            "NoSuchEntity");
  EXPECT_EQ(Ask("iam", "SimulateCustomPolicy",
                {{"PolicyInputList", Texts({"{}"})}, {"ActionNames", Texts({"s3:GetObject"})}})
                .code,
            "InvalidInput");
  EXPECT_EQ(Ask("iam", "SimulateCustomPolicy",
                {{"PolicyInputList", Texts({kAllowS3})}, {"ActionNames", Texts({"GetObject"})}})
                .message,
            "Invalid Action: GetObject");
}

TEST_F(Simulating, FindsTheContextKeysOfPolicies) {
  const json::Object keys =
      Do("iam", "GetContextKeysForCustomPolicy", {{"PolicyInputList", Texts({kOwnFolder})}});

  EXPECT_EQ(keys.GetArray("ContextKeyNames"), Texts({"aws:username", "aws:RequestedRegion"}));
}

}  // namespace
}  // namespace trunkline::cloud::tests
