// Which countries an instance may dial is not simulated, so CallbackNumberNotDialable does not
// occur.
#include "sim/actions/list.h"
#include "sim/phone_number.h"

namespace trunkline::sim {
namespace {

Outcome RunUpdateContactCallbackNumber(Turn& turn) {
  const std::string number = turn.Text("CallbackNumber").value_or("");
  if (turn.contact.call.channel != Channel::kVoice || !IsE164(number)) {
    return Failed{"InvalidCallbackNumber",
                  fmt::format("'{}' is not a number like +15550100", number)};
  }
  turn.contact.callback_number = number;
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdateContactCallbackNumber{.run = RunUpdateContactCallbackNumber};

}  // namespace trunkline::sim
