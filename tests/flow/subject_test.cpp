#include "flow/subject.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "flow/lint.h"
#include "tests/flow/corpus.h"
#include "tests/support/shared_data.h"

namespace trunkline::flow {
namespace {

constexpr std::string_view kFlowText = R"({
  "Version": "2019-10-30", "StartAction": "say/hi",
  "Metadata": {"ActionMetadata": {"say/hi": {"position": {"x": 1}}}},
  "Actions": [
    {"Identifier": "say/hi", "Type": "MessageParticipant", "Parameters": {"Text": "Hi"},
     "Transitions": {"NextAction": "end", "Errors": [
       {"ErrorType": "NoMatchingError", "NextAction": "end"}]}},
    {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]})";

Document ParseFlow(std::string text) {
  return Parse(std::move(text), "calls/main.json").document.value();
}

// What the first place of a word in the file is about.
Subject SubjectAt(const Document& document, std::string_view word) {
  const std::size_t at = document.text.find(word);
  Place place{.file = document.file, .line = 1, .column = 1};
  for (std::size_t i = 0; i < at; ++i) {
    const bool ends = document.text[i] == '\n';
    place.line += ends ? 1 : 0;
    place.column = ends ? 1 : place.column + 1;
  }
  return SubjectOf(document, place);
}

TEST(SubjectOf, NamesTheActionItsBlockAndTheValue) {
  const Subject subject = SubjectAt(ParseFlow(std::string(kFlowText)), "\"Hi\"");

  EXPECT_EQ(subject.flow, "main");
  EXPECT_EQ(subject.action, "say/hi");
  EXPECT_EQ(subject.block, "Play prompt");
  EXPECT_EQ(subject.pointer, "/Actions/0/Parameters/Text");
  EXPECT_EQ(subject.part, "/Parameters/Text");
}

TEST(SubjectOf, LeavesNumbersOutOfThePart) {
  const Subject subject = SubjectAt(ParseFlow(std::string(kFlowText)), "{\"ErrorType\"");

  EXPECT_EQ(subject.pointer, "/Actions/0/Transitions/Errors/0");
  EXPECT_EQ(subject.part, "/Transitions/Errors");
}

TEST(SubjectOf, FindsTheActionThatMetadataIsAbout) {
  const Subject subject = SubjectAt(ParseFlow(std::string(kFlowText)), "{\"x\"");

  EXPECT_EQ(subject.action, "say/hi");
  EXPECT_EQ(subject.pointer, "/Metadata/ActionMetadata/say~1hi/position");
  EXPECT_EQ(subject.part, "/position");
}

TEST(SubjectOf, IsAboutNoActionOutsideOfActions) {
  const Subject subject = SubjectAt(ParseFlow(std::string(kFlowText)), "\"2019");

  EXPECT_EQ(subject.action, "");
  EXPECT_EQ(subject.pointer, "/Version");
}

TEST(SubjectOf, LooksIntoAWrapper) {
  const Document document = ParseFlow(R"({"Name": "Main", "ContactFlowType": "CONTACT_FLOW",
    "Content": )" + std::string(kFlowText) +
                                      "}");

  EXPECT_EQ(SubjectAt(document, "\"Hi\"").flow, "Main");
  EXPECT_EQ(SubjectAt(document, "\"Hi\"").action, "say/hi");
  EXPECT_EQ(SubjectAt(document, "\"Hi\"").pointer, "/Content/Actions/0/Parameters/Text");
  EXPECT_EQ(SubjectAt(document, "\"Hi\"").part, "/Parameters/Text");
  EXPECT_EQ(SubjectAt(document, "\"CONTACT_FLOW\"").pointer, "/ContactFlowType");
}

TEST(SubjectOf, LooksIntoAContentThatIsAString) {
  const Document document = ParseFlow(
      R"({"Name": "Main", "ContactFlowType": "CONTACT_FLOW", "Content": "{\"Version\": \"2019-10-30\",)"
      R"( \"StartAction\": \"\u00e9nd\", \"Actions\": [{\"Identifier\": \"\u00e9nd\",)"
      R"( \"Type\": \"DisconnectParticipant\", \"Parameters\": {}, \"Transitions\": {}}]}"})");
  const Subject subject = SubjectAt(document, R"(\"DisconnectParticipant)");

  EXPECT_EQ(subject.action, "\u00e9nd");
  EXPECT_EQ(subject.pointer, "/Content/Actions/0/Type");
}

TEST(SubjectOf, TakesAPlaceWithoutALineAsTheWholeFlow) {
  const Subject subject = SubjectOf(ParseFlow(std::string(kFlowText)), {.file = "calls/main.json"});

  EXPECT_EQ(subject.flow, "main");
  EXPECT_EQ(subject.pointer, "");
}

// The value that a pointer leads to; nullptr when it leads nowhere.
const json::Value* Follow(const json::Value& from, std::string_view pointer) {
  const json::Value* at = &from;
  for (const std::string_view step : Split(pointer, '/')) {
    const std::string key = Replace(Replace(step, "~1", "/"), "~0", "~");
    if (key.empty()) continue;  // before the first
    const std::optional<std::int64_t> index = ToInt(key);
    if (at->IsObject()) {
      at = at->AsObject().Find(key);
    } else {
      const bool fits = at->IsArray() && index && *index < std::ssize(at->AsArray());
      at = fits ? &at->AsArray()[static_cast<std::size_t>(*index)] : nullptr;
    }
    if (at == nullptr) return nullptr;
  }
  return at;
}

TEST(SubjectOf, PointsIntoEveryFlowOfTheCorpus) {
  TL_NEEDS_SHARED();

  std::size_t count = 0;
  for (const tests::CorpusFile& file : tests::CorpusFiles()) {
    const Parsed parsed = Parse(tests::ReadCorpus(file), file.name);
    if (!parsed.document || !parsed.document->content.IsObject()) continue;
    const Document& document = *parsed.document;
    for (const Finding& finding : Lint(document)) {
      const Subject subject = SubjectOf(document, finding.place);
      const bool bare = document.root.IsNull();
      const std::size_t begin = bare ? 0 : subject.pointer.find("/Content") + 8;
      EXPECT_NE(Follow(document.content, subject.pointer.substr(begin)), nullptr)
          << file.name << " " << subject.pointer;
      EXPECT_NE(document.FindAction(subject.action), nullptr)
          << file.name << " " << subject.pointer;
      ++count;
    }
  }
  EXPECT_GT(count, 300U);
}

}  // namespace
}  // namespace trunkline::flow
