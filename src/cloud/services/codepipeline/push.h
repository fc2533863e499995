// A push to a repository starts the pipelines whose source it is.
#pragma once

#include "cloud/context.h"
#include "cloud/git/push_event.h"

namespace trunkline::cloud::codepipeline {

// Of all accounts and Regions. A pipeline that cannot start (too many executions, a variable
// without value) is passed over. The executions take the commit that was pushed, whatever the
// branch means when they run.
Answer<void> OnPush(Context& context, const git::PushEvent& event);

}  // namespace trunkline::cloud::codepipeline
