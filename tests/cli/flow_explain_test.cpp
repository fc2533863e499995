#include <gmock/gmock.h>

#include "base/json_read.h"
#include "tests/cli/test_world.h"

namespace trunkline::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;
using tests::TestWorld;

TEST(FlowExplain, PrintsThePageOfAType) {
  TestWorld world;

  EXPECT_EQ(world.Run({"flow", "explain", "transfercontacttoqueue"}), 0);

  EXPECT_THAT(world.out(), AllOf(StartsWith("TransferContactToQueue\n"),
                                 HasSubstr("QueueAtCapacity (required)")));
}

TEST(FlowExplain, SaysWhatBecomesOfATypeWithoutAmazonConnect) {
  TestWorld text;
  TestWorld data;

  EXPECT_EQ(text.Run({"flow", "explain", "GetCase"}), 0);
  EXPECT_EQ(data.Run({"flow", "explain", "GetCase", "--json"}), 0);

  EXPECT_THAT(text.out(), HasSubstr("\nWithout Amazon Connect\n  it stands in for a service"));
  const json::Value page = json::Parse(data.out()).value();
  const json::Object& offline =
      page.AsObject().GetArray("actions")[0].AsObject().GetObject("offline");
  EXPECT_EQ(offline.GetString("outcome"), "NoneFound");
}

TEST(FlowExplain, TakesABlocksNameWithoutQuotes) {
  TestWorld world;

  EXPECT_EQ(world.Run({"flow", "explain", "check", "queue", "status"}), 0);

  EXPECT_THAT(world.out(), StartsWith("CheckMetricData\n"));
}

TEST(FlowExplain, PrintsEveryTypeThatABlockIs) {
  TestWorld world;

  EXPECT_EQ(world.Run({"flow", "explain", "Cases", "--markdown"}), 0);

  EXPECT_THAT(world.out(), AllOf(StartsWith("## CreateCase\n"), HasSubstr("\n\n## GetCase\n"),
                                 HasSubstr("\n\n## UpdateCase\n")));
}

TEST(FlowExplain, GivesPagesToMachines) {
  TestWorld world;

  EXPECT_EQ(world.Run({"flow", "explain", "Loop", "--json"}), 0);

  const json::Value page = json::Parse(world.out()).value();
  const json::Array& actions = page.AsObject().GetArray("actions");
  ASSERT_EQ(actions.size(), 1U);
  EXPECT_EQ(actions[0].AsObject().GetString("type"), "Loop");
}

TEST(FlowExplain, ListsAllTypesWithoutAName) {
  TestWorld text;
  TestWorld data;
  TestWorld markdown;

  EXPECT_EQ(text.Run({"flow", "explain"}), 0);
  EXPECT_EQ(data.Run({"flow", "explain", "--json"}), 0);
  EXPECT_EQ(markdown.Run({"flow", "explain", "--markdown"}), 0);

  EXPECT_THAT(text.out(), HasSubstr("\nflow control\n  Compare "));
  EXPECT_EQ(json::Parse(data.out()).value().AsObject().GetArray("families").size(), 9U);
  EXPECT_THAT(markdown.out(), HasSubstr("## flow control\n"));
}

TEST(FlowExplain, PrintsWhatFlowLintSaysAboutARule) {
  for (const std::string format : {"", "--json"}) {
    std::vector<std::string> explain = {"flow", "explain", "literal-arn"};
    std::vector<std::string> lint = {"flow", "lint", "--explain", "literal-arn"};
    if (!format.empty()) explain.push_back(format);
    if (!format.empty()) lint.push_back(format);
    TestWorld explained;
    TestWorld linted;

    EXPECT_EQ(explained.Run(explain), 0);
    EXPECT_EQ(linted.Run(lint), 0);

    EXPECT_EQ(explained.out(), linted.out());
  }
}

TEST(FlowExplain, RefusesAnUnknownNameWithTheNearest) {
  TestWorld world;

  EXPECT_EQ(world.Run({"flow", "explain", "TransferContactToQueu"}), 2);

  EXPECT_EQ(world.out(), "");
  EXPECT_THAT(world.err(), HasSubstr("did you mean 'TransferContactToQueue'?"));
}

TEST(FlowExplain, TakesOneFormat) {
  TestWorld world;

  EXPECT_EQ(world.Run({"flow", "explain", "Loop", "--json", "--markdown"}), 2);

  EXPECT_THAT(world.out() + world.err(), HasSubstr("exclude each other"));
}

}  // namespace
}  // namespace trunkline::cli
