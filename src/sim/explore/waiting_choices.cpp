#include "sim/explore/waiting_choices.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "sim/explore/arms.h"
#include "sim/explore/choices.h"
#include "sim/lifecycle.h"

namespace trunkline::sim {
namespace {

constexpr std::string_view kAnyDigits = "1234567890123456";
constexpr std::size_t kFewDigits = 4;

class Waiting {
 public:
  Waiting(const Contact& contact, const Answers& answers)
      : contact_(contact), state_(contact.state()), needs_(contact.needs()), answers_(answers) {}

  std::vector<Choice> All() {
    if (contact_.phase() == Phase::kThirdParty) {
      Add(Decider::kOutside, ThirdPartyLeft{}, "the third party hangs up");
      choices_.back().action_type = "TransferParticipantToThirdParty";
    } else if (contact_.phase() == Phase::kTalking) {
      if (HasDisconnectFlow()) Add(Decider::kAgent, AgentLeft{}, "the agent hangs up");
    } else {
      AddCaller();
      AddAgent();
      AddTime();
    }
    return std::move(choices_);
  }

 private:
  void Add(Decider by, Event event, std::string words) {
    choices_.push_back({.by = by, .event = std::move(event), .words = std::move(words)});
  }

  bool HasDisconnectFlow() const { return state_.hooks.contains("CustomerRemaining"); }
  bool MayReturn() const {
    return !state_.runs.empty() && state_.runs.back().pending &&
           state_.runs.back().pending->returning;
  }
  bool IsInDisconnectFlow() const {
    return !state_.runs.empty() && state_.runs.back().role == FlowRole::kDisconnect;
  }

  void AddCaller() {
    if (needs_.keys) AddKeys();
    if (needs_.speech) Add(Decider::kCaller, CallerSaid{"something"}, "says something");
    if (MayReturn()) Add(Decider::kCaller, CallerReturned{}, "comes back");
    const bool asked = needs_.keys || needs_.speech || MayReturn();
    // Without a flow behind it a hang-up is nothing but the end.
    if (asked && HasDisconnectFlow() && !IsInDisconnectFlow())
      Add(Decider::kCaller, CallerHungUp{}, "hangs up");
  }

  void AddAgent() {
    if (contact_.phase() == Phase::kQueued && AgentFor(state_) != nullptr)
      Add(Decider::kAgent, AgentAccepted{}, "an agent answers");
  }

  void AddTime() {
    if (!needs_.timer) return;
    const TimerFired fired{*needs_.timer};
    if (needs_.speech) {
      Add(Decider::kSilence, fired, "says nothing");
    } else if (needs_.keys) {
      Add(Decider::kSilence, fired, "presses nothing");
    } else if (MayReturn()) {
      Add(Decider::kSilence, fired, "stays away");
    } else {
      Add(Decider::kNobody, fired, "");
    }
  }

  void Press(const std::string& keys) {
    const std::string words = fmt::format("presses {}", keys);
    if (std::ranges::find(choices_, words, &Choice::words) == choices_.end())
      Add(Decider::kCaller, CallerPressed{keys}, words);
  }

  // For a bot words will do.
  void AddKeys() {
    const flow::Action& action = *CurrentAction(state_);
    if (action.type != "GetParticipantInput") return;
    if (EqualsIgnoreCase(action.parameters.GetString("StoreInput"), "true"))
      return AddStored(action.parameters);
    for (const Arm& arm : ArmsOf(action.conditions, ValueRange::kKey)) Press(arm.value);
  }

  void AddStored(const json::Object& parameters) {
    const json::Object& validation = parameters.GetObject("InputValidation");
    const auto limit = ToInt(validation.GetObject("CustomValidation").GetString("MaximumLength"));
    const std::size_t most =
        limit && *limit > 0 ? static_cast<std::size_t>(*limit) : kAnyDigits.size();
    std::vector<std::string> typed = answers_.OfCaller();
    if (validation.Has("PhoneNumberValidation")) {
      typed.insert(typed.end(), {"15550123", "1"});
    } else {
      typed.emplace_back(kAnyDigits.substr(0, limit ? most : kFewDigits));
    }
    const std::string_view terminator =
        parameters.GetObject("DTMFConfiguration").GetString("InputTerminationSequence", "#");
    for (std::string& digits : typed) {
      if (digits.size() > most) continue;
      if (digits.size() < most) digits += terminator;
      Press(digits);
    }
  }

  const Contact& contact_;
  const ContactState& state_;
  const Needs needs_;
  const Answers& answers_;
  std::vector<Choice> choices_;
};

}  // namespace

std::vector<Choice> WaitingChoices(const Contact& contact, const Answers& answers) {
  return Waiting(contact, answers).All();
}

}  // namespace trunkline::sim
