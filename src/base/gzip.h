// Bodies compressed with gzip (RFC 1952).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace trunkline {

// kInvalid: not gzip, damaged, cut short, or more than `limit` bytes unpacked.
Result<std::string> Gunzip(std::string_view bytes, std::uint64_t limit);

}  // namespace trunkline
