// The life of a contact around its flows: queue, whispers, conversation, end (flow-language 2.2
// to 2.4).
#pragma once

#include <string>

#include "sim/state.h"

namespace trunkline::sim {

// A flow or module becomes the active frame of a run.
void PushFrame(ContactState& contact, FlowRun& run, const FlowResource& resource, FlowRole role,
               Scratch scratch);

// A flow begins as the active run.
void BeginRun(ContactState& contact, const FlowResource& flow, FlowRole role, Party hears,
              Scratch scratch);

// The active run's flow has ended by itself: a whisper joins, a queue flow leaves the customer
// waiting, anything else ends the contact.
void FinishRun(ContactState& contact);

// The contact goes into `contact.queue`: the customer queue flow begins and agents are offered the
// contact.
void EnterQueue(ContactState& contact);

// The contact waits for `contact.target_agent`, in his own queue and in silence.
void EnterAgent(ContactState& contact);

// The agent's own queue becomes `contact.queue`: nobody else takes contacts of it.
void TargetAgentQueue(ContactState& contact, const Agent& agent);

// Who takes the queued contact: the agent it is offered to, else who takes contacts of
// `contact.queue`; nullptr when nobody does, or its agent is not available.
const Agent* AgentFor(const ContactState& contact);

// With Answering::kAfterFirstMessage: when the customer has heard something, or waits, the first
// agent of the queue accepts. True when one did.
bool AcceptIfReady(ContactState& contact);

// An agent takes the queued contact: whispers, then the conversation.
void Accept(ContactState& contact, const Agent& agent);

// Of use to sim/conversation.h only.
//
// The flow of an event hook, else of the instance's default `fallback`; nullptr: the built-in
// behaviour.
const FlowResource* HookFlow(ContactState& contact, const std::string& hook,
                             const std::string& fallback);
void DropRuns(ContactState& contact);
void OfferToAgents(ContactState& contact);

// Ends of all kinds.
void FlowHangsUp(ContactState& contact, std::string why);
void HandOver(ContactState& contact, const std::string& number);
void CallerLeaves(ContactState& contact);
void AgentLeaves(ContactState& contact);
void EndContact(ContactState& contact, std::string why);

}  // namespace trunkline::sim
