#include "cloud/execute_api/rsa.h"

#include <algorithm>
#include <array>
#include <memory>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "base/hash.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr std::size_t kLongestKey = 1024;  // bytes: 8,192 bits
constexpr std::size_t kShortestKey = 256;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

template <auto Free>
struct Freeing {
  template <class T>
  void operator()(T* what) const {
    Free(what);
  }
};
using Number = std::unique_ptr<BIGNUM, Freeing<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freeing<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freeing<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freeing<EVP_PKEY_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using Hashing = std::unique_ptr<EVP_MD_CTX, Freeing<EVP_MD_CTX_free>>;

Number ToNumber(std::string_view bytes) {
  return Number(BN_bin2bn(Bytes(bytes), static_cast<int>(bytes.size()), nullptr));
}

Key MakeKey(const RsaKey& parts) {
  const Number modulus = ToNumber(parts.modulus);
  const Number exponent = ToNumber(parts.exponent);
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!modulus || !exponent || !builder) return nullptr;
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    return nullptr;
  return Key(key);
}

const EVP_MD* HashOf(std::string_view algorithm) {
  if (algorithm == "RS256") return EVP_sha256();
  if (algorithm == "RS384") return EVP_sha384();
  return algorithm == "RS512" ? EVP_sha512() : nullptr;
}

}  // namespace

bool VerifyRsa(const RsaKey& key, std::string_view algorithm, std::string_view text,
               std::string_view signature) {
  const EVP_MD* hash = HashOf(algorithm);
  if (!hash || key.modulus.size() < kShortestKey || key.modulus.size() > kLongestKey ||
      key.exponent.empty() || key.exponent.size() > sizeof(std::uint64_t))
    return false;
  const Key made = MakeKey(key);
  const Hashing hashing(EVP_MD_CTX_new());
  if (!made || !hashing ||
      EVP_DigestVerifyInit(hashing.get(), nullptr, hash, nullptr, made.get()) != 1)
    return false;
  return EVP_DigestVerify(hashing.get(), Bytes(signature), signature.size(), Bytes(text),
                          text.size()) == 1;
}

std::optional<std::string> FromBase64Url(std::string_view text) {
  std::string plain(text);
  std::ranges::replace(plain, '-', '+');
  std::ranges::replace(plain, '_', '/');
  constexpr std::size_t kGroup = 4;
  while (plain.size() % kGroup != 0) plain += '=';
  return FromBase64(plain);
}

}  // namespace trunkline::cloud::execute_api
