// Flows far beyond what the service takes, and JSON nested deeper than anybody writes: they are
// refused by their limits, and every tool comes to an end with them.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "flow/convert.h"
#include "flow/diff.h"
#include "flow/draw.h"
#include "flow/link.h"
#include "flow/lint.h"
#include "flow/validate.h"

namespace trunkline::flow {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t kMany = 100'000;
constexpr std::size_t kLong = 20'000;

// A chain of prompts; every hundredth goes back to the start when it fails.
std::string Chain(std::size_t actions) {
  std::string text =
      R"({"Version": "2019-10-30", "StartAction": "a0", "Metadata": {}, "Actions": [)";
  for (std::size_t i = 0; i + 1 < actions; ++i) {
    text += fmt::format(
        R"({{"Identifier": "a{}", "Type": "MessageParticipant", "Parameters": {{"Text": "Sentence {}."}}, "Transitions": {{"NextAction": "a{}", "Errors": [{{"NextAction": "a{}", "ErrorType": "NoMatchingError"}}]}}}},)",
        i, i, i + 1, i % 100 == 0 ? 0 : i + 1);
  }
  return text +
         fmt::format(
             R"({{"Identifier": "a{}", "Type": "DisconnectParticipant", "Parameters": {{}}, "Transitions": {{}}}}]}})",
             actions - 1);
}

Document Read(std::string text) {
  Parsed parsed = Parse(std::move(text), "long.json");
  EXPECT_THAT(ToText(parsed.findings, false), IsEmpty());
  return std::move(*parsed.document);
}

TEST(LongFlow, IsRefusedByTheServicesLimitOfActions) {
  const Document document = Read(Chain(kMany));

  const Validation validation = Validate(document, ValidateMode::kObserved);

  EXPECT_EQ(document.actions.size(), kMany);
  EXPECT_THAT(ToText(validation.findings, false),
              HasSubstr("expected at most 250 actions but got 100000"));
}

TEST(LongFlow, ComesOutOfEveryToolAlike) {
  const Document document = Read(Chain(kLong));

  EXPECT_EQ(Write(document), Write(Read(Write(document))));
  EXPECT_TRUE(Link(document, {}, LinkMode::kStatic).content.has_value());
  EXPECT_FALSE(HasErrors(Lint(document)));
  EXPECT_EQ(DrawFlow(document).boxes.size(), kLong);
}

TEST(LongFlow, IsComparedWithItsNextVersion) {
  const Document before = Read(Chain(kLong));
  Document after = before;
  after.content.AsObject()["Actions"].AsArray()[kLong / 2].AsObject()["Parameters"].AsObject().Set(
      "Text", "Another sentence.");
  RefreshActions(after);

  const std::vector<FlowChange> changes = DiffFlows(before, after);

  ASSERT_EQ(changes.size(), 1U);
  EXPECT_THAT(changes[0].sentence, HasSubstr("Another sentence."));
}

// Parameters that are objects in objects, around a text.
std::string Nested(std::size_t levels) {
  std::string inner = R"("deep")";
  for (std::size_t i = 0; i < levels; ++i) inner = R"({"a": )" + inner + "}";
  return R"({"Version": "2019-10-30", "StartAction": "a", "Metadata": {}, "Actions": [
 {"Identifier": "a", "Type": "MessageParticipant", "Parameters": {"Text": )" +
         inner + R"(}, "Transitions": {}}]})";
}

TEST(DeepFlow, OfAHundredLevelsIsReadAndJudged) {
  const Document document = Read(Nested(100));

  EXPECT_TRUE(HasErrors(Validate(document, ValidateMode::kObserved).findings));
  Lint(document);
  EXPECT_THAT(DiffFlows(document, document), IsEmpty());
  EXPECT_EQ(Write(document), Write(Read(Write(document))));
  EXPECT_TRUE(
      Convert(document, {.to = Format::kWrapped, .folding = Folding::kFold, .type = "CONTACT_FLOW"})
          .text.has_value());
}

TEST(DeepFlow, OfTenThousandLevelsIsRefusedWithItsPlace) {
  const Parsed parsed = Parse(Nested(10'000), "deep.json");

  EXPECT_FALSE(parsed.document.has_value());
  EXPECT_THAT(ToText(parsed.findings, false), HasSubstr("expected at most 200 nested levels"));
}

}  // namespace
}  // namespace trunkline::flow
