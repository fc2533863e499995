// Hold customer or agent: who hears a transfer flow. Elsewhere there is nobody to hold: remembered.
#include "sim/actions/list.h"
#include "sim/conversation.h"

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
  if (!IsInTransferFlow(turn.contact)) return Succeeded{};
  const bool to_customer = state != "CustomerOnHold";  // of all who hear it he counts
  turn.run.hears = to_customer ? Party::kCustomer : Party::kAgent;
  turn.Emit(HoldChanged{.who = Party::kCustomer, .held = !to_customer});
  if (state != "OffHold") turn.Emit(HoldChanged{.who = Party::kAgent, .held = to_customer});
  return Succeeded{};
}

}  // namespace

constinit const Runner kRunUpdatePreviousContactParticipantState{
    .run = RunUpdatePreviousContactParticipantState};

}  // namespace trunkline::sim
