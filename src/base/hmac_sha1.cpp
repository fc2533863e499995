#include "base/hmac_sha1.h"

#include <array>
#include <stdexcept>

#include <openssl/evp.h>

namespace trunkline {

std::string HmacSha1(std::string_view key, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  std::size_t size = 0;
  // An empty key is a key too; OpenSSL takes a null pointer for none.
  const char* secret = key.empty() ? "" : key.data();
  if (EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA1", nullptr, secret, key.size(),
                reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), mac.data(),
                mac.size(), &size) == nullptr) {
    throw std::runtime_error("OpenSSL refused an HMAC");
  }
  return {reinterpret_cast<const char*>(mac.data()), size};
}

}  // namespace trunkline
