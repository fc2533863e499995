// Transfer to phone number: for good, or until the third party hangs up and the flow goes on.
#include <algorithm>
#include <chrono>

#include "sim/actions/list.h"
#include "sim/phone_number.h"

namespace trunkline::sim {
namespace {

constexpr std::int64_t kLongest = 600;  // seconds

bool Returns(const Turn& turn) {
  return turn.Flag("ContinueFlowExecution");
}

Outcome RunTransferParticipantToThirdParty(Turn& turn) {
  if (turn.contact.call.channel != Channel::kVoice)
    return Fail("calls are transferred on voice only");
  if (turn.run.hears == Party::kNobody) return Fail("nobody is connected");
  const auto number = turn.Text("ThirdPartyPhoneNumber");
  if (!number || !IsE164(*number))
    return Fail("'{}' is not a number like +15550100", number.value_or(""));
  const std::int64_t seconds = turn.Number("ThirdPartyConnectionTimeLimitSeconds").value_or(30);
  const Milliseconds limit = std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, kLongest));
  const RequestId request = turn.NewRequest();
  turn.Emit(DialThirdParty{.request = request,
                           .number = *number,
                           .keys = turn.Text("ThirdPartyDTMFDigits").value_or(""),
                           .caller_id = turn.Text("CallerId.Number").value_or(""),
                           .returns = Returns(turn),
                           .limit = limit});
  turn.Wait().request = request;
  turn.WaitAtMost(limit, "nobody answers");
  return Waits{};
}

Outcome Connected(Turn& turn) {
  if (!Returns(turn)) return HandsOver{turn.Text("ThirdPartyPhoneNumber").value_or("")};
  Pending& pending = turn.Wait();
  pending.request = 0;
  pending.third_party = true;
  DropTimersOf(turn.contact, turn.run.serial);
  turn.contact.phase = Phase::kThirdParty;
  return Waits{};
}

Outcome Answered(Turn& turn, ThirdPartyAnswered::Outcome outcome) {
  switch (outcome) {
    case ThirdPartyAnswered::Outcome::kConnected:
      return Connected(turn);
    case ThirdPartyAnswered::Outcome::kCallFailed:
      return Failed{"CallFailed", "the call failed"};
    case ThirdPartyAnswered::Outcome::kTimeLimitExceeded:
      break;
  }
  return Failed{"ConnectionTimeLimitExceeded", "nobody answered"};
}

Outcome ResumeTransferParticipantToThirdParty(Turn& turn, const Event& event) {
  if (const auto* answer = std::get_if<ThirdPartyAnswered>(&event))
    return Answered(turn, answer->outcome);
  if (std::holds_alternative<ThirdPartyLeft>(event)) {
    turn.Emit(Disconnected{.who = Party::kThirdParty, .why = "the third party hung up"});
    turn.contact.phase = turn.run.role == FlowRole::kQueue ? Phase::kQueued : Phase::kInFlow;
    return Succeeded{};
  }
  return Answered(turn, ThirdPartyAnswered::Outcome::kTimeLimitExceeded);
}

}  // namespace

constinit const Runner kRunTransferParticipantToThirdParty{
    .run = RunTransferParticipantToThirdParty, .resume = ResumeTransferParticipantToThirdParty};

}  // namespace trunkline::sim
