// Queues: what their operations share.
#pragma once

#include "cloud/context.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {

// OutboundCallerConfig with ids instead of ARNs. ResourceNotFoundException for a number or flow
// that the instance does not have, InvalidParameterException for a flow that is no outbound
// whisper.
Answer<json::Object> CheckOutboundCaller(Context& context, const Record& instance,
                                         const json::Object& config);

// A queue's quick connects, ids in order of their names. In the store: kind "queue-quick-connects",
// id the queue's.
inline constexpr Kind kQueueQuickConnects{"connect", "queue-quick-connects"};

// Adds and removes quick connects that exist; more than 700 on one queue are too many (AWS admin
// guide).
Answer<void> AddQuickConnects(Context& context, const Record& instance, std::string_view queue_id,
                              const json::Array& quick_connects);
Answer<void> RemoveQuickConnects(Context& context, const Record& instance,
                                 std::string_view queue_id, const json::Array& quick_connects);

}  // namespace trunkline::cloud::connect
