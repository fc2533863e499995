#include "base/seal.h"

#include <memory>
#include <stdexcept>

#include <openssl/evp.h>

namespace trunkline {
namespace {

constexpr int kNonceLength = 12;
constexpr int kTagLength = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

Cipher NewCipher() {
  return {EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free};
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

void Require(bool ok) {
  if (!ok) throw std::logic_error("AES-256-GCM is not usable: wrong key length or broken OpenSSL");
}

}  // namespace

std::string NewSealKey(Random& random) {
  std::string key(kSealKeyLength, '\0');
  random.Fill({Bytes(key), key.size()});
  return key;
}

std::string Seal(Random& random, std::string_view key, std::string_view plain,
                 std::string_view bound_to) {
  Require(key.size() == kSealKeyLength);
  std::string nonce(kNonceLength, '\0');
  random.Fill({Bytes(nonce), nonce.size()});
  const Cipher cipher = NewCipher();
  int length = 0;
  std::string text(plain.size(), '\0');
  std::string tag(kTagLength, '\0');
  EVP_CIPHER_CTX* context = cipher.get();

  Require(EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nullptr, Bytes(key), Bytes(nonce)) == 1);
  Require(EVP_EncryptUpdate(context, nullptr, &length, Bytes(bound_to),
                            static_cast<int>(bound_to.size())) == 1);
  Require(EVP_EncryptUpdate(context, Bytes(text), &length, Bytes(plain),
                            static_cast<int>(plain.size())) == 1);
  Require(EVP_EncryptFinal_ex(context, nullptr, &length) == 1);
  Require(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, kTagLength, Bytes(tag)) == 1);
  return nonce + text + tag;
}

std::optional<std::string> Unseal(std::string_view key, std::string_view sealed,
                                  std::string_view bound_to) {
  Require(key.size() == kSealKeyLength);
  if (sealed.size() < kNonceLength + kTagLength) return std::nullopt;
  const std::string_view nonce = sealed.substr(0, kNonceLength);
  const std::string_view text =
      sealed.substr(kNonceLength, sealed.size() - kNonceLength - kTagLength);
  std::string tag(sealed.substr(sealed.size() - kTagLength));
  const Cipher cipher = NewCipher();
  int length = 0;
  std::string plain(text.size(), '\0');
  EVP_CIPHER_CTX* context = cipher.get();

  Require(EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nullptr, Bytes(key), Bytes(nonce)) == 1);
  Require(EVP_DecryptUpdate(context, nullptr, &length, Bytes(bound_to),
                            static_cast<int>(bound_to.size())) == 1);
  Require(EVP_DecryptUpdate(context, Bytes(plain), &length, Bytes(text),
                            static_cast<int>(text.size())) == 1);
  Require(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, kTagLength, Bytes(tag)) == 1);
  if (EVP_DecryptFinal_ex(context, nullptr, &length) != 1) return std::nullopt;
  return plain;
}

}  // namespace trunkline
