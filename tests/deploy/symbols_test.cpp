// Symbols outside of flows: the table, the map that the mapping function serves, texts.
#include <gmock/gmock.h>

#include "deploy/mapping.h"
#include "deploy/symbol_text.h"
#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SymbolsTest : public DeployTest {
 protected:
  SymbolsTest() { HaveInstance(); }
  static std::vector<std::string> Keys(const json::Object& object) {
    std::vector<std::string> keys;
    for (const json::Member& member : object) keys.push_back(member.key);
    return keys;
  }
};

constexpr std::string_view kLookupArn =
    "arn:aws:lambda:eu-central-1:111122223333:function:acme-dev-eu-central-1-lookup:live";

TEST_F(SymbolsTest, AreWhatIsLiveByKindAndName) {
  Have("queue", "Sales");

  const flow::SymbolTable table = Symbols(target(), live);

  const flow::Symbol* sales = table.Find(flow::ResourceKind::kQueue, "Sales");
  ASSERT_NE(sales, nullptr);
  EXPECT_EQ(sales->id, "id-of-Sales");
  EXPECT_EQ(sales->arn, std::string(kInstanceArn) + "/queue/id-of-Sales");
  EXPECT_EQ(table.Find(flow::ResourceKind::kPrompt, "Sales"), nullptr);
}

TEST_F(SymbolsTest, HoldDeclaredFunctionsBeforeTheyExist) {
  AddFunction("lookup");

  const flow::SymbolTable table = Symbols(target(), live);

  ASSERT_NE(table.Find(flow::ResourceKind::kLambda, "lookup"), nullptr);
  EXPECT_EQ(table.Find(flow::ResourceKind::kLambda, "lookup")->arn, kLookupArn);
  EXPECT_NE(table.Find(flow::ResourceKind::kLambda, "mapping"), nullptr);
}

TEST_F(SymbolsTest, LeaveOutWhatHasNoArnYet) {
  Have("bot", "Desk").arn.clear();

  EXPECT_EQ(Symbols(target(), live).Find(flow::ResourceKind::kBot, "Desk"), nullptr);
}

TEST_F(SymbolsTest, OfOtherPartitionsHaveTheirArns) {
  region = "us-gov-west-1";
  AddFunction("lookup");

  EXPECT_THAT(Symbols(target(), live).Find(flow::ResourceKind::kLambda, "lookup")->arn,
              HasSubstr("arn:aws-us-gov:lambda:us-gov-west-1:"));
}

TEST_F(SymbolsTest, MappingIsNeededUnlessTheCenterBringsAFunctionOfThatName) {
  EXPECT_TRUE(NeedsMapping(target()));

  AddFunction("mapping");

  EXPECT_FALSE(NeedsMapping(target()));
}

TEST_F(SymbolsTest, MapHoldsEveryNameWithItsArnButTheMappingFunctionItself) {
  Have("queue", "Sales");
  AddFunction("lookup");

  const json::Object map = MapOf(target(), live);

  EXPECT_THAT(Keys(map), ::testing::UnorderedElementsAre("Sales", "lookup"));
  EXPECT_EQ(map.GetString("Sales"), std::string(kInstanceArn) + "/queue/id-of-Sales");
  EXPECT_EQ(map.GetString("lookup"), kLookupArn);
}

TEST_F(SymbolsTest, MapTellsKindsApartThatShareAName) {
  Have("queue", "Sales");
  Have("flow", "Sales");

  const json::Object map = MapOf(target(), live);

  EXPECT_THAT(Keys(map), ::testing::UnorderedElementsAre("Sales", "queue_Sales", "flow_Sales"));
  EXPECT_NE(map.GetString("queue_Sales"), map.GetString("flow_Sales"));
}

// ---- texts

TEST_F(SymbolsTest, InATextBecomeArns) {
  Have("queue", "Sales");
  AddFunction("lookup");

  const Result<std::string> text =
      ReplaceSymbols("q=${queue:Sales};f=${lambda:lookup}", target(), live);

  ASSERT_TRUE(text);
  EXPECT_EQ(*text, fmt::format("q={}/queue/id-of-Sales;f={}", kInstanceArn, kLookupArn));
}

TEST_F(SymbolsTest, InATextThatAreNotThereAreErrorsWithTheirName) {
  const Result<std::string> text = ReplaceSymbols("${queue:Sales}", target(), live);

  ASSERT_FALSE(text);
  EXPECT_THAT(text.error().message(), HasSubstr("Sales"));
}

TEST_F(SymbolsTest, InATextForComparingMayBeMissing) {
  EXPECT_EQ(ReplaceKnownSymbols("${queue:Sales}", target(), live), "${queue:Sales}");
}

TEST(SymbolChanges, NameTheChangesThatMakeTheSymbols) {
  EXPECT_THAT(
      SymbolChanges("${queue:Sales} ${lambda:lookup} ${bot:Desk} ${flow:Main}"),
      ElementsAre("queue:Sales", "function:lookup", "bot association:Desk", "flow stub:Main"));
  EXPECT_THAT(SymbolChanges("plain"), IsEmpty());
}

TEST(ChangeOf, MakesAFlowWaitForThePermissionToCallAFunction) {
  EXPECT_EQ(ChangeOf(flow::ResourceKind::kLambda, "lookup"), "function association:lookup");
  EXPECT_EQ(ChangeOf(flow::ResourceKind::kModule, "Greet"), "module:Greet");
  EXPECT_EQ(ChangeOf(flow::ResourceKind::kHours, "Office"), "hours:Office");
  EXPECT_EQ(ChangeOf(flow::ResourceKind::kPrompt, "Hello"), "prompt:Hello");
  EXPECT_EQ(ChangeOf(flow::ResourceKind::kUser, "ada"), "");
}

}  // namespace
}  // namespace trunkline::deploy::tests
