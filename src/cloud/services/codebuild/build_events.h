// What CodeBuild tells EventBridge: "CodeBuild Build State Change" and "CodeBuild Build Phase
// Change".
#pragma once

#include "cloud/context.h"

namespace trunkline::cloud::codebuild {

// `before` is empty for a build that was just started. An event that cannot be put does not hold
// the build up.
void TellOfChange(Context& context, const json::Object& before, const json::Object& after);

}  // namespace trunkline::cloud::codebuild
