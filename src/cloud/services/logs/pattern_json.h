// The JSON form of filter patterns: reading a test and asking it of a message.
#pragma once

#include <string_view>

#include "base/result.h"
#include "cloud/services/logs/pattern.h"

namespace trunkline::cloud::logs {

Result<JsonTest> ReadJsonTest(std::string_view text);  // with its braces
// False for a message that is not JSON.
bool MatchesJson(const JsonTest& test, std::string_view message);

}  // namespace trunkline::cloud::logs
