// Hold customer or agent: who hears a transfer flow. Remembered; there is one listener here.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunUpdatePreviousContactParticipantState(Turn& turn) {
  if (turn.contact.call.channel != Channel::kVoice)
    return Fail("participants are held on voice only");
  const std::string state = turn.Text("PreviousContactParticipantState").value_or("");
  if (state != "AgentOnHold" && state != "CustomerOnHold" && state != "OffHold") {
    return Fail("expected AgentOnHold, CustomerOnHold or OffHold but got '{}'", state);
  }
  turn.contact.more.Edit().participant_state = state;
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdatePreviousContactParticipantState{
    .run = RunUpdatePreviousContactParticipantState};

}  // namespace trunkline::sim
