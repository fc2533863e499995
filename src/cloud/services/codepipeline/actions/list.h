// The action types AWS owns: one row each, in actions/; add a line here, alphabetically. Listed but
// not written: the linker names what is missing.
#pragma once

#include "cloud/services/codepipeline/action_types.h"

// clang-format off: a line for each, so that additions merge
#define TL_CODEPIPELINE_ACTIONS(X) \
  X(Approval)                      \
  X(CloudFormation)                \
  X(CodeBuildBuild)                \
  X(CodeBuildTest)                 \
  X(Commands)                      \
  X(ConnectionSource)              \
  X(LambdaInvoke)                  \
  X(S3Deploy)                      \
  X(S3Source)                      \
  X(StepFunctions)
// clang-format on

namespace trunkline::cloud::codepipeline {

#define TL_DECLARE_ACTION(name) extern constinit const ActionKind k##name##Action;
TL_CODEPIPELINE_ACTIONS(TL_DECLARE_ACTION)
#undef TL_DECLARE_ACTION

}  // namespace trunkline::cloud::codepipeline
