#include "cloud/contacts/test_execution.h"

#include <algorithm>

#include <boost/asio/co_spawn.hpp>

#include "cloud/callers.h"
#include "cloud/contacts/steps.h"
#include "cloud/services/connect/kinds.h"
#include "sim/state.h"
#include "sim/testing/test_run.h"

namespace trunkline::cloud::contacts {
namespace {

// A contact under test, with what steers it.
struct Rehearsed {
  const WaitContext& context;
  LiveContact& live;
  sim::TestRun& run;
  sim::Steering steering;  // of the action that runs
};

std::vector<sim::Event> Direct(Rehearsed& test, const sim::Stopped& stopped) {
  test.steering = test.run.Before(test.live.contact, stopped);
  if (test.steering.stop) return {};
  test.steering.go_on.request = stopped.request;
  return {test.steering.go_on};
}

// What the test says in place of a function.
std::optional<sim::Event> StandIn(Rehearsed& test, const sim::InvokeLambda& invoked) {
  if (!test.steering.function || invoked.asynchronous) return std::nullopt;
  sim::LambdaAnswered answer = *std::exchange(test.steering.function, std::nullopt);
  answer.request = invoked.request;
  if (answer.outcome == sim::LambdaAnswered::Outcome::kTimedOut) answer.took = invoked.limit;
  return answer;
}

std::optional<sim::Event> StandIn(Rehearsed& test, const sim::AskBot& asked) {
  if (!test.steering.bot) return std::nullopt;
  sim::BotAnswered answer = *std::exchange(test.steering.bot, std::nullopt);
  answer.request = asked.request;
  return answer;
}

std::optional<sim::Event> StandInFor(Rehearsed& test, const sim::Effect& effect) {
  if (const auto* invoked = std::get_if<sim::InvokeLambda>(&effect.what))
    return StandIn(test, *invoked);
  const auto* asked = std::get_if<sim::AskBot>(&effect.what);
  return asked == nullptr ? std::nullopt : StandIn(test, *asked);
}

net::aw<std::vector<sim::Event>> AnswersTo(Rehearsed& test, sim::Effect effect) {
  if (const auto* stopped = std::get_if<sim::Stopped>(&effect.what))
    co_return Direct(test, *stopped);
  if (auto answer = StandInFor(test, effect)) {
    std::vector<sim::Event> answers;
    answers.push_back(*std::move(answer));
    co_return answers;
  }
  std::vector<sim::Event> answers =
      co_await AnswerTo(test.context, test.live.instance_arn, std::move(effect));
  co_return answers;
}

net::aw<void> Give(Rehearsed& test, sim::Event event) {
  std::deque<sim::Event> events;
  events.push_back(std::move(event));
  int timers = 0;
  while (!events.empty()) {
    const sim::Event next = std::move(events.front());
    events.pop_front();
    sim::Note(test.live.transcript, test.live.contact.now(), next);
    Note(test.live.course, next);
    const std::vector<sim::Effect> effects = test.live.contact.Step(next);
    Tell(test.context, test.live, effects);
    for (const sim::Effect& effect : effects) {
      test.run.See(test.live.contact, effect);
      std::vector<sim::Event> answers = co_await AnswersTo(test, effect);
      std::ranges::move(answers, std::back_inserter(events));
    }
    const sim::Needs needs = test.live.contact.needs();
    if (events.empty() && needs.OnlyTime() && ++timers <= sim::kMostTimers)
      events.emplace_back(sim::TimerFired{.timer = *needs.timer});
  }
}

net::aw<ExecutionEnd> Perform(WaitContext context, std::shared_ptr<Execution> execution,
                              std::shared_ptr<LiveContact> live) {
  const Turn turn(*live);
  const TimePoint began = live->contact.now();
  sim::TestRun run(execution->test, *live->contact.state().world, began);
  Rehearsed test{.context = context, .live = *live, .run = run, .steering = {}};
  run.Happen(live->contact, sim::TestEventType::kTestInitiated);
  std::optional<sim::Event> event = sim::Started{};
  while (event && run.GoesOn(live->contact) && !execution->stopped) {
    co_await Give(test, *std::move(event));
    event = run.GoesOn(live->contact) ? sim::NextEvent(live->contact, run, began + sim::kTestLimit)
                                      : std::nullopt;
  }
  co_return ExecutionEnd{.contact_id = live->id,
                         .outcome = sim::Judge(run, live->contact, live->transcript, began),
                         .failure = {},
                         .stopped = execution->stopped};
}

std::shared_ptr<LiveContact> MakeContact(const WaitContext& context, const CallPlan& plan) {
  std::shared_ptr<LiveContact> live;
  static_cast<void>(context.State([&](Context& state) -> Answer<> {
    const Record* instance =
        state.store.Find(state.RegionScope(), connect::kInstance, plan.instance_id);
    if (instance != nullptr) live = context.engine().Get<Contacts>().Add(state, plan, *instance);
    return json::Object();
  }));
  return live;
}

}  // namespace

bool Executions::Add(std::shared_ptr<Execution> execution) {
  const std::string instance_id = execution->plan.instance_id;
  InHand& hand = of_instances_[instance_id];
  if (hand.running.size() + hand.waiting.size() >= kMostInHand) return false;
  hand.waiting.push_back(std::move(execution));
  // Later: who starts it has not been answered yet.
  net::asio::post(engine_.loop, [this, instance_id] { StartNext(instance_id); });
  return true;
}

bool Executions::Has(const std::string& instance_id, const std::string& id) const {
  const auto hand = of_instances_.find(instance_id);
  if (hand == of_instances_.end()) return false;
  const auto is = [&](const auto& one) { return one->id == id; };
  return std::ranges::any_of(hand->second.running, is) ||
         std::ranges::any_of(hand->second.waiting, is);
}

void Executions::Stop(const std::string& instance_id, const std::string& id) {
  InHand& hand = of_instances_[instance_id];
  for (const auto& one : hand.running) one->stopped = one->stopped || one->id == id;
  std::erase_if(hand.waiting, [&](const auto& one) { return one->id == id; });
}

void Executions::StartNext(const std::string& instance_id) {
  InHand& hand = of_instances_[instance_id];
  if (hand.waiting.empty() || hand.running.size() >= kMostRunning) return;
  auto next = hand.waiting.front();
  hand.waiting.pop_front();
  hand.running.push_back(next);
  net::asio::co_spawn(engine_.loop, Run(engine_, next),
                      [&log = engine_.log, id = next->id](const std::exception_ptr& thrown) {
                        if (!thrown) return;
                        try {
                          std::rethrow_exception(thrown);
                        } catch (const std::exception& bug) {
                          log.Warn("test case execution '{}' met a bug: {}", id, bug.what());
                        }
                      });
}

net::aw<void> Executions::Run(Engine& engine, std::shared_ptr<Execution> execution) {
  const WaitContext context(engine, RootCaller(execution->plan.scope.account),
                            execution->plan.scope.region, NewUuid(engine.random));
  ExecutionBegins(context, *execution);
  const auto live = MakeContact(context, execution->plan);
  ExecutionEnd end;
  if (live) {
    end = co_await Perform(context, execution, live);
    End(engine, live, "the test ended", "API");
    Keep(context, *live);
  } else {
    end.failure = "Failed to start execution of test case due to limit reached.";
  }
  ExecutionEnds(context, *execution, end);
  engine.Get<Executions>().Ended(*execution);
}

void Executions::Ended(const Execution& execution) {
  const std::string instance_id = execution.plan.instance_id;
  std::erase_if(of_instances_[instance_id].running,
                [&](const auto& one) { return one.get() == &execution; });
  StartNext(instance_id);
}

}  // namespace trunkline::cloud::contacts
