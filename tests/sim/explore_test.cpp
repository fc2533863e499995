// What an exploration walks, and what it finds wrong.
#include "sim/explore/explore.h"

#include <gmock/gmock.h>

#include "base/json_write.h"
#include "base/text.h"
#include "sim/explore/arms.h"
#include "sim/explore/judge.h"
#include "sim/explore/write_case.h"
#include "sim/testing/read_test_case.h"
#include "sim/testing/run_test_case.h"
#include "tests/sim/fixture.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view kMenu =
    R"({"Text":"Press 1 for sales.","InputTimeLimitSeconds":"5","StoreInput":"False"})";

std::string Menu(const std::string& one, const std::string& other, const std::string& silence) {
  return Action("menu", "GetParticipantInput", kMenu,
                {{"Equals 1", one},
                 {"Error:NoMatchingCondition", other},
                 {"Error:NoMatchingError", other},
                 {"Error:InputTimeLimitExceeded", silence}});
}

std::string Bye() {
  return Action("bye", "MessageParticipant", R"({"Text":"Good bye."})", {{"next", "end"}}) + "," +
         Action("end", "DisconnectParticipant", "{}");
}

std::string Transfer() {
  return Action("set", "UpdateContactTargetQueue", R"({"QueueId":"q-sales"})",
                {{"next", "transfer"}, {"Error:NoMatchingError", "bye"}}) +
         "," +
         Action("transfer", "TransferContactToQueue", "{}",
                {{"Error:QueueAtCapacity", "bye"}, {"Error:NoMatchingError", "bye"}});
}

std::string Lookup(const std::string& next, const std::string& failed) {
  return Action("lookup", "InvokeLambdaFunction",
                R"({"LambdaFunctionARN":"arn:aws:lambda:us-east-1:1:function:lookup"})",
                {{"next", next}, {"Error:NoMatchingError", failed}});
}

struct Outcome {
  std::unique_ptr<Exploration> exploration;
  Explored explored;
  std::vector<Discovery> found;

  // "TL-E001 menu" of each.
  std::vector<std::string> Codes() const {
    std::vector<std::string> codes;
    for (const Discovery& one : found)
      codes.push_back(one.code + (one.where.action.empty() ? "" : " " + one.where.action));
    return codes;
  }
  std::string WayOf(std::size_t i) const {
    return Join(WordsOf(exploration->Replay(found[i].way)), "; ");
  }
};

Outcome Explore(const std::string& actions, ExploreOrder order = {}) {
  World world = SmallWorld();
  world.functions = {{.arn = "arn:aws:lambda:us-east-1:1:function:lookup", .name = "lookup"}};
  world.answering.mode = Answering::Mode::kHost;
  world.flows.push_back(MakeFlow("main", "CONTACT_FLOW", actions));
  world.flows.push_back(
      MakeFlow("elsewhere", "CONTACT_FLOW", Action("end", "DisconnectParticipant", "{}")));
  order.call.flow = "main";
  order.call.contact_id = "contact-1";
  order.call.customer.address = "+15550100";
  Outcome outcome;
  outcome.exploration = std::make_unique<Exploration>(
      std::make_shared<const World>(std::move(world)), StandIns{}, std::move(order));
  outcome.explored = outcome.exploration->Run();
  outcome.found = Judge(outcome.explored, outcome.exploration->order());
  return outcome;
}

TEST(Arms, AreOneValueForEachConditionThatCanHoldFirst) {
  const std::vector<flow::ConditionBranch> conditions = {
      {.op = "NumberLessThan", .operands = {"31"}, .next = "a"},
      {.op = "NumberLessThan", .operands = {"21"}, .next = "never first"},
      {.op = "NumberLessThan", .operands = {"81"}, .next = "b"}};

  const std::vector<Arm> arms = ArmsOf(conditions, ValueRange::kPercent);

  ASSERT_THAT(arms, SizeIs(3));
  EXPECT_EQ(arms[0].condition, 0U);
  EXPECT_EQ(arms[1].condition, 2U);
  EXPECT_EQ(arms[2].condition, kNoCondition);
  EXPECT_GE(std::stoi(arms[2].value), 81);
}

TEST(Exploration, WalksEveryKeySilenceAndWhatTheQueueDoes) {
  const Outcome outcome = Explore(Menu("set", "bye", "bye") + "," + Transfer() + "," + Bye());

  const auto took = [](std::string action, std::string branch) {
    return Contains(Branch{"main", std::move(action), std::move(branch)});
  };
  EXPECT_THAT(outcome.explored.branches,
              AllOf(took("menu", "Equals 1"), took("menu", "NoMatchingCondition"),
                    took("menu", "InputTimeLimitExceeded"), took("transfer", "QueueAtCapacity"),
                    took("transfer", "success"), took("transfer", "NoMatchingError")));
  EXPECT_THAT(outcome.Codes(), IsEmpty());
}

TEST(Exploration, LetsAFunctionAnswerWhatIsComparedLater) {
  const std::string compare =
      Action("keep", "UpdateContactAttributes", R"({"Attributes":{"tier":"$.External.tier"}})",
             {{"next", "tier"}, {"Error:NoMatchingError", "bye"}}) +
      "," +
      Action("tier", "Compare", R"({"ComparisonValue":"$.Attributes.tier"})",
             {{"Equals gold", "bye"}, {"Equals tin", "end"}, {"Error:NoMatchingCondition", "bye"}});

  const Outcome outcome = Explore(Lookup("keep", "bye") + "," + compare + "," + Bye());

  EXPECT_THAT(outcome.explored.branches,
              AllOf(Contains(Branch{"main", "tier", "Equals gold"}),
                    Contains(Branch{"main", "tier", "NoMatchingCondition"}),
                    Contains(Branch{"main", "lookup", "NoMatchingError"})));
  ASSERT_THAT(outcome.Codes(), ElementsAre("TL-E004 tier"));
  EXPECT_EQ(outcome.WayOf(0), "function 'lookup' answers: tier is 'tin'");
}

TEST(Exploration, BeginsWithAttributesThatNoFlowSets) {
  const std::string tier = Action("tier", "Compare", R"({"ComparisonValue":"$.Attributes.tier"})",
                                  {{"Equals gold", "end"}, {"Error:NoMatchingCondition", "bye"}});

  const Outcome outcome = Explore(tier + "," + Bye());
  ExploreOrder order;
  order.call.attributes = {{"tier", "tin"}};
  const Outcome given = Explore(tier + "," + Bye(), order);

  ASSERT_THAT(outcome.Codes(), ElementsAre("TL-E004 tier"));
  EXPECT_EQ(outcome.WayOf(0), "begins with attributes (tier is 'gold')");
  EXPECT_THAT(given.Codes(), IsEmpty());
}

TEST(Exploration, OpensAndClosesTheHoursOfAQueue) {
  const std::string hours =
      Action("set", "UpdateContactTargetQueue", R"({"QueueId":"q-sales"})",
             {{"next", "hours"}, {"Error:NoMatchingError", "bye"}}) +
      "," +
      Action("hours", "CheckHoursOfOperation", "{}",
             {{"Equals True", "bye"}, {"Equals False", "end"}, {"Error:NoMatchingError", "bye"}});

  const Outcome outcome = Explore(hours + "," + Bye());

  ASSERT_THAT(outcome.Codes(), ElementsAre("TL-E004 hours"));
  EXPECT_EQ(outcome.WayOf(0), "hours 'Always' are closed");
}

TEST(Exploration, LetsABotUnderstandEachIntentAndFail) {
  const std::string bot =
      Action(
          "bot", "ConnectParticipantWithLexBot",
          R"({"Text":"What for?","LexV2Bot":{"AliasArn":"arn:aws:lex:us-east-1:1:bot-alias/A/B"}})",
          {{"Equals Sales", "city"},
           {"Error:NoMatchingCondition", "bye"},
           {"Error:NoMatchingError", "bye"}}) +
      "," +
      Action("city", "Compare", R"({"ComparisonValue":"$.Lex.Slots.City"})",
             {{"Equals Rome", "end"}, {"Error:NoMatchingCondition", "bye"}});

  const Outcome outcome = Explore(bot + "," + Bye());

  EXPECT_THAT(outcome.explored.branches,
              AllOf(Contains(Branch{"main", "bot", "NoMatchingCondition"}),
                    Contains(Branch{"main", "bot", "NoMatchingError"}),
                    Contains(Branch{"main", "city", "NoMatchingCondition"})));
  ASSERT_THAT(outcome.Codes(), ElementsAre("TL-E004 city"));
  EXPECT_THAT(outcome.WayOf(0), HasSubstr("understands 'Sales' (City is 'Rome')"));
}

TEST(Exploration, FoldsWhatGoesOnAlike) {
  const std::string again = Menu("bye", "menu", "bye");

  const Outcome outcome = Explore(again + "," + Bye());

  EXPECT_LT(outcome.explored.states.size(), 4U);
  EXPECT_EQ(CountLoops(outcome.explored), 1U);
  EXPECT_THAT(outcome.Codes(), IsEmpty()) << "he may press 1 any time";
}

TEST(Exploration, KeepsTheCountersOfLoopsApart) {
  const std::string loop =
      Action("loop", "Loop", R"({"LoopCount":"3"})",
             {{"Equals ContinueLooping", "menu"}, {"Equals DoneLooping", "bye"}, {"next", "bye"}});

  const Outcome outcome = Explore(Menu("bye", "loop", "loop") + "," + loop + "," + Bye());

  EXPECT_GE(outcome.explored.states.size(), 4U);
  EXPECT_EQ(CountLoops(outcome.explored), 0U);
  EXPECT_THAT(outcome.Codes(), IsEmpty());
}

TEST(Exploration, SaysWhichBoundWasMet) {
  ExploreOrder order;
  order.bounds = {.depth = 1, .states = 100};

  const Outcome shallow =
      Explore(Menu("set", "bye", "bye") + "," + Transfer() + "," + Bye(), order);
  order.bounds = {.depth = 50, .states = 1};
  const Outcome small = Explore(Menu("set", "bye", "bye") + "," + Transfer() + "," + Bye(), order);

  ASSERT_THAT(shallow.found, SizeIs(1));
  EXPECT_THAT(shallow.found[0].message, HasSubstr("ways end after 1 choices"));
  EXPECT_EQ(shallow.found[0].severity, Severity::kNote);
  ASSERT_THAT(small.found, SizeIs(1));
  EXPECT_THAT(small.found[0].message, HasSubstr("1 states were reached"));
}

TEST(Exploration, GivesTheSameAgain) {
  const std::string actions = Menu("set", "menu", "bye") + "," + Transfer() + "," + Bye();

  EXPECT_EQ(Explore(actions).explored.states.size(), Explore(actions).explored.states.size());
  EXPECT_EQ(Explore(actions).explored.branches, Explore(actions).explored.branches);
}

TEST(Judgement, FindsALoopThatNothingLeadsOutOf) {
  const std::string other = Action("other", "GetParticipantInput", kMenu,
                                   {{"Equals 1", "menu"},
                                    {"Error:NoMatchingCondition", "menu"},
                                    {"Error:NoMatchingError", "menu"},
                                    {"Error:InputTimeLimitExceeded", "menu"}});

  const Outcome outcome = Explore(Menu("other", "menu", "menu") + "," + other);

  ASSERT_THAT(outcome.Codes(), ElementsAre("TL-E001 menu"));
  EXPECT_EQ(outcome.found[0].severity, Severity::kError);
  EXPECT_THAT(outcome.found[0].message, HasSubstr("loop through 'menu', 'other'"));
}

TEST(Judgement, FindsALoopThatOnlySilenceDrives) {
  const Outcome outcome = Explore(Menu("bye", "bye", "menu") + "," + Bye());

  ASSERT_THAT(outcome.Codes(), ElementsAre("TL-E002 menu"));
  EXPECT_EQ(outcome.found[0].severity, Severity::kWarning);
  EXPECT_EQ(outcome.WayOf(0), "presses nothing");
}

TEST(Judgement, FindsALoopThatAFailingFunctionDrives) {
  const Outcome outcome = Explore(Lookup("bye", "lookup") + "," + Bye());

  EXPECT_THAT(outcome.Codes(), Contains("TL-E003 lookup"));
}

TEST(Judgement, FindsAHangUpWithoutAWord) {
  const Outcome outcome = Explore(Menu("end", "bye", "bye") + "," + Bye());

  ASSERT_THAT(outcome.Codes(), ElementsAre("TL-E004 menu"));
  EXPECT_THAT(outcome.found[0].message,
              HasSubstr("hangs up without a word behind branch 'Equals 1' of action 'menu'"));
  EXPECT_EQ(outcome.WayOf(0), "presses 1");
}

TEST(Judgement, TakesAHangUpAfterSilenceLessSeriously) {
  const Outcome outcome = Explore(Menu("bye", "bye", "end") + "," + Bye());

  ASSERT_THAT(outcome.found, SizeIs(1));
  EXPECT_EQ(outcome.found[0].severity, Severity::kWarning);
}

TEST(Judgement, FindsACallThatSaysNothingAtAll) {
  const Outcome outcome = Explore(Action("end", "DisconnectParticipant", "{}"));

  ASSERT_THAT(outcome.Codes(), ElementsAre("TL-E004 end"));
  EXPECT_THAT(outcome.found[0].message, HasSubstr("without having said anything"));
}

TEST(Judgement, FindsAFailureThatEndsTheCallWithoutAWord) {
  const Outcome outcome =
      Explore(Action("hello", "MessageParticipant", R"({"Text":"Hello."})", {{"next", "lookup"}}) +
              "," + Lookup("bye", "end") + "," + Bye());

  ASSERT_THAT(outcome.Codes(), ElementsAre("TL-E005 lookup"));
  EXPECT_EQ(outcome.found[0].severity, Severity::kWarning);
}

TEST(Judgement, FindsAnEndlessLoopThatWaitsForNobody) {
  const Outcome outcome =
      Explore(Action("a", "MessageParticipant", R"({"Text":"Again."})", {{"next", "b"}}) + "," +
              Action("b", "MessageParticipant", R"({"Text":"And again."})", {{"next", "a"}}));

  ASSERT_THAT(outcome.Codes(), SizeIs(1));
  EXPECT_EQ(outcome.found[0].code, "TL-E006");
  EXPECT_THAT(outcome.found[0].message, HasSubstr("endless loop"));
}

TEST(Judgement, AsksForNoWordsWhereAFlowThatIsNotKnownGoesOn) {
  const std::string away = Action("away", "TransferToFlow", R"({"ContactFlowId":"elsewhere"})",
                                  {{"next", "bye"}, {"Error:NoMatchingError", "bye"}});
  const std::string actions = Menu("away", "bye", "bye") + "," + away + "," + Bye();
  ExploreOrder order;
  order.unknown = {"elsewhere"};

  EXPECT_THAT(Explore(actions, order).Codes(), IsEmpty());
  order.unknown.clear();
  EXPECT_THAT(Explore(actions, order).Codes(), ElementsAre("TL-E004 menu"));
}

class Sensitive : public ::testing::Test {
 protected:
  static Outcome With(const std::string& actions, SensitiveQueues sensitive) {
    ExploreOrder order;
    order.sensitive = std::move(sensitive);
    return Explore(actions, std::move(order));
  }

  const std::string open_ = Menu("set", "bye", "bye") + "," + Transfer() + "," + Bye();
  // The same, with a function that says who calls.
  const std::string guarded_ =
      Lookup("keep", "bye") + "," +
      Action("keep", "UpdateContactAttributes", R"({"Attributes":{"proven":"$.External.proven"}})",
             {{"next", "proven"}, {"Error:NoMatchingError", "bye"}}) +
      "," +
      Action("proven", "Compare", R"({"ComparisonValue":"$.Attributes.proven"})",
             {{"Equals yes", "menu"}, {"Error:NoMatchingCondition", "bye"}}) +
      "," + open_;
};

TEST_F(Sensitive, QueueIsReachedWithoutProof) {
  const Outcome outcome =
      With(open_, {.queues = {"Sales"}, .attributes = {{"proven", "yes"}}, .blocks = {}});

  ASSERT_THAT(outcome.Codes(), ElementsAre("TL-E008 transfer"));
  EXPECT_THAT(outcome.found[0].message, HasSubstr("sensitive queue 'Sales'"));
  EXPECT_EQ(outcome.WayOf(0), "presses 1; queue 'Sales' takes the contact");
}

TEST_F(Sensitive, QueueIsReachedWithAnAttributeAsProof) {
  EXPECT_THAT(With(guarded_, {.queues = {"Sales"}, .attributes = {{"proven", "yes"}}, .blocks = {}})
                  .Codes(),
              IsEmpty());
  EXPECT_THAT(
      With(guarded_, {.queues = {"Sales"}, .attributes = {{"proven", "no"}}, .blocks = {}}).Codes(),
      ElementsAre("TL-E008 transfer"));
}

TEST_F(Sensitive, QueueIsReachedThroughABlockAsProof) {
  EXPECT_THAT(With(guarded_, {.queues = {"${queue:Sales}"}, .attributes = {}, .blocks = {"proven"}})
                  .Codes(),
              IsEmpty());
  EXPECT_THAT(With(guarded_, {.queues = {"Sales"}, .attributes = {}, .blocks = {"other"}}).Codes(),
              ElementsAre("TL-E008 transfer"));
}

// Each discovery's test case passes where it was made, and fails where the flow was mended.
class WrittenCases : public ::testing::Test {
 protected:
  static TestOutcome Run(const Outcome& found, const Outcome& on, std::size_t i = 0) {
    const WrittenCase written =
        WriteCase(*found.exploration, found.found[i], found.exploration->Replay(found.found[i].way),
                  "case", "main");
    EXPECT_THAT(written.left_out, IsEmpty());
    ReadTest read = ReadTestCase(json::WritePretty(json::Value(written.test)), "case.json",
                                 TestMode::kObserved);
    if (!read.test) {
      ADD_FAILURE() << (read.findings.empty() ? "" : read.findings[0].message);
      return {};
    }
    auto world = std::make_shared<const World>(on.exploration->world());
    return RunTestCase(*read.test, world, {}, {});
  }
};

TEST_F(WrittenCases, ShowAHangUpBehindAFunctionsAnswerAndAKey) {
  const auto flow = [](const std::string& one) {
    return Explore(Lookup("menu", "bye") + "," + Menu(one, "bye", "bye") + "," + Bye());
  };
  const Outcome found = flow("end");
  ASSERT_THAT(found.Codes(), ElementsAre("TL-E004 menu"));

  EXPECT_EQ(Run(found, found).difference, "");
}

TEST_F(WrittenCases, ShowALoopByItsMessages) {
  const Outcome found = Explore(Menu("bye", "bye", "menu") + "," + Bye());
  const Outcome mended = Explore(Menu("bye", "bye", "bye") + "," + Bye());
  ASSERT_THAT(found.Codes(), ElementsAre("TL-E002 menu"));

  EXPECT_EQ(Run(found, found).difference, "");
  EXPECT_THAT(Run(found, mended).difference, HasSubstr("expected the customer to hear"));
}

TEST_F(WrittenCases, ShowTheWayIntoASensitiveQueue) {
  ExploreOrder order;
  order.sensitive = {.queues = {"Sales"}, .attributes = {{"proven", "yes"}}, .blocks = {}};
  const Outcome found = Explore(Menu("set", "bye", "bye") + "," + Transfer() + "," + Bye(), order);
  const Outcome mended = Explore(Menu("bye", "bye", "bye") + "," + Transfer() + "," + Bye());

  EXPECT_EQ(Run(found, found).difference, "");
  EXPECT_THAT(Run(found, mended).difference, HasSubstr("expected a transfer to queue 'Sales'"));
}

TEST_F(WrittenCases, SayWhatTheLanguageCannot) {
  const std::string split =
      Action("split", "DistributeByPercentage", "{}",
             {{"NumberLessThan 51", "end"}, {"Error:NoMatchingCondition", "bye"}});
  const Outcome found = Explore(split + "," + Bye());
  ASSERT_THAT(found.Codes(), ElementsAre("TL-E004 split"));

  const WrittenCase written =
      WriteCase(*found.exploration, found.found[0], found.exploration->Replay(found.found[0].way),
                "case", "main");

  EXPECT_THAT(written.left_out, ElementsAre(HasSubstr("the split draws")));
}

}  // namespace
}  // namespace trunkline::sim::tests
