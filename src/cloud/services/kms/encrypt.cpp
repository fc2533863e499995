// Encrypt, Decrypt, ReEncrypt.
#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/services/kms/blob.h"
#include "cloud/services/kms/families.h"
#include "cloud/services/kms/key.h"
#include "cloud/services/kms/material.h"
#include "cloud/services/kms/recipient.h"

namespace trunkline::cloud::kms {
namespace {

// One side of an encryption: the key, how, and the context.
struct Side {
  std::string_view key;
  std::string_view algorithm;
  const json::Object& context;
};

ServiceError WrongCiphertext() {
  return {"InvalidCiphertextException", ""};
}

Answer<void> CheckAlgorithm(const FoundKey& key, const Side& side) {
  TL_DO(RequireAlgorithm(key, kEncryptDecrypt, side.algorithm));
  if (!key.Spec().IsSymmetric() && !side.context.empty()) {
    return ServiceError("ValidationException",
                        "EncryptionContext is not supported with asymmetric KMS keys");
  }
  return {};
}

// OAEP: two digests and two bytes go around the text.
std::size_t MostBytes(const FoundKey& key, const Side& side) {
  constexpr std::size_t kBitsOfByte = 8;
  const std::size_t digest = side.algorithm.ends_with("SHA_1") ? 20 : 32;
  return static_cast<std::size_t>(key.Spec().bits) / kBitsOfByte - 2 * digest - 2;
}

Answer<std::string> EncryptWith(Context& context, const FoundKey& key, const Side& side,
                                std::string_view plain) {
  TL_DO(CheckAlgorithm(key, side));
  if (key.Spec().IsSymmetric()) return MakeBlob(context, key, plain, side.context);
  const auto cipher = RsaEncrypt(key.MaterialBytes(), side.algorithm, plain);
  if (cipher) return *cipher;
  return ServiceError("ValidationException",
                      fmt::format("Algorithm {} and key spec {} cannot encrypt data larger than "
                                  "{} bytes.",
                                  side.algorithm, key.Spec().name, MostBytes(key, side)));
}

struct Opened {
  FoundKey key;
  std::string plain;
};

// The key of a symmetric text is the one it names; a caller may say which one it expects.
Answer<Opened> DecryptSymmetric(Context& context, const Side& side, std::string_view cipher,
                                std::string_view operation) {
  const auto blob = ReadBlob(cipher);
  if (!blob) return WrongCiphertext();
  const Scope scope{.account = blob->account, .region = std::string(context.region)};
  auto found = FindKey(context, MakeArn(scope, "kms", "key/" + blob->key_id));
  if (!found && found.error().code == "NotFoundException") return WrongCiphertext();
  if (!found) return std::move(found).error();
  if (!side.key.empty()) {
    TL_TRY(const FoundKey expected, FindKey(context, side.key));
    if (expected.record.id != found->record.id) {
      return ServiceError("IncorrectKeyException",
                          "The key ID in the request does not identify a CMK that can perform this "
                          "operation.");
    }
  }
  TL_DO(RequireUsage(*found, kEncryptDecrypt, operation));
  auto plain = OpenBlob(*found, *blob, side.context);
  if (!plain) return WrongCiphertext();
  return Opened{.key = *std::move(found), .plain = *std::move(plain)};
}

Answer<Opened> DecryptRsa(Context& context, const Side& side, std::string_view cipher,
                          std::string_view operation) {
  if (side.key.empty()) {
    return ServiceError("ValidationException",
                        "KeyId is required when the ciphertext was encrypted under an asymmetric "
                        "KMS key");
  }
  TL_TRY(FoundKey key, FindKey(context, side.key));
  TL_DO(RequireUsage(key, kEncryptDecrypt, operation));
  TL_DO(CheckAlgorithm(key, side));
  auto plain = RsaDecrypt(key.MaterialBytes(), side.algorithm, cipher);
  if (!plain) return WrongCiphertext();
  return Opened{.key = std::move(key), .plain = *std::move(plain)};
}

Answer<Opened> DecryptWith(Context& context, const Side& side, std::string_view cipher,
                           std::string_view operation) {
  return side.algorithm == kSymmetric ? DecryptSymmetric(context, side, cipher, operation)
                                      : DecryptRsa(context, side, cipher, operation);
}

Answer<> Encrypt(Context& context, const json::Object& input) {
  TL_TRY(const FoundKey key, FindKey(context, input.GetString("KeyId")));
  TL_DO(RequireUsage(key, kEncryptDecrypt, "Encrypt"));
  const Side side{.key = {},
                  .algorithm = input.GetString("EncryptionAlgorithm", kSymmetric),
                  .context = input.GetObject("EncryptionContext")};
  TL_TRY(std::string cipher, EncryptWith(context, key, side, input.GetString("Plaintext")));
  TL_DO(StopDryRun(input));
  NoteUse(context, key, "Encrypt");
  return json::Object{{"CiphertextBlob", std::move(cipher)},
                      {"KeyId", key.Arn()},
                      {"EncryptionAlgorithm", side.algorithm}};
}

// Without a ciphertext there is only a key to check: a dry run may ask for that.
Answer<void> RequireCiphertext(const json::Object& input) {
  if (input.Has("CiphertextBlob")) return {};
  return ServiceError("ValidationException",
                      "1 validation error detected: Value at 'ciphertextBlob' failed to satisfy "
                      "constraint: Member must not be null");
}

Answer<> Decrypt(Context& context, const json::Object& input) {
  TL_DO(RefuseRecipient(input));
  TL_DO(RequireCiphertext(input));
  const Side side{.key = input.GetString("KeyId"),
                  .algorithm = input.GetString("EncryptionAlgorithm", kSymmetric),
                  .context = input.GetObject("EncryptionContext")};
  TL_TRY(Opened opened, DecryptWith(context, side, input.GetString("CiphertextBlob"), "Decrypt"));
  TL_DO(StopDryRun(input));
  NoteUse(context, opened.key, "Decrypt");
  return json::Object{{"KeyId", opened.key.Arn()},
                      {"Plaintext", std::move(opened.plain)},
                      {"EncryptionAlgorithm", side.algorithm}};
}

Answer<> ReEncrypt(Context& context, const json::Object& input) {
  TL_DO(RequireCiphertext(input));
  const Side source{.key = input.GetString("SourceKeyId"),
                    .algorithm = input.GetString("SourceEncryptionAlgorithm", kSymmetric),
                    .context = input.GetObject("SourceEncryptionContext")};
  const Side target{.key = input.GetString("DestinationKeyId"),
                    .algorithm = input.GetString("DestinationEncryptionAlgorithm", kSymmetric),
                    .context = input.GetObject("DestinationEncryptionContext")};
  TL_TRY(const Opened opened,
         DecryptWith(context, source, input.GetString("CiphertextBlob"), "ReEncrypt"));
  TL_TRY(const FoundKey key, FindKey(context, target.key));
  TL_DO(RequireUsage(key, kEncryptDecrypt, "ReEncrypt"));
  TL_TRY(std::string cipher, EncryptWith(context, key, target, opened.plain));
  TL_DO(StopDryRun(input));
  NoteUse(context, opened.key, "ReEncrypt");
  NoteUse(context, key, "ReEncrypt");
  return json::Object{{"CiphertextBlob", std::move(cipher)},
                      {"SourceKeyId", opened.key.Arn()},
                      {"KeyId", key.Arn()},
                      {"SourceEncryptionAlgorithm", source.algorithm},
                      {"DestinationEncryptionAlgorithm", target.algorithm}};
}

constexpr Operation kOperations[] = {
    {.name = "Decrypt", .handle = Decrypt},
    {.name = "Encrypt", .handle = Encrypt},
    {.name = "ReEncrypt", .handle = ReEncrypt},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kEncryptOperations = kOperations;

}  // namespace trunkline::cloud::kms
