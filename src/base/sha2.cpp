#include "base/sha2.h"

#include <array>

#include <openssl/sha.h>

namespace trunkline {
namespace {

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string Sha384(std::string_view bytes) {
  std::array<unsigned char, SHA384_DIGEST_LENGTH> digest{};
  SHA384(Bytes(bytes), bytes.size(), digest.data());
  return {digest.begin(), digest.end()};
}

std::string Sha512(std::string_view bytes) {
  std::array<unsigned char, SHA512_DIGEST_LENGTH> digest{};
  SHA512(Bytes(bytes), bytes.size(), digest.data());
  return {digest.begin(), digest.end()};
}

}  // namespace trunkline
