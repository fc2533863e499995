// Event patterns, as EventBridge rules and SNS filter policies write them.
//
//   {"source": ["aws.codepipeline"], "detail": {"state": ["FAILED", {"prefix": "STOP"}]}}
//
// Known: exact values, prefix, suffix (both also with equals-ignore-case), anything-but (values,
// prefix, suffix, wildcard, equals-ignore-case), numeric, exists, cidr, wildcard,
// equals-ignore-case, and $or. An event's list fits when one of its elements does.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace trunkline::cloud {

// What is wrong with a pattern; nothing: it is fine.
std::optional<std::string> FindPatternProblem(const json::Object& pattern);
// Reads and checks one. An empty optional comes with `problem`.
std::optional<json::Object> ReadPattern(std::string_view text, std::string& problem);

// The pattern must be one without a problem.
bool MatchesPattern(const json::Object& pattern, const json::Object& event);

}  // namespace trunkline::cloud
