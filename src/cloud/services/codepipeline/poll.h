// Sources that are looked at again and again: S3 objects without an event.
#pragma once

#include "cloud/context.h"

namespace trunkline::cloud::codepipeline {

// Looks at the declaration's sources from now on, if one of them is to be polled. Polling of an
// older version ends by itself.
void SchedulePoll(Context& context, const json::Object& declaration);

}  // namespace trunkline::cloud::codepipeline
