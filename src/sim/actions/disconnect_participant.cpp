// Disconnect / hang up. The service refuses it in whisper flows.
#include "sim/actions/list.h"

namespace trunkline::sim {
namespace {

Outcome RunDisconnectParticipant(Turn& turn) {
  const FlowRole role = turn.run.role;
  if (role == FlowRole::kAgentWhisper || role == FlowRole::kCustomerWhisper) {
    turn.Warn("whisper flows cannot disconnect: action '{}' ends the whisper", turn.action.id);
    return EndsFlow{};
  }
  if (role == FlowRole::kAgentHold || role == FlowRole::kCustomerHold) {
    turn.Warn("hold flows cannot disconnect: action '{}' ends the hold flow", turn.action.id);
    return EndsFlow{};
  }
  // Nobody is there to disconnect: the flow ends, and the task stays.
  if (role == FlowRole::kPause || role == FlowRole::kResume) return EndsFlow{};
  return HangsUp{"the flow hung up"};
}

}  // namespace

constinit const Runner kRunDisconnectParticipant{.run = RunDisconnectParticipant};

}  // namespace trunkline::sim
