// The real flows of the corpus, each run with many scripted callers: nothing crashes, every contact
// ends or waits, the same events give the same effects; and most of their action types are
// simulated.
#include <map>

#include <gmock/gmock.h>

#include "base/random.h"
#include "sim/actions/list.h"
#include "sim/rehearsal.h"
#include "tests/sim/fixture.h"
#include "tests/support/shared_data.h"

namespace trunkline::sim::tests {
namespace {

using trunkline::tests::FilesBelow;
using trunkline::tests::ReadFileOrDie;
using trunkline::tests::SharedFolder;

std::vector<FlowResource> CorpusFlows() {
  std::vector<FlowResource> flows;
  for (const std::string folder : {"modern", "wrapped"}) {
    for (const std::string& file : FilesBelow(*SharedFolder() + "/corpus/flows/" + folder)) {
      flow::Parsed parsed = flow::Parse(ReadFileOrDie(file), file);
      if (!parsed.document) continue;
      FlowResource flow{
          .id = file,
          .name = file.substr(file.rfind('/') + 1),
      };
      flow.type = parsed.document->type;
      flow.document = std::make_shared<const flow::Document>(std::move(*parsed.document));
      flows.push_back(std::move(flow));
    }
  }
  return flows;
}

// Everything a flow names exists: its queues, prompts, functions and hours, so that more than error
// branches is run.
World WorldOf(const FlowResource& flow) {
  World world = SmallWorld();
  world.flows = {flow};
  for (const flow::Action& action : flow.document->actions) {
    const std::string queue(action.parameters.GetString("QueueId"));
    if (!queue.empty())
      world.queues.push_back({.id = queue, .arn = queue, .name = "Queue", .hours_id = "h-always"});
    const std::string prompt(action.parameters.GetString("PromptId"));
    if (!prompt.empty()) world.prompts.push_back({.id = prompt, .arn = prompt, .name = "Prompt"});
    const std::string hours(action.parameters.GetString("HoursOfOperationId"));
    if (!hours.empty()) {
      world.hours.push_back(world.hours.front());
      world.hours.back().id = hours;
    }
  }
  return world;
}

Event RandomEvent(Random& random, const Needs& needs) {
  const std::uint64_t draw = UniformBelow(random, 100);
  if (draw < 3) return CallerHungUp{};
  if (draw < 6) return AgentLeft{};
  if (draw < 20 && needs.timer) return TimerFired{*needs.timer};
  if (needs.request != 0) {
    if (draw < 60)
      return LambdaAnswered{.request = needs.request, .payload = R"({"result":"1","sales":"yes"})"};
    if (draw < 80)
      return BotAnswered{.request = needs.request,
                         .intent = "Sales",
                         .intent_state = "Fulfilled",
                         .dialog_action = "Close"};
    if (draw < 90) return ThirdPartyAnswered{.request = needs.request};
    return LambdaAnswered{.request = needs.request, .outcome = LambdaAnswered::Outcome::kError};
  }
  if (draw < 70) return CallerPressed{std::string(1, "0123456789*#"[UniformBelow(random, 12)])};
  if (draw < 80) return CallerSaid{"sales"};
  if (draw < 90) return TimeAdvanced{std::chrono::seconds(UniformBelow(random, 60))};
  return CallerPressed{"1234#"};
}

// The texts of what happened; long enough to tell two runs apart.
std::string RunWith(const FlowResource& flow, std::uint64_t seed, int steps) {
  SeededRandom random(seed);
  Contact contact(std::make_shared<const World>(WorldOf(flow)),
                  {.contact_id = "c", .flow = flow.id, .customer = {"+15550100"}, .seed = seed});
  Transcript transcript;
  Event event = Started{};
  for (int step = 0; step < steps && contact.phase() != Phase::kEnded; ++step) {
    Note(transcript, contact.now(), event);
    for (const Effect& effect : contact.Step(event)) Note(transcript, effect);
    event = RandomEvent(random, contact.needs());
  }
  return ToText(transcript);
}

TEST(Corpus, EveryFlowRunsWithRandomCallersAndAlwaysTheSameWay) {
  TL_NEEDS_SHARED();
  const std::vector<FlowResource> flows = CorpusFlows();
  EXPECT_GE(flows.size(), 153U);

  for (const FlowResource& flow : flows) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      const std::string first = RunWith(flow, seed, 60);
      EXPECT_EQ(first, RunWith(flow, seed, 60)) << flow.name;
    }
  }
}

TEST(Corpus, NearlyAllActionsHaveABehaviour) {
  TL_NEEDS_SHARED();
  int simulated = 0;
  int all = 0;
  std::map<std::string, int> missing;
  for (const FlowResource& flow : CorpusFlows()) {
    for (const flow::Action& action : flow.document->actions) {
      ++all;
      if (RunnerOf(flow::FindActionKind(action.type)) != nullptr) {
        ++simulated;
      } else {
        ++missing[action.type];
      }
    }
  }

  EXPECT_GT(all, 2000);
  EXPECT_GE(simulated * 100, all * 98)
      << simulated << " of " << all << ::testing::PrintToString(missing);
}

}  // namespace
}  // namespace trunkline::sim::tests
