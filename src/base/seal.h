// Sealing: AES-256-GCM over OpenSSL, for secrets that are kept in a store.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"

namespace trunkline {

inline constexpr std::size_t kSealKeyLength = 32;

std::string NewSealKey(Random& random);  // raw bytes

// Nonce, cipher text and tag in one piece of raw bytes. `bound_to` is not hidden but must be the
// same when opening: a sealed text moved to another name does not open. The key must have
// kSealKeyLength bytes: anything else is a bug.
std::string Seal(Random& random, std::string_view key, std::string_view plain,
                 std::string_view bound_to);

// Nothing when the bytes, the key or `bound_to` are not those of Seal.
std::optional<std::string> Unseal(std::string_view key, std::string_view sealed,
                                  std::string_view bound_to);

}  // namespace trunkline
