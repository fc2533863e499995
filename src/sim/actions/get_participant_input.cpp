// Get customer input by keys: a menu (one key decides), stored input (digits up to a terminator),
// or the buffer for keys pressed early (flow-language 3.3). A stored input that never comes is no
// error: its value is "Timeout".
#include <chrono>

#include "sim/actions/list.h"
#include "sim/phone_number.h"
#include "sim/prompt.h"

namespace trunkline::sim {
namespace {

using std::chrono::seconds;

constexpr std::string_view kNoKey = "no key is pressed";

bool Stores(const Turn& turn) {
  return turn.Flag("StoreInput");
}

AskKeys Question(const Turn& turn) {
  AskKeys ask{.first_key = seconds(turn.Number("InputTimeLimitSeconds").value_or(5))};
  if (!Stores(turn)) return ask;
  ask.kind = AskKeys::Kind::kStore;
  // A phone number has no maximum of its own; E.164 has 15 digits, and a terminator or a pause ends
  // it.
  ask.max_digits =
      static_cast<int>(turn.Number("InputValidation.CustomValidation.MaximumLength").value_or(16));
  ask.terminator = turn.Text("DTMFConfiguration.InputTerminationSequence").value_or("#");
  ask.cancel_key = !turn.Flag("DTMFConfiguration.DisableCancelKey");
  ask.between_keys =
      seconds(turn.Number("DTMFConfiguration.InterdigitTimeLimitSeconds").value_or(5));
  ask.secret = turn.Has("InputEncryption");
  return ask;
}

// What to keep: an encrypted value is never kept in the clear, and the ciphertext's format is not
// known.
std::string Kept(Turn& turn, std::string typed) {
  if (!turn.Has("InputEncryption")) return typed;
  turn.Warn(
      "action '{}' encrypts its input, which is not simulated: the stored value is a placeholder",
      turn.action.id);
  return "simulated-ciphertext";
}

Outcome Store(Turn& turn, std::string typed) {
  if (typed.empty()) {
    turn.scratch().stored_input = "Timeout";
    return Succeeded{};
  }
  if (turn.Has("InputValidation.PhoneNumberValidation")) {
    const bool local = turn.Text("InputValidation.PhoneNumberValidation.NumberFormat") == "Local";
    const std::string country =
        turn.Text("InputValidation.PhoneNumberValidation.CountryCode").value_or("");
    auto number = local ? FromLocal(typed, country) : FromE164(typed);
    if (!number) return Failed{"InvalidPhoneNumber", number.error().message()};
    turn.scratch().stored_input = std::move(*number);
    return Succeeded{};
  }
  turn.scratch().stored_input = Kept(turn, std::move(typed));
  return Succeeded{};
}

// Keys behind the ones an action took are lost, unless the buffer is on.
void KeepRest(Turn& turn, std::string_view rest) {
  if (rest.empty()) return;
  if (turn.contact.buffers_keys) turn.contact.buffered_keys = rest;
  if (!turn.contact.buffers_keys)
    turn.Warn("{} keys were pressed that nobody had asked for", rest.size());
}

Outcome TakeForMenu(Turn& turn, std::string_view keys) {
  KeepRest(turn, keys.substr(1));
  return Returned{std::string(keys.substr(0, 1))};
}

Outcome TakeForStore(Turn& turn, std::string_view keys) {
  const AskKeys ask = Question(turn);
  std::string& typed = turn.Wait().typed;
  for (std::size_t at = 0; at < keys.size(); ++at) {
    if (keys[at] == '*' && ask.cancel_key) {
      typed.clear();
      continue;
    }
    typed += keys[at];
    const bool terminated = typed.ends_with(ask.terminator);
    if (terminated) typed.resize(typed.size() - ask.terminator.size());
    if (!terminated && typed.size() < static_cast<std::size_t>(ask.max_digits)) continue;
    KeepRest(turn, keys.substr(at + 1));
    return Store(turn, typed);
  }
  turn.WaitAtMost(typed.empty() ? ask.first_key : ask.between_keys, "no further key is pressed");
  return Waits{};
}

Outcome Take(Turn& turn, std::string_view keys) {
  return Stores(turn) ? TakeForStore(turn, keys) : TakeForMenu(turn, keys);
}

Outcome SetBuffer(Turn& turn) {
  turn.contact.buffers_keys = turn.Flag("EnableDTMFBuffer");
  turn.contact.buffered_keys.clear();
  return Succeeded{};
}

Outcome RunGetParticipantInput(Turn& turn) {
  if (turn.contact.call.channel != Channel::kVoice) return Fail("keys are pressed on voice only");
  if (turn.parameters().Has("EnableDTMFBuffer")) return SetBuffer(turn);
  if (NamesPrompt(turn.parameters())) {
    const auto played = Play(turn);
    if (!played) return Fail("{}", played.error().message());
  }
  if (turn.run.hears == Party::kNobody) return Fail("nobody is connected");
  AskKeys ask = Question(turn);
  const Milliseconds limit = ask.first_key;
  turn.Emit(std::move(ask));
  turn.Wait().keys = true;
  if (!turn.contact.buffered_keys.empty())
    return Take(turn, std::exchange(turn.contact.buffered_keys, ""));
  turn.WaitAtMost(limit, kNoKey);
  return Waits{};
}

Outcome ResumeGetParticipantInput(Turn& turn, const Event& event) {
  if (const auto* pressed = std::get_if<CallerPressed>(&event)) return Take(turn, pressed->keys);
  if (Stores(turn)) return Store(turn, turn.run.pending->typed);
  return Failed{"InputTimeLimitExceeded", std::string(kNoKey)};
}

}  // namespace

constinit const Runner kRunGetParticipantInput{.run = RunGetParticipantInput,
                                               .resume = ResumeGetParticipantInput};

}  // namespace trunkline::sim
