// What an agent does in a test: hold, resume, transfer, leave.
#include <gmock/gmock.h>

#include "base/json_write.h"
#include "base/text.h"
#include "sim/testing/scenario.h"
#include "tests/sim/around.h"
#include "tests/sim/testing_fixture.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::HasSubstr;

// Sales answers; the hold flow and the transfer flow say something.
World AgentWorld() {
  World world = SmallWorld();
  world.answering.mode = Answering::Mode::kNobody;
  world.flows.push_back(MakeFlow(
      "hold", "CUSTOMER_HOLD",
      Action("x", "MessageParticipantIteratively", R"({"Messages":[{"Text":"Please hold"}]})")));
  world.flows.push_back(
      MakeFlow("transfer", "QUEUE_TRANSFER", Action("go", "TransferContactToQueue", "{}")));
  world.flows.push_back(
      MakeFlow("main", "CONTACT_FLOW",
               Action("hook", "UpdateContactEventHooks",
                      R"({"EventHooks":{"CustomerHold":"hold"}})", {{"next", "queue"}}) +
                   "," +
                   Action("queue", "UpdateContactTargetQueue", R"({"QueueId":"q-sales"})",
                          {{"next", "go"}}) +
                   "," + Action("go", "TransferContactToQueue", "{}")));
  return world;
}

std::string Difference(std::string_view lines) {
  const ScenarioFile file = ReadScenarios("test t\nflow main\n" + std::string(lines) + "\n",
                                          "a.scenario", TestMode::kObserved);
  if (!file.findings.empty()) return file.findings.front().message;
  return RunTestCase(ReadGood(json::Write(file.tests.front())),
                     std::make_shared<const World>(AgentWorld()), {}, {})
      .difference;
}

TEST(AgentSteps, AreDoneInTheirOrderWhenTheAgentTalks) {
  EXPECT_EQ(Difference("agent answers\nagent holds\nagent resumes\n"
                       "agent transfers to queue Finance by transfer\nagent leaves\n"
                       "hear Please hold\nqueue Finance\nend"),
            "");
}

TEST(AgentSteps, ThatCouldNotBeDoneFailTheTest) {
  EXPECT_EQ(Difference("agent holds\nagent resumes\nhear All of our agents"),
            "the agent was to do 2 more, but did not talk with the customer");
}

TEST(AgentSteps, AreCheckedWhenTheyAreRead) {
  EXPECT_THAT(Difference("agent sings\nend"), HasSubstr("expected 'answers', 'holds'"));
  EXPECT_THAT(Difference("agent transfers to Finance\nend"),
              HasSubstr("expected 'queue', 'agent', 'number' behind 'transfers to'"));
}

TEST(AgentSteps, OfATestCaseAreEvents) {
  const auto with = [](std::string_view steps) {
    const std::string test = trunkline::Replace(
        WrittenTest({Observe("start", Initiated())}), R"("Content":{)",
        R"("Content":{"Metadata":{"Rehearsal":{"AgentDoes":)" + std::string(steps) + "}},");
    return trunkline::Join(Wrong(test), "|");
  };

  EXPECT_EQ(with(R"([{"agentHolds":"agent"},{"agentTransfers":{"number":"+15550177"}}])"), "");
  EXPECT_EQ(with(R"([{"say":"hello"}])"),
            "TL-T001: expected one of agentLeaves, agentHolds, agentResumes and agentTransfers");
  EXPECT_EQ(with(R"(["agentLeaves"])"),
            "TL-T001: expected one of agentLeaves, agentHolds, agentResumes and agentTransfers");
}

}  // namespace
}  // namespace trunkline::sim::tests
