#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/text.h"
#include "tests/cli/test_world.h"

namespace trunkline::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::TestWorld;

constexpr const char* kMain = "center/amzconnect-contact-flows/lib/callflows/ACME_Main.json";

// The template's center, with what a test changes of its main flow.
class ExploreCommand : public testing::Test {
 protected:
  ExploreCommand() { EXPECT_EQ(world_.Run({"init", "center"}), 0) << world_.err(); }

  void Change(std::string_view what, std::string_view instead) {
    const std::string before = *world_.files().Read(kMain);
    const std::string after = Replace(before, what, instead);
    ASSERT_NE(before, after) << what;
    ASSERT_TRUE(world_.files().Write(kMain, after).ok());
  }

  // Callers who are not in business hours hear nothing about it.
  void LeaveOutTheWords() {
    Change(R"("NextAction": "Closed",
              "Condition")",
           R"("NextAction": "Hang up",
              "Condition")");
  }

  TestWorld world_;
};

TEST_F(ExploreCommand, FindsNothingWrongWithTheTemplate) {
  EXPECT_EQ(world_.Run({"explore", kMain}), 0) << world_.out();

  EXPECT_THAT(world_.out(), Not(HasSubstr("error:")));
  EXPECT_THAT(world_.err(),
              AllOf(HasSubstr("ACME_Main: "), HasSubstr("blocks and"), HasSubstr("0 errors")));
}

TEST_F(ExploreCommand, ShowsWhereAndHowACallGoesWrong) {
  LeaveOutTheWords();

  EXPECT_EQ(world_.Run({"explore", kMain}), 1);

  EXPECT_THAT(world_.out(), AllOf(HasSubstr("ACME_Main.json:"), HasSubstr("[TL-E004]"),
                                  HasSubstr("in flow 'ACME_Main', action 'Open or closed'"),
                                  HasSubstr("hours 'ACME_hours' are closed")));
}

TEST_F(ExploreCommand, WritesTestCasesThatPass) {
  LeaveOutTheWords();

  EXPECT_EQ(world_.Run({"explore", kMain, "--tests", "center/amzconnect-contact-flows/tests"}), 1);
  EXPECT_THAT(world_.out(), HasSubstr("test: center/amzconnect-contact-flows/tests/"
                                      "explore-ACME_Main-tl-e004-1.json"));

  world_.Run({"test", "center/amzconnect-contact-flows/tests/explore-ACME_Main-tl-e004-1.json"});
  EXPECT_THAT(world_.out(), HasSubstr("1 passed, 0 failed"));
}

TEST_F(ExploreCommand, WatchesTheSensitiveQueuesOfTheCenter) {
  ASSERT_TRUE(world_.files()
                  .Write("center/trunkline.json",
                         R"({"explore": {"sensitiveQueues": ["${queue:ACME_Finance}"],
                             "authenticated": {"attributes": {"verified": "true"}}}})")
                  .ok());

  EXPECT_EQ(world_.Run({"explore", kMain}), 1);

  EXPECT_THAT(world_.out(), AllOf(HasSubstr("sensitive queue 'ACME_Finance' is reached"),
                                  HasSubstr("[TL-E008]"), HasSubstr("understands 'Finance'")));
}

TEST_F(ExploreCommand, RefusesASensitiveQueueThatIsNotThere) {
  ASSERT_TRUE(
      world_.files()
          .Write("center/trunkline.json", R"({"explore": {"sensitiveQueues": ["ACME_Finanz"]}})")
          .ok());

  EXPECT_EQ(world_.Run({"explore", kMain}), 2);

  EXPECT_THAT(world_.err(), AllOf(HasSubstr("queue 'ACME_Finanz', which the center does not have"),
                                  HasSubstr("did you mean 'ACME_Finance'?")));
}

TEST_F(ExploreCommand, HearsACustomerQueueFlowInAQueue) {
  EXPECT_EQ(world_.Run({"explore", "ACME_customer_queue", "--folder", "center"}), 0)
      << world_.err();

  EXPECT_THAT(world_.err(), AllOf(HasSubstr("ACME_customer_queue: "), HasSubstr("1 of 2 blocks"),
                                  HasSubstr("0 errors, 0 warnings")));
}

TEST_F(ExploreCommand, PrintsEverythingForMachines) {
  LeaveOutTheWords();
  const std::size_t before = world_.out().size();

  EXPECT_EQ(world_.Run({"explore", kMain, "--json"}), 1);

  const auto report = json::Parse(world_.out().substr(world_.out().find('{', before)));
  ASSERT_TRUE(report.ok()) << report.error().message();
  const json::Object& flow = report->AsObject().GetArray("flows").at(0).AsObject();
  EXPECT_EQ(flow.GetString("flow"), "ACME_Main");
  EXPECT_GT(flow.GetInt("states"), 1);
  const json::Object& finding = flow.GetArray("findings").at(0).AsObject();
  EXPECT_EQ(finding.GetString("code"), "TL-E004");
  EXPECT_GT(finding.GetArray("way").size(), 1U);
}

TEST_F(ExploreCommand, SaysThatABoundWasMet) {
  EXPECT_EQ(world_.Run({"explore", kMain, "--depth", "1"}), 0);

  EXPECT_THAT(world_.out(), HasSubstr("not everything was walked: ways end after 1 choices"));
}

TEST_F(ExploreCommand, RefusesWhatIsNoFlowAndNoBound) {
  EXPECT_EQ(world_.Run({"explore", "nowhere.json"}), 2);
  EXPECT_THAT(world_.err(), HasSubstr("there is no file 'nowhere.json'"));
  EXPECT_EQ(world_.Run({"explore", kMain, "--states", "many"}), 2);
  EXPECT_THAT(world_.err(), HasSubstr("expected a number from 1 to 10000000 as '--states'"));
}

}  // namespace
}  // namespace trunkline::cli
