// The commands. Add a line and write src/cli/<name>.cpp: the linker says which is missing.
#pragma once

#include "cli/command.h"

// clang-format off
#define TL_COMMANDS(X) \
  X(Demo)              \
  X(Init)              \
  X(Plan)              \
  X(Apply)             \
  X(Drift)             \
  X(Destroy)           \
  X(Up)                \
  X(Call)              \
  X(Test)              \
  X(Explore)           \
  X(FlowLint)          \
  X(FlowFmt)           \
  X(FlowConvert)       \
  X(FlowRefs)          \
  X(FlowDiff)          \
  X(FlowOutline)       \
  X(FlowExplain)       \
  X(FlowRender)        \
  X(Export)            \
  X(Synth)             \
  X(Bootstrap)         \
  X(PipelinesDeploy)   \
  X(PipelinesList)     \
  X(PipelinesStatus)   \
  X(PipelinesStart)    \
  X(PipelinesStop)     \
  X(PipelinesRetry)    \
  X(PipelinesApprove)  \
  X(PipelinesReject)   \
  X(PipelinesLogs)     \
  X(PipelinesWait)     \
  X(TemplatesDeploy)   \
  X(PhoneSearch)       \
  X(PhoneClaim)        \
  X(PhoneAttach)       \
  X(PhoneRelease)      \
  X(PhoneList)         \
  X(Aws)               \
  X(WebhookCreate)     \
  X(WebhookReconcile)  \
  X(WebhookReplay)     \
  X(WebhookSecret)     \
  X(WebhookSign)       \
  X(Completion)        \
  X(Man)               \
  X(Version)
// clang-format on

namespace trunkline::cli {

#define TL_DECLARE_COMMAND(name) extern const Command k##name##Command;
TL_COMMANDS(TL_DECLARE_COMMAND)
#undef TL_DECLARE_COMMAND

}  // namespace trunkline::cli
