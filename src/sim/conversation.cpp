#include "sim/conversation.h"

#include <algorithm>
#include <utility>

#include "sim/lifecycle.h"

namespace trunkline::sim {
namespace {

constexpr std::string_view kOnHold = "You are on hold.";  // the default agent hold flow's

// By id or ARN as flows name it, or by name as people do.
const Queue* QueueNamed(const World& world, const std::string& name) {
  if (const Queue* queue = world.FindQueue(name)) return queue;
  const auto found = std::ranges::find(world.queues, name, &Queue::name);
  return found == world.queues.end() ? nullptr : &*found;
}

const FlowResource* FlowNamed(const World& world, const std::string& name) {
  if (const FlowResource* flow = world.FindFlow(name)) return flow;
  const auto found = std::ranges::find(world.flows, name, &FlowResource::name);
  return found == world.flows.end() ? nullptr : &*found;
}

void HoldByDefault(ContactState& contact, Party who) {
  Say say{.to = who, .loops = true};
  (who == Party::kCustomer ? say.prompt : say.text) =
      who == Party::kCustomer ? std::string_view("Music") : kOnHold;
  Emit(contact, std::move(say));
}

// Where the quick connect leads; false, and a warning, when there is no such place.
bool Target(ContactState& contact, const AgentTransfers& transfer) {
  const World& world = *contact.world;
  if (!transfer.agent.empty()) {
    const Agent* agent = world.FindAgent(transfer.agent);
    if (agent == nullptr) Warn(contact, fmt::format("agent '{}' does not exist", transfer.agent));
    if (agent != nullptr) TargetAgentQueue(contact, *agent);
    return agent != nullptr;
  }
  const Queue* queue = QueueNamed(world, transfer.queue);
  if (queue == nullptr)
    Warn(contact, fmt::format("queue '{}' does not exist", transfer.queue));
  else
    contact.queue = queue;
  return queue != nullptr;
}

void TransferToNumber(ContactState& contact, const std::string& number) {
  Emit(contact,
       Disconnected{.who = Party::kAgent, .why = fmt::format("the call goes to {}", number)});
  HandOver(contact, number);
}

// A flow at a pause or its end runs for nobody; what ran before goes on behind it.
void BeginPauseFlow(ContactState& contact, const std::string& hook, FlowRole role) {
  const FlowResource* flow = HookFlow(contact, hook, "");
  if (flow == nullptr) return;
  if (!contact.runs.empty()) contact.runs.back().pending.reset();
  contact.timers.clear();
  BeginRun(contact, *flow, role, Party::kNobody, {});
}

}  // namespace

void Hold(ContactState& contact, Party who) {
  if (contact.phase != Phase::kTalking || contact.call.channel != Channel::kVoice)
    return Warn(contact, "nobody can be put on hold: there is no conversation on a call");
  if (!contact.runs.empty()) TakeOffHold(contact);
  const bool customer = who == Party::kCustomer;
  Emit(contact, HoldChanged{.who = who, .held = true});
  const FlowResource* flow = HookFlow(contact, customer ? "CustomerHold" : "AgentHold", "");
  if (flow == nullptr) return HoldByDefault(contact, who);
  BeginRun(contact, *flow, customer ? FlowRole::kCustomerHold : FlowRole::kAgentHold, who, {});
}

void TakeOffHold(ContactState& contact) {
  if (contact.phase != Phase::kTalking) return Warn(contact, "nobody is on hold");
  const bool agent = !contact.runs.empty() && contact.runs.back().role == FlowRole::kAgentHold;
  DropRuns(contact);
  Emit(contact, HoldChanged{.who = agent ? Party::kAgent : Party::kCustomer, .held = false});
}

void TransferByAgent(ContactState& contact, const AgentTransfers& transfer) {
  if (contact.phase != Phase::kTalking)
    return Warn(contact, "no agent can transfer the contact: nobody talks with the customer");
  DropRuns(contact);
  if (!transfer.number.empty()) return TransferToNumber(contact, transfer.number);
  const FlowResource* flow =
      transfer.flow.empty() ? nullptr : FlowNamed(*contact.world, transfer.flow);
  if (flow == nullptr && !transfer.flow.empty())
    return Warn(contact, fmt::format("flow '{}' does not exist", transfer.flow));
  if (!Target(contact, transfer)) return;
  TakeNewId(contact);
  contact.initiation_method = "TRANSFER";
  contact.phase = Phase::kInFlow;
  Emit(contact, HoldChanged{.who = Party::kCustomer, .held = true});
  const bool to_agent = !transfer.agent.empty();
  if (flow != nullptr)
    return BeginRun(contact, *flow, to_agent ? FlowRole::kAgentTransfer : FlowRole::kQueueTransfer,
                    Party::kAgent, {});
  LeaveTransferFlow(contact);
  return to_agent ? EnterAgent(contact) : EnterQueue(contact);
}

bool IsInTransferFlow(const ContactState& contact) {
  if (contact.runs.empty()) return false;
  const FlowRole role = contact.runs.back().role;
  return role == FlowRole::kAgentTransfer || role == FlowRole::kQueueTransfer;
}

void LeaveTransferFlow(ContactState& contact) {
  Emit(contact, Disconnected{.who = Party::kAgent, .why = "the agent transferred the contact"});
  Emit(contact, HoldChanged{.who = Party::kCustomer, .held = false});
  contact.agent = nullptr;
}

void ReturnToConversation(ContactState& contact, std::string_view why) {
  DropRuns(contact);
  contact.phase = Phase::kTalking;
  Emit(contact, HoldChanged{.who = Party::kCustomer, .held = false});
  Warn(contact, fmt::format("the transfer came to nothing: {}", why));
}

void PauseTask(ContactState& contact) {
  const bool offered = contact.phase == Phase::kQueued || contact.phase == Phase::kTalking;
  if (contact.call.channel != Channel::kTask || !offered || contact.more->paused)
    return Warn(contact, "only a task in a queue or with an agent can be paused");
  contact.more.Edit().paused = true;
  Emit(contact, PauseChanged{.paused = true});
  BeginPauseFlow(contact, "PauseContact", FlowRole::kPause);
}

void ResumeTask(ContactState& contact) {
  if (!contact.more->paused) return Warn(contact, "the task is not paused");
  contact.more.Edit().paused = false;
  Emit(contact, PauseChanged{.paused = false});
  BeginPauseFlow(contact, "ResumeContact", FlowRole::kResume);
  if (contact.phase == Phase::kQueued) OfferToAgents(contact);
}

}  // namespace trunkline::sim
