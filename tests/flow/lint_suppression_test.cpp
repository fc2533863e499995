#include "flow/lint_suppression.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "base/json_read.h"
#include "flow/link.h"

namespace trunkline::flow {
namespace {

using testing::HasSubstr;
using testing::Not;

Document FlowWith(std::string_view metadata) {
  return Parse(fmt::format(R"({{"Version":"2019-10-30","StartAction":"a","Metadata":{},
"Actions":[{{"Identifier":"a","Type":"DisconnectParticipant","Parameters":{{}},"Transitions":{{}}}}]}})",
                           metadata),
               "calls/main.json")
      .document.value();
}

LintSuppression Suppression(std::string rule, std::string until = "2027-03-31") {
  return {.rule = std::move(rule),
          .flow = {},
          .action = {},
          .reason = "agreed",
          .until = std::move(until),
          .place = {.file = "trunkline.json", .line = 3, .column = 5},
          .source_line = {}};
}

Finding Found(std::string code) {
  return {.severity = Severity::kWarning,
          .code = std::move(code),
          .message = "wrong",
          .hint = {},
          .place = {.file = "calls/main.json", .line = 1, .column = 1},
          .source_line = {}};
}

const Subject kSubject{
    .flow = "Main IVR", .action = "greet", .block = {}, .pointer = {}, .part = {}};

bool Hides(LintSuppression suppression, const std::string& today = "2026-11-27") {
  LintSuppressor suppressor({std::move(suppression)}, today);
  return suppressor.Hides(Found("TL-L301"), kSubject) != nullptr;
}

TEST(LintSuppressor, HidesTheFindingsOfItsRule) {
  EXPECT_TRUE(Hides(Suppression("TL-L301")));
  EXPECT_FALSE(Hides(Suppression("TL-L303")));
}

TEST(LintSuppressor, HidesNothingInOtherFlowsAndActions) {
  LintSuppression one = Suppression("TL-L301");
  for (const char* flow : {"Main IVR", "main", "main.json"}) {
    one.flow = flow;
    EXPECT_TRUE(Hides(one)) << flow;
  }
  one.flow = "Other";
  EXPECT_FALSE(Hides(one));
  one.flow.clear();
  one.action = "greet";
  EXPECT_TRUE(Hides(one));
  one.action = "goodbye";
  EXPECT_FALSE(Hides(one));
}

TEST(LintSuppressor, HoldsToTheEndOfItsLastDay) {
  EXPECT_TRUE(Hides(Suppression("TL-L301", "2027-03-31"), "2027-03-31"));
  EXPECT_FALSE(Hides(Suppression("TL-L301", "2027-03-31"), "2027-04-01"));
}

TEST(LintSuppressor, ReportsOneThatHasEnded) {
  const LintSuppressor suppressor({Suppression("TL-L301", "2026-11-26")}, "2026-11-27");

  EXPECT_THAT(ToText(suppressor.Judge({}, false)),
              HasSubstr("trunkline.json:3:5: warning: the suppression of 'literal-arn' has ended "
                        "on 2026-11-26: agreed [TL-L001]"));
}

TEST(LintSuppressor, NotesOneThatHidesNothing) {
  LintSuppressor suppressor({Suppression("TL-L301"), Suppression("TL-L303")}, "2026-11-27");
  suppressor.Hides(Found("TL-L301"), kSubject);

  const std::string said = ToText(suppressor.Judge({}, true));

  EXPECT_THAT(said, HasSubstr("note: the suppression of 'unresolved-placeholder' hides nothing: "
                              "agreed [TL-L002]"));
  EXPECT_THAT(said, Not(HasSubstr("literal-arn")));
}

TEST(LintSuppressor, SaysNothingAboutWhatWasNotLinted) {
  const LintSuppressor suppressor({Suppression("TL-L301")}, "2026-11-27");
  LintOptions off;
  off.levels["literal-arn"] = LintLevel::kOff;

  EXPECT_EQ(ToText(suppressor.Judge({}, false)), "");
  EXPECT_EQ(ToText(suppressor.Judge(off, true)), "");
}

TEST(ReadLintAnnotations, TakesThoseOfTheFlowAndOfActions) {
  const LintAnnotations read = ReadLintAnnotations(FlowWith(
      R"({"trunkline":{"lint":[{"rule":"no-logging","reason":"a test","until":"2027-01-01"}]},
"ActionMetadata":{"a":{"trunkline":{"lint":[{"rule":"TL-L301","reason":"moves","until":"2027-02-01"}]}}}})"));

  EXPECT_EQ(ToText(read.findings), "");
  ASSERT_EQ(read.suppressions.size(), 2U);
  EXPECT_EQ(read.suppressions[0].rule, "TL-L501");
  EXPECT_EQ(read.suppressions[0].action, "");
  EXPECT_EQ(read.suppressions[0].place.line, 1U);
  EXPECT_EQ(read.suppressions[1].rule, "TL-L301");
  EXPECT_EQ(read.suppressions[1].action, "a");
  EXPECT_EQ(read.suppressions[1].reason, "moves");
  EXPECT_EQ(read.suppressions[1].until, "2027-02-01");
  EXPECT_EQ(read.suppressions[1].place.line, 2U);
}

TEST(ReadLintAnnotations, RefusesWhatIsNoSuppression) {
  const auto problem = [](std::string_view entry) {
    const LintAnnotations read =
        ReadLintAnnotations(FlowWith(fmt::format(R"({{"trunkline":{{"lint":[{}]}}}})", entry)));
    EXPECT_TRUE(read.suppressions.empty());
    return ToText(read.findings);
  };

  EXPECT_THAT(problem(R"({"rule":"no-loging","reason":"x","until":"2027-01-01"})"),
              HasSubstr("error: there is no lint rule 'no-loging'; did you mean 'no-logging'? "
                        "[TL-L003]"));
  EXPECT_THAT(problem(R"({"rule":"no-logging","reason":" ","until":"2027-01-01"})"),
              HasSubstr("expected 'reason' to say why the finding is accepted"));
  EXPECT_THAT(problem(R"({"rule":"no-logging","reason":"x","until":"soon"})"),
              HasSubstr("expected 'until' to be the last day of the suppression"));
  EXPECT_THAT(problem(R"({"rule":"no-logging","reason":"x","until":"2027-01-01","who":"me"})"),
              HasSubstr("expected a suppression to hold rule, reason and until but got 'who'"));
  EXPECT_THAT(problem("1"), HasSubstr("expected a suppression to be an object"));
  EXPECT_THAT(ToText(ReadLintAnnotations(FlowWith(R"({"trunkline":true})")).findings),
              HasSubstr("expected 'trunkline' in the metadata to hold 'lint'"));
}

TEST(LintAnnotations, SurviveFormattingAndAreNotDelivered) {
  constexpr std::string_view kList =
      R"({"lint":[{"rule":"no-logging","reason":"a test","until":"2027-01-01"}]})";
  const Document document = FlowWith(fmt::format(
      R"({{"trunkline":{0},"ActionMetadata":{{"a":{{"position":{{"x":1,"y":2}},"trunkline":{0}}}}}}})",
      kList));

  EXPECT_EQ(ReadLintAnnotations(Parse(FormatText(document).value(), "f.json").document.value())
                .suppressions.size(),
            2U);
  const LinkOutcome linked = Link(document, {}, LinkMode::kStatic);
  EXPECT_THAT(*linked.content, HasSubstr(R"("ActionMetadata":{"a":{"position":{"x":1,"y":2}}})"));
  EXPECT_THAT(*linked.content, Not(HasSubstr("trunkline")));
}

TEST(IsDay, TakesYearMonthDay) {
  EXPECT_TRUE(IsDay("2027-03-31"));
  for (const char* text : {"", "2027-3-31", "2027-13-01", "2027-00-01", "2027-01-32", "27-01-01",
                           "2027-01-01T00:00:00Z", "2027-01-+1"})
    EXPECT_FALSE(IsDay(text)) << text;
}

}  // namespace
}  // namespace trunkline::flow
