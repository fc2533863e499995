// The action types that are simulated, alphabetically; those of services that are not here stand in
// (sim/stand_in.h). A type has a file here, named after it:
// compare.cpp defines kRunCompare. Listed but not written: the linker says "undefined reference to
// trunkline::sim::kRun<Type>". Written but not listed: a test says so.
#pragma once

#include <span>
#include <string_view>

#include "flow/catalogue.h"
#include "sim/runner.h"

#define TL_SIM_ACTIONS(X)                       \
  X(CheckHoursOfOperation)                      \
  X(CheckMetricData)                            \
  X(Compare)                                    \
  X(CompleteOutboundCall)                       \
  X(ConnectParticipantWithLexBot)               \
  X(CreateCallbackContact)                      \
  X(CreateContact)                              \
  X(CreateTask)                                 \
  X(DequeueContactAndTransferToQueue)           \
  X(DisconnectParticipant)                      \
  X(DistributeByPercentage)                     \
  X(EndFlowExecution)                           \
  X(EndFlowModuleExecution)                     \
  X(GetMetricData)                              \
  X(GetParticipantInput)                        \
  X(InvokeFlowModule)                           \
  X(InvokeLambdaFunction)                       \
  X(Loop)                                       \
  X(MessageParticipant)                         \
  X(MessageParticipantIteratively)              \
  X(ResumeContact)                              \
  X(RouteContactToAgent)                        \
  X(StartOutboundChatContact)                   \
  X(TagContact)                                 \
  X(TransferContactToAgent)                     \
  X(TransferContactToQueue)                     \
  X(TransferParticipantToThirdParty)            \
  X(TransferToFlow)                             \
  X(UntagContact)                               \
  X(UpdateContactAttributes)                    \
  X(UpdateContactCallbackNumber)                \
  X(UpdateContactData)                          \
  X(UpdateContactEventHooks)                    \
  X(UpdateContactMediaProcessing)               \
  X(UpdateContactMediaStreamingBehavior)        \
  X(UpdateContactRecordingAndAnalyticsBehavior) \
  X(UpdateContactRecordingBehavior)             \
  X(UpdateContactRoutingBehavior)               \
  X(UpdateContactRoutingCriteria)               \
  X(UpdateContactTargetQueue)                   \
  X(UpdateContactTextToSpeechVoice)             \
  X(UpdateFlowAttributes)                       \
  X(UpdateFlowLoggingBehavior)                  \
  X(UpdatePreviousContactParticipantState)      \
  X(Wait)

namespace trunkline::sim {

#define TL_SIM_DECLARE(type) extern const Runner kRun##type;
TL_SIM_ACTIONS(TL_SIM_DECLARE)
#undef TL_SIM_DECLARE

struct ListedRunner {
  std::string_view type;
  const Runner* runner;
};

// Alphabetical.
std::span<const ListedRunner> AllRunners();
// nullptr when the type has no file here.
const Runner* FindRunner(std::string_view type);
// Of any kind of the catalogue, stand-ins too; nullptr of no kind.
const Runner* RunnerOf(const flow::ActionKind* kind);

}  // namespace trunkline::sim
