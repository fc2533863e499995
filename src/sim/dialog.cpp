#include "sim/dialog.h"

#include <algorithm>

#include "base/text.h"
#include "sim/lookup.h"
#include "sim/slot_values.h"

namespace trunkline::sim {
namespace {

// Answering a question with the words of another intent leaves the question, when the words are
// clear.
constexpr double kClear = 0.8;

// ---- Messages ----

// "{City}" is the slot's value and "[attribute]" a session attribute; other brackets stay.
std::string FillMessage(const std::string& text, const Session& session) {
  std::string filled = text;
  if (session.intent) {
    for (const auto& [name, fill] : session.intent->slots) {
      const std::string value = fill ? fill->interpreted.value_or(fill->original) : "";
      filled = Replace(filled, "{" + name + "}", value);
    }
  }
  for (const auto& [name, value, offset] : session.attributes) {
    filled = Replace(filled, "[" + name + "]", ScalarText(value).value_or(""));
  }
  return filled;
}

// One message of each group; a question asked again uses the next variation.
void Tell(TurnResult& result, const std::vector<MessageGroup>& groups, int round = 0) {
  for (const MessageGroup& group : groups) {
    const std::size_t choices = 1 + group.variations.size();
    const std::size_t choice = static_cast<std::size_t>(round) % choices;
    const BotMessage& message = choice == 0 ? group.message : group.variations[choice - 1];
    result.messages.push_back({.content_type = message.content_type,
                               .content = FillMessage(message.content, result.session)});
  }
}

// ---- Steps ----

void Close(TurnResult& result, std::string state) {
  result.session.action = {.type = "Close"};
  result.session.intent->state = std::move(state);
  result.session.attempts = 0;
}

void Stop(TurnResult& result, Hook hook) {
  result.hook = hook;
}

void Ask(TurnResult& result, const Slot& slot, int attempts) {
  result.session.action = {.type = "ElicitSlot", .slot = slot.name};
  result.session.attempts = attempts;
  Tell(result, slot.prompt.groups, attempts);
}

const Slot* NextToAsk(const Intent& intent, const IntentState& state) {
  const auto open = [&](const Slot& slot) {
    const auto filled = state.slots.find(slot.name);
    return slot.required && slot.asked && (filled == state.slots.end() || !filled->second);
  };
  const auto found = std::ranges::find_if(intent.slots, open);
  return found == intent.slots.end() ? nullptr : &*found;
}

void Fulfill(TurnResult& result, const Intent& intent) {
  if (intent.fulfillment_hook) return Stop(result, Hook::kFulfillment);
  Close(result, "ReadyForFulfillment");
  Tell(result, intent.closing_response);
}

// What the bot does by itself: the next slot, the confirmation, the fulfilment.
void Delegate(TurnResult& result, const Intent& intent) {
  IntentState& state = *result.session.intent;
  if (const Slot* slot = NextToAsk(intent, state)) return Ask(result, *slot, 0);
  if (intent.confirms && state.confirmation == "None") {
    result.session.action = {.type = "ConfirmIntent"};
    result.session.attempts = 0;
    return Tell(result, intent.confirmation.groups);
  }
  Fulfill(result, intent);
}

// After each answer of the caller: the dialog hook, if there is one, decides first.
void Proceed(TurnResult& result, const Intent& intent) {
  if (intent.dialog_hook) {
    result.session.action = {.type = "Delegate"};
    return Stop(result, Hook::kDialog);
  }
  Delegate(result, intent);
}

void BeginIntent(TurnResult& result, const Intent& intent, const Interpretation& understood) {
  IntentState state{.name = intent.name};
  for (const Slot& slot : intent.slots) {
    const auto filled = understood.slots.find(slot.name);
    auto& value = state.slots[slot.name];
    if (filled != understood.slots.end()) value = filled->second;
    if (!value && !slot.default_value.empty()) {
      value = SlotFill{.original = slot.default_value,
                       .interpreted = slot.default_value,
                       .resolved = {slot.default_value}};
    }
  }
  result.session.intent = std::move(state);
  result.session.attempts = 0;
  Tell(result, intent.initial_response);
  Proceed(result, intent);
}

void TakeIntent(TurnResult& result, const BotLocale& bot) {
  if (result.interpretations.empty()) {
    result.session.action = {.type = "ElicitIntent"};
    return;
  }
  const Interpretation& best = result.interpretations.front();
  BeginIntent(result, *bot.FindIntent(best.intent), best);
}

// ---- Answers to questions ----

void AskAgain(TurnResult& result, const Prompting& prompt) {
  ++result.session.attempts;
  if (result.session.attempts > prompt.max_retries) return Close(result, "Failed");
  Tell(result, prompt.groups, result.session.attempts);
}

// Another intent than the one in progress, said clearly.
const Interpretation* Switch(const TurnResult& result) {
  if (result.interpretations.empty()) return nullptr;
  const Interpretation& best = result.interpretations.front();
  const bool other =
      best.score && *best.score >= kClear && best.intent != result.session.intent->name;
  return other ? &best : nullptr;
}

void TakeSlot(TurnResult& result, const BotLocale& bot, const Intent& intent,
              const TurnInput& input) {
  const Slot* slot = intent.FindSlot(result.session.action.slot);
  if (slot == nullptr) return Proceed(result, intent);
  const auto fill =
      input.text.empty() ? std::nullopt : UnderstandSlot(bot, *slot, input.text, input.now);
  if (fill) {
    result.session.intent->slots[slot->name] = *fill;
    return Proceed(result, intent);
  }
  if (const Interpretation* other = Switch(result)) {
    return BeginIntent(result, *bot.FindIntent(other->intent), *other);
  }
  AskAgain(result, slot->prompt);
}

void TakeConfirmation(TurnResult& result, const BotLocale& bot, const Intent& intent,
                      const TurnInput& input) {
  const auto answer = ReadYesNo(input.text, LanguageOf(bot.locale_id));
  if (!answer) {
    if (const Interpretation* other = Switch(result)) {
      return BeginIntent(result, *bot.FindIntent(other->intent), *other);
    }
    return AskAgain(result, intent.confirmation);
  }
  result.session.intent->confirmation = *answer ? "Confirmed" : "Denied";
  if (*answer) return Proceed(result, intent);
  Close(result, "Failed");
  Tell(result, intent.declination);
}

// ---- After a hook ----

void ObeyHook(TurnResult& result, const Intent& intent, Hook hook, const HookAnswer& answer) {
  const std::string& type = answer.action->type;
  if (type == "Delegate") {
    if (hook == Hook::kDialog) return Delegate(result, intent);
    Close(result, "Fulfilled");
    return Tell(result, intent.closing_response);
  }
  result.session.action = *answer.action;
  result.session.attempts = 0;
  if (!answer.messages.empty()) return;
  // The bot's own words, where the function gave none.
  const Slot* slot = intent.FindSlot(answer.action->slot);
  if (type == "ElicitSlot" && slot != nullptr) Tell(result, slot->prompt.groups);
  if (type == "ConfirmIntent") Tell(result, intent.confirmation.groups);
}

}  // namespace

TurnResult TakeTurn(const BotLocale& bot, const Session& session, const TurnInput& raw) {
  const TurnInput input{.text = std::string(Trim(raw.text)), .now = raw.now};
  TurnResult result{.session = session};
  result.interpretations = Understand(bot, input.text, input.now);
  const Intent* intent = session.intent ? bot.FindIntent(session.intent->name) : nullptr;
  const bool open = intent != nullptr && session.intent->state == "InProgress";
  if (open && session.action.type == "ElicitSlot") {
    TakeSlot(result, bot, *intent, input);
  } else if (open && session.action.type == "ConfirmIntent") {
    TakeConfirmation(result, bot, *intent, input);
  } else {
    TakeIntent(result, bot);
  }
  return result;
}

TurnResult ContinueAfterHook(const BotLocale& bot, const TurnResult& pending,
                             const HookAnswer& answer) {
  TurnResult result{.session = pending.session,
                    .messages = pending.messages,
                    .interpretations = pending.interpretations};
  if (answer.intent) result.session.intent = answer.intent;
  if (answer.attributes) result.session.attributes = *answer.attributes;
  const Intent* intent =
      result.session.intent ? bot.FindIntent(result.session.intent->name) : nullptr;
  for (const BotMessage& message : answer.messages) result.messages.push_back(message);
  HookAnswer action = answer;
  if (!action.action) action.action = DialogAction{.type = "Delegate"};
  if (intent != nullptr) {
    ObeyHook(result, *intent, pending.hook, action);
  } else {
    result.session.action = *action.action;
  }
  return result;
}

}  // namespace trunkline::sim
