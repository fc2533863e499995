#include "cloud/services/sts/trust.h"

#include <string>

#include <gmock/gmock.h>

#include "cloud/callers.h"

namespace trunkline::cloud::sts {
namespace {

TrustRequest FromAccount(std::string_view account) {
  return {.caller = RootCaller(account), .caller_role_arn = {}, .keys = {}};
}

std::string Policy(std::string_view statement) {
  return fmt::format(R"({{"Statement":[{}]}})", statement);
}

struct Row {
  const char* name;
  const char* statement;
  bool allowed;
};

class Trust : public ::testing::TestWithParam<Row> {};

TEST_P(Trust, Decides) {
  TrustRequest request = FromAccount("111122223333");
  request.caller.arn = "arn:aws:sts::111122223333:assumed-role/Deployer/ci";
  request.caller_role_arn = "arn:aws:iam::111122223333:role/ops/Deployer";
  request.keys["sts:externalid"] = "secret-1";

  EXPECT_EQ(TrustAllows(Policy(GetParam().statement), request), GetParam().allowed);
}

constexpr Row kRows[] = {
    {"Account",
     R"({"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"})", true},
    {"AccountRoot",
     R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"})",
     true},
    {"OtherAccount",
     R"({"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"sts:AssumeRole"})", false},
    {"OneOfMany",
     R"({"Effect":"Allow","Principal":{"AWS":["444455556666","111122223333"]},"Action":["sts:TagSession","sts:AssumeRole"]})",
     true},
    {"Everybody", R"({"Effect":"Allow","Principal":"*","Action":"sts:*"})", true},
    {"TheRoleOfTheSession",
     R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/ops/Deployer"},"Action":"sts:AssumeRole"})",
     true},
    {"TheSessionItself",
     R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:sts::111122223333:assumed-role/Deployer/ci"},"Action":"sts:AssumeRole"})",
     true},
    {"AnotherRole",
     R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/Reader"},"Action":"sts:AssumeRole"})",
     false},
    {"AService",
     R"({"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"})",
     false},
    {"AnotherAction", R"({"Effect":"Allow","Principal":"*","Action":"sts:AssumeRoleWithSAML"})",
     false},
    {"DenyWins",
     R"({"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"},{"Effect":"Deny","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"})",
     false},
    {"ExternalId",
     R"({"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"secret-1"}}})",
     true},
    {"OneOfTheExternalIds",
     R"({"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":["x","secret-1"]}}})",
     true},
    {"WrongExternalId",
     R"({"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"other"}}})",
     false},
    {"LikeExternalId",
     R"({"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringLike":{"sts:ExternalId":"secret-?"}}})",
     true},
    {"NotThatExternalId",
     R"({"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringNotEquals":{"sts:ExternalId":"secret-1"}}})",
     false},
    {"AbsentKey",
     R"({"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceVpc":"vpc-1"}}})",
     false},
    {"AbsentKeyIfExists",
     R"({"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEqualsIfExists":{"aws:SourceVpc":"vpc-1"}}})",
     true},
    {"UnknownOperator",
     R"({"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}})",
     false},
};

INSTANTIATE_TEST_SUITE_P(Statements, Trust, ::testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Trust, AsksForAnExternalIdThatWasNotGiven) {
  const std::string policy = Policy(
      R"({"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"x"}}})");

  EXPECT_FALSE(TrustAllows(policy, FromAccount("111122223333")));
}

TEST(Trust, LetsNobodyInByATextThatIsNoPolicy) {
  EXPECT_FALSE(TrustAllows("", FromAccount("111122223333")));
  EXPECT_FALSE(TrustAllows("[]", FromAccount("111122223333")));
  EXPECT_FALSE(TrustAllows("{\"Statement\":", FromAccount("111122223333")));
}

}  // namespace
}  // namespace trunkline::cloud::sts
