// HMAC with SHA-1: only for GitHub's older webhook signature (X-Hub-Signature), which receivers
// written before 2020 still check.
#pragma once

#include <string>
#include <string_view>

namespace trunkline {

std::string HmacSha1(std::string_view key, std::string_view bytes);  // raw bytes

}  // namespace trunkline
