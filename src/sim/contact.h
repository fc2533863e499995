// sim::Contact: one simulated call or chat, a deterministic state machine that executes flows.
//
//   Contact contact(world, call);
//   for (const Effect& effect : contact.Step(Started{})) { ... }        // prompts, questions, news
//   contact.Step(LambdaAnswered{.request = 1, .payload = "{}"});        // the host answers when it
//   can
//
// No threads, no I/O, no real time: the clock is virtual and moves by estimated speaking times, by
// the `took` of answers, by TimerFired and by TimeAdvanced. The same world, call and events give
// the same effects, always.
//
// A call is a stack of runs: the inbound flow; the customer queue flow while the contact is queued;
// on top of it the agent's whisper, then the customer's. Each run is a stack of frames, one per
// module entered. An action that needs the world leaves its run waiting; the answer resumes it.
// More than kMaxActions actions without a wait for the world end the call with a message that names
// the endless loop.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "sim/effect.h"
#include "sim/event.h"
#include "sim/world.h"

namespace trunkline::sim {

inline constexpr int kMaxActions = 1000;
// A host gives a contact that waits for nothing but time its time at once; so many timers in a row
// at most, because a flow may wait in a circle.
inline constexpr int kMostTimers = 500;

enum class Channel { kVoice, kChat, kTask };
std::string_view ToText(Channel channel);  // "VOICE", "CHAT", "TASK"

struct Endpoint {
  std::string address;                         // "+15550100"
  std::string_view type = "TELEPHONE_NUMBER";  // a literal
};

// How the contact begins.
struct Call {
  std::string contact_id;  // a UUID; empty: made from the seed
  std::string flow;        // id or ARN of the flow to start
  Channel channel = Channel::kVoice;
  std::string initiation_method = "INBOUND";
  Endpoint customer;        // the caller
  Endpoint system;          // the dialled number
  TimePoint now{};          // the virtual clock starts here
  std::uint64_t seed = 1;   // of DistributeByPercentage and of new ids
  json::Object attributes;  // user-defined attributes the contact begins with
  std::string language = "en-US";
  std::string initial_message;     // chat: $.Media.InitialMessage
  std::string name, description;   // a task's: $.Name, $.Description
  std::string queue;               // id or ARN of the target queue it begins with; may be empty
  std::string related_contact_id;  // of a task or guide: the contact it was made from
  std::optional<Answering> answering =
      {};  // who takes it from a queue, in place of World::answering
  // InvokeLambda has its payload. A host that reads the contact instead (Contact::FunctionEvent
  // when it must) goes without, which is cheaper.
  bool function_events = true;
  bool stops = false;  // before each action: the host says how it goes on
};

// Where a contact stands.
enum class Phase { kNew, kInFlow, kQueued, kWhispering, kTalking, kThirdParty, kEnded };
std::string_view ToText(Phase phase);

// What a contact needs to go on. Several may be true: a queued contact waits for an agent and for a
// timer.
struct Needs {
  bool keys = false;          // CallerPressed
  bool speech = false;        // CallerSaid
  RequestId request = 0;      // LambdaAnswered, BotAnswered or ThirdPartyAnswered with this number
  bool agent = false;         // AgentAccepted
  bool conversation = false;  // CallerHungUp or AgentLeft: they talk
  std::optional<TimerId> timer;  // the timer due first
  Milliseconds until_timer{0};   // how long until it is due

  // Nothing but time moves the contact on.
  bool OnlyTime() const {
    return timer.has_value() && !keys && !speech && request == 0 && !agent && !conversation;
  }
};

struct ContactState;

class Contact {
 public:
  // `world` is shared with the host and with other contacts of the instance; nobody writes it.
  Contact(std::shared_ptr<const World> world, Call call);
  Contact(Contact&&) noexcept;
  Contact& operator=(Contact&&) noexcept;
  ~Contact();

  // Takes one event; returns what happens until the world is needed again. After Ended: nothing.
  std::vector<Effect> Step(const Event& event);
  // The same, told to `sink` while it happens.
  void Step(const Event& event, EffectSink& sink);
  // Ends it from outside, whatever it is doing: no flow runs any more, not even a disconnect flow.
  std::vector<Effect> End(std::string why);

  Phase phase() const;
  Needs needs() const;
  TimePoint now() const;
  const std::string& id() const;
  // The value of a reference such as "$.Attributes.tier" where the contact stands now; nullopt when
  // there is none.
  std::optional<std::string> Read(std::string_view reference) const;
  // The queue the contact is or was queued in; nullptr before.
  const Queue* queue() const;
  // User-defined attributes.
  const json::Object& attributes() const;
  // Sets one from outside, as UpdateContactAttributes does.
  void SetAttribute(std::string_view name, std::string value);
  // The event of the function that the contact waits for; an empty object when it waits for none.
  json::Object FunctionEvent() const;

  // A second contact that stands where this one stands; from here on each goes its own way.
  Contact Copy() const;
  // All of it, for what looks into contacts (sim/explore).
  const ContactState& state() const { return *state_; }

 private:
  explicit Contact(std::unique_ptr<ContactState> state);

  std::unique_ptr<ContactState> state_;
};

}  // namespace trunkline::sim
