#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/text.h"
#include "flow/lint_page.h"
#include "tests/cli/test_world.h"

namespace trunkline::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using tests::TestWorld;

TEST(FlowLintRules, ListsEveryRule) {
  TestWorld world;

  EXPECT_EQ(world.Run({"flow", "lint", "--rules"}), 0);

  for (const flow::LintRule& rule : flow::AllLintRules()) {
    EXPECT_THAT(world.out(), HasSubstr(rule.code));
    EXPECT_THAT(world.out(), HasSubstr(rule.summary));
  }
  EXPECT_THAT(world.out(), HasSubstr("  warning  No path from the start leads to the action.\n"));
}

TEST(FlowLintRules, GivesTheListToMachines) {
  TestWorld world;

  EXPECT_EQ(world.Run({"flow", "lint", "--rules", "--json"}), 0);

  const json::Value listed = json::Parse(world.out()).value();
  const json::Array& rules = listed.AsObject().GetArray("rules");
  ASSERT_EQ(rules.size(), flow::AllLintRules().size());
  EXPECT_EQ(rules[0].AsObject().GetString("code"), "TL-L105");
  EXPECT_EQ(rules[0].AsObject().GetString("level"), "warning");
}

TEST(FlowLintRules, ExplainsARuleByItsNameAndByItsCode) {
  for (const std::string word : {"literal-arn", "TL-L301", "tl-l301"}) {
    TestWorld world;

    EXPECT_EQ(world.Run({"flow", "lint", "--explain", word}), 0);

    EXPECT_THAT(world.out(), StartsWith("# TL-L301 literal-arn\n"));
    EXPECT_THAT(world.out(), HasSubstr("\n## Bad\n"));
  }
}

TEST(FlowLintRules, GivesThePageToMachines) {
  TestWorld world;

  EXPECT_EQ(world.Run({"flow", "lint", "--explain", "literal-arn", "--json"}), 0);

  const json::Value page = json::Parse(world.out()).value();
  EXPECT_EQ(page.AsObject().GetString("name"), "literal-arn");
  EXPECT_EQ(page.AsObject().GetArray("bad").size(), 1U);
  EXPECT_THAT(page.AsObject().GetArray("good")[0].AsObject().GetString("flow"),
              HasSubstr("${queue:Sales}"));
}

TEST(FlowLintRules, NamesTheNearestOfAnUnknownRule) {
  TestWorld world;

  EXPECT_EQ(world.Run({"flow", "lint", "--explain", "literal-anr"}), 2);

  EXPECT_EQ(world.err(),
            "error: there is no lint rule 'literal-anr'; did you mean 'literal-arn'?\n");
}

TEST(FlowLintRules, AreNotGivenForNothing) {
  TestWorld world;

  EXPECT_EQ(world.Run({"flow", "lint"}), 2);

  EXPECT_THAT(world.err(), HasSubstr("expected the PATH of a flow or a folder"));
}

}  // namespace
}  // namespace trunkline::cli
