// Attributes of queues as they are shown: those that were set, defaults, and counts.
#pragma once

#include "cloud/services/sqs/queue.h"

namespace trunkline::cloud::sqs {

json::Object AllAttributes(Context& context, const Queue& queue);
// Empty: there is none of that name.
std::string ShownAttribute(Context& context, const Queue& queue, std::string_view name);
bool IsQueueAttribute(std::string_view name);
ServiceError UnknownAttribute(Context& context, std::string_view name);

}  // namespace trunkline::cloud::sqs
