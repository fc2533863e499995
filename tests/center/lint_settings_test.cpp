#include "center/lint_settings.h"

#include <gmock/gmock.h>

#include "tests/center/monorepo.h"

namespace trunkline::center {
namespace {

using flow::LintLevel;
using testing::HasSubstr;
using testing::Pair;
using testing::UnorderedElementsAre;

Monorepo With(const std::string& lint) {
  return Monorepo().With("trunkline.json", R"({"lint": )" + lint + "}\n");
}

LintSettings SettingsOf(const std::string& lint) {
  return With(lint).LoadGood().settings.lint;
}

TEST(LintSettings, TakeLevelsByNameByCodeAndBesideTheOthers) {
  const LintSettings settings =
      SettingsOf(R"({"TL-L501": "off", "levels": {"literal-arn": "error", "TL-L303": "note"}})");

  EXPECT_THAT(settings.levels, UnorderedElementsAre(Pair("TL-L501", LintLevel::kOff),
                                                    Pair("TL-L301", LintLevel::kError),
                                                    Pair("TL-L303", LintLevel::kNote)));
}

TEST(LintSettings, PutTheLevelsOfAnEnvironmentFirst) {
  const LintSettings settings = SettingsOf(
      R"({"levels": {"no-logging": "off", "literal-arn": "note"}, "environments": {"dev": {"TL-L501": "error"}}})");

  EXPECT_EQ(LintLevelsOf(settings, "dev").at("TL-L501"), LintLevel::kError);
  EXPECT_EQ(LintLevelsOf(settings, "dev").at("TL-L301"), LintLevel::kNote);
  EXPECT_EQ(LintLevelsOf(settings, "").at("TL-L501"), LintLevel::kOff);
  EXPECT_EQ(LintLevelsOf(settings, "prod").at("TL-L501"), LintLevel::kOff);
}

TEST(LintSettings, TakeSuppressionsWithTheirPlace) {
  const LintSettings settings = SettingsOf(
      R"({"suppressions": [{"rule": "literal-arn", "flow": "Main", "action": "a", "reason": "moves", "until": "2027-03-31"}]})");

  ASSERT_EQ(settings.suppressions.size(), 1U);
  const flow::LintSuppression& one = settings.suppressions[0];
  EXPECT_EQ(one.rule, "TL-L301");
  EXPECT_EQ(one.flow, "Main");
  EXPECT_EQ(one.action, "a");
  EXPECT_EQ(one.reason, "moves");
  EXPECT_EQ(one.until, "2027-03-31");
  EXPECT_EQ(one.place.file, "repo/trunkline.json");
  EXPECT_EQ(one.place.line, 1U);
  EXPECT_THAT(one.source_line.text, HasSubstr("suppressions"));
  EXPECT_FALSE(one.in_flow);
}

TEST(LintSettings, DemandAReasonAndALastDay) {
  const std::string said =
      With(R"({"suppressions": [{"rule": "literal-arn", "reason": " "}]})").Messages();

  EXPECT_THAT(said, HasSubstr("expected 'reason' to be more than blanks"));
  EXPECT_THAT(said, HasSubstr("member 'until' is missing"));
}

}  // namespace
}  // namespace trunkline::center
