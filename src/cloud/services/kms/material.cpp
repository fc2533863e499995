#include "cloud/services/kms/material.h"

#include <array>
#include <memory>

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace trunkline::cloud::kms {
namespace {

template <class T, void (*Free)(T*)>
struct Deleter {
  void operator()(T* thing) const { Free(thing); }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY, EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX, EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX, EVP_MD_CTX_free>>;
using DigestKind = std::unique_ptr<EVP_MD, Deleter<EVP_MD, EVP_MD_free>>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

Error Refused(std::string_view what) {
  return Error(ErrorKind::kInvalid, "OpenSSL refused {}", what);
}

DigestKind Fetch(std::string_view algorithm) {
  return DigestKind(EVP_MD_fetch(nullptr, std::string(DigestOf(algorithm)).c_str(), nullptr));
}

Key ReadPrivate(std::string_view der) {
  const unsigned char* at = Bytes(der);
  return Key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size())));
}

Key Generate(const KeySpec& spec) {
  if (spec.IsRsa()) return Key(EVP_RSA_gen(static_cast<unsigned>(spec.bits)));
  if (spec.IsEdwards()) return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  return Key(EVP_EC_gen(std::string(spec.group).c_str()));
}

std::string ToPkcs8(EVP_PKEY* key) {
  std::unique_ptr<PKCS8_PRIV_KEY_INFO, Deleter<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>> info(
      EVP_PKEY2PKCS8(key));
  const int size = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr) : 0;
  if (size <= 0) return {};
  std::string der(static_cast<std::size_t>(size), '\0');
  unsigned char* at = Bytes(der);
  i2d_PKCS8_PRIV_KEY_INFO(info.get(), &at);
  return der;
}

bool IsPss(std::string_view algorithm) {
  return algorithm.starts_with("RSASSA_PSS");
}

// AWS's PSS salt is as long as the digest.
bool SetPadding(EVP_PKEY_CTX* context, std::string_view algorithm) {
  if (!algorithm.starts_with("RSASSA_")) return true;
  const int padding = IsPss(algorithm) ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
  if (EVP_PKEY_CTX_set_rsa_padding(context, padding) != 1) return false;
  return !IsPss(algorithm) ||
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

std::string DigestBytes(std::string_view algorithm, std::string_view message) {
  const DigestKind kind = Fetch(algorithm);
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  if (EVP_Digest(message.data(), message.size(), Bytes(digest), &size, kind.get(), nullptr) != 1)
    return {};
  digest.resize(size);
  return digest;
}

// A context that signs or verifies a digest.
KeyContext DigestSigner(EVP_PKEY* key, std::string_view algorithm, bool verify) {
  KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
  const DigestKind kind = Fetch(algorithm);
  const bool started = context && (verify ? EVP_PKEY_verify_init(context.get())
                                          : EVP_PKEY_sign_init(context.get())) == 1;
  if (!started || !SetPadding(context.get(), algorithm) ||
      EVP_PKEY_CTX_set_signature_md(context.get(), kind.get()) != 1) {
    return nullptr;
  }
  return context;
}

Result<std::string> SignEdwards(EVP_PKEY* key, std::string_view message) {
  const DigestContext context(EVP_MD_CTX_new());
  std::string signature(64, '\0');
  std::size_t size = signature.size();
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), Bytes(signature), &size, Bytes(message), message.size()) != 1) {
    return Refused("to sign");
  }
  return signature;
}

bool VerifyEdwards(EVP_PKEY* key, std::string_view message, std::string_view signature) {
  const DigestContext context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(signature), signature.size(), Bytes(message),
                          message.size()) == 1;
}

KeyContext OaepContext(EVP_PKEY* key, std::string_view algorithm, bool encrypt) {
  KeyContext context(EVP_PKEY_CTX_new(key, nullptr));
  const DigestKind kind = Fetch(algorithm);
  const bool started = context && (encrypt ? EVP_PKEY_encrypt_init(context.get())
                                           : EVP_PKEY_decrypt_init(context.get())) == 1;
  if (!started || EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_OAEP_PADDING) != 1 ||
      EVP_PKEY_CTX_set_rsa_oaep_md(context.get(), kind.get()) != 1) {
    return nullptr;
  }
  return context;
}

}  // namespace

Result<std::string> NewMaterial(Random& random, const KeySpec& spec) {
  if (spec.IsSymmetric() || spec.IsMac()) {
    std::string bytes(static_cast<std::size_t>(spec.bits) / 8, '\0');
    random.Fill({Bytes(bytes), bytes.size()});
    return bytes;
  }
  const Key key = Generate(spec);
  std::string der = key ? ToPkcs8(key.get()) : std::string();
  if (der.empty()) return Refused("to make a key");
  return der;
}

Result<std::string> PublicKeyOf(std::string_view private_key) {
  const Key key = ReadPrivate(private_key);
  const int size = key ? i2d_PUBKEY(key.get(), nullptr) : 0;
  if (size <= 0) return Refused("to read a key");
  std::string der(static_cast<std::size_t>(size), '\0');
  unsigned char* at = Bytes(der);
  i2d_PUBKEY(key.get(), &at);
  return der;
}

Result<std::string> SignBytes(std::string_view private_key, std::string_view algorithm,
                              std::string_view message, bool digest_given) {
  const Key key = ReadPrivate(private_key);
  if (!key) return Refused("to read a key");
  if (algorithm.starts_with("ED25519")) return SignEdwards(key.get(), message);
  const std::string digest = digest_given ? std::string(message) : DigestBytes(algorithm, message);
  const KeyContext context = DigestSigner(key.get(), algorithm, false);
  std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key.get()));
  std::string signature(size, '\0');
  if (!context ||
      EVP_PKEY_sign(context.get(), Bytes(signature), &size, Bytes(digest), digest.size()) != 1) {
    return Refused("to sign");
  }
  signature.resize(size);
  return signature;
}

bool VerifyBytes(std::string_view private_key, std::string_view algorithm, std::string_view message,
                 bool digest_given, std::string_view signature) {
  const Key key = ReadPrivate(private_key);
  if (!key) return false;
  if (algorithm.starts_with("ED25519")) return VerifyEdwards(key.get(), message, signature);
  const std::string digest = digest_given ? std::string(message) : DigestBytes(algorithm, message);
  const KeyContext context = DigestSigner(key.get(), algorithm, true);
  return context && EVP_PKEY_verify(context.get(), Bytes(signature), signature.size(),
                                    Bytes(digest), digest.size()) == 1;
}

std::optional<std::string> RsaEncrypt(std::string_view private_key, std::string_view algorithm,
                                      std::string_view plain) {
  const Key key = ReadPrivate(private_key);
  const KeyContext context = key ? OaepContext(key.get(), algorithm, true) : nullptr;
  if (!context) return std::nullopt;
  std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key.get()));
  std::string cipher(size, '\0');
  if (EVP_PKEY_encrypt(context.get(), Bytes(cipher), &size, Bytes(plain), plain.size()) != 1)
    return std::nullopt;
  cipher.resize(size);
  return cipher;
}

std::optional<std::string> RsaDecrypt(std::string_view private_key, std::string_view algorithm,
                                      std::string_view cipher) {
  const Key key = ReadPrivate(private_key);
  const KeyContext context = key ? OaepContext(key.get(), algorithm, false) : nullptr;
  if (!context) return std::nullopt;
  std::size_t size = static_cast<std::size_t>(EVP_PKEY_get_size(key.get()));
  std::string plain(size, '\0');
  if (EVP_PKEY_decrypt(context.get(), Bytes(plain), &size, Bytes(cipher), cipher.size()) != 1)
    return std::nullopt;
  plain.resize(size);
  return plain;
}

std::string MacBytes(std::string_view key, std::string_view algorithm, std::string_view message) {
  std::string mac(EVP_MAX_MD_SIZE, '\0');
  std::size_t size = 0;
  const std::string digest(DigestOf(algorithm));
  if (EVP_Q_mac(nullptr, "HMAC", nullptr, digest.c_str(), nullptr, key.data(), key.size(),
                Bytes(message), message.size(), Bytes(mac), mac.size(), &size) == nullptr) {
    return {};
  }
  mac.resize(size);
  return mac;
}

std::size_t DigestLength(std::string_view algorithm) {
  const DigestKind kind = Fetch(algorithm);
  return kind ? static_cast<std::size_t>(EVP_MD_get_size(kind.get())) : 0;
}

}  // namespace trunkline::cloud::kms
