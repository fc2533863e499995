// RSA signatures of JSON Web Tokens, checked by OpenSSL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace trunkline::cloud::execute_api {

struct RsaKey {
  std::string modulus;  // big-endian
  std::string exponent;
};
// RSASSA-PKCS1-v1_5 with "RS256", "RS384" or "RS512"; any other algorithm verifies nothing.
bool VerifyRsa(const RsaKey& key, std::string_view algorithm, std::string_view text,
               std::string_view signature);

// Without padding, as tokens have it.
std::optional<std::string> FromBase64Url(std::string_view text);

}  // namespace trunkline::cloud::execute_api
