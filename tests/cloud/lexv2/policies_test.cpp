// Resource policies of bots: revisions, single statements, the last of them.
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "tests/cloud/lexv2/bare_lex_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;

class LexPolicies : public BareLexTest {
 protected:
  LexPolicies() : arn_("arn:aws:lex:eu-central-1:111122223333:bot/" + MakeBot("florist")) {}

  json::Object With(json::Object more) {
    more.Set("resourceArn", arn_);
    return more;
  }
  std::string AddStatement(std::string_view id) {
    const json::Object principal{{"service", "connect.amazonaws.com"}};
    return std::string(
        DoLex("CreateResourcePolicyStatement", With({{"statementId", id},
                                                     {"effect", "Allow"},
                                                     {"principal", json::Array{principal}},
                                                     {"action", json::Array{"lex:RecognizeText"}}}))
            .GetString("revisionId"));
  }
  json::Object Document() {
    const json::Object policy = DoLex("DescribeResourcePolicy", With({}));
    return json::Parse(policy.GetString("policy"))->AsObject();
  }

 private:
  std::string arn_;
};

TEST_F(LexPolicies, CountTheirRevisions) {
  EXPECT_EQ(AddStatement("one"), "1");
  EXPECT_EQ(AddStatement("two"), "2");
  EXPECT_THAT(AskLex("DeleteResourcePolicy", With({{"expectedRevisionId", "1"}})),
              Fails(412, "PreconditionFailedException", HasSubstr("'2'")));
}

TEST_F(LexPolicies, KeepWhatStandsBesideANewStatement) {
  DoLex("CreateResourcePolicy",
        With({{"policy", R"({"Version":"2012-10-17","Id":"mine","Statement":{"Sid":"alone"}})"}}));

  AddStatement("second");

  const json::Object document = Document();
  EXPECT_EQ(document.GetString("Id"), "mine");
  ASSERT_EQ(document.GetArray("Statement").size(), 2U);
  EXPECT_EQ(document.GetArray("Statement").front().AsObject().GetString("Sid"), "alone");
}

TEST_F(LexPolicies, AreGoneWithTheirLastStatement) {
  AddStatement("only");

  DoLex("DeleteResourcePolicyStatement", With({{"statementId", "only"}}));

  EXPECT_THAT(AskLex("DescribeResourcePolicy", With({})),
              Fails(404, "ResourceNotFoundException", HasSubstr("has no resource policy")));
}

TEST_F(LexPolicies, AreRefusedWithoutStatements) {
  for (const std::string_view policy : {"{}", R"({"Statement":["x"]})", R"({"Statement":7})"}) {
    EXPECT_THAT(AskLex("CreateResourcePolicy", With({{"policy", policy}})),
                Fails(400, "ValidationException", HasSubstr("'Statement'")));
  }
}

}  // namespace
}  // namespace trunkline::cloud::tests
