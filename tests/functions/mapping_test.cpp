#include "functions/mapping.h"

#include "tests/functions/function_test.h"

namespace trunkline::functions::tests {
namespace {

class MappingFunction : public FunctionTest {
 protected:
  Result<json::Value> Ask(std::string_view map, std::string_view event) {
    aws_.fake().files() = MemoryFiles({{"/task/map.json", std::string(map)}});
    return Invoke("mapping", *json::Parse(event));
  }
};

TEST_F(MappingFunction, AnswersEveryNameWithItsArn) {
  const auto answer = Ask(R"({"Sales": "arn:q", "Lex": "arn:b"})", "{}");

  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(json::Write(*answer), R"({"Sales":"arn:q","Lex":"arn:b"})");
}

TEST_F(MappingFunction, AnswersOnlyTheNamesThatWereAskedFor) {
  const auto answer = Ask(R"({"Sales": "arn:q", "Other": "arn:o"})",
                          R"({"Details": {"Parameters": {"names": "Sales, Missing"}}})");

  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(json::Write(*answer), R"({"Sales":"arn:q"})");
}

TEST_F(MappingFunction, RefusesAnAnswerThatConnectWouldRefuse) {
  const std::string map = R"({"Sales": ")" + std::string(40000, 'x') + R"("})";

  const auto answer = Ask(map, "{}");

  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().message(),
            "the map has 40012 bytes, Amazon Connect takes 32767; pass the parameter 'names' with "
            "the names this flow needs");
}

}  // namespace
}  // namespace trunkline::functions::tests
