#include "flow/diff.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/text.h"
#include "flow/diff/words.h"
#include "tests/flow/corpus.h"
#include "tests/support/shared_data.h"

namespace trunkline::flow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Document Read(const std::string& text) {
  Parsed parsed = Parse(text, "flow.json");
  if (!parsed.document) throw std::runtime_error("the test's flow cannot be read");
  return std::move(*parsed.document);
}

std::vector<std::string> Sentences(const std::string& before, const std::string& after) {
  std::vector<std::string> sentences;
  for (const FlowChange& one : DiffFlows(Read(before), Read(after)))
    sentences.push_back(one.sentence);
  return sentences;
}

// A menu: 1 leads to Sales, 2 to Support; silence and errors to a good-bye.
constexpr std::string_view kMenu =
    R"({"Version": "2019-10-30", "StartAction": "Main menu", "Actions": [
 {"Identifier": "Main menu", "Type": "GetParticipantInput",
  "Parameters": {"Text": "Press 1 for sales or 2 for support", "StoreInput": "False", "InputTimeLimitSeconds": "5"},
  "Transitions": {"NextAction": "Bye", "Conditions": [
    {"NextAction": "To sales", "Condition": {"Operator": "Equals", "Operands": ["1"]}},
    {"NextAction": "To support", "Condition": {"Operator": "Equals", "Operands": ["2"]}}],
   "Errors": [{"NextAction": "Bye", "ErrorType": "InputTimeLimitExceeded"},
    {"NextAction": "Bye", "ErrorType": "NoMatchingCondition"}, {"NextAction": "Bye", "ErrorType": "NoMatchingError"}]}},
 {"Identifier": "To sales", "Type": "UpdateContactTargetQueue", "Parameters": {"QueueId": "${queue:Sales}"},
  "Transitions": {"NextAction": "Queue", "Errors": [{"NextAction": "Bye", "ErrorType": "NoMatchingError"}]}},
 {"Identifier": "To support", "Type": "UpdateContactTargetQueue", "Parameters": {"QueueId": "${queue:Support}"},
  "Transitions": {"NextAction": "Queue", "Errors": [{"NextAction": "Bye", "ErrorType": "NoMatchingError"}]}},
 {"Identifier": "Queue", "Type": "TransferContactToQueue", "Parameters": {},
  "Transitions": {"NextAction": "Bye", "Errors": [{"NextAction": "Bye", "ErrorType": "QueueAtCapacity"},
   {"NextAction": "Bye", "ErrorType": "NoMatchingError"}]}},
 {"Identifier": "Bye", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]})";

std::string Menu(std::string_view what = {}, std::string_view instead = {}) {
  const std::string text = Replace(kMenu, what.empty() ? " " : what, what.empty() ? " " : instead);
  EXPECT_TRUE(what.empty() || text != kMenu) << what;
  return text;
}

TEST(DiffFlows, EndsWhereABranchNowLeadsToANewBlockThatLeadsToItself) {
  const std::string leads =
      Menu(R"({"NextAction": "To support", "Condition")", R"({"NextAction": "Wait", "Condition")");
  const std::string now = Replace(leads, R"( {"Identifier": "Bye")", R"(
 {"Identifier": "Wait", "Type": "MessageParticipant", "Parameters": {"Text": "Please wait"},
  "Transitions": {"NextAction": "Wait"}},
 {"Identifier": "Bye")");

  EXPECT_THAT(Sentences(Menu(), now), testing::Contains(testing::HasSubstr("on digit 2")));
}

TEST(BlockOf, TellsTheBlocksOfOneTypeByItsParameters) {
  const auto hook = [](const std::string& event) {
    Action action;
    action.type = "UpdateContactEventHooks";
    action.parameters.Set("EventHooks", json::Object{{event, "${flow:Main}"}});
    return BlockOf(action);
  };

  EXPECT_EQ(hook("CustomerQueue"), "Set customer queue flow");
  EXPECT_EQ(hook("AgentWhisper"), "Set whisper flow");
  EXPECT_EQ(hook("PauseContact"), "Set event flow");
}

TEST(FlowDiff, SaysNothingOfTheSameFlow) {
  EXPECT_THAT(Sentences(Menu(), Menu()), IsEmpty());
}

TEST(FlowDiff, DoesNotTakeOtherIdentifiersForAChange) {
  std::string renamed = Menu();
  for (const std::string_view id : {"Main menu", "To sales", "To support", "Queue", "Bye"})
    renamed = Replace(renamed, fmt::format("\"{}\"", id), fmt::format("\"{} (2)\"", id));

  EXPECT_THAT(Sentences(Menu(), renamed), IsEmpty());
}

TEST(FlowDiff, DoesNotTakeExchangedIdentifiersForAChange) {
  std::string exchanged = Replace(Menu(), "\"To sales\"", "\"x\"");
  exchanged = Replace(exchanged, "\"To support\"", "\"To sales\"");
  exchanged = Replace(exchanged, "\"x\"", "\"To support\"");

  EXPECT_THAT(Sentences(Menu(), exchanged), IsEmpty());
}

TEST(FlowDiff, DoesNotTakeMovedBlocksForAChange) {
  Document after = Read(Menu());
  json::Array& actions = after.content.AsObject()["Actions"].AsArray();
  std::ranges::reverse(actions);
  after.content.AsObject().Set(
      "Metadata",
      json::Object{
          {"ActionMetadata", json::Object{{"Bye", json::Object{{"position", json::Object{}}}}}}});
  RefreshActions(after);

  EXPECT_THAT(DiffFlows(Read(Menu()), after), IsEmpty());
}

TEST(FlowDiff, SaysWhichQueueADigitLeadsTo) {
  EXPECT_THAT(Sentences(Menu(), Menu("${queue:Support}", "${queue:Billing}")),
              ElementsAre("on digit 2 of 'Main menu' (Get customer input (DTMF)): now transfers to "
                          "queue Billing instead of Support"));
}

TEST(FlowDiff, SaysWhereABranchLeadsNow) {
  EXPECT_THAT(Sentences(Menu(), Menu(R"({"NextAction": "To support", "Condition")",
                                     R"({"NextAction": "Bye", "Condition")")),
              ElementsAre(testing::HasSubstr("now hangs up (was: transfers to queue Support)"),
                          "no path leads to 'To support' (Set working queue) any more"));
}

TEST(FlowDiff, SaysWhatAParameterWas) {
  EXPECT_THAT(
      Sentences(Menu(), Menu(R"("InputTimeLimitSeconds": "5")", R"("InputTimeLimitSeconds": "8")")),
      ElementsAre(testing::EndsWith("input time limit 5 -> 8 s")));
}

TEST(FlowDiff, SaysWhatIsNewInBetweenOnce) {
  const std::string with_notice = Menu(
      R"({"Identifier": "Bye", "Type")",
      R"({"Identifier": "Notice", "Type": "MessageParticipant", "Parameters": {"Text": "Please hold"},
 "Transitions": {"NextAction": "To sales", "Errors": [{"NextAction": "To sales", "ErrorType": "NoMatchingError"}]}},
 {"Identifier": "Bye", "Type")");
  const std::string after = Replace(with_notice, R"({"NextAction": "To sales", "Condition")",
                                    R"({"NextAction": "Notice", "Condition")");

  EXPECT_THAT(Sentences(Menu(), after),
              ElementsAre(testing::AllOf(testing::StartsWith(
                  "new: 'Notice' (Play prompt) says 'Please hold', on digit 1"))));
}

class DiffOfCorpus : public testing::TestWithParam<tests::CorpusFile> {};

TEST_P(DiffOfCorpus, KnowsTheFlowAgainWithOtherIdentifiersAndOrder) {
  const Document before = Read(tests::ReadCorpus(GetParam()));
  Document after = before;
  if (!after.content.IsObject()) return;
  std::map<std::string, std::string, std::less<>> names;
  for (const Action& action : before.actions)
    names.emplace(action.id, fmt::format("action {}", names.size()));
  json::Object& content = after.content.AsObject();
  const auto rename = [&](json::Value& id) {
    const auto found = id.IsString() ? names.find(id.AsString()) : names.end();
    if (found != names.end()) id = json::Value(found->second);
  };
  rename(content["StartAction"]);
  for (json::Value& action : content["Actions"].AsArray()) {
    rename(action.AsObject()["Identifier"]);
    json::Value* transitions = action.AsObject().Find("Transitions");
    if (transitions == nullptr || !transitions->IsObject()) continue;
    if (json::Value* next = transitions->AsObject().Find("NextAction")) rename(*next);
    for (const std::string_view list : {"Conditions", "Errors"}) {
      json::Value* branches = transitions->AsObject().Find(list);
      if (branches == nullptr || !branches->IsArray()) continue;
      for (json::Value& branch : branches->AsArray()) rename(branch.AsObject()["NextAction"]);
    }
  }
  std::ranges::reverse(content["Actions"].AsArray());
  RefreshActions(after);

  std::vector<std::string> sentences;
  for (const FlowChange& one : DiffFlows(before, after)) sentences.push_back(one.sentence);
  EXPECT_THAT(sentences, IsEmpty());
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(DiffOfCorpus);
INSTANTIATE_TEST_SUITE_P(Flows, DiffOfCorpus, testing::ValuesIn(tests::CorpusFiles()),
                         [](const auto& row) { return std::to_string(row.index); });

}  // namespace
}  // namespace trunkline::flow
