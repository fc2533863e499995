#include <gmock/gmock.h>

#include "flow/lint/paths.h"

namespace trunkline::flow {
namespace {

using testing::ElementsAre;

Document DocumentOf(const std::string& actions) {
  Parsed parsed = Parse(R"({"Version":"2019-10-30","StartAction":"a","Actions":[)" + actions + "]}",
                        "flow.json");
  return std::move(*parsed.document);
}

std::vector<std::string> TakenBranches(const Document& document, std::string_view id) {
  const Graph graph(document);
  std::vector<std::string> names;
  for (const GraphEdge& edge : graph.Edges(graph.Find(id))) {
    names.push_back(BranchName(*document.FindAction(id), edge) + " " +
                    document.actions[edge.target].id);
  }
  return names;
}

constexpr const char* kEnd = R"(,{"Identifier":"z","Type":"DisconnectParticipant"})";

TEST(GraphEdges, LeaveOutANextActionThatMirrorsABranch) {
  const Document document = DocumentOf(
      std::string(
          R"({"Identifier":"a","Type":"Compare","Transitions":{"NextAction":"z","Conditions":[{"NextAction":"z","Condition":{"Operator":"Equals","Operands":["1"]}}],"Errors":[{"ErrorType":"NoMatchingCondition","NextAction":"a"}]}})") +
      kEnd);

  EXPECT_THAT(TakenBranches(document, "a"), ElementsAre("'1' z", "no match a"));
}

TEST(GraphEdges, LeaveOutTheSuccessOfATransfer) {
  const Document document = DocumentOf(
      std::string(
          R"({"Identifier":"a","Type":"TransferContactToQueue","Transitions":{"NextAction":"z","Errors":[{"ErrorType":"QueueAtCapacity","NextAction":"z"}]}})") +
      kEnd);

  EXPECT_THAT(TakenBranches(document, "a"), ElementsAre("error 'QueueAtCapacity' z"));
}

TEST(GraphEdges, TakeTheNextActionOfAModuleWithoutABranchForNoMatch) {
  const Document document = DocumentOf(
      std::string(
          R"({"Identifier":"a","Type":"InvokeFlowModule","Transitions":{"NextAction":"z","Conditions":[{"NextAction":"a","Condition":{"Operator":"Equals","Operands":["Done"]}}]}})") +
      kEnd);

  EXPECT_THAT(TakenBranches(document, "a"), ElementsAre("success z", "'Done' a"));
}

TEST(Paths, TellTheShortestWayByItsDecisions) {
  const Document document = DocumentOf(
      std::string(
          R"({"Identifier":"a","Type":"InvokeLambdaFunction","Transitions":{"NextAction":"b","Errors":[{"ErrorType":"NoMatchingError","NextAction":"z"}]}},)"
          R"({"Identifier":"b","Type":"MessageParticipant","Transitions":{"NextAction":"z"}})") +
      kEnd);
  const LintOptions options;
  const LintContext context(document, options);
  const Paths paths(context, 2, 0, [](Paths::State state, const Action& action, const GraphEdge&) {
    return action.type == "MessageParticipant" ? Paths::State{1} : state;
  });

  EXPECT_EQ(paths.Way(2, 0), "error 'NoMatchingError' of 'a'");
  EXPECT_EQ(paths.Way(2, 1), "the straight way");
  EXPECT_FALSE(paths.Reaches(1, 1));
}

TEST(TellWay, LeavesOutTheMiddle) {
  EXPECT_EQ(TellWay({}), "the straight way");
  EXPECT_EQ(TellWay({"1", "2", "3", "4", "5", "6"}), "1, ..., 4, 5, 6");
}

}  // namespace
}  // namespace trunkline::flow
