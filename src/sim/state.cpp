#include "sim/state.h"

#include <algorithm>

namespace trunkline::sim {

ContactState::ContactState(std::shared_ptr<const World> the_world, Call the_call)
    : world(std::move(the_world)),
      call(std::move(the_call)),
      random(call.seed),
      now(call.now),
      contact_id(call.contact_id.empty() ? NewUuid(random) : call.contact_id),
      initial_contact_id(contact_id),
      initiation_method(call.initiation_method),
      attributes(call.attributes),
      language(call.language),
      callback_number(call.customer.address) {}

std::string Effect::FlowName() const {
  return flow == nullptr ? std::string() : flow->name;
}

FlowRun* ActiveRun(ContactState& contact) {
  return contact.runs.empty() ? nullptr : &contact.runs.back();
}

void Emit(ContactState& contact, EffectBody what) {
  Effect effect{.at = contact.now, .what = std::move(what)};
  if (const FlowRun* run = ActiveRun(contact); run != nullptr && !run->frames.empty()) {
    effect.flow = run->frames.back().resource;
    effect.action = run->frames.back().action;
  }
  contact.effects.push_back(std::move(effect));
}

void Warn(ContactState& contact, std::string text) {
  Emit(contact, Warned{std::move(text)});
}

TimerId StartTimer(ContactState& contact, Milliseconds after, std::string why, std::uint32_t run) {
  const TimerId id = ++contact.last_number;
  contact.timers.push_back({.id = id, .due = contact.now + after, .run = run});
  Emit(contact, SetTimer{.timer = id, .after = after, .why = std::move(why)});
  return id;
}

void DropTimersOf(ContactState& contact, std::uint32_t run) {
  std::erase_if(contact.timers, [&](const Timer& timer) { return timer.run == run; });
}

}  // namespace trunkline::sim
