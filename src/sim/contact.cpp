#include "sim/contact.h"

#include <algorithm>
#include <utility>

#include "base/overloaded.h"
#include "sim/conversation.h"
#include "sim/interpreter.h"
#include "sim/lambda.h"
#include "sim/lifecycle.h"
#include "sim/lookup.h"
#include "sim/state.h"

namespace trunkline::sim {
namespace {

constexpr std::size_t kBuffer = 30;  // early keys kept by the touch-tone buffer (flow-language 3.3)

constexpr std::string_view kInvokeLambda = "InvokeLambdaFunction";

// Of the active run, which has one.
const flow::Action& CurrentAction(const ContactState& contact) {
  const Frame& frame = contact.runs.back().frames.back();
  return *frame.resource->document->FindAction(frame.action);
}

struct Collector final : EffectSink {
  std::vector<Effect> effects;
  void Take(Effect&& effect) override { effects.push_back(std::move(effect)); }
};

void Begin(ContactState& contact) {
  if (contact.phase != Phase::kNew) return;
  contact.phase = Phase::kInFlow;
  const std::string& reference = contact.call.flow;
  const FlowResource* flow = contact.world->FindFlow(reference);
  if (flow == nullptr || flow->document == nullptr) {
    return EndContact(contact, fmt::format("flow '{}' does not exist", reference));
  }
  if (!flow->published)
    return EndContact(contact, fmt::format("flow '{}' is not published", flow->name));
  BeginRun(contact, *flow, FlowRole::kInbound, Party::kCustomer, {});
}

const Pending* PendingOf(const ContactState& contact) {
  if (contact.runs.empty() || !contact.runs.back().pending) return nullptr;
  return &*contact.runs.back().pending;
}

void Press(ContactState& contact, const CallerPressed& pressed) {
  if (pressed.keys.empty() || pressed.keys.find_first_not_of("0123456789*#") != std::string::npos) {
    return Warn(contact,
                fmt::format("'{}' are no keys of a phone: 0 to 9, * and # are", pressed.keys));
  }
  const Pending* pending = PendingOf(contact);
  if (pending != nullptr && pending->keys) return Resume(contact, pressed);
  if (contact.phase == Phase::kTalking || contact.phase == Phase::kThirdParty) return;
  if (!contact.buffers_keys) {
    return Warn(contact,
                fmt::format("the caller pressed '{}', which nobody had asked for", pressed.keys));
  }
  contact.buffered_keys = (contact.buffered_keys + pressed.keys).substr(0, kBuffer);
}

void Hear(ContactState& contact, const CallerSaid& said) {
  const Pending* pending = PendingOf(contact);
  if (pending != nullptr && pending->speech) return Resume(contact, said);
  if (contact.phase == Phase::kTalking || contact.phase == Phase::kThirdParty) return;
  Warn(contact, fmt::format("the caller said '{}', which nobody listened to", said.text));
}

// An answer to a question of the active run; any other is late and ignored.
template <class Answer>
void TakeAnswer(ContactState& contact, const Answer& answer, Milliseconds took) {
  const Pending* pending = PendingOf(contact);
  if (answer.request == 0 || pending == nullptr || pending->request != answer.request) return;
  contact.now += std::max(took, Milliseconds{0});
  Resume(contact, answer);
}

void Fire(ContactState& contact, const Timer& timer) {
  contact.now = std::max(contact.now, timer.due);
  if (timer.run == 0) {
    const bool offered = contact.phase == Phase::kQueued && !contact.more->paused;
    const Agent* agent = offered ? AgentFor(contact) : nullptr;
    if (agent != nullptr) Accept(contact, *agent);
    return;
  }
  const Pending* pending = PendingOf(contact);
  if (pending != nullptr && pending->timer == timer.id) Resume(contact, TimerFired{timer.id});
}

void FireOne(ContactState& contact, TimerId id) {
  const auto found = std::ranges::find(contact.timers, id, &Timer::id);
  if (found == contact.timers.end()) return;
  const Timer timer = *found;
  contact.timers.erase(found);
  Fire(contact, timer);
}

// Everything due until `end`, in order; timers set on the way count too.
void FireUntil(ContactState& contact, TimePoint end) {
  Advance(contact);
  while (contact.phase != Phase::kEnded) {
    const auto next = std::ranges::min_element(contact.timers, {}, &Timer::due);
    if (next == contact.timers.end() || next->due > end) return;
    FireOne(contact, next->id);
    Advance(contact);
  }
}

void AcceptNamed(ContactState& contact, const AgentAccepted& accepted) {
  if (contact.phase != Phase::kQueued) return;
  if (contact.more->paused) return Warn(contact, "the task is paused: nobody can accept it");
  const World& world = *contact.world;
  const Agent* agent = accepted.agent.empty() ? AgentFor(contact) : world.FindAgent(accepted.agent);
  if (agent != nullptr) return Accept(contact, *agent);
  Warn(contact, accepted.agent.empty()
                    ? fmt::format("no agent serves queue '{}'", contact.queue->name)
                    : fmt::format("agent '{}' does not exist", accepted.agent));
}

void ResumeIf(ContactState& contact, bool Pending::*waits, const Event& event) {
  const Pending* pending = PendingOf(contact);
  if (pending != nullptr && pending->*waits) Resume(contact, event);
}

void Dispatch(ContactState& contact, const Event& event) {
  std::visit(
      Overloaded{
          [&](const Started&) { Begin(contact); },
          [&](const CallerPressed& pressed) { Press(contact, pressed); },
          [&](const CallerSaid& said) { Hear(contact, said); },
          [&](const CallerHungUp&) { CallerLeaves(contact); },
          [&](const CallerReturned&) { ResumeIf(contact, &Pending::returning, event); },
          [&](const TimerFired& fired) { FireOne(contact, fired.timer); },
          [&](const TimeAdvanced& advanced) {
            const TimePoint end = contact.now + std::max(advanced.by, Milliseconds{0});
            FireUntil(contact, end);
            contact.now = std::max(contact.now, end);
          },
          [&](const LambdaAnswered& answer) { TakeAnswer(contact, answer, answer.took); },
          [&](const BotAnswered& answer) { TakeAnswer(contact, answer, answer.took); },
          [&](const AgentAccepted& accepted) { AcceptNamed(contact, accepted); },
          [&](const AgentLeft&) { AgentLeaves(contact); },
          [&](const AgentHolds& one) {
            Hold(contact, one.agent ? Party::kAgent : Party::kCustomer);
          },
          [&](const AgentResumes&) { TakeOffHold(contact); },
          [&](const AgentTransfers& transfer) { TransferByAgent(contact, transfer); },
          [&](const TaskPaused&) { PauseTask(contact); },
          [&](const TaskResumed&) { ResumeTask(contact); },
          [&](const ThirdPartyAnswered& answer) { TakeAnswer(contact, answer, Milliseconds{0}); },
          [&](const GoOn& go_on) { TakeAnswer(contact, go_on, Milliseconds{0}); },
          [&](const ThirdPartyLeft&) { ResumeIf(contact, &Pending::third_party, event); },
      },
      event);
}

}  // namespace

Contact::Contact(std::shared_ptr<const World> world, Call call)
    : state_(std::make_unique<ContactState>(std::move(world), std::move(call))) {}
Contact::Contact(std::unique_ptr<ContactState> state) : state_(std::move(state)) {}
Contact::Contact(Contact&&) noexcept = default;
Contact& Contact::operator=(Contact&&) noexcept = default;
Contact::~Contact() = default;

std::vector<Effect> Contact::Step(const Event& event) {
  Collector collector;
  Step(event, collector);
  return std::move(collector.effects);
}

void Contact::Step(const Event& event, EffectSink& sink) {
  ContactState& contact = *state_;
  const bool begun = contact.phase != Phase::kNew || std::holds_alternative<Started>(event);
  if (!begun || contact.phase == Phase::kEnded) return;
  contact.sink = &sink;
  Dispatch(contact, event);
  // Speaking takes time: what came due meanwhile happens now.
  FireUntil(contact, contact.now);
  contact.sink = nullptr;
}

std::vector<Effect> Contact::End(std::string why) {
  Collector collector;
  if (state_->phase == Phase::kEnded) return {};
  state_->sink = &collector;
  FlowHangsUp(*state_, std::move(why));
  state_->sink = nullptr;
  return std::move(collector.effects);
}

Phase Contact::phase() const {
  return state_->phase;
}

Needs Contact::needs() const {
  Needs needs;
  if (const Pending* pending = PendingOf(*state_)) {
    needs.keys = pending->keys;
    needs.speech = pending->speech;
    needs.request = pending->request;
  }
  needs.agent = state_->phase == Phase::kQueued;
  needs.conversation = state_->phase == Phase::kTalking || state_->phase == Phase::kThirdParty;
  const auto next = std::ranges::min_element(state_->timers, {}, &Timer::due);
  if (next != state_->timers.end()) {
    needs.timer = next->id;
    needs.until_timer = std::max(next->due - state_->now, Milliseconds{0});
  }
  return needs;
}

TimePoint Contact::now() const {
  return state_->now;
}
const std::string& Contact::id() const {
  return state_->contact_id;
}

std::optional<std::string> Contact::Read(std::string_view reference) const {
  const auto value = Lookup(*state_, reference);
  return value ? ScalarText(*value) : std::nullopt;
}

const Queue* Contact::queue() const {
  return state_->queue;
}
json::Object Contact::FunctionEvent() const {
  const Pending* pending = PendingOf(*state_);
  if (pending == nullptr || pending->request == 0 || CurrentAction(*state_).type != kInvokeLambda)
    return {};
  const json::Value* parameters = pending->parameters.Find("LambdaInvocationAttributes");
  const bool has_any = parameters != nullptr && parameters->IsObject();
  return sim::FunctionEvent(*state_, has_any ? parameters->AsObject() : json::Object());
}

const json::Object& Contact::attributes() const {
  return state_->attributes;
}
void Contact::SetAttribute(std::string_view name, std::string value) {
  state_->attributes.Set(name, std::move(value));
}

Contact Contact::Copy() const {
  return Contact(std::make_unique<ContactState>(*state_));
}

}  // namespace trunkline::sim
