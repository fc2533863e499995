// The longer members of the SHA-2 family; SHA-256 is in base/hash.h.
#pragma once

#include <string>
#include <string_view>

namespace trunkline {

// Raw bytes of the digest.
std::string Sha384(std::string_view bytes);
std::string Sha512(std::string_view bytes);

}  // namespace trunkline
