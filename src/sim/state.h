// ContactState: all that a contact remembers between two events. Plain data; the rules are in the
// files beside it: lookup (references), interpreter (actions), lifecycle (queue, whispers, end),
// actions/ (one file per action type).
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/random.h"
#include "sim/contact.h"
#include "sim/effect.h"
#include "sim/parameters.h"
#include "sim/world.h"

namespace trunkline::sim {

// A value that is seldom more than empty: a pointer until somebody edits it. Copies share it until
// then.
template <class Value>
class Seldom {
 public:
  const Value& operator*() const {
    static const Value kEmpty;
    return value_ == nullptr ? kEmpty : *value_;
  }
  const Value* operator->() const { return &**this; }
  Value& Edit() {
    value_ = value_ == nullptr ? std::make_shared<Value>() : std::make_shared<Value>(*value_);
    return *value_;
  }

 private:
  std::shared_ptr<Value> value_;
};

// What a flow or a module sees and its neighbours do not (flow-language 1.8 and 4.3). A module
// starts with an empty one and its caller's comes back afterwards; a flow entered by TransferToFlow
// keeps all but the flow attributes.
struct Scratch {
  json::Object flow_attributes;
  json::Object external;           // of the last function
  json::Object lex;                // of the last bot
  json::Object customer;           // of the last customer profile action
  json::Object metrics;            // of the last GetMetricData
  json::Object modules;            // Input inside a module; Result and ResultData after a call
  json::Object lambda_invocation;  // of the last asynchronous function
  Seldom<json::Object> services;   // of other services, by root: "Case", "Views", "DataTables", ...
  std::optional<std::string> stored_input;
};

// What an action left behind when it began to wait. The fields below `parameters` are the action's
// own.
struct Pending {
  Parameters parameters;  // as they were when the action began
  RequestId request = 0;  // an answer it waits for
  TimerId timer = 0;
  bool keys = false;         // CallerPressed resumes it
  bool speech = false;       // CallerSaid resumes it
  bool returning = false;    // CallerReturned resumes it
  bool third_party = false;  // ThirdPartyLeft resumes it
  bool stopped = false;      // GoOn begins it: Call::stops
  TimePoint since;
  std::string typed;  // keys so far
  json::Object notes;
};

// One flow or module being run.
struct Frame {
  const FlowResource* resource = nullptr;
  std::string_view
      action;  // identifier of the current one, in the document; empty: ran off the end
  Scratch scratch;
};

// One flow with the modules it entered, and who hears it.
struct FlowRun {
  std::uint32_t serial = 0;
  FlowRole role = FlowRole::kInbound;
  Party hears = Party::kCustomer;
  std::list<Frame> frames;  // a list: references to callers stay valid while a module is pushed
  std::optional<Pending> pending;
  bool finished = false;       // a queue flow that ended: the customer goes on waiting, in silence
  bool said = false;           // something was said in it
  Milliseconds first_loop{0};  // how long its first looped prompt takes
  TimePoint began;
};

struct Timer {
  TimerId id = 0;
  TimePoint due;
  std::uint32_t run =
      0;  // serial of the run it belongs to; 0: the contact's own (an agent will accept)
};

// What few contacts have.
struct Particulars {
  std::string name, description, customer_id;
  std::string previous_contact_id;
  std::string initial_contact_id;  // empty: the contact's own
  std::string task_contact_id;
  std::string related_contact_id;
  std::string participant_state;  // AgentOnHold, CustomerOnHold, OffHold
  json::Object media_streams;
  json::Object recording;
  json::Object routing_criteria;
  json::Object media_processing;
  json::Object segment_attributes;  // beside those every contact has
  bool paused = false;              // a task
};

// What a contact keeps of the Call it began with; the rest has places of its own.
struct KeptCall {
  std::string flow;
  Channel channel = Channel::kVoice;
  Endpoint customer, system;
  std::string initial_message;
  std::optional<Answering> answering;
  bool function_events = true;
  bool stops = false;
};

struct ContactState {
  ContactState(std::shared_ptr<const World> the_world, Call began);

  std::shared_ptr<const World> world;
  KeptCall call;
  SeededRandom random;
  TimePoint now;
  Phase phase = Phase::kNew;
  std::list<FlowRun> runs;  // the last one is active
  std::vector<Timer> timers;
  EffectSink* sink = nullptr;  // of the current Step
  std::uint32_t last_serial = 0;
  std::uint32_t last_number = 0;  // of requests and timers

  // The contact, as attribute namespaces show it.
  std::string contact_id;
  std::string initiation_method;
  Seldom<Particulars> more;
  json::Object attributes;
  json::Object tags;
  std::string language;
  std::string voice = "Joanna", engine = "standard", style = "None";
  std::string callback_number;
  const Queue* queue = nullptr;              // target queue; once queued, the one it waits in
  const Agent* target_agent = nullptr;       // whose own queue is, or was, the target queue
  std::shared_ptr<const Queue> agent_queue;  // the own queue of `target_agent`; `queue` may be it
  const Agent* offered_agent = nullptr;      // whom RouteContactToAgent rings ...
  TimePoint offered_until;                   // ... until then
  const Agent* agent = nullptr;              // who accepted
  int queue_priority = 5;
  std::int64_t queue_adjustment_seconds = 0;
  int queue_transfers = 0;
  std::map<std::string, std::string> hooks;  // event hook -> flow id or ARN
  std::set<std::string> disabled_hooks;
  bool logging = false;
  std::map<std::string, int> loops;  // counters, by "<flow id>/<action>"
  bool buffers_keys = false;
  std::string buffered_keys;

  // Guards.
  Milliseconds function_time{0};  // since something was last said: more than 20 s is an error
  int actions_without_wait = 0;
  std::vector<std::string_view> trail;  // identifiers of the last of them, once there are many
};

// The run whose actions go on; nullptr when none does.
FlowRun* ActiveRun(ContactState& contact);

// Where a contact stands; nowhere outside of a flow.
struct Spot {
  const FlowResource* flow = nullptr;
  std::string_view action;
};
Spot SpotOf(const ContactState& contact);

template <class Body>
void Emit(ContactState& contact, Body what) {
  const Spot spot = SpotOf(contact);
  contact.sink->Take({.at = contact.now,
                      .flow = spot.flow,
                      .action = spot.action,
                      .what = EffectBody(std::in_place_type<Body>, std::move(what))});
}
void Warn(ContactState& contact, std::string text);
// `why` is a literal.
TimerId StartTimer(ContactState& contact, Milliseconds after, std::string_view why,
                   std::uint32_t run);
// The contact takes a new id and keeps its first one.
void TakeNewId(ContactState& contact);
const std::string& InitialContactId(const ContactState& contact);
void DropTimersOf(ContactState& contact, std::uint32_t run);

}  // namespace trunkline::sim
