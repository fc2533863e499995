// Gzip files (RFC 1952) in memory.
#pragma once

#include <string>
#include <string_view>

namespace trunkline {

// Without a name and a time: the same bytes for the same text.
std::string Gzip(std::string_view bytes);

}  // namespace trunkline
