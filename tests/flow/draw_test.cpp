#include "flow/draw.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/text.h"
#include "flow/legacy.h"
#include "tests/flow/corpus.h"
#include "tests/support/shared_data.h"

namespace trunkline::flow {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// A menu: 1 leads to Sales, everything else to a good-bye.
constexpr std::string_view kMenuFlow =
    R"({"Version": "2019-10-30", "StartAction": "Main menu",
 "Metadata": {"name": "Main", "type": "contactFlow", "ActionMetadata": {
  "Main menu": {"position": {"x": 0, "y": 0}}, "To sales": {"position": {"x": 300, "y": 0}},
  "Bye": {"position": {"x": 600, "y": 0}}}},
 "Actions": [
 {"Identifier": "Main menu", "Type": "GetParticipantInput",
  "Parameters": {"Text": "Press 1 for <sales> & more", "StoreInput": "False", "InputTimeLimitSeconds": "5"},
  "Transitions": {"NextAction": "Bye", "Conditions": [
    {"NextAction": "To sales", "Condition": {"Operator": "Equals", "Operands": ["1"]}}],
   "Errors": [{"NextAction": "Bye", "ErrorType": "InputTimeLimitExceeded"},
    {"NextAction": "Bye", "ErrorType": "NoMatchingCondition"}, {"NextAction": "Bye", "ErrorType": "NoMatchingError"}]}},
 {"Identifier": "To sales", "Type": "UpdateContactTargetQueue", "Parameters": {"QueueId": "${queue:Sales}"},
  "Transitions": {"NextAction": "Bye", "Errors": [{"NextAction": "Bye", "ErrorType": "NoMatchingError"}]}},
 {"Identifier": "Bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]})";

Document Read(const std::string& text) {
  Parsed parsed = Parse(text, "flow.json");
  if (!parsed.document) throw std::runtime_error("the test's flow cannot be read");
  return std::move(*parsed.document);
}

std::string MenuFlow(std::string_view what = {}, std::string_view instead = {}) {
  const std::string text =
      Replace(kMenuFlow, what.empty() ? " " : what, what.empty() ? " " : instead);
  EXPECT_TRUE(what.empty() || text != kMenuFlow) << what;
  return text;
}

std::vector<std::string> BranchTexts(const DrawnBox& box) {
  std::vector<std::string> texts;
  for (const DrawnBranch& branch : box.branches) texts.push_back(branch.text);
  return texts;
}

TEST(DrawFlow, ShowsBlocksByWhatPeopleKnowThemBy) {
  const Drawing drawing = DrawFlow(Read(MenuFlow()));

  EXPECT_EQ(drawing.title, "Main (CONTACT_FLOW)");
  ASSERT_EQ(drawing.boxes.size(), 3U);
  EXPECT_EQ(drawing.start, 0U);
  EXPECT_EQ(drawing.boxes[0].block, "Get customer input (DTMF)");
  EXPECT_EQ(drawing.boxes[0].name, "Main menu");
  EXPECT_THAT(drawing.boxes[0].lines, ElementsAre("'Press 1 for <sales> & more'"));
  EXPECT_THAT(drawing.boxes[1].lines, ElementsAre("Sales"));
  EXPECT_EQ(drawing.boxes[2].family, DrawFamily::kLeave);
}

TEST(DrawFlow, DrawsErrorsWithTheSameEndOnceAndNoRepeatedNextAction) {
  const Drawing drawing = DrawFlow(Read(MenuFlow()));

  EXPECT_THAT(BranchTexts(drawing.boxes[0]),
              ElementsAre("on digit 1", "on silence, anything else, error"));
  EXPECT_THAT(BranchTexts(drawing.boxes[1]), ElementsAre("then", "on error"));
}

TEST(DrawFlow, DoesNotTakeTheRestOfAComparisonForAnError) {
  const Drawing drawing = DrawFlow(Read(
      R"({"Version": "2019-10-30", "StartAction": "c", "Actions": [{"Identifier": "c", "Type": "Compare",
 "Parameters": {"ComparisonValue": "$.Attributes.open"}, "Transitions": {"NextAction": "c", "Conditions": [
  {"NextAction": "c", "Condition": {"Operator": "Equals", "Operands": ["1"]}}],
  "Errors": [{"NextAction": "c", "ErrorType": "NoMatchingCondition"}]}}]})"));

  ASSERT_EQ(drawing.boxes[0].branches.size(), 2U);
  EXPECT_FALSE(drawing.boxes[0].branches[1].is_error);
  EXPECT_THAT(drawing.boxes[0].lines, ElementsAre("$.Attributes.open"));
}

TEST(DrawFlow, LeavesOutTheNamesOfGenerators) {
  const Drawing drawing =
      DrawFlow(Read(MenuFlow("\"Bye\"", "\"7d725cde-60d9-4265-9a71-04ff7fad2f43\"")));

  EXPECT_EQ(drawing.boxes[2].name, "");
}

TEST(DrawFlow, SaysWhereNoPathLeads) {
  const std::string dot = ToDot(
      DrawFlow(Read(MenuFlow(R"("StartAction": "Main menu")", R"("StartAction": "To sales")"))),
      DrawLayout::kFlow);

  EXPECT_THAT(dot, HasSubstr("no path leads here"));
}

TEST(DrawDiff, MarksWhatIsNewGoneAndChanged) {
  const std::string after =
      MenuFlow(R"({"Identifier": "Bye", "Type")",
               R"({"Identifier": "Extra", "Type": "MessageParticipant", "Parameters": {"Text": "x"},
 "Transitions": {"NextAction": "Bye"}}, {"Identifier": "Bye", "Type")");
  const Drawing drawing =
      DrawDiff(Read(MenuFlow()), Read(Replace(after, "${queue:Sales}", "${queue:Billing}")));

  ASSERT_EQ(drawing.boxes.size(), 4U);
  EXPECT_EQ(drawing.boxes[0].mark, DrawMark::kSame);
  EXPECT_EQ(drawing.boxes[1].mark, DrawMark::kChanged);
  EXPECT_THAT(drawing.boxes[1].lines, ElementsAre("queue Sales -> Billing"));
  EXPECT_EQ(drawing.boxes[2].mark, DrawMark::kAdded);

  const Drawing back = DrawDiff(Read(after), Read(MenuFlow()));
  ASSERT_EQ(back.boxes.size(), 4U);
  EXPECT_EQ(back.boxes[3].mark, DrawMark::kRemoved);
  EXPECT_EQ(back.boxes[3].name, "Extra");
  EXPECT_EQ(back.boxes[3].branches[0].arrows[0].mark, DrawMark::kRemoved);
}

TEST(DrawDiff, DrawsABranchThatLeadsElsewhereTwice) {
  const Drawing drawing =
      DrawDiff(Read(MenuFlow()), Read(MenuFlow(R"({"NextAction": "To sales", "Condition")",
                                               R"({"NextAction": "Bye", "Condition")")));

  const std::vector<DrawnArrow>& arrows = drawing.boxes[0].branches[0].arrows;
  ASSERT_EQ(arrows.size(), 2U);
  EXPECT_EQ(arrows[0].to, 2U);
  EXPECT_EQ(arrows[0].mark, DrawMark::kAdded);
  EXPECT_EQ(arrows[1].to, 1U);
  EXPECT_EQ(arrows[1].mark, DrawMark::kRemoved);
}

TEST(ToDot, EscapesWhatAuthorsWrite) {
  const std::string dot =
      ToDot(DrawFlow(Read(MenuFlow("Main\",", "M\\\"a<b>\\\\n\","))), DrawLayout::kFlow);

  EXPECT_THAT(dot, AllOf(HasSubstr("M&quot;a&lt;b&gt;"), HasSubstr("&lt;sales&gt; &amp; more")));
}

TEST(ToDot, DashesErrors) {
  const std::string dot = ToDot(DrawFlow(Read(MenuFlow())), DrawLayout::kFlow);

  EXPECT_THAT(dot, AllOf(HasSubstr("b0:p0:e -> b1:in:w [color=\"#475569\"];"),
                         HasSubstr("b0:p1:e -> b2:in:w [color=\"#9f1239\", style=dashed];")));
}

TEST(ToDot, KeepsTheConsolesLayoutWhereItHasOne) {
  const Drawing drawing = DrawFlow(Read(MenuFlow()));

  EXPECT_EQ(BestLayout(drawing), DrawLayout::kConsole);
  EXPECT_THAT(ToDot(drawing, DrawLayout::kConsole), HasSubstr("pos=\""));
  EXPECT_THAT(ToDot(drawing, DrawLayout::kFlow), Not(HasSubstr("pos=\"")));
}

TEST(BestLayout, IsOurOwnWhereBlocksLieOnEachOther) {
  EXPECT_EQ(BestLayout(DrawFlow(Read(MenuFlow(R"({"x": 300, "y": 0})", R"({"x": 5, "y": 0})")))),
            DrawLayout::kFlow);
}

TEST(BestLayout, IsOurOwnWhereABlockHasNoPlace) {
  EXPECT_EQ(BestLayout(DrawFlow(Read(MenuFlow(R"({"x": 300, "y": 0})", R"({"x": 300})")))),
            DrawLayout::kFlow);
}

TEST(ToMermaid, WritesAFlowchart) {
  EXPECT_EQ(ToMermaid(DrawFlow(Read(MenuFlow()))),
            R"(flowchart LR
  b0["<b>Get customer input (DTMF)</b><br/><i>Main menu</i><br/>'Press 1 for #lt;sales#gt; #amp; more'"]:::talk
  b1["<b>Set working queue</b><br/><i>To sales</i><br/>Sales"]:::set
  b2["<b>Disconnect / hang up</b><br/><i>Bye</i>"]:::leave
  start((start)) --> b0
  b0 -->|"on digit 1"| b1
  b0 -.->|"on silence, anything else, error"| b2
  b1 -->|"then"| b2
  b1 -.->|"on error"| b2
  classDef talk fill:#2563eb,stroke:#cbd5e1,color:#ffffff
  classDef set fill:#0f766e,stroke:#cbd5e1,color:#ffffff
  classDef branch fill:#7c3aed,stroke:#cbd5e1,color:#ffffff
  classDef call fill:#c2410c,stroke:#cbd5e1,color:#ffffff
  classDef leave fill:#334155,stroke:#cbd5e1,color:#ffffff
)");
}

TEST(ToMermaid, ColoursArrowsThatChanged) {
  const std::string text = ToMermaid(
      DrawDiff(Read(MenuFlow()), Read(MenuFlow(R"({"NextAction": "To sales", "Condition")",
                                               R"({"NextAction": "Bye", "Condition")"))));

  EXPECT_THAT(text, AllOf(HasSubstr("linkStyle 1 stroke:#15803d"),
                          HasSubstr("linkStyle 2 stroke:#b91c1c")));
}

class DrawCorpus : public testing::TestWithParam<tests::CorpusFile> {};

TEST_P(DrawCorpus, DrawsEveryActionAndNoDifferenceToItself) {
  Parsed parsed = Parse(tests::ReadCorpus(GetParam()), GetParam().name);
  if (parsed.document->format == Format::kLegacy)
    parsed.document = ConvertLegacy(*parsed.document).document;

  const Drawing drawing = DrawFlow(*parsed.document);
  EXPECT_EQ(drawing.boxes.size(), parsed.document->actions.size());
  EXPECT_THAT(ToDot(drawing, BestLayout(drawing)), testing::EndsWith("}\n"));
  EXPECT_THAT(ToMermaid(drawing), testing::StartsWith("flowchart LR\n"));

  std::vector<std::string> marked;
  for (const DrawnBox& box : DrawDiff(*parsed.document, *parsed.document).boxes)
    if (box.mark != DrawMark::kSame) marked.push_back(box.block);
  EXPECT_THAT(marked, IsEmpty());
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(DrawCorpus);
INSTANTIATE_TEST_SUITE_P(Flows, DrawCorpus, testing::ValuesIn(tests::CorpusFiles()),
                         [](const auto& row) { return std::to_string(row.index); });

}  // namespace
}  // namespace trunkline::flow
