#include "cloud/contacts/host.h"

#include <algorithm>
#include <deque>

#include "cloud/callers.h"
#include "cloud/contacts/answers.h"
#include "cloud/contacts/flow_log.h"
#include "cloud/services/connect/kinds.h"
#include "cloud/wait.h"

namespace trunkline::cloud::contacts {
namespace {

std::uint64_t DrawSeed(Random& random) {
  constexpr std::uint64_t kSeeds = 1ULL << 32U;
  return UniformBelow(random, kSeeds);
}

sim::Call CallOf(const CallPlan& plan, Engine& engine) {
  sim::Call call;
  call.contact_id = NewUuid(engine.random);
  call.flow = plan.flow_id;
  call.channel = plan.channel;
  call.customer.address = plan.from;
  call.system.address = plan.number;
  call.now = engine.clock.Now();
  call.seed = plan.seed ? *plan.seed : DrawSeed(engine.random);
  call.attributes = plan.attributes;
  return call;
}

// Third parties of a simulation pick up at once; with `returns` they hang up again.
std::vector<sim::Event> PickUp(const sim::DialThirdParty& dialled) {
  std::vector<sim::Event> events{sim::ThirdPartyAnswered{.request = dialled.request}};
  if (dialled.returns) events.emplace_back(sim::ThirdPartyLeft{});
  return events;
}

net::aw<std::vector<sim::Event>> AnswerTo(WaitContext context, std::string instance_arn,
                                          sim::Effect effect) {
  std::vector<sim::Event> events;
  if (const auto* invoked = std::get_if<sim::InvokeLambda>(&effect.what)) {
    sim::InvokeLambda asked = *invoked;
    const bool wanted = !asked.asynchronous;
    sim::LambdaAnswered answer =
        co_await AnswerLambda(context, std::move(instance_arn), std::move(asked));
    if (wanted) events.emplace_back(std::move(answer));
  } else if (const auto* spoken = std::get_if<sim::AskBot>(&effect.what)) {
    sim::AskBot asked = *spoken;
    sim::BotAnswered answer = co_await AnswerBot(context, std::move(asked));
    events.emplace_back(std::move(answer));
  } else if (const auto* dialled = std::get_if<sim::DialThirdParty>(&effect.what)) {
    events = PickUp(*dialled);
  }
  co_return events;
}

}  // namespace

void Contacts::Reset() {
  contacts_.clear();
  documents_.Clear();
}

std::map<std::string, int> Contacts::QueuedIn(const CallPlan& plan) const {
  std::map<std::string, int> queued;
  for (const auto& live : contacts_) {
    if (live->plan.instance_id != plan.instance_id || live->contact.queue() == nullptr) continue;
    if (live->contact.phase() == sim::Phase::kQueued) ++queued[live->contact.queue()->id];
  }
  return queued;
}

bool Contacts::MakeRoom() {
  if (contacts_.size() < kMost) return true;
  const auto ended = std::ranges::find_if(contacts_, [](const auto& live) {
    return live->contact.phase() == sim::Phase::kEnded && !live->busy;
  });
  if (ended == contacts_.end()) return false;
  contacts_.erase(ended);
  return true;
}

std::shared_ptr<LiveContact> Contacts::Add(Context& context, const CallPlan& plan,
                                           const Record& instance) {
  if (!MakeRoom()) return nullptr;
  auto world = std::make_shared<sim::World>(
      connect::ReadWorld(context, documents_, instance, QueuedIn(plan)));
  world->answering = plan.answering;
  const sim::FlowResource* flow = world->FindFlow(plan.flow_id);
  auto live = std::make_shared<LiveContact>(
      LiveContact{.plan = plan,
                  .instance_arn = world->instance_arn,
                  .instance_name = instance.name,
                  .flow_name = flow == nullptr ? std::string() : flow->name,
                  .contact = sim::Contact(world, CallOf(plan, engine_))});
  live->transcript.began = live->contact.now();
  contacts_.push_back(live);
  return live;
}

std::shared_ptr<LiveContact> Contacts::Find(const std::string& id) const {
  const auto found =
      std::ranges::find_if(contacts_, [&](const auto& live) { return live->contact.id() == id; });
  return found == contacts_.end() ? nullptr : *found;
}

std::vector<std::shared_ptr<LiveContact>> Contacts::All() const {
  return contacts_;
}

net::aw<void> Give(Engine& engine, std::shared_ptr<LiveContact> live, sim::Event event) {
  const WaitContext context(engine, RootCaller(live->plan.scope.account), live->plan.scope.region,
                            NewUuid(engine.random));
  std::deque<sim::Event> events;
  events.push_back(std::move(event));
  int timers = 0;
  while (!events.empty()) {
    const sim::Event next = std::move(events.front());
    events.pop_front();
    sim::Note(live->transcript, live->contact.now(), next);
    const std::vector<sim::Effect> effects = live->contact.Step(next);
    WriteFlowLog(context, *live, effects);
    for (const sim::Effect& effect : effects) {
      sim::Note(live->transcript, effect);
      std::vector<sim::Event> answers = co_await AnswerTo(context, live->instance_arn, effect);
      std::ranges::move(answers, std::back_inserter(events));
    }
    if (!events.empty()) continue;
    const sim::Needs needs = live->contact.needs();
    if (needs.OnlyTime() && ++timers <= sim::kMostTimers) {
      events.emplace_back(sim::TimerFired{.timer = *needs.timer});
    }
  }
}

}  // namespace trunkline::cloud::contacts
