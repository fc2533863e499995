// IP addresses and networks, as IpAddress conditions and event patterns compare them.
#pragma once

#include <string_view>

namespace trunkline::cloud::access {

// Whether an IPv4 or IPv6 address is in a network ("10.0.0.0/8"), or is the address given instead
// of one. False for what is neither.
bool IsInNetwork(std::string_view address, std::string_view network);

}  // namespace trunkline::cloud::access
