// The kinds of jobs of the embedded cloud: define a `constinit const JobKind k<Name>Job` beside the
// handlers that schedule it, and add a line here, alphabetically. Listed but not written: the
// linker names what is missing.
#pragma once

#include <span>

#include "cloud/jobs.h"

// clang-format off: a line for each, so that additions merge
#define TL_CLOUD_JOBS(X)  \
  X(ActivateInstance)     \
  X(AnnouncePush)         \
  X(BuildBotLocale)       \
  X(CallScheduled)        \
  X(ClaimPhoneNumber)     \
  X(ContinuePipelineWork) \
  X(DeleteKmsKey)         \
  X(DeleteSecret)         \
  X(DeliverEvent)         \
  X(DeliverLogEvents)     \
  X(DeliverNotification)  \
  X(DeliverWebhook)       \
  X(DetectDrift)          \
  X(EvaluateAlarm)        \
  X(ExpireItems)          \
  X(ExpireSession)        \
  X(InvokeEvent)          \
  X(InvokeForAlarm)       \
  X(MoveMessages)         \
  X(NotifyOfObject)       \
  X(NotifyOfStack)        \
  X(PollQueue)            \
  X(PollSources)          \
  X(PollStream)           \
  X(PutPipelineEvents)    \
  X(ReplayEvents)         \
  X(ReplicateInstance)    \
  X(RotateKmsKey)         \
  X(RotateSecret)         \
  X(RunAction)            \
  X(RunBuild)             \
  X(RunBuildBatch)        \
  X(RunExecution)         \
  X(RunLogQuery)          \
  X(RunRule)              \
  X(RunSchedule)          \
  X(RunScheduledRule)     \
  X(RunSecretRotation)    \
  X(RunStackOperation)    \
  X(RunStackSet)          \
  X(SettleBot)            \
  X(SettleConnections)    \
  X(SettleEventSource)    \
  X(SettleFunction)       \
  X(SettleTable)          \
  X(SettleTrafficGroup)   \
  X(StopTask)             \
  X(TimeOutAction)        \
  X(TimeOutStack)         \
  X(WakeExecution)
// clang-format on

namespace trunkline::cloud {

#define TL_DECLARE_JOB(name) extern constinit const JobKind k##name##Job;
TL_CLOUD_JOBS(TL_DECLARE_JOB)
#undef TL_DECLARE_JOB

// All of the list, in its order.
std::span<const JobKind* const> AllJobKinds();

}  // namespace trunkline::cloud
