// Event source mappings: a queue or a table's stream, whose messages or changes a function is
// called with, in batches.
//
//   event-source  id = UUID         body: Shown (as the wire has it), Target (the next State),
//                                   Generation (of the pollers that may poll); of a stream also
//                                   After (the last record done with), Attempts, Most
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/context.h"
#include "cloud/wait.h"

namespace trunkline::cloud::lambda {

inline constexpr Kind kEventSource{"lambda", "event-source"};

// ---- mappings of any kind

Answer<Record> FindMapping(Context& context, const json::Object& input);
// In `state` for a moment, then in `target`; what polled so far ends. The answer is what is shown.
json::Object MoveMapping(Context& context, Record record, std::string_view state,
                         std::string_view target);
// The mapping of the same source and function; null: there is none.
const Record* FindTwin(Context& context, std::string_view source, std::string_view function);
// What an update makes of it: Enabled or Disabled.
json::Object UpdateMapping(Context& context, Record record, const json::Object& input);
// Nothing: the mapping was changed, and a poller of that generation is to end.
std::optional<json::Object> FindCurrent(const WaitContext& context, const json::Object& payload);
// What polled last ended with.
void NoteResult(const WaitContext& context, const json::Object& payload, const std::string& result);

// ---- of streams

bool IsStream(std::string_view source_arn);
Answer<> CreateStreamMapping(Context& context, const json::Object& input);
Answer<> UpdateStreamMapping(Context& context, Record record, const json::Object& input);

// ---- of queues

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
