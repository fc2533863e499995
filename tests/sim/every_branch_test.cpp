// Every action type of the catalogue leaves by each of its branches when it is told to: each error,
// each result, and success where a stand-in can be told to succeed.
#include <gmock/gmock.h>

#include "flow/catalogue.h"
#include "sim/actions/list.h"
#include "sim/rehearsal.h"
#include "sim/stand_in.h"
#include "tests/sim/around.h"

namespace trunkline::sim::tests {
namespace {

using flow::ActionKind;

std::string KindName(const ::testing::TestParamInfo<const ActionKind*>& row) {
  return std::string(row.param->name);
}

// What is behind the branches of action "x" of this kind, by the branch's own name: a message that
// says it.
class Branching {
 public:
  explicit Branching(const ActionKind& kind) : kind_(kind) {
    for (const flow::ErrorRule& rule : kind.errors) AddBranch("Error:" + std::string(rule.type));
  }

  void AddBranch(const std::string& branch) {
    branches_.emplace_back(branch, branch);
    said_ += "," + Action(branch, "MessageParticipant", R"({"Text":")" + branch + R"("})",
                          {{"next", "end"}});
  }

  // What is heard when the action goes so; the transcript's end when nothing is.
  std::string Heard(const SteeredOutcome& outcome) const {
    World world = SmallWorld();
    Branches branches = branches_;
    branches.emplace_back("next", "next");
    world.flows.push_back(
        MakeFlow("main", "CONTACT_FLOW",
                 Action("x", kind_.name, "{}", branches) + said_ + "," +
                     Action("next", "MessageParticipant", R"({"Text":"next"})", {{"next", "end"}}) +
                     "," + Action("end", "DisconnectParticipant", "{}")));
    StandIns stand_ins;
    stand_ins.actions["x"] = {outcome};
    Rehearsal rehearsal(std::make_shared<const World>(std::move(world)), {.flow = "main"},
                        std::move(stand_ins));
    rehearsal.Give(Started{});
    for (const TranscriptLine& line : rehearsal.transcript().lines) {
      if (line.speaker == Speaker::kSystem) return line.text;
    }
    return rehearsal.transcript().end;
  }

 private:
  const ActionKind& kind_;
  Branches branches_;
  std::string said_;
};

class EveryActionType : public ::testing::TestWithParam<const ActionKind*> {};

TEST_P(EveryActionType, HasABehaviour) {
  EXPECT_NE(RunnerOf(GetParam()), nullptr);
}

TEST_P(EveryActionType, TakesEachErrorBranch) {
  const ActionKind& kind = *GetParam();
  const Branching branching(kind);

  for (const flow::ErrorRule& rule : kind.errors) {
    const SteeredOutcome outcome{.error = std::string(rule.type)};
    EXPECT_FALSE(FaultOf(kind, outcome)) << rule.type;
    EXPECT_EQ(branching.Heard(outcome), "Error:" + outcome.error);
  }
}

// A result that the rule's conditions can have, and the condition that it makes hold.
struct Arm {
  std::string result, condition;
};
std::vector<Arm> ArmsOf(const flow::ResultRule& rule) {
  std::vector<Arm> arms;
  const bool equals = rule.operators.front() == "Equals" && rule.operators.size() == 1;
  for (const std::string_view word : rule.words) {
    if (equals) arms.push_back({std::string(word), "Equals " + std::string(word)});
  }
  if (!arms.empty()) return arms;
  for (const std::string_view op : rule.operators) {
    const std::string name(op);
    if (name == "NumberGreaterThan") arms.push_back({"1", name + " 0"});
    if (name == "NumberLessThan") arms.push_back({"1", name + " 51"});
    if (name == "Equals") arms.push_back({"7", name + " 7"});
    if (name == "NumberGreaterOrEqualTo" || name == "NumberLessOrEqualTo" ||
        name.starts_with("Text"))
      arms.push_back({"5", name + " 5"});
  }
  return arms;
}

TEST_P(EveryActionType, TakesEachConditionAndItsNoMatchingCondition) {
  const ActionKind& kind = *GetParam();
  for (const flow::ResultRule& rule : kind.results) {
    const std::vector<Arm> arms = ArmsOf(rule);
    EXPECT_FALSE(arms.empty());
    for (const Arm& arm : arms) {
      Branching branching(kind);
      branching.AddBranch(arm.condition);
      EXPECT_FALSE(FaultOf(kind, {.condition = arm.result})) << arm.result;
      EXPECT_EQ(branching.Heard({.condition = arm.result}), arm.condition);
    }
  }
}

TEST_P(EveryActionType, WithoutAMatchGoesOnOrByNoMatchingCondition) {
  const ActionKind& kind = *GetParam();
  if (kind.results.empty()) return;
  Branching branching(kind);
  branching.AddBranch("Equals something");
  const auto is_no_match = [](const flow::ErrorRule& rule) {
    return rule.type == "NoMatchingCondition";
  };
  const bool has_branch = std::ranges::any_of(kind.errors, is_no_match);

  EXPECT_EQ(branching.Heard({.condition = "0"}), has_branch ? "Error:NoMatchingCondition" : "next");
}

TEST_P(EveryActionType, ThatStandsInSucceedsWhenItIsTold) {
  const ActionKind& kind = *GetParam();
  const StandIn* stand_in = FindStandIn(kind.name);
  if (stand_in == nullptr || stand_in->decides) {
    EXPECT_TRUE(FaultOf(kind, {}));
    return;
  }

  EXPECT_FALSE(FaultOf(kind, {}));
  EXPECT_EQ(Branching(kind).Heard({}), "next");
}

INSTANTIATE_TEST_SUITE_P(Catalogue, EveryActionType, ::testing::ValuesIn(flow::AllActionKinds()),
                         KindName);

}  // namespace
}  // namespace trunkline::sim::tests
