// Key material and what is done with it: OpenSSL's EVP interface, and nothing of the store.
//
// A private key is PKCS #8, a public one SubjectPublicKeyInfo, both DER, as GetPublicKey and
// GenerateDataKeyPair give them; a symmetric or HMAC key is its raw bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "cloud/services/kms/specs.h"

namespace trunkline::cloud::kms {

// Raw bytes or a private key. RSA takes its time: 0.1 s for 2048 bits, more than 1 s for 4096.
Result<std::string> NewMaterial(Random& random, const KeySpec& spec);
Result<std::string> PublicKeyOf(std::string_view private_key);

// `message` is the message itself, or its digest where `digest_given`; Ed25519 takes messages only.
Result<std::string> SignBytes(std::string_view private_key, std::string_view algorithm,
                              std::string_view message, bool digest_given);
bool VerifyBytes(std::string_view private_key, std::string_view algorithm, std::string_view message,
                 bool digest_given, std::string_view signature);

// RSAES-OAEP. Nothing: the text is too long for the key, or was not made for it.
std::optional<std::string> RsaEncrypt(std::string_view private_key, std::string_view algorithm,
                                      std::string_view plain);
std::optional<std::string> RsaDecrypt(std::string_view private_key, std::string_view algorithm,
                                      std::string_view cipher);

std::string MacBytes(std::string_view key, std::string_view algorithm, std::string_view message);

std::size_t DigestLength(std::string_view algorithm);

}  // namespace trunkline::cloud::kms
