#include "cloud/contacts/host.h"

#include <algorithm>
#include <deque>

#include <boost/asio/co_spawn.hpp>

#include "cloud/callers.h"
#include "cloud/contacts/answers.h"
#include "cloud/contacts/flow_log.h"
#include "cloud/contacts/steps.h"
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
  call.initiation_method = plan.initiation_method;
  call.queue = plan.queue_id;
  call.initial_message = plan.initial_message;
  call.name = plan.details.GetString("Name");
  call.description = plan.details.GetString("Description");
  call.flow = plan.flow_id;
  call.channel = plan.channel;
  call.customer.address = plan.from;
  call.system.address = plan.number;
  call.now = plan.begins.value_or(engine.clock.Now());
  call.stops = plan.stops;
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

}  // namespace

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

WaitContext ContextOf(Engine& engine, const LiveContact& live) {
  return {engine, RootCaller(live.plan.scope.account), live.plan.scope.region,
          NewUuid(engine.random)};
}

void Tell(const WaitContext& context, LiveContact& live, const std::vector<sim::Effect>& effects) {
  WriteFlowLog(context, live, effects);
  for (const sim::Effect& effect : effects) {
    sim::Note(live.transcript, effect);
    Note(live.course, live, effect);
    if (live.chat) live.chat->Note(context.clock().Now(), effect);
  }
}

namespace {

// The contact's clock comes up to the cloud's, and what became due meanwhile happens.
sim::TimeAdvanced CatchUp(const WaitContext& context, const LiveContact& live) {
  return {.by = std::max(context.clock().Now() - live.contact.now(), Milliseconds{0})};
}

// One event and what follows from it at once: the answers to what the contact asks come later, in
// `events`.
net::aw<void> Step(WaitContext context, std::shared_ptr<LiveContact> live, sim::Event event,
                   std::deque<sim::Event>* events) {
  sim::Note(live->transcript, live->contact.now(), event);
  Note(live->course, event);
  const std::vector<sim::Effect> effects = live->contact.Step(event);
  Tell(context, *live, effects);
  for (const sim::Effect& effect : effects) {
    std::vector<sim::Event> answers = co_await AnswerTo(context, live->instance_arn, effect);
    std::ranges::move(answers, std::back_inserter(*events));
  }
}

// A contact that waits for nothing but time gets it, unless it lives on the cloud's clock.
std::optional<sim::Event> TimeOf(const LiveContact& live, int& timers) {
  const sim::Needs needs = live.contact.needs();
  if (live.plan.on_cloud_clock || !needs.OnlyTime() || ++timers > sim::kMostTimers)
    return std::nullopt;
  return sim::TimerFired{.timer = *needs.timer};
}

net::aw<void> Follow(WaitContext context, std::shared_ptr<LiveContact> live, sim::Event event) {
  std::deque<sim::Event> events;
  if (live->plan.on_cloud_clock) events.emplace_back(CatchUp(context, *live));
  events.push_back(std::move(event));
  int timers = 0;
  while (!events.empty()) {
    sim::Event next = std::move(events.front());
    events.pop_front();
    co_await Step(context, live, std::move(next), &events);
    if (!events.empty()) continue;
    if (auto time = TimeOf(*live, timers)) events.push_back(*std::move(time));
  }
  Keep(context, *live);
}

void Disarm(Engine& engine, LiveContact& live) {
  if (live.timer != 0) engine.timers.Cancel(std::exchange(live.timer, 0));
}

void DropDeadlines(Engine& engine, LiveContact& live) {
  for (const Timers::Id id : std::exchange(live.deadlines, {})) engine.timers.Cancel(id);
}

// A contact on the cloud's clock wakes when its next timer is due.
void Arm(Engine& engine, const std::shared_ptr<LiveContact>& live) {
  Disarm(engine, *live);
  if (live->ended()) DropDeadlines(engine, *live);
  const sim::Needs needs = live->contact.needs();
  if (!live->plan.on_cloud_clock || !needs.timer) return;
  live->timer = engine.timers.CallAt(live->contact.now() + needs.until_timer,
                                     [&engine, weak = std::weak_ptr(live)] {
                                       const auto there = weak.lock();
                                       if (!there) return;
                                       there->timer = 0;
                                       Post(engine, there, sim::TimeAdvanced{});
                                     });
}

}  // namespace

Contacts::~Contacts() {
  for (const auto& live : contacts_) {
    Disarm(engine_, *live);
    DropDeadlines(engine_, *live);
  }
}

void Contacts::Reset() {
  for (const auto& live : contacts_) {
    Disarm(engine_, *live);
    DropDeadlines(engine_, *live);
    if (live->chat) live->chat->Leave();
  }
  contacts_.clear();
  answering = {};
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
  const auto ended = std::ranges::find_if(
      contacts_, [](const auto& live) { return live->ended() && !live->busy; });
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
  sim::Call call = CallOf(plan, engine_);
  auto live = std::make_shared<LiveContact>(
      LiveContact{.id = call.contact_id,
                  .plan = plan,
                  .instance_arn = world->instance_arn,
                  .instance_name = instance.name,
                  .flow_name = flow == nullptr ? std::string() : flow->name,
                  .contact = sim::Contact(world, std::move(call))});
  live->transcript.began = live->contact.now();
  live->course.began = engine_.clock.Now();
  DropOldest(context, plan.instance_id);
  Keep(context, *live);
  contacts_.push_back(live);
  return live;
}

std::shared_ptr<LiveContact> Contacts::Find(std::string_view id) const {
  const auto found = std::ranges::find_if(
      contacts_, [&](const auto& live) { return live->id == id || live->contact.id() == id; });
  return found == contacts_.end() ? nullptr : *found;
}

std::shared_ptr<LiveContact> Contacts::FindByToken(std::string_view token, TimePoint now) const {
  const auto found = std::ranges::find_if(
      contacts_, [&](const auto& live) { return live->chat && live->chat->Admits(token, now); });
  return found == contacts_.end() ? nullptr : *found;
}

std::shared_ptr<LiveContact> Contacts::TakeUrl(std::string_view secret, TimePoint now) const {
  const auto found = std::ranges::find_if(
      contacts_, [&](const auto& live) { return live->chat && live->chat->TakeUrl(secret, now); });
  return found == contacts_.end() ? nullptr : *found;
}

std::vector<std::shared_ptr<LiveContact>> Contacts::All() const {
  return contacts_;
}

net::aw<void> Give(Engine& engine, std::shared_ptr<LiveContact> live, sim::Event event) {
  const WaitContext context = ContextOf(engine, *live);
  live->waiting.push_back(std::move(event));
  if (live->busy) co_return;
  {
    const Turn turn(*live);
    while (!live->waiting.empty()) {
      sim::Event next = std::move(live->waiting.front());
      live->waiting.pop_front();
      co_await Follow(context, live, std::move(next));
    }
  }
  Arm(engine, live);
}

void Post(Engine& engine, const std::shared_ptr<LiveContact>& live, sim::Event event) {
  net::asio::co_spawn(engine.loop, Give(engine, live, std::move(event)),
                      [&log = engine.log, id = live->id](const std::exception_ptr& thrown) {
                        if (!thrown) return;
                        try {
                          std::rethrow_exception(thrown);
                        } catch (const std::exception& bug) {
                          log.Warn("contact '{}' met a bug: {}", id, bug.what());
                        }
                      });
}

void Begin(Engine& engine, const std::shared_ptr<LiveContact>& live) {
  if (!live->plan.begins) return Post(engine, live, sim::Started{});
  live->deadlines.push_back(
      engine.timers.CallAt(*live->plan.begins, [&engine, weak = std::weak_ptr(live)] {
        if (const auto there = weak.lock()) Post(engine, there, sim::Started{});
      }));
}

void End(Engine& engine, const std::shared_ptr<LiveContact>& live, std::string why,
         std::string_view reason) {
  if (live->ended()) return;
  const WaitContext context = ContextOf(engine, *live);
  if (live->course.cause.empty()) live->course.cause = reason;
  Tell(context, *live, live->contact.End(std::move(why)));
  Keep(context, *live);
  Arm(engine, live);
}

void EndAt(Engine& engine, const std::shared_ptr<LiveContact>& live, TimePoint due, std::string why,
           std::string_view reason) {
  live->deadlines.push_back(engine.timers.CallAt(
      due, [&engine, weak = std::weak_ptr(live), why = std::move(why), reason] {
        if (const auto there = weak.lock()) End(engine, there, why, reason);
      }));
}

}  // namespace trunkline::cloud::contacts
