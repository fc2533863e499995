// Scenarios: tests of calls in plain words.
#include "sim/testing/scenario.h"

#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "tests/sim/fixture.h"
#include "tests/sim/testing_fixture.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kTop = "test a test\nflow main\n";

// The test case of a scenario's only test, with the heading of `kTop`.
TestCase Compiled(std::string_view steps, TestMode mode = TestMode::kObserved) {
  const ScenarioFile file = ReadScenarios(fmt::format("{}{}", kTop, steps), "a.scenario", mode);
  EXPECT_EQ(ToText(file.findings), "");
  EXPECT_EQ(file.tests.size(), 1u);
  return file.tests.empty() ? TestCase() : ReadGood(json::Write(file.tests.front()), mode);
}

TestOutcome PlayedText(std::string_view steps) {
  return RunTestCase(Compiled(steps), std::make_shared<const World>(TestedWorld()), {},
                     {.at = TimePoint(std::chrono::seconds(1767718800))});
}

// "3:5 TL-T101 message [hint]" of each finding.
std::vector<std::string> Said(std::string_view text, TestMode mode = TestMode::kObserved) {
  std::vector<std::string> said;
  const ScenarioFile file = ReadScenarios(text, "a.scenario", mode);
  for (const Finding& one : file.findings) {
    said.push_back(fmt::format("{}:{} {} {} [{}]", one.place.line, one.place.column, one.code,
                               one.message, one.hint));
  }
  EXPECT_EQ(file.tests.empty(), !said.empty()) << "tests only when nothing is wrong";
  return said;
}

std::vector<std::string> SaidBehindTop(std::string_view steps) {
  return Said(fmt::format("{}{}", kTop, steps));
}

TEST(Scenario, BecomesATestThatRuns) {
  const TestOutcome outcome = PlayedText(
      "hear \"for sales, press 1\"\n"
      "press 1\n"
      "queue Sales\n");

  EXPECT_EQ(outcome.verdict, Verdict::kPassed) << outcome.difference;
}

TEST(Scenario, SaysInWhichLineTheCallWentAnotherWay) {
  const TestOutcome outcome = PlayedText("hear for sales\npress 2\nqueue Sales\n");

  EXPECT_EQ(outcome.verdict, Verdict::kFailed);
  EXPECT_THAT(outcome.difference,
              HasSubstr("observation 'line 5': expected a transfer to queue 'Sales', but there was "
                        "a transfer to queue 'Finance'"));
}

TEST(Scenario, WaitsForWhatFunctionsBotsHoursAndQueuesDo) {
  EXPECT_EQ(PlayedText("function lookup answers {\"name\": \"Ada\"}\n"
                       "function lookup starts\n"
                       "function lookup completes\n"
                       "check $.External.name is Ada\n"
                       "hear \"Hello Ada\"\n")
                .verdict,
            Verdict::kPassed);
  EXPECT_EQ(PlayedText("function lookup fails\nfunction lookup completes\n").verdict,
            Verdict::kFailed);
  EXPECT_EQ(PlayedText("hear for sales\npress 1\nqueue Sales starts\n").verdict, Verdict::kPassed);
  EXPECT_EQ(SaidBehindTop("hours day completes"),
            (std::vector<std::string>{
                "3:11 TL-T103 expected 'open', 'closed', 'fail', 'is', 'starts' behind the name "
                "of the hours but got 'completes' []"}));
}

TEST(Scenario, PutsOneResourceInThePlaceOfAnother) {
  const TestCase test = Compiled("function lookup is other\nhours day is night\nend");
  const auto& function = std::get<Override>(test.observations[0].actions[0].what);
  const auto& hours = std::get<Override>(test.observations[0].actions[1].what);
  EXPECT_EQ(function.resource, "${lambda:lookup}");
  EXPECT_EQ(function.substitute, "${lambda:other}");
  EXPECT_EQ(hours.substitute, "${hours:night}");
  // What began is the transfer that the flow has; where the customer waits is the other queue.
  EXPECT_THAT(
      PlayedText("queue Sales is Finance\nhear for sales\npress 1\nqueue Finance\n").difference,
      AllOf(HasSubstr("there was a transfer to queue 'Sales'"),
            HasSubstr("the customer waits in queue 'Finance'")));
}

TEST(Scenario, LogsWhatReferencesAre) {
  const TestOutcome outcome = PlayedText("hear for sales\nlog the channel is $.Channel\n");
  EXPECT_THAT(outcome.log, ElementsAre(testing::Pair("line 4", "the channel is VOICE")));
}

TEST(Scenario, LetsFunctionsAnswerFailAndTimeOut) {
  EXPECT_EQ(PlayedText("function lookup answers {\"name\": \"Ada\"}\nhear \"Hello Ada\"").verdict,
            Verdict::kPassed);
  const TestCase failing =
      Compiled("function lookup fails\nfunction lookup times out after 3 s\nend");
  const auto& first = std::get<Override>(failing.observations[0].actions[0].what);
  const auto& second = std::get<Override>(failing.observations[0].actions[1].what);
  EXPECT_EQ(first.error, "NoMatchingError");
  EXPECT_EQ(second.error, "TimeLimitExceeded");
  EXPECT_EQ(second.delay, std::chrono::seconds(3));
  EXPECT_EQ(second.resource, "${lambda:lookup}");
}

TEST(Scenario, OpensAndClosesHours) {
  EXPECT_EQ(PlayedText("hours Always closed\nhear We are closed\nend").verdict, Verdict::kPassed);
  EXPECT_EQ(PlayedText("hours Always open\nhear For sales").verdict, Verdict::kPassed);
  EXPECT_EQ(PlayedText("hours Always fail\nhear Sorry\nend").verdict, Verdict::kPassed);
}

TEST(Scenario, FillsAQueueAndLetsItFail) {
  EXPECT_EQ(
      PlayedText("queue Sales full\nhear sales\npress 1\nhear All lines are taken\nend").verdict,
      Verdict::kPassed);
  EXPECT_EQ(PlayedText("queue Sales fails\nhear sales\npress 1\nhear Sorry\nend").verdict,
            Verdict::kPassed);
}

TEST(Scenario, LetsABotUnderstandAnIntentWithSlots) {
  const TestCase test =
      Compiled("bot shop understands Sales {\"city\": \"Paris\"}\nbot shop fails\nend");
  const auto& understood = std::get<Override>(test.observations[0].actions[0].what);

  EXPECT_EQ(understood.loaded, R"({"IntentName":"Sales","Slots":{"city":"Paris"}})");
  EXPECT_EQ(understood.resource, "${bot:shop}");
  EXPECT_EQ(std::get<Override>(test.observations[0].actions[1].what).error, "NoMatchingError");
}

TEST(Scenario, ChecksWhatTheContactKnows) {
  EXPECT_EQ(PlayedText("attribute tier = gold\nhear Welcome\ncheck $.Attributes.tier is gold\n"
                       "check $.Attributes.tier contains ol\ncheck $.Attributes.tier starts with g")
                .verdict,
            Verdict::kPassed);
  EXPECT_THAT(PlayedText("attribute n = 5\nhear Welcome\ncheck $.Attributes.n > 5").difference,
              HasSubstr("action 'line 5': expected $.Attributes.n to be greater than '5'"));
  EXPECT_EQ(PlayedText("attribute n = 5\nhear Welcome\ncheck $.Attributes.n >= 5").verdict,
            Verdict::kPassed);
}

TEST(Scenario, SetsTheCallAndItsRehearsal) {
  const TestCase test = Compiled(
      "about what it is for\nfrom +15550101\nat 2026-01-06T17:00:00Z\nseed 7\nagent answers\n"
      "error Main Menu / Set the voice NoMatchingError\nhang up\nend");

  EXPECT_EQ(test.description, "what it is for");
  EXPECT_EQ(test.from, "+15550101");
  EXPECT_EQ(test.flow, "${flow:main}");
  EXPECT_EQ(test.rehearsal.at, ParseIso8601("2026-01-06T17:00:00Z"));
  EXPECT_EQ(test.rehearsal.seed, 7u);
  EXPECT_TRUE(test.rehearsal.agent_answers);
  ASSERT_EQ(test.rehearsal.outcomes.size(), 1u);
  EXPECT_EQ(test.rehearsal.outcomes[0].flow, "${flow:Main Menu}");
  EXPECT_EQ(test.rehearsal.outcomes[0].action, "Set the voice");
  EXPECT_EQ(test.rehearsal.outcomes[0].outcome.error, "NoMatchingError");
  EXPECT_EQ(std::get<Instruction>(test.observations[0].actions[0].what).kind,
            Instruction::Kind::kHangUp);
}

TEST(Scenario, ComparesWordsWhenItIsToldExactly) {
  const TestCase test = Compiled("hear exactly \"Hello there\"\nhear exactly so\nexpect there");

  EXPECT_EQ(test.observations[1].event.matching, Matching::kSimilarity);
  EXPECT_EQ(test.observations[1].event.text, "Hello there");
  EXPECT_EQ(test.observations[2].event.matching, Matching::kInclusion);
  EXPECT_EQ(test.observations[2].event.text, "exactly so");
  EXPECT_EQ(test.observations[3].event.text, "there");
}

TEST(Scenario, EntersAChat) {
  const ScenarioFile file =
      ReadScenarios("test x\nchat main\nsay hello\nend", "a.scenario", TestMode::kObserved);
  ASSERT_EQ(file.tests.size(), 1u) << ToText(file.findings);
  EXPECT_EQ(ReadGood(json::Write(file.tests[0])).channel, Channel::kChat);
  EXPECT_THAT(Said("test x\nchat main\npress 1\nend"),
              ElementsAre("3:1 TL-T104 a chat has no keys [write 'say' instead of 'press']"));
}

TEST(Scenario, SpellsWordsAsTheDocumentationDoesInStrictMode) {
  const TestCase test = Compiled("say hello\nend", TestMode::kStrict);

  EXPECT_EQ(std::get<Instruction>(test.observations[0].actions[0].what).value, "hello");
}

TEST(Scenario, MayStandWithOthersInAFile) {
  const ScenarioFile file = ReadScenarios(
      "# two\r\ntest one\r\nflow main\r\nend\r\n\r\ntest two\r\nflow main\r\nhear x\r\n",
      "a.scenario", TestMode::kObserved);

  EXPECT_EQ(ToText(file.findings), "");
  ASSERT_EQ(file.tests.size(), 2u);
  EXPECT_EQ(file.tests[0].GetString("Name"), "one");
  EXPECT_EQ(file.tests[1].GetString("Name"), "two");
}

TEST(Scenario, GivesWhatCreateTestCaseTakes) {
  const ScenarioFile file =
      ReadScenarios("test x\nflow main\nattribute a = b\nend", "a.scenario", TestMode::kObserved);
  ASSERT_EQ(file.tests.size(), 1u);
  const json::Object& test = file.tests[0];

  EXPECT_EQ(test.GetString("InitializationData"),
            R"({"Attributes":{"a":"b"},"SegmentAttributes":{}})");
  EXPECT_TRUE(json::Parse(test.GetString("Content")).ok()) << "a text, not an object";
  EXPECT_EQ(test.GetObject("EntryPoint").GetString("Type"), "VOICE_CALL");
}

TEST(Scenario, NamesTheNearestStepAndWord) {
  EXPECT_THAT(SaidBehindTop("haer x\nend"),
              ElementsAre("3:1 TL-T101 'haer' is no step of a scenario [did you mean 'hear'?]"));
  EXPECT_THAT(
      SaidBehindTop("hours h opne\nend"),
      ElementsAre(
          "3:9 TL-T103 expected 'open', 'closed', 'fail', 'is', 'starts' behind the name of the "
          "hours but got 'opne' [did you mean 'open'?]"));
  EXPECT_THAT(SaidBehindTop("queue Sales ful\nend"),
              ElementsAre(HasSubstr("3:13 TL-T103 expected 'full', 'fails'")));
  EXPECT_THAT(SaidBehindTop("end\ncheck $.Attributes.a has b"),
              ElementsAre(HasSubstr("4:22 TL-T103 expected 'is', 'contains'")));
}

TEST(Scenario, SaysWhatIsMissing) {
  EXPECT_THAT(SaidBehindTop("hear\nend"),
              ElementsAre("3:5 TL-T102 expected what the customer hears []"));
  EXPECT_THAT(SaidBehindTop("function f\nend"), ElementsAre(HasSubstr("3:11 TL-T102")));
  EXPECT_THAT(SaidBehindTop("function f answers\nend"), ElementsAre(HasSubstr("TL-T102")));
  EXPECT_THAT(SaidBehindTop("attribute tier\nend"), ElementsAre(HasSubstr("3:11 TL-T102")));
  EXPECT_THAT(SaidBehindTop("error Main\nend"), ElementsAre(HasSubstr("3:7 TL-T102")));
  EXPECT_THAT(Said("test x\nend"), ElementsAre(HasSubstr("2:1 TL-T104 expected 'flow NAME'")));
  EXPECT_THAT(Said("test x\n"), ElementsAre(HasSubstr("1:1 TL-T102 the test does not say which")));
  EXPECT_THAT(SaidBehindTop("say x\n"), ElementsAre(HasSubstr("1:1 TL-T102 the test waits for")));
}

TEST(Scenario, SaysWhatIsMisplaced) {
  EXPECT_THAT(Said("flow main\nhear x\n"),
              ElementsAre("1:1 TL-T104 expected 'test NAME' before the first step []"));
  EXPECT_THAT(SaidBehindTop("flow other\nend"), ElementsAre(HasSubstr("3:1 TL-T104")));
  EXPECT_THAT(SaidBehindTop("end\nhear x"), ElementsAre(HasSubstr("4:1 TL-T104")));
  EXPECT_THAT(SaidBehindTop("attribute a = b\nattribute a = c\nend"),
              ElementsAre(HasSubstr("4:11 TL-T104")));
  EXPECT_THAT(SaidBehindTop("hear x\nsay y\ncheck $.Attributes.a is b"),
              ElementsAre(AllOf(HasSubstr("5:1 TL-T104"), HasSubstr("has no effect yet"))));
}

TEST(Scenario, SaysWhichValueIsWrong) {
  EXPECT_THAT(SaidBehindTop("press one\nend"), ElementsAre(HasSubstr("3:7 TL-T105")));
  EXPECT_THAT(SaidBehindTop("from 5550101\nend"), ElementsAre(HasSubstr("3:6 TL-T105")));
  EXPECT_THAT(SaidBehindTop("at noon\nend"), ElementsAre(HasSubstr("3:4 TL-T105")));
  EXPECT_THAT(SaidBehindTop("seed x\nend"), ElementsAre(HasSubstr("3:6 TL-T105")));
  EXPECT_THAT(SaidBehindTop("hear \"x\nend"), ElementsAre(HasSubstr("3:6 TL-T105")));
  EXPECT_THAT(SaidBehindTop("function f answers {\"a\"\nend"),
              ElementsAre(HasSubstr("3:20 TL-T105")));
  EXPECT_THAT(SaidBehindTop("function f answers [1]\nend"),
              ElementsAre(HasSubstr("but got an array")));
  EXPECT_THAT(SaidBehindTop("function f times out after 301 s\nend"),
              ElementsAre(HasSubstr("3:28 TL-T105 expected 0 to 300 seconds")));
  EXPECT_THAT(SaidBehindTop("end\ncheck tier is gold"), ElementsAre(HasSubstr("4:7 TL-T105")));
  EXPECT_THAT(SaidBehindTop("end\ncheck $.a > b"), ElementsAre(HasSubstr("4:13 TL-T105")));
}

TEST(Scenario, RefusesBytesThatAreNoUtf8) {
  EXPECT_THAT(SaidBehindTop("hear Caf\xE9\nend"),
              ElementsAre(HasSubstr("3:1 TL-T105 expected UTF-8")));
  EXPECT_THAT(SaidBehindTop("hear Caf\xC3\xA9\nend"), IsEmpty());
}

TEST(Scenario, SaysAllThatIsWrongAtOnce) {
  EXPECT_EQ(SaidBehindTop("haer x\npress one\nqueue\n").size(), 3u);
}

}  // namespace
}  // namespace trunkline::sim::tests
