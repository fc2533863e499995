// Whether a function's resource policy lets a service invoke it: events, topics and rotations ask
// before they do, as AWS does.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud {

// `service` is a principal ("events.amazonaws.com"), `source_arn` what it acts for (a rule): the
// keys aws:SourceArn and aws:SourceAccount of the policy's conditions.
bool MayInvoke(Context& context, std::string_view function_arn, std::string_view service,
               std::string_view source_arn);

}  // namespace trunkline::cloud
