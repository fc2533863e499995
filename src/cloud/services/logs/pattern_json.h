// The JSON form of filter patterns: reading a test and asking it of a message.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "cloud/services/logs/pattern_text.h"

namespace trunkline::cloud::logs {

// A pattern for JSON: a tree of comparisons.
struct JsonTest {
  enum class Kind { kAnd, kOr, kCompare, kIs };
  Kind kind = Kind::kCompare;
  std::vector<JsonTest> parts;    // of kAnd and kOr
  std::vector<std::string> path;  // "$.a.b[0]" is {"a", "b", "[0]"}
  Comparison comparison;
  std::string is;  // of kIs: "IS NULL", "IS TRUE", "IS FALSE", "NOT EXISTS", "EXISTS"
};

Result<JsonTest> ReadJsonTest(std::string_view text);  // with its braces
// False for a message that is not JSON.
bool MatchesJson(const JsonTest& test, std::string_view message);
// The values of the test's selectors.
json::Object ExtractJson(const JsonTest& test, std::string_view message);

}  // namespace trunkline::cloud::logs
