// Running test cases: events, actions, overrides, limits, and what is said of a difference.
#include <gmock/gmock.h>

#include "sim/testing/match.h"
#include "tests/sim/fixture.h"
#include "tests/sim/testing_fixture.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr std::string_view kLookup = R"({"LambdaFunctionARN":"${lambda:lookup}"})";
constexpr std::string_view kSales = R"({"QueueId":"${queue:Sales}"})";
constexpr std::string_view kFinance = R"({"QueueId":"${queue:Finance}"})";
constexpr std::string_view kAda =
    R"({"DelaySeconds":1,"LoadedData":"{\"name\":\"Ada\",\"orders\":\"3\"}"})";

std::string Hours() {
  return fmt::format(R"({{"HoursOfOperationId":"{}"}})", SmallWorld().hours.front().id);
}
std::string MockLookup(std::string_view id = "mock") {
  return Replace(id, "InvokeLambdaFunction", kLookup, Mock(kAda));
}
// Presses 1 or 2 in the menu; `then` is waited for afterwards.
std::string InMenu(std::string_view keys, std::string_view then) {
  return Observe("menu", Hears("for sales"), Press("press", keys), then);
}

TEST(TestRun, PassesWhenEveryObservationMatches) {
  const TestOutcome outcome =
      Played({InMenu("1", "queued"), Observe("queued", Begins("TransferContactToQueue", kSales))});

  EXPECT_EQ(outcome.verdict, Verdict::kPassed) << outcome.difference;
  EXPECT_EQ(outcome.difference, "");
}

TEST(TestRun, SaysWhichQueueItWasInstead) {
  const TestOutcome outcome =
      Played({InMenu("2", "queued"), Observe("queued", Begins("TransferContactToQueue", kSales))});

  EXPECT_NE(outcome.verdict, Verdict::kPassed);
  EXPECT_THAT(outcome.difference,
              HasSubstr("observation 'queued': expected a transfer to queue 'Sales', but there was "
                        "a transfer to queue 'Finance'"));
}

TEST(TestRun, SaysWhatTheCustomerHeardInstead) {
  const TestOutcome outcome = Played({Observe("odd", Hears("for weather"))});

  EXPECT_EQ(outcome.verdict, Verdict::kFailed);
  EXPECT_THAT(outcome.difference, HasSubstr("expected the customer to hear 'for weather', but the "
                                            "customer heard 'Welcome to us.', then "));
  EXPECT_THAT(outcome.difference, HasSubstr("the contact ended"));
}

TEST(TestRun, DoesWhatIsSaidAtTheBeginningAndAtTheEnd) {
  const TestOutcome outcome = Played({Observe("start", Initiated(), MockLookup()),
                                      Observe("end", Completed(), Log("log", "phase", "over"))});

  EXPECT_EQ(outcome.verdict, Verdict::kPassed) << outcome.difference;
  EXPECT_THAT(outcome.log, ElementsAre(Pair("phase", "over")));
}

TEST(TestRun, WaitsForUnconnectedObservationsInAnyOrder) {
  const TestOutcome outcome =
      Played({Observe("b", Hears("for sales")), Observe("a", Hears("welcome"))});

  EXPECT_EQ(outcome.verdict, Verdict::kPassed) << outcome.difference;
}

TEST(TestRun, WaitsForTheNextObservationOnlyAfterTheOneBefore) {
  const TestOutcome outcome =
      Played({Observe("menu", Hears("for sales"), "", "late"), Observe("late", Hears("welcome"))});

  EXPECT_NE(outcome.verdict, Verdict::kPassed);
  EXPECT_THAT(outcome.difference, HasSubstr("observation 'late'"));
}

TEST(TestRun, HearsSimilarTexts) {
  EXPECT_EQ(Played({Observe("a", Hears("Welcome, to us!", "Similarity"))}).verdict,
            Verdict::kPassed);
  EXPECT_NE(Played({Observe("a", Hears("Goodbye to you", "Similarity"))}).verdict,
            Verdict::kPassed);
  EXPECT_NE(Played({Observe("a", Hears("welcome", "Similarity"))}).verdict, Verdict::kPassed);
}

TEST(TestRun, AnOverrideIsUsedOnceAndTheOldestFirst) {
  const std::string closed =
      Replace("first", "CheckHoursOfOperation", Hours(), Mock(R"({"Value":"OutOfHours"})"));
  const std::string open =
      Replace("second", "CheckHoursOfOperation", Hours(), Mock(R"({"Value":"InHours"})"));
  const TestOutcome outcome = Played({Observe("start", Initiated(), closed + "," + open),
                                      Observe("told", Hears("we are closed"))});

  EXPECT_EQ(outcome.verdict, Verdict::kPassed) << outcome.difference;
  EXPECT_THAT(outcome.unused, ElementsAre(HasSubstr("CheckHoursOfOperation")));
}

TEST(TestRun, AnOverrideOfAStartedActionAnswersThatVeryRun) {
  const std::string closed =
      Replace("mock", "CheckHoursOfOperation", Hours(), Mock(R"({"Value":"OutOfHours"})"));
  const TestOutcome outcome =
      Played({Observe("check", Begins("CheckHoursOfOperation", Hours()), closed),
              Observe("told", Hears("we are closed"))});

  EXPECT_EQ(outcome.verdict, Verdict::kPassed) << outcome.difference;
}

TEST(TestRun, MocksTheErrorOfHours) {
  const TestOutcome outcome = Played(
      {Observe("start", Initiated(),
               Replace("mock", "CheckHoursOfOperation", Hours(), Failing("NoMatchingError"))),
       Observe("told", Hears("sorry"))});

  EXPECT_EQ(outcome.verdict, Verdict::kPassed) << outcome.difference;
}

TEST(TestRun, MocksAFunctionAndItsDelay) {
  const TestOutcome outcome = Played({Observe("start", Initiated(), MockLookup()),
                                      Observe("hello", Hears("hello ada"), Stop("end"))});

  EXPECT_EQ(outcome.verdict, Verdict::kPassed) << outcome.difference;
  EXPECT_GE(outcome.took, std::chrono::seconds(1));
}

TEST(TestRun, AFunctionThatTakesLongerThanItsLimitFails) {
  const std::string slow = Replace("mock", "InvokeLambdaFunction", kLookup,
                                   Mock(R"({"DelaySeconds":4,"LoadedData":"{}"})"));
  const TestOutcome outcome =
      Played({Observe("start", Initiated(), slow), Observe("hello", Hears("hello"))});

  EXPECT_NE(outcome.verdict, Verdict::kPassed);
}

TEST(TestRun, MocksTheErrorsOfAFunction) {
  for (const std::string_view error : {"NoMatchingError", "TimeLimitExceeded"}) {
    const TestOutcome outcome =
        Played({Observe("start", Initiated(),
                        Replace("mock", "InvokeLambdaFunction", kLookup, Failing(error))),
                Observe("menu", Hears("for sales"), Stop("end"))});

    EXPECT_EQ(outcome.verdict, Verdict::kPassed) << outcome.difference;
    EXPECT_THAT(outcome.missing, IsEmpty());
  }
}

TEST(TestRun, MocksAFullQueue) {
  const TestOutcome outcome = Played(
      {Observe("start", Initiated(),
               Replace("mock", "TransferContactToQueue", kSales, Failing("QueueAtCapacity"))),
       InMenu("1", "told"), Observe("told", Hears("all lines are taken"))});

  EXPECT_EQ(outcome.verdict, Verdict::kPassed) << outcome.difference;
}

TEST(TestRun, SubstitutesAQueue) {
  const std::string substitute =
      R"({"Type":"SubstituteResource","SubstituteArn":"${queue:Finance}"})";
  const TestOutcome outcome = Played(
      {Observe("start", Initiated(), Replace("mock", "TransferContactToQueue", kSales, substitute)),
       InMenu("1", "queued"), Observe("queued", Begins("TransferContactToQueue", kSales)),
       Observe("end", Completed(), Expect("where", "$.Queue.Name", "Equals", "Finance"))});

  EXPECT_EQ(outcome.verdict, Verdict::kPassed) << outcome.difference;
}

TEST(TestRun, RefusesASubstituteThatIsNotThere) {
  const std::string substitute = R"({"Type":"SubstituteResource","SubstituteArn":"nowhere"})";
  const TestOutcome outcome = Played(
      {Observe("start", Initiated(), Replace("mock", "TransferContactToQueue", kSales, substitute)),
       InMenu("1", "queued"), Observe("queued", Begins("TransferContactToQueue", kSales))});

  EXPECT_THAT(outcome.difference, HasSubstr("'nowhere' cannot take the place of"));
}

TEST(TestRun, AssertsWhereTheContactStands) {
  const TestOutcome outcome =
      Played({InMenu("2", "queued"), Observe("queued", Begins("TransferContactToQueue", kFinance),
                                             Expect("a", "$.Queue.Name", "Equals", "Sales") + "," +
                                                 Log("never", "l", "x"))});

  EXPECT_EQ(outcome.verdict, Verdict::kFailed);
  EXPECT_EQ(outcome.difference,
            "observation 'queued', action 'a': expected $.Queue.Name to be 'Sales' but it is "
            "'Finance'");
  EXPECT_THAT(outcome.log, IsEmpty());
}

TEST(TestRun, ResultsOfAFunctionAreThereOnceItsCompletionWasObserved) {
  const std::string name = Expect("a", "$.External.name", "Equals", "Ada");
  const TestOutcome early =
      Played({Observe("start", Initiated(), MockLookup()), Observe("hello", Hears("hello"), name)});
  const TestOutcome late =
      Played({Observe("start", Initiated(), MockLookup()),
              Observe("done", Succeeds("InvokeLambdaFunction", kLookup), name)});

  EXPECT_THAT(early.difference, HasSubstr("once a FlowActionCompleted of its action was observed"));
  EXPECT_EQ(late.verdict, Verdict::kPassed) << late.difference;
}

TEST(TestRun, AFailedActionIsNotCompleted) {
  const TestOutcome outcome =
      Played({Observe("start", Initiated(),
                      Replace("mock", "InvokeLambdaFunction", kLookup, Failing("NoMatchingError"))),
              Observe("done", Succeeds("InvokeLambdaFunction", kLookup))});

  EXPECT_THAT(outcome.difference, HasSubstr("expected a call of function 'lookup' to succeed"));
}

TEST(TestRun, LogsTextsWithReferences) {
  const TestOutcome outcome =
      Played({Observe("start", Initiated(), MockLookup()),
              Observe("done", Succeeds("InvokeLambdaFunction", kLookup),
                      Log("l", "who", "$.External.name has $.External.orders orders."))});

  EXPECT_THAT(outcome.log, ElementsAre(Pair("who", "Ada has 3 orders.")));
}

TEST(TestRun, TheCustomerHangsUp) {
  const TestOutcome outcome =
      Played({Observe("a", Hears("welcome"), HangUp("bye")), Observe("menu", Hears("for sales"))});

  EXPECT_THAT(outcome.difference, HasSubstr("observation 'menu'"));
  EXPECT_THAT(outcome.difference, HasSubstr("the caller hung up"));
}

TEST(TestRun, SaysThatNobodyAskedForWords) {
  const TestOutcome outcome = Played({Observe("a", Hears("for sales"), SayWords("s", "sales"))});

  EXPECT_THAT(outcome.difference, HasSubstr("the customer was to say 'sales', but nobody asked for "
                                            "words"));
}

TEST(TestRun, EndsWhereTheTestSaysSo) {
  const TestOutcome outcome =
      Played({InMenu("1", "queued"),
              Observe("queued", Begins("TransferContactToQueue", kSales), Stop("end"))});

  EXPECT_EQ(outcome.verdict, Verdict::kPassed) << outcome.difference;
  EXPECT_EQ(outcome.transcript.queue, "");
}

TEST(TestRun, WhatDidNotMatchBeforeTheEndIsADifference) {
  const TestOutcome outcome =
      Played({Observe("a", Hears("welcome"), Stop("end")), Observe("menu", Hears("for sales"))});

  EXPECT_EQ(outcome.verdict, Verdict::kFailed);
}

TEST(TestRun, AContactInTheQueueRunsOutOfTime) {
  const TestOutcome outcome =
      Played({InMenu("1", "odd"), Observe("odd", Hears("an agent is here"))});

  EXPECT_THAT(outcome.difference, HasSubstr("the customer waits in queue 'Sales'"));
  EXPECT_LE(outcome.took, kTestLimit);
}

TEST(TestRun, CountsWhatMayMatchOften) {
  const auto usage = [](std::string_view type, int times) {
    return fmt::format(R"({{"Type":"{}","Times":{}}})", type, times);
  };
  const auto run = [&](std::string_view type, int times) {
    return Played({Observe("any", Hears("e"), "", "", usage(type, times))}).verdict;
  };

  EXPECT_EQ(run("Exactly", 2), Verdict::kPassed);  // the welcome and the menu
  EXPECT_EQ(run("AtLeast", 2), Verdict::kPassed);
  EXPECT_NE(run("AtLeast", 9), Verdict::kPassed);
  EXPECT_NE(run("AtMost", 1), Verdict::kPassed);
  EXPECT_EQ(run("AtMost", 9), Verdict::kPassed);
}

TEST(TestRun, GivesTheSameTranscriptAgain) {
  const std::vector<std::string> test = {
      InMenu("1", "queued"), Observe("queued", Begins("TransferContactToQueue", kSales))};

  EXPECT_EQ(ToText(Played(test).transcript), ToText(Played(test).transcript));
}

struct Comparison {
  std::string_view op, actual, operand;
  bool holds;
};

TEST(TestMatch, ComparesByEachOperator) {
  constexpr Comparison kAll[] = {
      {"Equals", "Sales", "Sales", true},           {"Equals", "Sales", "sales", false},
      {"TextStartsWith", "Sales", "Sa", true},      {"TextStartsWith", "Sales", "es", false},
      {"TextEndsWith", "Sales", "es", true},        {"TextEndsWith", "Sales", "Sa", false},
      {"TextContains", "Sales", "ale", true},       {"TextContains", "Sales", "x", false},
      {"NumberGreaterThan", "10", "9", true},       {"NumberGreaterThan", "9", "9", false},
      {"NumberGreaterOrEqualTo", "9", "9.0", true}, {"NumberGreaterOrEqualTo", "8", "9", false},
      {"NumberLessThan", "9", "10", true},          {"NumberLessThan", "x", "10", false},
      {"NumberLessOrEqualTo", "10", "10", true},    {"NumberLessOrEqualTo", "11", "10", false},
  };
  for (const Comparison& one : kAll) {
    const Assertion assertion{
        .reference = "$.A", .op = std::string(one.op), .operand = std::string(one.operand)};
    EXPECT_EQ(Holds(assertion, std::string(one.actual)), one.holds) << one.op << " " << one.actual;
    EXPECT_FALSE(Holds(assertion, std::nullopt));
  }
}

}  // namespace
}  // namespace trunkline::sim::tests
