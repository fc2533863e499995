#include "cloud/services/kms/specs.h"

#include <algorithm>

namespace trunkline::cloud::kms {
namespace {

using Names = std::string_view[];

constexpr Names kOnlyEncrypt = {kEncryptDecrypt};
constexpr Names kOnlySign = {kSignVerify};
constexpr Names kOnlyMac = {kMac};
constexpr Names kEncryptOrSign = {kEncryptDecrypt, kSignVerify};

constexpr Names kSymmetricAlgorithms = {kSymmetric};
constexpr Names kRsaEncryption = {"RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"};
constexpr Names kRsaSigning = {"RSASSA_PKCS1_V1_5_SHA_256", "RSASSA_PKCS1_V1_5_SHA_384",
                               "RSASSA_PKCS1_V1_5_SHA_512", "RSASSA_PSS_SHA_256",
                               "RSASSA_PSS_SHA_384",        "RSASSA_PSS_SHA_512"};
constexpr Names kEcdsa256 = {"ECDSA_SHA_256"};
constexpr Names kEcdsa384 = {"ECDSA_SHA_384"};
constexpr Names kEcdsa512 = {"ECDSA_SHA_512"};
constexpr Names kEdwards = {"ED25519_SHA_512"};

constexpr KeySpec Rsa(std::string_view name, int bits) {
  return {.name = name,
          .group = {},
          .bits = bits,
          .usages = kEncryptOrSign,
          .encryption = kRsaEncryption,
          .signing = kRsaSigning,
          .mac = {}};
}

constexpr KeySpec Curve(std::string_view name, std::string_view group,
                        std::span<const std::string_view> signing) {
  return {.name = name,
          .group = group,
          .bits = 0,
          .usages = kOnlySign,
          .encryption = {},
          .signing = signing,
          .mac = {}};
}

constexpr KeySpec Hmac(std::string_view name, int bits, std::string_view algorithm) {
  return {.name = name,
          .group = {},
          .bits = bits,
          .usages = kOnlyMac,
          .encryption = {},
          .signing = {},
          .mac = algorithm};
}

constexpr KeySpec kSpecs[] = {
    {.name = kSymmetric,
     .group = {},
     .bits = 256,
     .usages = kOnlyEncrypt,
     .encryption = kSymmetricAlgorithms,
     .signing = {},
     .mac = {}},
    Rsa("RSA_2048", 2048),
    Rsa("RSA_3072", 3072),
    Rsa("RSA_4096", 4096),
    Curve("ECC_NIST_P256", "P-256", kEcdsa256),
    Curve("ECC_NIST_P384", "P-384", kEcdsa384),
    Curve("ECC_NIST_P521", "P-521", kEcdsa512),
    Curve("ECC_SECG_P256K1", "secp256k1", kEcdsa256),
    Curve("ECC_NIST_EDWARDS25519", "ED25519", kEdwards),
    Hmac("HMAC_224", 224, "HMAC_SHA_224"),
    Hmac("HMAC_256", 256, "HMAC_SHA_256"),
    Hmac("HMAC_384", 384, "HMAC_SHA_384"),
    Hmac("HMAC_512", 512, "HMAC_SHA_512"),
};

}  // namespace

const KeySpec* FindSpec(std::string_view name) {
  const auto* const found = std::ranges::find(kSpecs, name, &KeySpec::name);
  return found == std::end(kSpecs) ? nullptr : found;
}

std::span<const std::string_view> AlgorithmsOf(const KeySpec& spec, std::string_view usage) {
  if (usage == kEncryptDecrypt) return spec.encryption;
  if (usage == kSignVerify) return spec.signing;
  return {&spec.mac, 1};
}

bool Allows(const KeySpec& spec, std::string_view usage, std::string_view algorithm) {
  const auto algorithms = AlgorithmsOf(spec, usage);
  return std::ranges::find(algorithms, algorithm) != algorithms.end();
}

json::Array ToArray(std::span<const std::string_view> texts) {
  return {texts.begin(), texts.end()};
}

std::string_view DigestOf(std::string_view algorithm) {
  if (algorithm.ends_with("SHA_1")) return "SHA1";
  if (algorithm.ends_with("SHA_224")) return "SHA224";
  if (algorithm.ends_with("SHA_384")) return "SHA384";
  if (algorithm.ends_with("SHA_512")) return "SHA512";
  return "SHA256";
}

}  // namespace trunkline::cloud::kms
