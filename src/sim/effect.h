// sim::Effect: what a contact wants from the world, or tells it. Each Step returns them in the
// order they happen.
//
// Effects with a `request` are questions: the host answers with the event named in the comment,
// whenever it can, and nobody blocks meanwhile. The others are news. Texts that are views are of
// the contact's world, or literals. Whoever visits an Effect uses base/overloaded.h without a
// catch-all.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "flow/graph.h"
#include "sim/event.h"

namespace trunkline::sim {

// kNobody: no participant is connected, as in a disconnect flow after the customer hung up.
enum class Party { kNobody, kCustomer, kAgent, kThirdParty };
std::string_view ToText(Party party);  // "nobody", "customer", "agent", "third party"

// Why a flow runs.
enum class FlowRole {
  kInbound,
  kTransfer,
  kModule,
  kQueue,
  kAgentWhisper,
  kCustomerWhisper,
  kDisconnect,
  kCustomerHold,
  kAgentHold,
  kAgentTransfer,
  kQueueTransfer,
  kPause,
  kResume
};
std::string_view ToText(FlowRole role);  // "inbound", "transfer", "module", "customer queue", ...

// A prompt is played or a message sent. The contact's clock has already moved by `duration`, the
// estimated time it takes to speak (sim/speech.h), unless the prompt `loops`.
struct Say {
  Party to = Party::kCustomer;
  std::string text;    // what is heard, as plain text; empty when a recording's words are not known
  std::string ssml;    // the markup when the author wrote SSML
  std::string prompt;  // name of the recorded prompt, or its id when the name is not known
  std::string media_uri;  // the audio file in S3
  bool from_bot = false;  // a message of the bot, not of the flow
  bool loops = false;     // repeated until the contact is joined, interrupted or gone
  Milliseconds duration{0};
};

// Keys are expected now: CallerPressed, or the timer of the SetTimer that follows.
struct AskKeys {
  enum class Kind { kMenu, kStore };
  Kind kind = Kind::kMenu;
  int max_digits = 1;
  std::string terminator;        // kStore: ends the input, is not stored; "#" by default
  bool cancel_key = true;        // kStore: '*' discards what was typed
  Milliseconds first_key{5000};  // until the first key
  Milliseconds between_keys{0};  // kStore: between two keys
  bool secret = false;           // the value will be encrypted: do not show it
};

// Words or keys for a bot are expected now: CallerSaid, CallerPressed, or the timer that follows.
struct AskSpeech {
  std::string bot;  // name, or alias ARN when the name is not known
};

// Answer: LambdaAnswered, unless asynchronous. `payload` is the event as a function gets it
// (flow-language 5.1).
struct InvokeLambda {
  RequestId request = 0;
  std::string arn;
  std::string name;  // of World::functions, or taken from the ARN
  json::Object payload;
  Milliseconds limit{8000};
  bool asynchronous = false;
};

// Answer: BotAnswered. One turn of a Lex V2 conversation.
struct AskBot {
  enum class Input { kText, kSpeech, kKeys, kSilence };
  RequestId request = 0;
  std::string alias_arn;
  std::string name;        // of World::bots, or taken from the ARN
  std::string locale;      // "en_US"
  std::string session_id;  // the contact id
  json::Object session_attributes;
  json::Object request_attributes;  // x-amz-lex:channels:platform and its siblings
  Input input = Input::kText;
  std::string text;  // one blank for kSilence: RecognizeText takes no empty text
};

// A flow or module begins; the header of the effect names it.
struct FlowBegan {
  FlowRole role = FlowRole::kInbound;
  std::string type;  // CONTACT_FLOW, ...; MODULE
  std::string id;
  Party hears = Party::kCustomer;
};

// The contact waits in a queue from now on.
struct Queued {
  std::string queue_id, queue_arn, queue_name;
  int priority = 5;
};

// The contact is offered to agents of the queue. With Answering::kHost the host answers
// AgentAccepted; otherwise World::answering does.
struct OfferAgent {
  std::string queue_id, queue_name;
};

// An agent accepted; whispers follow, then Joined.
struct AgentConnecting {
  std::string agent;  // user name
  std::string queue_name;
};

// Customer and agent talk. Later events: CallerHungUp, AgentLeft.
struct Joined {
  std::string agent;
  std::string queue_name;
};

// Somebody is put on hold, or taken off hold.
struct HoldChanged {
  Party who = Party::kCustomer;
  bool held = false;
};

// A task is paused, or resumed.
struct PauseChanged {
  bool paused = false;
};

// Answer: ThirdPartyAnswered, and when `returns` later ThirdPartyLeft.
struct DialThirdParty {
  RequestId request = 0;
  std::string number;
  std::string keys;       // to press once connected
  std::string caller_id;  // empty: the instance's
  bool returns = false;   // the flow goes on afterwards
  Milliseconds limit{30000};
};

// The call was handed to another number; the contact ends here.
struct Transferred {
  std::string number;
};

// A callback was ordered: a new contact of its own, which the host may start.
struct CallbackCreated {
  std::string contact_id;
  std::string queue_id, queue_name;
  std::string number;
  std::string flow_id;  // creation flow, may be empty
  Milliseconds delay{0};
  Milliseconds retry_delay{0};
  int attempts = 1;
};

// A task was created: a new contact of its own.
struct TaskCreated {
  std::string contact_id;
  std::string name, description, flow_id;
  json::Object attributes;
};

// Another contact was created, which the host may start.
struct ContactCreated {
  std::string contact_id;
  std::string channel;  // "SMS", "TASK", ...; as the action names it
  std::string to;       // whom it is for; may be empty
  std::string flow_id;  // may be empty
  std::string message;  // its first one; may be empty
  json::Object attributes;
};

// Attributes or fields of the related contact are written, which the host may know.
struct RelatedUpdated {
  std::string contact_id;
  json::Object parameters;  // of the action: Attributes, or Name, Description, ...
};

// The customer of an outbound call is dialled, and answers at once.
struct CustomerDialled {
  std::string number;
  std::string caller_id;  // empty: the queue's
};

// An action of another service ran as a stand-in (sim/stand_in.h).
struct StoodIn {
  std::string_view type;  // "GetCustomerProfile"
  std::string outcome;    // "success", "NoneFoundError", or the result: "Next"
  std::string_view why;   // a literal: why it went so by itself; empty when it was told to
};

// A participant is gone.
struct Disconnected {
  Party who = Party::kCustomer;
  std::string why;  // "the flow hung up", "the caller hung up", ...
};

// A timer: the host sends TimerFired{timer} when `after` has passed (or TimeAdvanced by as much),
// unless something else happened first; a timer that is no longer of interest may be fired, it is
// ignored.
struct SetTimer {
  TimerId timer = 0;
  Milliseconds after{0};
  std::string_view why;  // "no key pressed", ...
};

// With Call::stops: an action is about to run. Answer: GoOn.
struct Stopped {
  RequestId request = 0;
  std::string_view type;  // "TransferContactToQueue"
  std::string resource;   // id or ARN of the one it works with: a function, hours, a bot, a queue
};

// The branch an action left by: NextAction, or a position in its conditions or errors.
struct BranchTaken {
  flow::EdgeKind kind = flow::EdgeKind::kNext;
  std::size_t position = 0;
};

// One action was run: a line of the flow log. `logged` says whether the contact's flow logging is
// on.
struct Ran {
  std::string_view type;    // "MessageParticipant"
  json::Object parameters;  // each with its value; only when `logged`
  std::string outcome;      // "success", "Equals Sales", "NoMatchingError", "waiting", ...
  std::string detail;       // why an error branch was taken; may be empty
  std::string_view next;    // identifier of the next action; empty when the flow ends or waits
  std::optional<BranchTaken> branch = {};  // nothing when it left by none
  bool logged = false;
};

// Something the author should know: a missing reference, an action that is not simulated, keys
// nobody asked for.
struct Warned {
  std::string text;
};

// The contact is over; no further event has an effect.
struct Ended {
  std::string why;
};

using EffectBody =
    std::variant<Say, AskKeys, AskSpeech, InvokeLambda, AskBot, FlowBegan, Queued, OfferAgent,
                 AgentConnecting, Joined, HoldChanged, PauseChanged, DialThirdParty, Transferred,
                 CallbackCreated, TaskCreated, ContactCreated, RelatedUpdated, CustomerDialled,
                 StoodIn, Disconnected, SetTimer, Stopped, Ran, Warned, Ended>;

struct FlowResource;

struct Effect {
  TimePoint at;  // on the contact's virtual clock
  // The flow or module it comes from, of the contact's world; nullptr outside of one.
  const FlowResource* flow = nullptr;
  std::string_view action;  // identifier of the action; empty outside of one
  EffectBody what;

  std::string FlowName() const;  // empty outside of one
};

// Who is told what happens, while it happens.
class EffectSink {
 public:
  virtual ~EffectSink() = default;
  // Whether it is told of the actions that were run; who keeps no log saves what that takes.
  virtual bool WantsRan() const { return true; }
  // Must not step the contact: it is in the middle of something.
  virtual void Take(Effect&& effect) = 0;
};

}  // namespace trunkline::sim
