// One-time codes of virtual MFA devices (RFC 6238: HMAC-SHA1, 30 seconds, six digits).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace trunkline::cloud::iam {

std::string ToBase32(std::string_view bytes);  // RFC 4648, capitals, without padding

// The code of a step: seconds since 1970 by thirty.
std::string OneTimeCode(std::string_view seed, std::uint64_t step);

// Whether these are two codes in a row, about now: a device's clock may be five minutes off.
bool AreCodesInARow(std::string_view seed, std::int64_t seconds, std::string_view first,
                    std::string_view second);

}  // namespace trunkline::cloud::iam
