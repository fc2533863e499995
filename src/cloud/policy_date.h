// Dates in the conditions of policies.
#pragma once

#include <string_view>

namespace trunkline::cloud {

// Whether IAM reads it as a date: a year with perhaps month, day, time and zone as ISO 8601 writes
// them, each part as short as one likes, or seconds since 1970.
bool IsPolicyDate(std::string_view text);

}  // namespace trunkline::cloud
