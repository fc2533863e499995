// Event patterns, as EventBridge rules and SNS filter policies write them.
//
//   {"source": ["aws.codepipeline"], "detail": {"state": ["FAILED", {"prefix": "STOP"}]}}
//
// Known: exact values, prefix, suffix (both also with equals-ignore-case), anything-but (values,
// prefix, suffix, wildcard, equals-ignore-case), numeric, exists, cidr, wildcard,
// equals-ignore-case, and $or. An event's list fits when one of its elements does, lists within
// lists too; "a.b" is the same as b within a, in patterns and events.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace trunkline::cloud {

// Whose words: topics' filter policies know less of anything-but, and say some things otherwise
// (seen in recordings of both services).
enum class PatternDialect { kRules, kFilterPolicies };

// Reads and checks one. An empty optional comes with `problem`, in the service's own words.
std::optional<json::Object> ReadPattern(std::string_view text, std::string& problem,
                                        PatternDialect dialect = PatternDialect::kRules);

// The pattern must be one without a problem.
bool MatchesPattern(const json::Object& pattern, const json::Object& event);

}  // namespace trunkline::cloud
