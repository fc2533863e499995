#include "flow/calls.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace trunkline::flow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A flow that hands over to others, in this order.
Document Calling(std::string_view name, const std::vector<std::string>& flows,
                 std::string_view around = "") {
  std::string actions;
  for (const std::string& one : flows) {
    actions += fmt::format(
        R"({}{{"Identifier":"a{}","Type":"TransferToFlow","Parameters":{{"ContactFlowId":"{}"}},"Transitions":{{}}}})",
        actions.empty() ? "" : ",", actions.size(), one);
  }
  const std::string text = fmt::format(
      R"({{"Name":"{}","ContactFlowType":"CONTACT_FLOW",{}"Content":{{"Version":"2019-10-30","StartAction":"a0","Actions":[{}]}}}})",
      name, around, actions);
  return std::move(*Parse(text, fmt::format("{}.json", name)).document);
}

std::vector<std::string> CallTexts(const CallGraph& graph) {
  std::vector<std::string> texts;
  for (const CallEdge& call : graph.calls)
    texts.push_back(fmt::format("{} -> {} x{}", graph.nodes[call.from].name,
                                graph.nodes[call.to].name, call.places.size()));
  return texts;
}

std::vector<std::string> CycleTexts(const CallGraph& graph) {
  std::vector<std::string> texts;
  for (const std::vector<std::size_t>& way : FindCycles(graph)) {
    std::string text;
    for (const std::size_t node : way) text += graph.nodes[node].name;
    texts.push_back(text);
  }
  return texts;
}

std::vector<std::string> OrphanNames(const CallGraph& graph) {
  std::vector<std::string> names;
  for (const std::size_t node : FindOrphans(graph)) names.push_back(graph.nodes[node].name);
  return names;
}

TEST(FindCalls, FollowsSymbolsAndAttributes) {
  const std::vector<Document> documents = {
      Calling("A", {"${flow:B}", "$.External.B", "${flow:B}", "$.Attributes.flow_C"}),
      Calling("B", {}), Calling("C", {})};

  EXPECT_THAT(CallTexts(FindCalls(documents)), ElementsAre("A -> B x3", "A -> C x1"));
}

TEST(FindCalls, KnowsADocumentByItsIdToo) {
  const std::string id = "11111111-2222-3333-4444-555555555555";
  const std::string arn =
      "arn:aws:connect:us-east-1:123456789012:instance/11111111-2222-3333-4444-666666666666/"
      "contact-flow/" +
      id;
  const std::vector<Document> documents = {Calling("A", {arn, id}),
                                           Calling("B", {}, fmt::format(R"("Id":"{}",)", id))};

  EXPECT_THAT(CallTexts(FindCalls(documents)), ElementsAre("A -> B x2"));
}

TEST(FindCalls, SaysWhereACallStands) {
  const std::vector<Document> documents = {Calling("A", {"${flow:B}"})};

  const CallGraph graph = FindCalls(documents);

  ASSERT_EQ(graph.calls.size(), 1U);
  EXPECT_EQ(graph.calls[0].places[0].file, "A.json");
  EXPECT_EQ(graph.calls[0].places[0].line, 1U);
  EXPECT_EQ(graph.nodes[1].file, "");
}

TEST(FindOrphans, AreTheFlowsThatNoOtherOneNames) {
  const std::vector<Document> documents = {Calling("A", {"${flow:B}"}),
                                           Calling("B", {"${flow:Elsewhere}"}),
                                           Calling("Alone", {"${flow:Alone}"})};

  EXPECT_THAT(OrphanNames(FindCalls(documents)), ElementsAre("A", "Alone"));
}

TEST(FindCycles, AreNamedAsTheWayBack) {
  const std::vector<Document> documents = {Calling("A", {"${flow:B}"}), Calling("B", {"${flow:C}"}),
                                           Calling("C", {"${flow:A}", "${flow:C}"}),
                                           Calling("D", {"${flow:A}"})};

  EXPECT_THAT(CycleTexts(FindCalls(documents)), ElementsAre("ABCA", "CC"));
}

TEST(FindCycles, AreNoneWhereNobodyComesBack) {
  const std::vector<Document> documents = {Calling("A", {"${flow:B}", "${flow:C}"}),
                                           Calling("B", {"${flow:C}"}), Calling("C", {})};

  EXPECT_THAT(CycleTexts(FindCalls(documents)), IsEmpty());
}

TEST(CallsToDot, NamesKindsAndColoursCycles) {
  const std::vector<Document> documents = {Calling("A<1>", {"${flow:B}", "${flow:B}"}),
                                           Calling("B", {"${flow:A<1>}"})};

  const std::string dot = ToDot(FindCalls(documents));

  EXPECT_THAT(dot, HasSubstr(">flow</FONT><BR/>A&lt;1&gt;>];"));
  EXPECT_THAT(dot, HasSubstr("n0 -> n1 [label=\"2x\" color=\"#b91c1c\" penwidth=2];"));
}

}  // namespace
}  // namespace trunkline::flow
