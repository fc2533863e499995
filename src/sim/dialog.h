// Dialog: one turn of a conversation with a bot, as a pure function of bot, session and input.
//
// It follows Lex V2's order: understand the intent, ask for the required slots by priority with
// retries, confirm, fulfil, close. Where the bot has a code hook the turn stops and names it
// (TurnResult::hook); the host calls the function and gives its answer to ContinueAfterHook.
// Without a fulfilment hook the last turn is Close with the intent ReadyForFulfillment; a declined
// confirmation or exhausted retries close with Failed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "sim/bot.h"
#include "sim/understanding.h"

namespace trunkline::sim {

struct IntentState {
  std::string name;
  std::map<std::string, std::optional<SlotFill>> slots;  // every slot of the intent
  std::string state = "InProgress";  // InProgress, ReadyForFulfillment, Fulfilled, Failed, Waiting,
                                     // FulfillmentInProgress
  std::string confirmation = "None";  // None, Confirmed, Denied
};

struct DialogAction {
  std::string type =
      "ElicitIntent";  // ElicitIntent, ElicitSlot, ConfirmIntent, Close, Delegate, None
  std::string slot;    // of ElicitSlot
};

struct Session {
  DialogAction action;
  std::optional<IntentState> intent;
  json::Object attributes;
  int attempts = 0;  // at the question that is open
};

struct TurnInput {
  std::string text;  // empty or blank: the caller was silent
  TimePoint now;
};

// The code hook the host must call before the turn is complete.
enum class Hook { kNone, kDialog, kFulfillment };

struct TurnResult {
  Session session;
  std::vector<BotMessage> messages;
  std::vector<Interpretation> interpretations;
  Hook hook = Hook::kNone;
};

TurnResult TakeTurn(const BotLocale& bot, const Session& session, const TurnInput& input);

// What a code hook answered: parts it left out stay as they were.
struct HookAnswer {
  std::optional<DialogAction> action;  // none: Delegate
  std::optional<IntentState> intent;
  std::optional<json::Object> attributes;
  std::vector<BotMessage> messages;
};
// Goes on where `pending` (a result with a hook) stopped.
TurnResult ContinueAfterHook(const BotLocale& bot, const TurnResult& pending,
                             const HookAnswer& answer);

}  // namespace trunkline::sim
