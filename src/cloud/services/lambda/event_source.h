// Event source mappings: a queue whose messages a function is called with, in batches.
//
//   event-source  id = UUID         body: Shown (as the wire has it), Target (the next State),
//                                   Generation (of the pollers that may poll)
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::lambda {

inline constexpr Kind kEventSource{"lambda", "event-source"};

// A message of a queue, as a function sees it: {"messageId", "body", "attributes", ...}.
json::Object ToRecord(const json::Object& message, std::string_view queue_arn,
                      std::string_view region);
// {"Records": [...]}, as text.
std::string EventOf(const json::Array& messages, std::string_view queue_arn,
                    std::string_view region);

// Whether one of the mapping's filters fits, or it has none.
bool PassesFilters(const json::Object& mapping, const json::Object& record);

// The messages that are done with, of those that the function was called with: all of them, or, as
// ReportBatchItemFailures has it, those that it does not name. None, where it names what it was not
// given.
json::Array DoneWith(const json::Object& mapping, const json::Array& messages,
                     const std::string& answer);

}  // namespace trunkline::cloud::lambda
