// sim::Event: what the world tells a contact. One alternative per kind of news; the contact answers
// with effects.
//
// Answers (LambdaAnswered, BotAnswered, ThirdPartyAnswered) carry the `request` number of the
// effect they answer; an answer nobody waits for any more is ignored. Whoever visits an Event uses
// base/overloaded.h without a catch-all.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/json.h"

namespace trunkline::sim {

using RequestId = std::uint32_t;  // 0 is no request
using TimerId = std::uint32_t;    // 0 is no timer

// The call comes in: the first event of every contact, once.
struct Started {};

// Keys of the caller's phone, "0" to "9", "*", "#"; several in one event are pressed one right
// after the other.
struct CallerPressed {
  std::string keys;
};

// Words of the caller, spoken or typed.
struct CallerSaid {
  std::string text;
};

// The caller hung up or closed the chat.
struct CallerHungUp {};

// A chat customer who had gone is back: what Wait's "CustomerReturned" waits for.
struct CallerReturned {};

// A timer of SetTimer is due: the contact's clock moves to the moment it was set for.
struct TimerFired {
  TimerId timer = 0;
};

// Time passed and nothing else happened; timers that come due within it fire in order.
struct TimeAdvanced {
  Milliseconds by{0};
};

// The answer to InvokeLambda. `took` moves the contact's clock; more than the limit is a time-out.
struct LambdaAnswered {
  enum class Outcome { kPayload, kError, kTimedOut };
  RequestId request = 0;
  Outcome outcome = Outcome::kPayload;
  std::string payload;  // kPayload: the function's answer as JSON text
  std::string error;    // kError: why, for the log
  Milliseconds took{0};
};

// One message of a bot. Content types as Lex has them: "PlainText", "SSML", "CustomPayload",
// "ImageResponseCard".
struct BotMessage {
  std::string content_type = "PlainText";
  std::string content;
};

// The answer to AskBot: the interesting part of a Lex V2 RecognizeText answer.
struct BotAnswered {
  RequestId request = 0;
  std::string intent;         // "Sales"
  std::string intent_state;   // InProgress, ReadyForFulfillment, Fulfilled, Failed, ...
  std::string dialog_action;  // Close, ElicitSlot, ElicitIntent, ConfirmIntent, Delegate, None
  std::string slot_to_elicit;
  json::Object slots;  // slot -> interpreted value, null where empty
  json::Object session_attributes;
  std::vector<BotMessage> messages;
  double score = 0;          // of the intent, 0 to 1; 0 for FallbackIntent
  json::Array alternatives;  // [{IntentName, IntentConfidence: {Score}, Slots}], best first,
                             // without the winner
  json::Object sentiment;    // {Label, Scores: {Positive, ...}} or empty
  std::string error;         // not empty: the bot could not be reached or has no such locale
  Milliseconds took{0};
};

// An agent took the contact that OfferAgent offered.
struct AgentAccepted {
  std::string
      agent;  // id, ARN or user name of World::agents; empty: the first who serves the queue
};

// The agent ended the conversation, or dropped out while a whisper played.
struct AgentLeft {};

// The agent puts the customer on hold, or is put on hold himself.
struct AgentHolds {
  bool agent = false;  // it is the agent who hears the hold flow
};
struct AgentResumes {};

// The agent transfers the contact by a quick connect. Exactly one of `queue` (id, ARN or name),
// `agent` (id, ARN or user name) and `number` is set.
struct AgentTransfers {
  std::string queue, agent, number;
  std::string flow;  // the quick connect's transfer flow; empty: straight there
};

// A task is paused, and resumed.
struct TaskPaused {};
struct TaskResumed {};

// The answer to DialThirdParty.
struct ThirdPartyAnswered {
  enum class Outcome { kConnected, kCallFailed, kTimeLimitExceeded };
  RequestId request = 0;
  Outcome outcome = Outcome::kConnected;
};

// The third party hung up: a flow with "resume after disconnect" goes on.
struct ThirdPartyLeft {};

// The answer to Stopped: the action runs, as it is or as the host wants it.
struct GoOn {
  RequestId request = 0;
  std::string resource;     // used in place of the one the action names; empty: as it is
  std::string result;       // the action is not run, its result is this one
  std::string error;        // the action is not run, it takes this error branch
  bool succeeds = false;    // the action is not run, it has succeeded
  json::Object attributes;  // of a stand-in that does not fail: what it sets, by namespace
                            // ({"Customer": {"FirstName": "Ada"}})
};

using Event = std::variant<Started, CallerPressed, CallerSaid, CallerHungUp, CallerReturned,
                           TimerFired, TimeAdvanced, LambdaAnswered, BotAnswered, AgentAccepted,
                           AgentLeft, AgentHolds, AgentResumes, AgentTransfers, TaskPaused,
                           TaskResumed, ThirdPartyAnswered, ThirdPartyLeft, GoOn>;

}  // namespace trunkline::sim
