// The state machines: where each answer leads, and that nothing goes on for ever.
#include <set>

#include <gmock/gmock.h>

#include "stacks/target_stacks.h"
#include "tests/stacks/acme.h"

namespace trunkline::stacks {
namespace {

// Where a Choice leads with this status.
std::string Next(const json::Object& machine, std::string_view choice, std::string_view status) {
  const json::Object& state = machine.GetObject("States").At(choice).AsObject();
  for (const json::Value& row : state.GetArray("Choices")) {
    if (row.AsObject().GetString("StringEquals") == status)
      return std::string(row.AsObject().GetString("Next"));
  }
  return std::string(state.GetString("Default"));
}

std::set<std::string> Targets(const json::Object& state) {
  std::set<std::string> targets;
  for (const std::string_view key : {"Next", "Default"}) {
    if (state.Has(key)) targets.emplace(state.GetString(key));
  }
  for (const std::string_view key : {"Choices", "Catch"}) {
    for (const json::Value& row : state.GetArray(key))
      targets.emplace(row.AsObject().GetString("Next"));
  }
  return targets;
}

TEST(InstanceMachine, MakesAnInstanceWhereThereIsNone) {
  const json::Object machine = InstanceMachine();

  EXPECT_EQ(Next(machine, "Found", "NONE"), "Create");
  EXPECT_EQ(Next(machine, "Created", "CREATION_IN_PROGRESS"), "Look");
  EXPECT_EQ(Next(machine, "Described", "CREATION_IN_PROGRESS"), "Pause");
  EXPECT_EQ(Next(machine, "Described", "ACTIVE"), "Bucket");
}

TEST(InstanceMachine, EndsInFailureWhereAmazonConnectCannotMakeIt) {
  const json::Object machine = InstanceMachine();

  for (const char* choice : {"Found", "Created", "Described"})
    EXPECT_EQ(Next(machine, choice, "CREATION_FAILED"), "Failed") << choice;
  EXPECT_EQ(Next(machine, "Created", "QUOTA_REACHED"), "Failed");
  EXPECT_EQ(Next(machine, "Described", "something new"), "Failed");
}

TEST(InstanceMachine, RepeatsAStepWithWorkLeftAndFailsWithOneThatFailed) {
  const json::Object machine = InstanceMachine();

  EXPECT_EQ(Next(machine, "QueuesDone", "AGAIN"), "Queues");
  EXPECT_EQ(Next(machine, "QueuesDone", "DONE"), "Parameters");
  EXPECT_EQ(Next(machine, "QueuesDone", "FAILED"), "Failed");
}

TEST(InstanceMachine, IsIdempotentInCreating) {
  const json::Object machine = InstanceMachine();

  const json::Object& create = machine.GetObject("States").At("Create").AsObject();
  EXPECT_EQ(create.GetObject("Parameters").GetObject("Payload").GetString("execution.$"),
            "$$.Execution.Name");
}

class Machines : public testing::TestWithParam<json::Object (*)()> {};

TEST_P(Machines, EndInTime) {
  const json::Object machine = GetParam()();

  EXPECT_EQ(machine.GetInt("TimeoutSeconds"), 3600);
  for (const json::Member& state : machine.GetObject("States")) {
    if (state.value.AsObject().GetString("Type") != "Task") continue;
    EXPECT_GT(state.value.AsObject().GetInt("TimeoutSeconds"), 0) << state.key;
  }
}

TEST_P(Machines, LeadOnlyToStatesThatAreThereAndToAllOfThem) {
  const json::Object machine = GetParam()();
  const json::Object& states = machine.GetObject("States");
  std::set<std::string> reached{std::string(machine.GetString("StartAt"))};
  for (const json::Member& state : states) {
    for (const std::string& target : Targets(state.value.AsObject())) {
      EXPECT_TRUE(states.Has(target)) << state.key << " leads to " << target;
      reached.insert(target);
    }
  }

  EXPECT_EQ(reached.size(), states.size());
}

// How often a Task is tried again when it meets this error.
std::int64_t Attempts(const json::Object& state, std::string_view error) {
  for (const json::Value& retrier : state.GetArray("Retry")) {
    for (const json::Value& name : retrier.AsObject().GetArray("ErrorEquals")) {
      if (name.AsString() == error) return retrier.AsObject().GetInt("MaxAttempts");
    }
  }
  return 0;
}

TEST_P(Machines, WaitForWhatPassesAndForNothingElse) {
  const json::Object machine = GetParam()();

  for (const json::Member& state : machine.GetObject("States")) {
    const json::Object& task = state.value.AsObject();
    if (task.GetString("Type") != "Task") continue;
    EXPECT_EQ(Attempts(task, "throttled"), 8) << state.key;
    EXPECT_EQ(Attempts(task, "Lambda.AWSLambdaException"), 2) << state.key;
    EXPECT_EQ(Attempts(task, "Runtime.ExitError"), 2) << state.key;
    EXPECT_EQ(Attempts(task, "denied"), 0) << state.key;
    EXPECT_EQ(Attempts(task, "States.ALL"), 0) << state.key;
  }
}

INSTANTIATE_TEST_SUITE_P(Both, Machines, testing::Values(&InstanceMachine, &ProvisionMachine),
                         [](const auto& row) { return row.index == 0 ? "Instance" : "Provision"; });

}  // namespace
}  // namespace trunkline::stacks
