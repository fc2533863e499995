#include "flow/contract.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/json_read.h"

namespace trunkline::flow {
namespace {

using testing::ElementsAre;

std::optional<ModuleContract> ContractIn(std::string_view settings) {
  const Parsed parsed = Parse(
      fmt::format(
          R"({{"Name":"M",{}"Content":{{"Version":"2019-10-30","StartAction":"a","Settings":{{}},
"Actions":[{{"Identifier":"a","Type":"EndFlowModuleExecution","Parameters":{{}},"Transitions":{{}}}}]}}}})",
          settings),
      "module.json");
  return ReadContract(*parsed.document);
}

constexpr std::string_view kContract =
    R"({"input":{"schema":{"properties":{"n":{"type":"Number"},"s":{}},"required":["n"]}},
"transitions":{"results":[{"name":"known"},{"name":"unknown"}]}})";

TEST(ReadContract, TakesItAsAnObject) {
  const std::optional<ModuleContract> contract =
      ContractIn(fmt::format(R"("Settings":{},)", kContract));

  ASSERT_TRUE(contract);
  EXPECT_THAT(contract->results, ElementsAre("known", "unknown"));
  EXPECT_THAT(NamesOf(contract->input), ElementsAre("n", "s"));
  EXPECT_EQ(FindMember(contract->input, "n")->type, "number");
  EXPECT_TRUE(FindMember(contract->input, "n")->required);
  EXPECT_FALSE(FindMember(contract->input, "s")->required);
  EXPECT_FALSE(contract->has_data);
}

TEST(ReadContract, TakesItAsAStringOfJson) {
  const std::optional<ModuleContract> contract =
      ContractIn(R"("Settings":"{\"resultData\":{\"schema\":{\"properties\":{\"x\":{}}}}}",)");

  ASSERT_TRUE(contract);
  EXPECT_THAT(NamesOf(contract->data), ElementsAre("x"));
  EXPECT_FALSE(contract->has_results);
}

TEST(ReadContract, IsNothingWhereAModuleDeclaresNothing) {
  EXPECT_FALSE(ContractIn(""));
  EXPECT_FALSE(ContractIn(R"("Settings":"{}",)"));
  EXPECT_FALSE(ContractIn(R"("Settings":"no JSON",)"));
}

TEST(TakesJson, ComparesTypes) {
  const auto takes = [](std::string_view type, std::string_view value) {
    return TakesJson(type, json::Parse(value).value());
  };
  EXPECT_TRUE(takes("string", R"("x")"));
  EXPECT_FALSE(takes("number", R"("7")"));
  EXPECT_TRUE(takes("integer", "7"));
  EXPECT_FALSE(takes("integer", "7.5"));
  EXPECT_TRUE(takes("boolean", "true"));
  EXPECT_FALSE(takes("object", "[]"));
  EXPECT_FALSE(takes("null", "1"));
  EXPECT_TRUE(takes("", "[]"));
}

}  // namespace
}  // namespace trunkline::flow
