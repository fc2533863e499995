#include <map>

#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "tests/cli/test_world.h"

namespace trunkline::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::TestWorld;

constexpr const char* kSales = "center/amzconnect-contact-flows/tests/sales.json";

// The template's center, with what a test changes of one of its test cases.
class TestCommand : public testing::Test {
 protected:
  TestCommand() { EXPECT_EQ(world_.Run({"init", "center"}), 0) << world_.err(); }

  void Change(std::string_view what, std::string_view instead) {
    const std::string before = *world_.files().Read(kSales);
    const std::string after = Replace(before, what, instead);
    ASSERT_NE(before, after) << what;
    ASSERT_TRUE(world_.files().Write(kSales, after).ok());
  }

  TestWorld world_;
};

TEST_F(TestCommand, RunsTheTestsOfAMonorepo) {
  EXPECT_EQ(world_.Run({"test", "center"}), 0) << world_.err();

  EXPECT_THAT(world_.out(),
              AllOf(HasSubstr("ok   A caller who says sales waits in the sales queue"),
                    HasSubstr("37 passed, 0 failed")));
}

TEST_F(TestCommand, GoesThroughEveryActionAndBranchOfTheTemplate) {
  EXPECT_EQ(world_.Run({"test", "center", "--coverage", "--fail-under", "100"}), 0)
      << world_.out() << world_.err();

  EXPECT_THAT(world_.out(),
              AllOf(HasSubstr("100.0 % of actions and branches"), Not(HasSubstr("never left"))));
}

TEST_F(TestCommand, SaysWhatItsTestsMiss) {
  EXPECT_EQ(
      world_.Run({"test", kSales, "--coverage", "--cobertura", "out.xml", "--fail-under", "90"}),
      1);

  EXPECT_THAT(world_.out(), AllOf(HasSubstr("'Finance' (Set working queue): never ran"),
                                  HasSubstr("'Sales' (Set working queue): never left on error")));
  EXPECT_THAT(world_.err(), HasSubstr("at least 90 % were expected"));
  EXPECT_THAT(
      *world_.files().Read("out.xml"),
      AllOf(HasSubstr("<class name=\"ACME_Main\" "
                      "filename=\"center/amzconnect-contact-flows/lib/callflows/ACME_Main.json\""),
            HasSubstr("hits=\"0\""), HasSubstr("condition-coverage=\"50% (1/2)\"")));
}

TEST_F(TestCommand, HasTheCoverageInItsJson) {
  EXPECT_EQ(world_.Run({"test", kSales, "--coverage", "--json"}), 0) << world_.err();

  const std::string out = world_.out();
  const json::Value report = json::Parse(out.substr(out.find('{'))).value();
  const json::Object& coverage = report.AsObject().GetObject("coverage");
  EXPECT_EQ(coverage.GetObject("actions").GetInt("all"), 39);
  EXPECT_GT(coverage.GetObject("actions").GetInt("covered"), 15);
  EXPECT_EQ(coverage.GetArray("flows").size(), 8U);
}

TEST_F(TestCommand, TakesAPercentageOnly) {
  EXPECT_EQ(world_.Run({"test", "center", "--fail-under", "most"}), 2);
  EXPECT_THAT(world_.err(), HasSubstr("expected a whole number from 0 to 100 as '--fail-under'"));
}

TEST_F(TestCommand, FailsWhenAWantedErrorIsNeverTaken) {
  Change(
      "\"Metadata\": {}",
      R"("Metadata": {"Rehearsal": {"Errors": [{"Flow": "ACME_Main", "Action": "Apologize", "ErrorType": "NoMatchingError"}]}})");

  EXPECT_EQ(world_.Run({"test", kSales}), 1) << world_.err();

  EXPECT_THAT(world_.out(),
              HasSubstr("action 'Apologize' of flow 'ACME_Main' was to take the error "
                        "NoMatchingError, but it never ran"));
}

TEST_F(TestCommand, SaysWhatIsWrongWithARehearsal) {
  Change(
      "\"Metadata\": {}",
      R"("Metadata": {"Rehearsal": {"Agent": "Sleeps", "At": "noon", "Seed": -1, "Errors": [{"Flow": "x"}], "Oops": 1}})");

  EXPECT_EQ(world_.Run({"test", kSales}), 2);

  EXPECT_THAT(world_.err(),
              AllOf(HasSubstr("'Sleeps'"), HasSubstr("such as '2026-12-24T18:00:00Z' as 'At'"),
                    HasSubstr("from 0 on as 'Seed'"), HasSubstr("'Action'"), HasSubstr("'Oops'")));
}

TEST(TestCommandOfACenterWithoutTests, SaysWhereTheyWouldBe) {
  const std::map<std::string, std::string> files = {
      {"center/trunkline.json", "{}"}, {"center/amzconnect-contact-flows/README.md", ""}};
  TestWorld world(files);

  EXPECT_EQ(world.Run({"test", "center/amzconnect-contact-flows"}), 0) << world.err();

  EXPECT_THAT(world.out(),
              HasSubstr("no test cases: expected them as amzconnect-contact-flows/tests"));
}

TEST_F(TestCommand, GivesTheSameWithAnyNumberOfJobs) {
  EXPECT_EQ(world_.Run({"test", "center", "--jobs", "1", "--json"}), 0);
  const std::string one = world_.out();
  TestWorld other;
  EXPECT_EQ(other.Run({"init", "center"}), 0);
  const std::size_t said = other.out().size();
  EXPECT_EQ(other.Run({"test", "center", "--jobs", "4", "--json"}), 0);

  EXPECT_EQ(one.substr(one.find('{')), other.out().substr(other.out().find('{', said)));
}

TEST_F(TestCommand, ShowsTheFirstDifferenceAndTheTranscript) {
  Change("ACME_Sales", "ACME_Finance");

  EXPECT_EQ(world_.Run({"test", kSales, "--junit", "out.xml"}), 1) << world_.err();

  EXPECT_THAT(world_.out(),
              AllOf(HasSubstr("expected a transfer to queue 'ACME_Finance', but there "
                              "was a transfer to queue 'ACME_Sales'"),
                    HasSubstr("caller   sales"), HasSubstr("0 passed, 1 failed")));
  EXPECT_THAT(*world_.files().Read("out.xml"),
              AllOf(HasSubstr("tests=\"1\" failures=\"1\""), HasSubstr("ACME_Finance")));
}

TEST_F(TestCommand, SaysWhereATestIsWrong) {
  Change("\"MessageReceived\"", "\"MesageReceived\"");

  EXPECT_EQ(world_.Run({"test", kSales}), 2);

  EXPECT_THAT(world_.err(),
              AllOf(HasSubstr("sales.json:"), HasSubstr("'MesageReceived' is no 'Type'"),
                    HasSubstr("did you mean 'MessageReceived'?")));
}

TEST_F(TestCommand, BeginsContactsWhenItIsTold) {
  ASSERT_TRUE(world_.files()
                  .Write("center/amzconnect-admin-objects/hours/ACME_hours.json",
                         R"({"Name": "ACME_hours", "TimeZone": "America/New_York", "Config": [
 {"Day": "TUESDAY", "StartTime": {"Hours": 9, "Minutes": 0}, "EndTime": {"Hours": 17, "Minutes": 0}}]})")
                  .ok());

  EXPECT_EQ(world_.Run({"test", kSales}), 0) << "noon in New York";
  EXPECT_EQ(world_.Run({"test", kSales, "--at", "2026-01-06T05:00:00Z"}), 1) << "midnight there";
}

TEST_F(TestCommand, RefusesWhatIsNoTimeAndNoNumber) {
  EXPECT_EQ(world_.Run({"test", "center", "--at", "noon"}), 2);
  EXPECT_THAT(world_.err(), HasSubstr("expected a time such as '2026-12-24T18:00:00Z'"));
  EXPECT_EQ(world_.Run({"test", "center", "--jobs", "many"}), 2);
  EXPECT_THAT(world_.err(), HasSubstr("expected a number from 0 on as '--jobs' but got 'many'"));
}

TEST_F(TestCommand, RefusesAnEnvironmentAndAPathThatAreNotThere) {
  EXPECT_EQ(world_.Run({"test", "center", "--env", "mars"}), 2);
  EXPECT_THAT(world_.err(), HasSubstr("mars"));
  EXPECT_EQ(world_.Run({"test", "elsewhere"}), 2);
  EXPECT_THAT(world_.err(), HasSubstr("elsewhere"));
}

constexpr const char* kScenario = "center/amzconnect-contact-flows/tests/spoken.scenario";
constexpr const char* kSpoken =
    "test A caller who says sales waits\n"
    "flow ACME_Main\n"
    "function customer-lookup fails\n"
    "hours ACME_hours open\n"
    "hear Which department do you want to talk to\n"
    "say sales\n"
    "queue ACME_Sales\n";

// The result of a run of one test, without where it was read.
json::Object ResultOf(TestWorld& world, const std::string& path) {
  const std::size_t before = world.out().size();
  world.Run({"test", path, "--json"});
  const json::Value all = json::Parse(world.out().substr(before)).value();
  json::Object test = all.AsObject().GetArray("tests").at(0).AsObject();
  test.Remove("file");
  return test;
}

TEST_F(TestCommand, RunsScenariosBesideTestCases) {
  ASSERT_TRUE(world_.files().Write(kScenario, kSpoken).ok());

  EXPECT_EQ(world_.Run({"test", "center"}), 0) << world_.err();

  EXPECT_THAT(world_.out(), AllOf(HasSubstr("ok   A caller who says sales waits ("),
                                  HasSubstr("spoken.scenario"), HasSubstr("0 failed")));
}

TEST_F(TestCommand, SaysInWhichLineAScenarioIsWrong) {
  ASSERT_TRUE(world_.files().Write(kScenario, Replace(kSpoken, "hear", "haer")).ok());

  EXPECT_EQ(world_.Run({"test", kScenario}), 2);

  EXPECT_THAT(world_.err(),
              AllOf(HasSubstr("spoken.scenario:5:1: error:"), HasSubstr("did you mean 'hear'?")));
  EXPECT_THAT(world_.out(), HasSubstr("0 passed, 0 failed, 1 not run"));
}

TEST_F(TestCommand, EmitsTestCasesWithTheSameOutcomeAsTheirScenario) {
  for (const char* queue : {"ACME_Sales", "ACME_Finance"}) {
    ASSERT_TRUE(world_.files().Write(kScenario, Replace(kSpoken, "ACME_Sales", queue)).ok());

    EXPECT_EQ(world_.Run({"test", "--emit", kScenario, "-o", "center/out"}), 0) << world_.err();

    EXPECT_EQ(json::WritePretty(ResultOf(world_, kScenario)),
              json::WritePretty(ResultOf(world_, "center/out/spoken.json")));
  }
}

TEST_F(TestCommand, PrintsWhatItEmits) {
  ASSERT_TRUE(world_.files().Write(kScenario, kSpoken).ok());
  const std::size_t before = world_.out().size();

  EXPECT_EQ(world_.Run({"test", "--emit", "center"}), 0) << world_.err();

  const auto printed = json::Parse(world_.out().substr(before));
  ASSERT_TRUE(printed.ok()) << "the only scenario of the center";
  EXPECT_EQ(printed->AsObject().GetString("Name"), "A caller who says sales waits");
}

TEST_F(TestCommand, NumbersTheTestsOfAFile) {
  ASSERT_TRUE(world_.files().Write(kScenario, fmt::format("{}\n{}", kSpoken, kSpoken)).ok());

  EXPECT_EQ(world_.Run({"test", "--emit", kScenario, "-o", "out"}), 0) << world_.err();

  EXPECT_THAT(world_.out(), HasSubstr("out/spoken-1.json\nout/spoken-2.json\n"));
  EXPECT_TRUE(world_.files().Exists("out/spoken-2.json"));
}

TEST_F(TestCommand, RefusesToEmitWhatItCannot) {
  EXPECT_EQ(world_.Run({"test", "--emit", kSales}), 2);
  EXPECT_THAT(world_.err(), HasSubstr("sales.json' is no scenario"));
  EXPECT_EQ(world_.Run({"test", "--emit", "center"}), 2);
  EXPECT_THAT(world_.err(), HasSubstr("there is no scenario"));
  EXPECT_EQ(world_.Run({"test", "-o", "out", "center"}), 2);
  EXPECT_THAT(world_.err(), HasSubstr("'-o' says where '--emit' writes"));
  EXPECT_EQ(world_.Run({"test", "--emit", "--junit", "x.xml"}), 2);
  EXPECT_THAT(world_.err(), HasSubstr("'--junit' is for running tests"));
}

TEST_F(TestCommand, WritesNoTestCaseOverAnother) {
  ASSERT_TRUE(world_.files().Write("a/same.scenario", kSpoken).ok());
  ASSERT_TRUE(world_.files().Write("b/same.scenario", kSpoken).ok());

  EXPECT_NE(world_.Run({"test", "--emit", "a", "b", "-o", "out"}), 0);

  EXPECT_THAT(world_.err(), HasSubstr("two scenarios would be written as 'same.json'"));
  EXPECT_FALSE(world_.files().Exists("out"));
}

}  // namespace
}  // namespace trunkline::cli
