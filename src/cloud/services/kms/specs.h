// What each key spec is: what it may be used for, and by which algorithms.
#pragma once

#include <span>
#include <string_view>

#include "base/json.h"

namespace trunkline::cloud::kms {

inline constexpr std::string_view kEncryptDecrypt = "ENCRYPT_DECRYPT";
inline constexpr std::string_view kSignVerify = "SIGN_VERIFY";
inline constexpr std::string_view kMac = "GENERATE_VERIFY_MAC";
inline constexpr std::string_view kSymmetric = "SYMMETRIC_DEFAULT";

struct KeySpec {
  std::string_view name;
  std::string_view group;                    // OpenSSL's name of the curve; empty: not a curve
  int bits = 0;                              // RSA: of the modulus; HMAC: of the digest
  std::span<const std::string_view> usages;  // one of them is the key's
  std::span<const std::string_view> encryption;
  std::span<const std::string_view> signing;
  std::string_view mac;

  bool IsSymmetric() const { return name == kSymmetric; }
  bool IsRsa() const { return name.starts_with("RSA_"); }
  bool IsMac() const { return !mac.empty(); }
  bool IsEdwards() const { return group == "ED25519"; }
};

// nullptr: a spec that the embedded cloud has no keys of (SM2, ML-DSA).
const KeySpec* FindSpec(std::string_view name);

// The algorithms of a key of that usage.
std::span<const std::string_view> AlgorithmsOf(const KeySpec& spec, std::string_view usage);
bool Allows(const KeySpec& spec, std::string_view usage, std::string_view algorithm);
json::Array ToArray(std::span<const std::string_view> texts);

// The digest an algorithm's name ends with: "SHA256", for OpenSSL.
std::string_view DigestOf(std::string_view algorithm);

}  // namespace trunkline::cloud::kms
