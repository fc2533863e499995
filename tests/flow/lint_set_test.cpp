#include "flow/lint_set.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/flow/flow_set.h"

namespace trunkline::flow {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(AttributeMissing, NamesThePathThroughBothFlows) {
  Set set;
  set.Flow("Main", If("a", "$.Channel", "b", "c") + "," + SetAttribute("b", "name", "c", "c") +
                       "," + Go("c", "Sales", "z") + "," + Bye());
  set.Flow("Sales", Say("a", "Hi $.Attributes.name", "z") + "," + Bye());

  EXPECT_THAT(set.Lint("attribute-missing"),
              AllOf(HasSubstr("Sales.json:1:"),
                    HasSubstr("action 'a' reads '$.Attributes.name', which a path does not set: in "
                              "'Main': no match of 'a'; in 'Sales': the straight way")));
}

TEST(AttributeMissing, CountsTheErrorBranchAsNotSet) {
  Set set;
  set.Flow("Main", SetAttribute("a", "name", "b", "b") + "," +
                       Say("b", "Hi $.Attributes.name", "z") + "," + Bye());

  EXPECT_THAT(set.Lint("attribute-missing"), HasSubstr("error 'NoMatchingError' of 'a'"));
}

TEST(AttributeMissing, BelievesThatWrittenOutValuesAreAlwaysSet) {
  Set set;
  set.Flow("Main", SetAttribute("a", "name", "b", "b", "Smith") + "," +
                       Say("b", "Hi $.Attributes.name", "z") + "," + Bye());

  EXPECT_EQ(set.Lint("attribute-missing"), "");
}

TEST(AttributeMissing, IsSilentWhereAComparisonProvesTheValue) {
  Set set;
  set.Flow("Main", If("a", "$.Channel", "b", "c") + "," + SetAttribute("b", "name", "c", "z") +
                       "," + If("c", "$.Attributes.name", "d", "z") + "," +
                       Say("d", "Hi $.Attributes.name", "z") + "," + Bye());

  EXPECT_EQ(set.Lint("attribute-missing"), "");
}

TEST(AttributeMissing, IsSilentWhereNoPathSetsIt) {
  Set set;
  set.Flow("Main", Say("a", "Hi $.Attributes.name", "z") + "," + Bye());
  set.Flow("Other", SetAttribute("a", "name", "z", "z") + "," + Bye());

  EXPECT_EQ(set.Lint("attribute-missing"), "");
}

TEST(AttributeMissing, BelievesWhatEveryReturnOfAModuleHasSet) {
  Set set;
  set.Flow("Main",
           Call("a", "Keep", "b", "z") + "," + Say("b", "Hi $.Attributes.name", "z") + "," + Bye());
  set.Module("Keep", SetAttribute("a", "name", "r", "z") + "," + Return("r") + "," + Bye());

  EXPECT_EQ(set.Lint("attribute-missing"), "");
}

TEST(AttributeMissing, DoubtsAModuleThatReturnsWithoutSetting) {
  Set set;
  set.Flow("Main",
           Call("a", "Keep", "b", "z") + "," + Say("b", "Hi $.Attributes.name", "z") + "," + Bye());
  set.Module("Keep", SetAttribute("a", "name", "r", "r") + "," + Return("r"));

  EXPECT_THAT(
      set.Lint("attribute-missing"),
      HasSubstr("action 'b' reads '$.Attributes.name', which a path does not set: in 'Main': "
                "the straight way"));
}

TEST(AttributeMissing, LooksIntoModulesInModules) {
  Set set;
  set.Flow("Main", Call("a", "Outer", "b", "z") + "," + Say("b", "Hi $.Attributes.name", "z") +
                       "," + Bye());
  set.Module("Outer", Call("a", "Inner", "r", "z") + "," + Return("r") + "," + Bye());
  set.Module("Inner", SetAttribute("a", "name", "r", "z") + "," + Return("r") + "," + Bye());

  EXPECT_EQ(set.Lint("attribute-missing"), "");
}

TEST(AttributeMissing, GivesAQueueFlowWhatIsSetBeforeTheQueue) {
  const std::string queue =
      R"({"Identifier":"q","Type":"TransferContactToQueue","Transitions":{"NextAction":"z","Errors":[{"ErrorType":"NoMatchingError","NextAction":"z"}]}})";
  Set set;
  set.Flow("Main", Hook("a", "Wait", "b") + "," + SetAttribute("b", "name", "q", "z") + "," +
                       queue + "," + Bye());
  set.Flow("Wait", Say("a", "Hi $.Attributes.name", "z") + "," + Bye(),
           R"("type":"customerQueue")");

  EXPECT_EQ(set.Lint("attribute-missing"), "");
}

TEST(AttributeMissing, WorksThroughMoreThanSixtyFourKeys) {
  std::string text;
  std::string actions = If("a", "$.Channel", "k0", "say");
  for (int i = 0; i < 100; ++i) {
    actions += "," + SetAttribute(fmt::format("k{}", i), fmt::format("key{}", i),
                                  i == 99 ? "say" : fmt::format("k{}", i + 1), "z");
    text += fmt::format(" $.Attributes.key{}", i);
  }
  Set set;
  set.Flow("Main", actions + "," + Say("say", text, "z") + "," + Bye());

  const std::string found = set.Lint("attribute-missing");
  EXPECT_THAT(found, AllOf(HasSubstr("$.Attributes.key0'"), HasSubstr("$.Attributes.key99'")));
}

TEST(AttributeMissing, EndsWhereFlowsCallEachOtherInACircle) {
  Set set;
  set.Flow("Main", SetAttribute("a", "name", "b", "b") + "," + Go("b", "One", "z") + "," + Bye());
  set.Flow("One", Say("a", "Hi $.Attributes.name", "b") + "," + Go("b", "Two", "z") + "," + Bye());
  set.Flow("Two", SetAttribute("a", "name", "b", "z") + "," + Go("b", "One", "z") + "," + Bye());

  EXPECT_THAT(set.Lint("attribute-missing"),
              HasSubstr("in 'Main': error 'NoMatchingError' of 'a'"));
}

// Menus that lead back to each other, and no flow outside: either may have the number.
TEST(AttributeMissing, FindsTheReadThatIsMissedWhereverACircleIsEntered) {
  Set set;
  set.Flow("One", If("a", "$.Channel", "s", "b") + "," + SetAttribute("s", "name", "b", "z") + "," +
                      Go("b", "Two", "z") + "," + Bye());
  set.Flow("Two", Say("a", "Hi $.Attributes.name", "b") + "," + Go("b", "One", "z") + "," + Bye());

  EXPECT_THAT(set.Lint("attribute-missing"),
              AllOf(HasSubstr("Two.json:1:"),
                    HasSubstr("action 'a' reads '$.Attributes.name', which a path does not set: in "
                              "'One': no match of 'a'; in 'Two': the straight way")));
}

TEST(AttributeMissing, IsSilentInACircleThatMayBeEnteredWhereTheKeyIsSet) {
  Set set;
  set.Flow("One", SetAttribute("a", "name", "b", "z") + "," + Go("b", "Two", "z") + "," + Bye());
  set.Flow("Two", Say("a", "Hi $.Attributes.name", "b") + "," + Go("b", "One", "z") + "," + Bye());

  EXPECT_EQ(set.Lint("attribute-missing"), "");
}

TEST(AttributeMissing, KnowsThatNoContactComesInAtAQueueFlow) {
  Set set;
  set.Flow("Main", If("a", "$.Channel", "s", "b") + "," + SetAttribute("s", "name", "b", "z") +
                       "," + Hook("b", "Wait", "c") + "," + Go("c", "Main", "z") + "," + Bye());
  set.Flow("Wait", Say("a", "Hi $.Attributes.name", "b") + "," + Go("b", "Main", "z") + "," + Bye(),
           R"("type":"customerQueue")");

  EXPECT_THAT(set.Lint("attribute-missing"), HasSubstr("in 'Main': no match of 'a'; in 'Wait': "));
}

TEST(AttributeMissing, LooksIntoAFlowThatStartsItselfAgain) {
  Set set;
  set.Flow("Main", If("a", "$.Channel", "s", "b") + "," + SetAttribute("s", "name", "c", "z") +
                       "," + Say("b", "Hi $.Attributes.name", "c") + "," + Go("c", "Main", "z") +
                       "," + Bye());

  EXPECT_THAT(set.Lint("attribute-missing"), HasSubstr("in 'Main': no match of 'a'"));
}

// What a circle of modules returns is known once it is gone through until nothing changes.
TEST(AttributeMissing, BelievesWhatACircleOfModulesAlwaysSets) {
  Set set;
  set.Flow("Main",
           Call("a", "Ask", "b", "z") + "," + Say("b", "Hi $.Attributes.name", "z") + "," + Bye());
  set.Module("Ask", If("a", "$.Channel", "b", "c") + "," + Call("b", "Again", "r", "z") + "," +
                        SetAttribute("c", "name", "r", "z") + "," + Return("r") + "," + Bye());
  set.Module("Again", Call("a", "Ask", "r", "z") + "," + Return("r") + "," + Bye());

  EXPECT_EQ(set.Lint("attribute-missing"), "");
}

TEST(AttributeMissing, DoubtsACircleOfModulesThatMayReturnWithoutSetting) {
  Set set;
  set.Flow("Main",
           Call("a", "Ask", "b", "z") + "," + Say("b", "Hi $.Attributes.name", "z") + "," + Bye());
  set.Module("Ask", If("a", "$.Channel", "b", "c") + "," + Call("b", "Again", "r", "z") + "," +
                        SetAttribute("c", "name", "r", "z") + "," + Return("r") + "," + Bye());
  set.Module("Again",
             If("a", "$.Channel", "b", "r") + "," + Call("b", "Ask", "r", "r") + "," + Return("r"));

  EXPECT_THAT(set.Lint("attribute-missing"),
              HasSubstr("action 'b' reads '$.Attributes.name', which a path does not set"));
}

TEST(AttributeMissing, FollowsNoPathBehindAModuleThatNeverComesBack) {
  Set set;
  set.Flow("Main", If("a", "$.Channel", "b", "c") + "," + Call("b", "Farewell", "d", "z") + "," +
                       SetAttribute("c", "name", "d", "z") + "," +
                       Say("d", "Hi $.Attributes.name", "z") + "," + Bye());
  set.Module("Farewell", Say("a", "Goodbye", "z") + "," + Bye());

  EXPECT_EQ(set.Lint("attribute-missing"), "");
}

TEST(AttributeNeverSet, IsANoteUnlessANameIsNear) {
  Set set;
  set.Flow("Main", SetAttribute("a", "customerName", "b", "z") + "," +
                       Say("b", "$.Attributes.custmerName $.Attributes.zip", "z") + "," + Bye());

  const std::string found = set.Lint("attribute-never-set");
  EXPECT_THAT(found, AllOf(HasSubstr("warning: action 'b' reads '$.Attributes.custmerName'"),
                           HasSubstr("did you mean 'customerName'?"),
                           HasSubstr("note: action 'b' reads '$.Attributes.zip'")));
}

TEST(DormantFlow, SaysNothingWhereACallIsNotKnown) {
  Set set;
  set.Flow("Main", Go("a", "Elsewhere", "z") + "," + Bye());
  set.Module("Old", Return("a"));

  EXPECT_EQ(set.Lint("dormant-flow"), "");
}

TEST(FlowsInACircle, AreFineWhereSomethingIsCompared) {
  Set set;
  set.Flow("One", If("a", "$.Attributes.x", "b", "z") + "," + Go("b", "Two", "z") + "," + Bye());
  set.Flow("Two", Go("a", "One", "z") + "," + Bye());

  EXPECT_EQ(set.Lint("flows-in-a-circle"), "");
}

TEST(UnknownFlow, IsSilentAboutNamesThatAreNotNear) {
  Set set;
  set.Flow("Sales", Go("a", "Billing", "z") + "," + Bye());

  EXPECT_EQ(set.Lint("unknown-flow"), "");
}

}  // namespace
}  // namespace trunkline::flow
