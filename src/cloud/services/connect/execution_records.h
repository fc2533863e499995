// The records of test case executions, in the store and as the service shows them.
#pragma once

#include <string_view>

#include "cloud/context.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {

// The parent is the instance's id, the name the time it was started. Its body: TestCaseExecution's
// members, TestCaseName, ObservationSummary and Records.
inline constexpr Kind kTestExecution{"connect", "test-execution"};

void PutExecution(Context& context, const Record& instance, const Record& test,
                  std::string_view id);
// Keeps its end, unless it has ended before.
void EndExecution(Context& context, std::string_view id, std::string_view status, TimePoint end,
                  json::Object summary, json::Array records);
// The body as it is seen. One that nobody runs any more and that has no end ended with its cloud.
json::Object SeenExecution(const Record& record, bool in_hand);
void DropOldestExecution(Context& context, std::string_view instance_id, std::size_t most);

}  // namespace trunkline::cloud::connect
