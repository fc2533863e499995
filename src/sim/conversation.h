// What an agent does while he and the customer talk: hold, resume, transfer by a quick connect; and
// the pause of a task (flow-language 2.2 to 2.4).
//
// On hold the hold flow of the contact runs (hook CustomerHold or AgentHold), else music and a
// message. A transfer flow runs for the agent while the customer is on hold: when it puts the
// contact into a queue, or hands it to an agent, the agent who transfers leaves; when it ends or
// hangs up, both talk again. The service lets the agent stay until the other one is there; here he
// goes at once, so that no whisper flow is played to him.
#pragma once

#include "sim/event.h"
#include "sim/state.h"

namespace trunkline::sim {

void Hold(ContactState& contact, Party who);
void TakeOffHold(ContactState& contact);
void TransferByAgent(ContactState& contact, const AgentTransfers& transfer);

// The active run is the flow of a quick connect.
bool IsInTransferFlow(const ContactState& contact);
// The transfer is done: the agent is gone, nobody is on hold.
void LeaveTransferFlow(ContactState& contact);
// The transfer is not done: agent and customer talk again.
void ReturnToConversation(ContactState& contact, std::string_view why);

void PauseTask(ContactState& contact);
void ResumeTask(ContactState& contact);

}  // namespace trunkline::sim
