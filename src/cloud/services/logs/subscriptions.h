// Subscription filters: events that fit go on to a function, after they were kept.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::logs {

// A job for each subscription filter of the group, which looks at the events of that batch.
void SendToSubscriptions(Context& context, std::string_view group, std::string_view stream,
                         std::string_view batch);

// Whether the function's policy lets CloudWatch Logs invoke it for the group.
bool MayInvokeFor(Context& context, std::string_view function_arn, std::string_view group);

}  // namespace trunkline::cloud::logs
