// Phone numbers as callers type them, made E.164 (ITU-T E.164: at most 15 digits behind the '+').
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace trunkline::sim {

// "0412345678" in "AU" -> "+61412345678": the country's calling code in front, its trunk prefix
// dropped. The error names a country whose code is not in our table, or a number that cannot be
// one.
Result<std::string> FromLocal(std::string_view digits, std::string_view country);
// "15550100" or "+15550100" -> "+15550100".
Result<std::string> FromE164(std::string_view typed);
bool IsE164(std::string_view number);

}  // namespace trunkline::sim
