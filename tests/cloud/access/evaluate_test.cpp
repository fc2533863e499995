// The evaluation logic of policies, without a cloud around it.
#include "cloud/access/evaluate.h"

#include <gmock/gmock.h>

namespace trunkline::cloud::access {
namespace {

constexpr std::string_view kAllowGet =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}})";
constexpr std::string_view kDenyGet =
    R"({"Version":"2012-10-17","Statement":[{"Sid":"NoGet","Effect":"Deny","Action":"s3:GetObject","Resource":"*"}]})";
constexpr std::string_view kAllowPut =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Put*","Resource":"*"}})";

class Evaluating : public ::testing::Test {
 protected:
  Evaluating() { policies.resource_account = "111111111111"; }
  void Identity(std::string_view document) {
    policies.identity.push_back({.name = "inline policy 'p'", .policy = ReadPolicy(document)});
  }
  void Resource(std::string_view principal, std::string_view effect = "Allow") {
    policies.resource = {
        .name = "policy of the bucket",
        .policy = ReadPolicy(fmt::format(
            R"({{"Statement":[{{"Effect":"{}","Principal":{},"Action":"s3:GetObject","Resource":"*"}}]}})",
            effect, principal))};
  }
  std::string Why() { return Evaluate(call, policies).why; }

  Call call{.account = "111111111111",
            .principal_arn = "arn:aws:sts::111111111111:assumed-role/deploy/me",
            .role_arn = "arn:aws:iam::111111111111:role/deploy",
            .service = {},
            .action = "s3:GetObject",
            .resource = "arn:aws:s3:::flows/a.json",
            .keys = {}};
  Policies policies;
};

constexpr std::string_view kNoIdentity =
    "because no identity-based policy allows the s3:GetObject action";
constexpr std::string_view kNoResource =
    "because no resource-based policy allows the s3:GetObject action";

TEST_F(Evaluating, AllowsWhatAnIdentitysPolicyAllows) {
  EXPECT_EQ(Why(), kNoIdentity);
  Identity(kAllowPut);
  EXPECT_EQ(Why(), kNoIdentity);

  Identity(kAllowGet);

  EXPECT_TRUE(Evaluate(call, policies).allowed);
}

TEST_F(Evaluating, LetsADenyWinAndNamesItsStatement) {
  Identity(kAllowGet);
  Identity(kDenyGet);

  const Decision decision = Evaluate(call, policies);

  EXPECT_EQ(decision.why, "with an explicit deny in an identity-based policy");
  EXPECT_EQ(decision.detail, "statement 'NoGet' of inline policy 'p'");
}

TEST_F(Evaluating, NeedsTheBoundaryToo) {
  Identity(kAllowGet);
  policies.boundary = {.name = "boundary", .policy = ReadPolicy(kAllowPut)};

  EXPECT_EQ(Why(), "because no permissions boundary allows the s3:GetObject action");
}

TEST_F(Evaluating, NeedsTheSessionsPoliciesToo) {
  Identity(kAllowGet);
  policies.session.push_back({.name = "session policy", .policy = ReadPolicy(kAllowPut)});
  EXPECT_EQ(Why(), "because no session policy allows the s3:GetObject action");

  policies.session.push_back({.name = "session policy", .policy = ReadPolicy(kAllowGet)});

  EXPECT_TRUE(Evaluate(call, policies).allowed);
}

TEST_F(Evaluating, LetsAResourcesPolicyAllowItsOwnAccountsSessionAlone) {
  Resource(R"({"AWS":"arn:aws:sts::111111111111:assumed-role/deploy/me"})");
  policies.boundary = {.name = "boundary", .policy = ReadPolicy(kAllowPut)};

  EXPECT_TRUE(Evaluate(call, policies).allowed);
}

TEST_F(Evaluating, KeepsTheBoundaryWhenTheResourcesPolicyNamesTheRole) {
  Resource(R"({"AWS":"arn:aws:iam::111111111111:role/deploy"})");
  EXPECT_TRUE(Evaluate(call, policies).allowed);

  policies.boundary = {.name = "boundary", .policy = ReadPolicy(kAllowPut)};

  EXPECT_EQ(Why(), "because no permissions boundary allows the s3:GetObject action");
}

TEST_F(Evaluating, LeavesItToTheIdentityWhenTheResourcesPolicyNamesTheAccount) {
  Resource(R"({"AWS":"111111111111"})");
  EXPECT_EQ(Why(), kNoIdentity);

  Identity(kAllowGet);

  EXPECT_TRUE(Evaluate(call, policies).allowed);
}

TEST_F(Evaluating, NeedsBothSidesAcrossAccounts) {
  policies.resource_account = "222222222222";
  Identity(kAllowGet);
  EXPECT_EQ(Why(), kNoResource);

  Resource(R"({"AWS":"arn:aws:iam::111111111111:root"})");
  EXPECT_TRUE(Evaluate(call, policies).allowed);

  policies.identity.clear();
  EXPECT_EQ(Why(), kNoIdentity);
}

TEST_F(Evaluating, NeedsAKeysPolicyEvenWithinTheAccount) {
  policies.resource_must_allow = true;
  Identity(kAllowGet);

  EXPECT_EQ(Why(), kNoResource);
}

TEST_F(Evaluating, LetsTheRootDoWhatNoResourceDenies) {
  call.principal_arn = "arn:aws:iam::111111111111:root";
  call.role_arn.clear();
  EXPECT_TRUE(Evaluate(call, policies).allowed);

  Resource(R"("*")", "Deny");

  EXPECT_EQ(Why(), "with an explicit deny in a resource-based policy");
}

TEST_F(Evaluating, LetsAServiceInOnlyByTheResourcesPolicy) {
  call.service = "events.amazonaws.com";
  EXPECT_EQ(Why(), kNoResource);

  Resource(R"({"Service":"events.amazonaws.com"})");

  EXPECT_TRUE(Evaluate(call, policies).allowed);
}

// ---- statements

bool Allows(std::string_view statement, const Call& call) {
  const std::string document =
      fmt::format(R"({{"Version":"2012-10-17","Statement":{}}})", statement);
  return Ask(*ReadPolicy(document), call, false).effect == Effect::kAllow;
}

TEST_F(Evaluating, MatchesActionsWithoutCaseAndResourcesPartByPart) {
  EXPECT_TRUE(Allows(
      R"({"Effect":"Allow","Action":"S3:getobject","Resource":"arn:aws:s3:::flows/*"})", call));
  EXPECT_FALSE(
      Allows(R"({"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::other/*"})", call));
  EXPECT_FALSE(Allows(R"({"Effect":"Allow","Action":"s3:*","Resource":"arn:*/a.json"})", call));
  EXPECT_TRUE(
      Allows(R"({"Effect":"Allow","NotAction":"iam:*","NotResource":"arn:aws:s3:::other"})", call));
}

TEST_F(Evaluating, ReplacesVariablesWithoutTakingTheirValuesForWildcards) {
  call.keys["aws:username"] = {"a*"};
  call.resource = "arn:aws:s3:::flows/ab";
  const std::string_view own =
      R"({"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::flows/${aws:username}"})";
  EXPECT_FALSE(Allows(own, call));

  call.resource = "arn:aws:s3:::flows/a*";
  EXPECT_TRUE(Allows(own, call));

  call.keys.clear();
  EXPECT_FALSE(Allows(own, call));
}

TEST(Wildcard, StandsForAnyText) {
  EXPECT_TRUE(MatchesWildcard("arn:aws:iam::1:role/a/b", "arn:*:role/*"));
  EXPECT_TRUE(MatchesWildcard("", "*"));
  EXPECT_TRUE(MatchesWildcard("aab", "*ab"));
  EXPECT_FALSE(MatchesWildcard("abc", "ab"));
  EXPECT_FALSE(MatchesWildcard("ab", "ab?"));
  EXPECT_FALSE(MatchesWildcard("a*c", "a?d"));
}

struct ConditionCase {
  std::string_view name;
  std::string_view condition;
  bool holds;
};

class Conditions : public ::testing::TestWithParam<ConditionCase> {};

TEST_P(Conditions, Hold) {
  const Call call{
      .account = "111111111111",
      .principal_arn = "arn:aws:iam::111111111111:user/me",
      .role_arn = {},
      .service = {},
      .action = "s3:GetObject",
      .resource = "*",
      .keys = {{"aws:sourceip", {"10.1.2.3"}},
               {"aws:currenttime", {"2026-11-26T10:00:00Z"}},
               {"aws:tagkeys", {"team", "cost"}},
               {"aws:principalarn", {"arn:aws:iam::111111111111:role/trunkline/pipeline-a"}},
               {"aws:securetransport", {"true"}},
               {"s3:max-keys", {"10"}},
               {"s3:prefix", {"home/Me"}}}};
  const std::string statement = fmt::format(
      R"({{"Effect":"Allow","Action":"*","Resource":"*","Condition":{}}})", GetParam().condition);

  EXPECT_EQ(Allows(statement, call), GetParam().holds);
}

INSTANTIATE_TEST_SUITE_P(
    Operators, Conditions,
    ::testing::Values(
        ConditionCase{"StringEquals", R"({"StringEquals":{"S3:Prefix":"home/Me"}})", true},
        ConditionCase{"StringEqualsStar", R"({"StringEquals":{"s3:prefix":"home/*"}})", false},
        ConditionCase{"StringLike", R"({"StringLike":{"s3:prefix":["x","home/*"]}})", true},
        ConditionCase{"StringNotLike", R"({"StringNotLike":{"s3:prefix":"home/*"}})", false},
        ConditionCase{"IgnoreCase", R"({"StringEqualsIgnoreCase":{"s3:prefix":"HOME/me"}})", true},
        ConditionCase{"Missing", R"({"StringEquals":{"aws:username":"x"}})", false},
        ConditionCase{"MissingNegated", R"({"StringNotEquals":{"aws:username":"x"}})", true},
        ConditionCase{"MissingIfExists", R"({"StringEqualsIfExists":{"aws:username":"x"}})", true},
        ConditionCase{"Null", R"({"Null":{"aws:username":"true","s3:prefix":"false"}})", true},
        ConditionCase{"Bool", R"({"Bool":{"aws:SecureTransport":"false"}})", false},
        ConditionCase{"Numeric", R"({"NumericLessThanEquals":{"s3:max-keys":10}})", true},
        ConditionCase{"NumericGreater", R"({"NumericGreaterThan":{"s3:max-keys":"10"}})", false},
        ConditionCase{"Date", R"({"DateLessThan":{"aws:CurrentTime":"2027-01-01T00:00:00Z"}})",
                      true},
        ConditionCase{"Ip", R"({"IpAddress":{"aws:SourceIp":["192.168.0.0/16","10.0.0.0/8"]}})",
                      true},
        ConditionCase{"NotIp", R"({"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}})", false},
        ConditionCase{
            "Arn", R"({"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/trunkline/pipeline-*"}})",
            true},
        ConditionCase{"ForAll",
                      R"({"ForAllValues:StringEquals":{"aws:TagKeys":["team","cost","x"]}})", true},
        ConditionCase{"ForAllNot", R"({"ForAllValues:StringEquals":{"aws:TagKeys":["team"]}})",
                      false},
        ConditionCase{"ForAny", R"({"ForAnyValue:StringEquals":{"aws:TagKeys":["cost"]}})", true},
        ConditionCase{"ForAnyMissing", R"({"ForAnyValue:StringEquals":{"aws:none":["cost"]}})",
                      false},
        ConditionCase{
            "Two",
            R"({"StringLike":{"s3:prefix":"home/*"},"Bool":{"aws:SecureTransport":"false"}})",
            false},
        ConditionCase{"Unknown", R"({"StringSounds":{"s3:prefix":"home/Me"}})", false}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace trunkline::cloud::access
