// The words for enumerators, in one place.
#include "sim/contact.h"
#include "sim/effect.h"

namespace trunkline::sim {

std::string_view ToText(Party party) {
  switch (party) {
    case Party::kNobody:
      return "nobody";
    case Party::kCustomer:
      return "customer";
    case Party::kAgent:
      return "agent";
    case Party::kThirdParty:
      return "third party";
  }
  return "";
}

std::string_view ToText(FlowRole role) {
  switch (role) {
    case FlowRole::kInbound:
      return "inbound";
    case FlowRole::kTransfer:
      return "transfer";
    case FlowRole::kModule:
      return "module";
    case FlowRole::kQueue:
      return "customer queue";
    case FlowRole::kAgentWhisper:
      return "agent whisper";
    case FlowRole::kCustomerWhisper:
      return "customer whisper";
    case FlowRole::kDisconnect:
      return "disconnect";
    case FlowRole::kCustomerHold:
      return "customer hold";
    case FlowRole::kAgentHold:
      return "agent hold";
    case FlowRole::kAgentTransfer:
      return "transfer to agent";
    case FlowRole::kQueueTransfer:
      return "transfer to queue";
    case FlowRole::kPause:
      return "pause";
    case FlowRole::kResume:
      return "resume";
  }
  return "";
}

std::string_view ToText(Channel channel) {
  switch (channel) {
    case Channel::kVoice:
      return "VOICE";
    case Channel::kChat:
      return "CHAT";
    case Channel::kTask:
      return "TASK";
  }
  return "";
}

std::string_view ToText(Phase phase) {
  switch (phase) {
    case Phase::kNew:
      return "new";
    case Phase::kInFlow:
      return "in a flow";
    case Phase::kQueued:
      return "queued";
    case Phase::kWhispering:
      return "being connected";
    case Phase::kTalking:
      return "talking";
    case Phase::kThirdParty:
      return "with a third party";
    case Phase::kEnded:
      return "ended";
  }
  return "";
}

}  // namespace trunkline::sim
