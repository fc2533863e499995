// Blocks of addresses, "10.0.0.0/8" and "2001:db8::/32".
#pragma once

#include <string_view>

namespace trunkline::cloud {

bool IsCidr(std::string_view text);
// False where one of the two cannot be read, or they are of different families.
bool IsWithinCidr(std::string_view address, std::string_view cidr);

}  // namespace trunkline::cloud
