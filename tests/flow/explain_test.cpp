#include "flow/explain.h"

#include <set>

#include <gmock/gmock.h>

#include "base/json_write.h"
#include "base/text.h"
#include "flow/explain/notes.h"
#include "flow/lint.h"
#include "tests/support/shared_data.h"

namespace trunkline::flow {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

std::string PageText(std::string_view type) {
  return ToText(ExplainAction(*FindActionKind(type)));
}

std::string MessageFor(std::string_view name) {
  const Result<Explained> found = FindExplained(name);
  return found ? "found" : found.error().message();
}

// Every name that the rows have, at any depth.
void AddNames(Parameters rows, std::set<std::string>& names) {
  for (const Parameter& row : rows) {
    names.emplace(row.name);
    AddNames(row.members(), names);
  }
}

// The last parts of the names of a section: "Media.Uri" -> "Uri".
std::set<std::string> LastNames(const ExplainedSection& section) {
  std::set<std::string> names;
  for (const ExplainedItem& item : section.items) names.emplace(Split(item.name, '.').back());
  return names;
}

class EveryPage : public testing::TestWithParam<const ActionKind*> {};

TEST_P(EveryPage, NamesEveryParameterAtAnyDepth) {
  std::set<std::string> names;
  AddNames(GetParam()->parameters, names);

  const ActionPage page = ExplainAction(*GetParam());

  EXPECT_EQ(LastNames(page.sections[0]), names);
}

TEST_P(EveryPage, NamesEveryErrorAndOperandOfItsBranches) {
  const std::string text = ToText(ExplainAction(*GetParam()));

  for (const ErrorRule& rule : GetParam()->errors)
    EXPECT_THAT(text, HasSubstr(fmt::format("\n  {} (", rule.type)));
  for (const ResultRule& rule : GetParam()->results) {
    for (const std::string_view word : rule.operators)
      EXPECT_THAT(text, HasSubstr(fmt::format("'{}'", word)));
    for (const std::string_view word : rule.words)
      EXPECT_THAT(text, HasSubstr(fmt::format("'{}'", word)));
    EXPECT_THAT(text, HasSubstr(rule.when.words));
  }
}

TEST_P(EveryPage, SaysTheSameInMarkdownAndText) {
  const ActionPage page = ExplainAction(*GetParam());
  const std::string markdown = Replace(ToMarkdown(page), "&lt;", "<");

  for (const ExplainedSection& section : page.sections) {
    for (const ExplainedItem& item : section.items) {
      EXPECT_THAT(ToText(page), HasSubstr(item.name));
      EXPECT_THAT(markdown, HasSubstr(fmt::format("| {} | {} | ", item.name, item.need)));
      for (const std::string& fact : item.facts) EXPECT_THAT(markdown, HasSubstr(fact));
    }
  }
}

TEST_P(EveryPage, IsFoundByEachOfItsBlocks) {
  for (const std::string_view block : BlockNames(*GetParam())) {
    const Result<Explained> found = FindExplained(ToUpper(block));
    ASSERT_TRUE(found) << found.error().message();
    EXPECT_THAT(found->kinds, Contains(GetParam()));
  }
}

TEST_P(EveryPage, GivesEachRowToMachines) {
  const json::Object data = ToJson(*GetParam());

  EXPECT_EQ(data.GetString("type"), GetParam()->name);
  EXPECT_EQ(data.GetArray("parameters").size(), GetParam()->parameters.size());
  EXPECT_EQ(data.GetArray("errors").size(), GetParam()->errors.size());
  EXPECT_EQ(data.GetArray("conditions").size(), GetParam()->results.size());
}

INSTANTIATE_TEST_SUITE_P(Explain, EveryPage, testing::ValuesIn(AllActionKinds()),
                         [](const testing::TestParamInfo<const ActionKind*>& row) {
                           return std::string(row.param->name);
                         });

TEST(Explain, PrintsTheWholePageOfAMenu) {
  EXPECT_EQ("", tests::DiffGolden("flow/explain_GetParticipantInput.txt",
                                  PageText("GetParticipantInput")));
  EXPECT_EQ("",
            tests::DiffGolden("flow/explain_GetParticipantInput.json",
                              json::WritePretty(ToJson(*FindActionKind("GetParticipantInput")))));
}

TEST(Explain, PrintsTheWholePageOfATransfer) {
  const ActionKind& kind = *FindActionKind("TransferContactToQueue");

  EXPECT_EQ("", tests::DiffGolden("flow/explain_TransferContactToQueue.txt",
                                  ToText(ExplainAction(kind))));
  EXPECT_EQ("", tests::DiffGolden("flow/explain_TransferContactToQueue.md",
                                  ToMarkdown(ExplainAction(kind))));
}

TEST(Explain, SaysWhatAParameterNamesAndHow) {
  EXPECT_THAT(PageText("UpdateContactTargetQueue"),
              AllOf(HasSubstr("exactly one of 'QueueId', 'AgentId'"),
                    HasSubstr("names a resource of kind queue: its ARN, or '${queue:NAME}'"),
                    HasSubstr("static, or one reference as the whole value")));
  EXPECT_THAT(PageText("CreateTask"),
              HasSubstr("names a resource of kind task-template: its id, or"));
}

TEST(Explain, SaysWhichConditionsAnActionTakesUnderWhichParameters) {
  const ActionPage page = ExplainAction(*FindActionKind("CheckMetricData"));

  ASSERT_EQ(page.sections[1].title, "Conditions");
  EXPECT_THAT(page.sections[1].items,
              ElementsAre(Field(&ExplainedItem::name, "when 'MetricType' is about agents"),
                          Field(&ExplainedItem::name, "otherwise")));
  EXPECT_THAT(PageText("MessageParticipantIteratively"), HasSubstr("\n  otherwise (refused)\n"));
}

TEST(Explain, HasEachNoteOnItsPage) {
  for (const Note& note : AllNotes()) {
    const ActionKind* kind = FindActionKind(note.type);
    ASSERT_NE(kind, nullptr) << note.type;
    EXPECT_EQ(NoteOn(note.type, note.place), note.text) << "twice: " << note.place;
    EXPECT_THAT(ToText(ExplainAction(*kind)), HasSubstr(note.text)) << note.place;
  }
}

TEST(Explain, SaysThatAnActionEndsTheFlow) {
  const ActionPage page = ExplainAction(*FindActionKind("DisconnectParticipant"));

  EXPECT_THAT(page.properties,
              Contains(std::pair<std::string, std::string>(
                  "NextAction", "none: the action ends the flow and has no branches")));
  EXPECT_THAT(page.sections, ElementsAre(Field(&ExplainedSection::title, "Parameters")));
}

TEST(Explain, SaysWhereAnActionIsLegalAndWhoSaysSo) {
  EXPECT_THAT(PageText("EndFlowExecution"), HasSubstr("CUSTOMER_HOLD, AGENT_HOLD"));
  EXPECT_THAT(PageText("UpdateContactRoutingBehavior"),
              HasSubstr("(administrator guide or exports only)"));
  EXPECT_THAT(PageText("CreateContact"), HasSubstr("  evidence    unverified: "));
}

TEST(Explain, SaysOfAParameterWhereItCountsAndHowSureItIs) {
  EXPECT_THAT(
      PageText("MessageParticipant"),
      AllOf(HasSubstr("  PromptId (optional)\n      text\n      static, or one reference as "
                      "the whole value\n      names a resource of kind prompt: its ARN, or "
                      "'${prompt:NAME}' in portable files\n      channels: voice\n"),
            HasSubstr("  SkipWhenDTMFBufferEnabled (optional)\n      'True' or 'False'\n    "
                      "  static\n      channels: voice\n      evidence: observed on ")));
  const json::Object data = ToJson(*FindActionKind("MessageParticipant"));
  const json::Object& prompt = data.GetArray("parameters")[0].AsObject();
  EXPECT_EQ(prompt.GetString("name"), "PromptId");
  EXPECT_EQ(prompt.GetString("evidence"), "documented");
  EXPECT_EQ(json::Write(prompt.At("channels")), R"(["voice"])");
}

TEST(Explain, SaysWhatNobodyDocuments) {
  EXPECT_THAT(PageText("Loop"), HasSubstr("nobody documents the form of a loop's name, and a list "
                                          "to loop over: parameters for it are not judged"));
  EXPECT_THAT(PageText("UpdateContactEventHooks"),
              HasSubstr("(by the documentation; the service was seen to take other numbers)"));
}

TEST(ExplainList, HasEveryTypeWithItsBlocks) {
  for (const ActionKind* kind : AllActionKinds()) {
    EXPECT_THAT(ActionListAsText(), HasSubstr(fmt::format("\n  {} ", kind->name)));
    EXPECT_THAT(ActionListAsMarkdown(), HasSubstr(fmt::format("\n| {} | ", kind->name)));
  }
  EXPECT_THAT(ActionListAsText(), HasSubstr(" Check staffing or Check queue status\n"));
  EXPECT_EQ(ActionListAsJson().GetArray("families").size(), AllActionFamilies().size());
}

TEST(FindExplained, TakesTypesWhateverTheCase) {
  EXPECT_THAT(FindExplained("transfercontacttoqueue").value().kinds,
              ElementsAre(FindActionKind("TransferContactToQueue")));
}

TEST(FindExplained, FindsEveryTypeOfABlock) {
  EXPECT_THAT(FindExplained("play prompt").value().kinds,
              ElementsAre(FindActionKind("MessageParticipant")));
  EXPECT_THAT(FindExplained("Get customer input").value().kinds,
              ElementsAre(FindActionKind("ConnectParticipantWithLexBot"),
                          FindActionKind("GetParticipantInput")));
  EXPECT_THAT(FindExplained("Cases").value().kinds,
              ElementsAre(FindActionKind("CreateCase"), FindActionKind("GetCase"),
                          FindActionKind("UpdateCase")));
}

TEST(FindExplained, FindsRulesByNameAndCode) {
  EXPECT_EQ(FindExplained("unreachable-action").value().rule->code, "TL-L105");
  EXPECT_EQ(FindExplained("tl-l105").value().rule->name, "unreachable-action");
}

TEST(FindExplained, NamesTheNearestOfAnUnknownName) {
  EXPECT_EQ(MessageFor("PlayPromt"),
            "there is no action type, block or lint rule 'PlayPromt'; did you mean 'Play prompt'?");
  EXPECT_THAT(MessageFor("unreachable-actoin"), HasSubstr("did you mean 'unreachable-action'?"));
  EXPECT_THAT(MessageFor("PlayPrompt"), HasSubstr("did you mean 'MessageParticipant' or "));
  EXPECT_THAT(MessageFor("GetUserInput"), HasSubstr("; instead: GetParticipantInput (keys) or "));
  EXPECT_THAT(MessageFor("callback"), HasSubstr("'CreateCallbackContact'"));
}

TEST(FindExplained, SaysWhereTheNamesAreWhenNoneIsNear) {
  EXPECT_EQ(MessageFor("zzzzzz"),
            "there is no action type, block or lint rule 'zzzzzz'; 'trunkline flow explain' lists "
            "the types and their blocks");
  EXPECT_THAT(MessageFor(""), HasSubstr("lists the types"));
  EXPECT_THAT(MessageFor(std::string(100000, 'x')), HasSubstr("lists the types"));
}

}  // namespace
}  // namespace trunkline::flow
