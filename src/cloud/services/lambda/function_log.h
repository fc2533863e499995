// What a function wrote, to its log group as Lambda has it: START, the lines, END, REPORT.
#pragma once

#include <string>

#include "cloud/services/lambda/sandbox.h"
#include "cloud/wait.h"

namespace trunkline::cloud::lambda {

struct LogPlace {
  std::string group;
  std::string stream;
  std::string role_arn;  // the function's
};

// The whole text of one invocation's log.
std::string LogText(const Outcome& outcome, const std::string& request_id,
                    const std::string& version, std::int64_t memory_mb);

// Where a function's log goes: the group it was given, or the one of its name.
std::string LogGroupOf(const json::Object& configuration);

// Writes it as the account; with --enforce-iam as the function's role, which must allow it, as on
// AWS. What goes wrong is a line in the cloud's own log, not the invocation's error.
void WriteLog(const WaitContext& context, const LogPlace& place, const std::string& text);

}  // namespace trunkline::cloud::lambda
