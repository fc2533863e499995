#include "functions/router_signature.h"

#include "base/hash.h"

namespace trunkline::functions::router {

std::string SignatureOf(std::string_view secret, std::string_view body) {
  return "sha256=" + ToHex(HmacSha256(secret, body));
}

bool IsSigned(std::string_view signature, std::string_view body,
              std::span<const std::string> secrets) {
  bool matches = false;
  for (const std::string& secret : secrets) {
    // All are asked, so that the time does not tell which one it was.
    const bool this_one = EqualsConstantTime(SignatureOf(secret, body), signature);
    matches = matches || (this_one && !secret.empty());
  }
  return matches;
}

}  // namespace trunkline::functions::router
