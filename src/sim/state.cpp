#include "sim/state.h"

#include <algorithm>
#include <utility>

namespace trunkline::sim {

ContactState::ContactState(std::shared_ptr<const World> the_world, Call began)
    : world(std::move(the_world)),
      call{.flow = std::move(began.flow),
           .channel = began.channel,
           .customer = std::move(began.customer),
           .system = std::move(began.system),
           .initial_message = std::move(began.initial_message),
           .answering = began.answering,
           .function_events = began.function_events,
           .stops = began.stops},
      random(began.seed),
      now(began.now),
      contact_id(began.contact_id.empty() ? NewUuid(random) : std::move(began.contact_id)),
      initiation_method(std::move(began.initiation_method)),
      attributes(std::move(began.attributes)),
      language(std::move(began.language)),
      callback_number(call.customer.address) {
  if (!began.name.empty()) more.Edit().name = std::move(began.name);
  if (!began.description.empty()) more.Edit().description = std::move(began.description);
  if (!began.queue.empty()) queue = world->FindQueue(began.queue);
  if (!began.related_contact_id.empty())
    more.Edit().related_contact_id = std::move(began.related_contact_id);
}

std::string Effect::FlowName() const {
  return flow == nullptr ? std::string() : flow->name;
}

FlowRun* ActiveRun(ContactState& contact) {
  return contact.runs.empty() ? nullptr : &contact.runs.back();
}

Spot SpotOf(const ContactState& contact) {
  if (contact.runs.empty() || contact.runs.back().frames.empty()) return {};
  const Frame& frame = contact.runs.back().frames.back();
  return {.flow = frame.resource, .action = frame.action};
}

void Warn(ContactState& contact, std::string text) {
  Emit(contact, Warned{std::move(text)});
}

void TakeNewId(ContactState& contact) {
  Particulars& more = contact.more.Edit();
  if (more.initial_contact_id.empty()) more.initial_contact_id = contact.contact_id;
  more.previous_contact_id = std::exchange(contact.contact_id, NewUuid(contact.random));
}

const std::string& InitialContactId(const ContactState& contact) {
  const std::string& initial = contact.more->initial_contact_id;
  return initial.empty() ? contact.contact_id : initial;
}

TimerId StartTimer(ContactState& contact, Milliseconds after, std::string_view why,
                   std::uint32_t run) {
  const TimerId id = ++contact.last_number;
  contact.timers.push_back({.id = id, .due = contact.now + after, .run = run});
  Emit(contact, SetTimer{.timer = id, .after = after, .why = why});
  return id;
}

void DropTimersOf(ContactState& contact, std::uint32_t run) {
  std::erase_if(contact.timers, [&](const Timer& timer) { return timer.run == run; });
}

}  // namespace trunkline::sim
