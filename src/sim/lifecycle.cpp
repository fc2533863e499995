#include "sim/lifecycle.h"

#include <utility>

#include "sim/conversation.h"
#include "sim/named_queue.h"
#include "sim/speech.h"

namespace trunkline::sim {
namespace {

const Answering& AnsweringOf(const ContactState& contact) {
  return contact.call.answering ? *contact.call.answering : contact.world->answering;
}

Scratch Inherit(const ContactState& contact) {
  if (contact.runs.empty() || contact.runs.back().frames.empty()) return {};
  Scratch scratch = contact.runs.back().frames.front().scratch;
  scratch.flow_attributes = {};
  return scratch;
}

// From a run that ends.
Scratch TakeScratch(ContactState& contact) {
  if (contact.runs.empty() || contact.runs.back().frames.empty()) return {};
  Scratch scratch = std::move(contact.runs.back().frames.front().scratch);
  scratch.flow_attributes = {};
  return scratch;
}

void SayDirectly(ContactState& contact, Say say) {
  contact.now += say.duration;
  Emit(contact, std::move(say));
}

void Talk(ContactState& contact) {
  DropRuns(contact);
  contact.phase = Phase::kTalking;
  Emit(contact, Joined{.agent = contact.agent->user_name, .queue_name = contact.queue->name});
}

void BeginWhisper(ContactState& contact, FlowRole role);

void AfterWhisper(ContactState& contact, FlowRole role) {
  if (role == FlowRole::kAgentWhisper) return BeginWhisper(contact, FlowRole::kCustomerWhisper);
  Talk(contact);
}

// Nothing is set: on voice the agent hears the queue's name and the customer a beep; elsewhere
// nothing.
void WhisperByDefault(ContactState& contact, FlowRole role) {
  if (contact.call.channel != Channel::kVoice) return;
  if (role == FlowRole::kAgentWhisper) {
    const std::string& name = contact.queue->name;
    return SayDirectly(contact,
                       {.to = Party::kAgent, .text = name, .duration = SpeakingTime(name)});
  }
  SayDirectly(contact, {.to = Party::kCustomer, .prompt = "Beep", .duration = kBeepTime});
}

void BeginWhisper(ContactState& contact, FlowRole role) {
  const bool to_agent = role == FlowRole::kAgentWhisper;
  const std::string hook = to_agent ? "AgentWhisper" : "CustomerWhisper";
  if (contact.disabled_hooks.contains(hook)) return AfterWhisper(contact, role);
  const Defaults& defaults = contact.world->defaults;
  const std::string fallback = contact.call.channel != Channel::kVoice ? ""
                               : to_agent                              ? defaults.agent_whisper_flow
                                          : defaults.customer_whisper_flow;
  const FlowResource* flow = HookFlow(contact, hook, fallback);
  if (flow != nullptr) {
    return BeginRun(contact, *flow, role, to_agent ? Party::kAgent : Party::kCustomer,
                    Inherit(contact));
  }
  WhisperByDefault(contact, role);
  AfterWhisper(contact, role);
}

// In a queue without a flow.
void WaitInSilence(ContactState& contact) {
  FlowRun run{.serial = ++contact.last_serial, .role = FlowRole::kQueue, .began = contact.now};
  run.finished = true;
  run.said = true;
  contact.runs.push_back(std::move(run));
}

// The built-in customer queue: a message, then music until somebody comes.
void WaitByDefault(ContactState& contact) {
  WaitInSilence(contact);
  const std::string& message = contact.world->defaults.queue_message;
  SayDirectly(contact, {.text = message, .duration = SpeakingTime(message)});
  if (contact.call.channel == Channel::kVoice) Emit(contact, Say{.prompt = "Music", .loops = true});
}

// The contact leaves its flows and waits in `contact.queue`.
void Enqueue(ContactState& contact) {
  DropRuns(contact);
  contact.phase = Phase::kQueued;
  contact.offered_agent = nullptr;
  Emit(contact, Queued{.queue_id = contact.queue->id,
                       .queue_arn = contact.queue->arn,
                       .queue_name = contact.queue->name,
                       .priority = contact.queue_priority});
  OfferToAgents(contact);
}

// Event hook CustomerRemaining: a contact of its own, for whoever is still there.
bool BeginDisconnectFlow(ContactState& contact, Party hears) {
  const FlowResource* flow = HookFlow(contact, "CustomerRemaining", "");
  if (flow == nullptr) return false;
  DropRuns(contact);
  TakeNewId(contact);
  contact.initiation_method = "DISCONNECT";
  contact.phase = Phase::kInFlow;
  BeginRun(contact, *flow, FlowRole::kDisconnect, hears, {});
  return true;
}

bool ReadyForAgent(const FlowRun& run) {
  if (run.finished) return true;
  if (!run.pending) return false;
  return run.said || run.pending->request == 0;
}

}  // namespace

const FlowResource* HookFlow(ContactState& contact, const std::string& hook,
                             const std::string& fallback) {
  const auto set = contact.hooks.find(hook);
  const std::string& reference = set != contact.hooks.end() ? set->second : fallback;
  if (reference.empty()) return nullptr;
  const FlowResource* flow = contact.world->FindFlow(reference);
  const bool runs = flow != nullptr && flow->published && flow->document != nullptr;
  if (runs) return flow;
  Warn(contact, fmt::format("flow '{}' of event hook '{}' {}: the default runs", reference, hook,
                            flow == nullptr ? "does not exist" : "is not published"));
  return nullptr;
}

void DropRuns(ContactState& contact) {
  contact.runs.clear();
  contact.timers.clear();
}

void OfferToAgents(ContactState& contact) {
  Emit(contact, OfferAgent{.queue_id = contact.queue->id, .queue_name = contact.queue->name});
  if (AnsweringOf(contact).mode != Answering::Mode::kAfterDelay) return;
  StartTimer(contact, AnsweringOf(contact).delay, "an agent accepts", 0);
}

void TargetAgentQueue(ContactState& contact, const Agent& agent) {
  contact.target_agent = &agent;
  contact.agent_queue = OwnQueue(agent);
  contact.queue = contact.agent_queue.get();
}

const Agent* AgentFor(const ContactState& contact) {
  if (contact.offered_agent != nullptr && contact.now <= contact.offered_until)
    return contact.offered_agent;
  if (contact.agent_queue == nullptr || contact.queue != contact.agent_queue.get())
    return contact.world->AgentFor(*contact.queue);
  return contact.target_agent->available ? contact.target_agent : nullptr;
}

void PushFrame(ContactState& contact, FlowRun& run, const FlowResource& resource, FlowRole role,
               Scratch scratch) {
  run.frames.push_back(
      {.resource = &resource, .action = resource.document->start, .scratch = std::move(scratch)});
  Emit(contact,
       FlowBegan{.role = role, .type = resource.type, .id = resource.id, .hears = run.hears});
}

void BeginRun(ContactState& contact, const FlowResource& flow, FlowRole role, Party hears,
              Scratch scratch) {
  contact.runs.push_back(
      {.serial = ++contact.last_serial, .role = role, .hears = hears, .began = contact.now});
  PushFrame(contact, contact.runs.back(), flow, role, std::move(scratch));
}

void FinishRun(ContactState& contact) {
  FlowRun& run = contact.runs.back();
  switch (run.role) {
    case FlowRole::kQueue:
      run.finished = true;
      return;
    case FlowRole::kAgentWhisper:
    case FlowRole::kCustomerWhisper: {
      const FlowRole role = run.role;
      contact.runs.pop_back();
      return AfterWhisper(contact, role);
    }
    case FlowRole::kCustomerHold:
    case FlowRole::kAgentHold:
      run.finished = true;  // silence
      return;
    case FlowRole::kPause:
    case FlowRole::kResume:
      contact.runs.pop_back();
      return;
    default:
      return FlowHangsUp(contact, "the flow ended");
  }
}

void EnterQueue(ContactState& contact) {
  if (IsInTransferFlow(contact)) LeaveTransferFlow(contact);
  Scratch scratch = TakeScratch(contact);
  Enqueue(contact);
  const FlowResource* flow =
      HookFlow(contact, "CustomerQueue", contact.world->defaults.customer_queue_flow);
  if (flow == nullptr) return WaitByDefault(contact);
  BeginRun(contact, *flow, FlowRole::kQueue, Party::kCustomer, std::move(scratch));
}

void EnterAgent(ContactState& contact) {
  if (IsInTransferFlow(contact)) LeaveTransferFlow(contact);
  TargetAgentQueue(contact, *contact.target_agent);
  Enqueue(contact);
  WaitInSilence(contact);
}

bool AcceptIfReady(ContactState& contact) {
  if (contact.phase != Phase::kQueued || contact.runs.empty()) return false;
  if (contact.more->paused || contact.runs.back().role != FlowRole::kQueue) return false;
  if (AnsweringOf(contact).mode != Answering::Mode::kAfterFirstMessage) return false;
  const Agent* agent = AgentFor(contact);
  if (agent == nullptr || !ReadyForAgent(contact.runs.back())) return false;
  contact.now += contact.runs.back().first_loop;
  Accept(contact, *agent);
  return true;
}

void Accept(ContactState& contact, const Agent& agent) {
  // The queue flow stops here; should the agent drop out during the whisper, its current action
  // begins again.
  contact.runs.back().pending.reset();
  contact.timers.clear();
  contact.phase = Phase::kWhispering;
  contact.agent = &agent;
  contact.offered_agent = nullptr;
  Emit(contact, AgentConnecting{.agent = agent.user_name, .queue_name = contact.queue->name});
  BeginWhisper(contact, FlowRole::kAgentWhisper);
}

void FlowHangsUp(ContactState& contact, std::string why) {
  if (IsInTransferFlow(contact)) return ReturnToConversation(contact, why);
  const bool somebody = contact.runs.empty() || contact.runs.back().hears != Party::kNobody;
  DropRuns(contact);
  if (somebody) Emit(contact, Disconnected{.who = Party::kCustomer, .why = why});
  EndContact(contact, std::move(why));
}

void HandOver(ContactState& contact, const std::string& number) {
  DropRuns(contact);
  Emit(contact, Transferred{.number = number});
  EndContact(contact, fmt::format("the call was transferred to {}", number));
}

void CallerLeaves(ContactState& contact) {
  const std::string why = "the caller hung up";
  const bool was_there = contact.runs.empty() || contact.runs.back().hears != Party::kNobody;
  const bool in_disconnect_flow =
      !contact.runs.empty() && contact.runs.back().role == FlowRole::kDisconnect;
  if (!was_there) return;  // hung up before; the disconnect flow goes on
  Emit(contact, Disconnected{.who = Party::kCustomer, .why = why});
  const bool agent_is_there = contact.phase == Phase::kTalking ||
                              contact.phase == Phase::kWhispering || IsInTransferFlow(contact);
  if (agent_is_there) Emit(contact, Disconnected{.who = Party::kAgent, .why = why});
  if (!in_disconnect_flow && BeginDisconnectFlow(contact, Party::kNobody)) return;
  EndContact(contact, why);
}

void AgentLeaves(ContactState& contact) {
  if (contact.phase == Phase::kWhispering) {
    while (contact.runs.back().role != FlowRole::kQueue) contact.runs.pop_back();
    contact.timers.clear();
    Emit(contact, Disconnected{.who = Party::kAgent,
                               .why = "the agent dropped out before the contact was joined"});
    contact.agent = nullptr;
    contact.phase = Phase::kQueued;
    return OfferToAgents(contact);
  }
  if (contact.phase != Phase::kTalking && !IsInTransferFlow(contact)) return;
  DropRuns(contact);
  Emit(contact, Disconnected{.who = Party::kAgent, .why = "the agent hung up"});
  if (BeginDisconnectFlow(contact, Party::kCustomer)) return;
  FlowHangsUp(contact, "the agent hung up");
}

void EndContact(ContactState& contact, std::string why) {
  DropRuns(contact);
  contact.phase = Phase::kEnded;
  Emit(contact, Ended{.why = std::move(why)});
}

}  // namespace trunkline::sim
