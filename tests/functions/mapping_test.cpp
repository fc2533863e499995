#include "functions/mapping.h"

#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "functions/function.h"

namespace trunkline::functions {
namespace {

class MappingFunction : public testing::Test {
 protected:
  Result<json::Value> Ask(std::string_view map, std::string_view event) {
    files_ = MemoryFiles({{"/task/map.json", std::string(map)}});
    const FunctionWorld world{
        .environment = environment_, .files = files_, .log = log_, .task_root = "/task"};
    return FindFunction("mapping")->answer(world, *json::Parse(event));
  }

 private:
  MemoryFiles files_;
  MapEnvironment environment_{{}};
  MemoryLog log_;
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
}  // namespace trunkline::functions
