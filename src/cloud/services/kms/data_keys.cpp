// Data keys, data key pairs and random bytes.
#include <fmt/format.h>

#include "cloud/services/kms/blob.h"
#include "cloud/services/kms/families.h"
#include "cloud/services/kms/key.h"
#include "cloud/services/kms/material.h"
#include "cloud/services/kms/recipient.h"

namespace trunkline::cloud::kms {
namespace {

std::string RandomBytes(Context& context, std::size_t count) {
  std::string bytes(count, '\0');
  context.random.Fill({reinterpret_cast<unsigned char*>(bytes.data()), bytes.size()});
  return bytes;
}

Answer<FoundKey> FindWrappingKey(Context& context, const json::Object& input,
                                 std::string_view operation) {
  TL_TRY(FoundKey key, FindKey(context, input.GetString("KeyId")));
  TL_DO(RequireUsage(key, kEncryptDecrypt, operation));
  if (key.Spec().IsSymmetric()) return key;
  return ServiceError("InvalidKeyUsageException",
                      fmt::format("{} key spec is {} which is not valid for {}.", key.Arn(),
                                  key.Spec().name, operation));
}

Answer<std::size_t> DataKeySize(const json::Object& input) {
  if (input.Has("KeySpec") == input.Has("NumberOfBytes")) {
    return ServiceError("ValidationException",
                        input.Has("KeySpec")
                            ? "Please specify only one of NumberOfBytes and KeySpec."
                            : "Please specify either number of bytes or key spec.");
  }
  constexpr std::size_t kAes256 = 32;
  constexpr std::size_t kAes128 = 16;
  if (input.Has("NumberOfBytes")) return static_cast<std::size_t>(input.GetInt("NumberOfBytes"));
  return input.GetString("KeySpec") == "AES_256" ? kAes256 : kAes128;
}

Answer<> MakeDataKey(Context& context, const json::Object& input, std::string_view operation) {
  TL_DO(RefuseRecipient(input));
  TL_TRY(const FoundKey key, FindWrappingKey(context, input, operation));
  TL_TRY(const std::size_t size, DataKeySize(input));
  TL_DO(StopDryRun(input));
  std::string plain = RandomBytes(context, size);
  std::string blob = MakeBlob(context, key, plain, input.GetObject("EncryptionContext"));
  NoteUse(context, key, operation);
  return json::Object{{"CiphertextBlob", std::move(blob)},
                      {"Plaintext", std::move(plain)},
                      {"KeyId", key.Arn()},
                      {"KeyMaterialId", key.Material().GetString("Id")}};
}

Answer<> GenerateDataKey(Context& context, const json::Object& input) {
  return MakeDataKey(context, input, "GenerateDataKey");
}

Answer<> GenerateDataKeyWithoutPlaintext(Context& context, const json::Object& input) {
  TL_TRY(json::Object answer, MakeDataKey(context, input, "GenerateDataKeyWithoutPlaintext"));
  answer.Remove("Plaintext");
  return answer;
}

Answer<> MakePair(Context& context, const json::Object& input, std::string_view operation) {
  TL_DO(RefuseRecipient(input));
  TL_TRY(const FoundKey key, FindWrappingKey(context, input, operation));
  const KeySpec* spec = FindSpec(input.GetString("KeyPairSpec"));
  if (!spec) {
    return ServiceError("UnsupportedOperationException",
                        fmt::format("the key pair spec {} is not implemented by the embedded cloud",
                                    input.GetString("KeyPairSpec")));
  }
  TL_DO(StopDryRun(input));
  TL_TRY(std::string plain, NewMaterial(context.random, *spec));
  TL_TRY(std::string public_key, PublicKeyOf(plain));
  std::string blob = MakeBlob(context, key, plain, input.GetObject("EncryptionContext"));
  NoteUse(context, key, operation);
  return json::Object{{"PrivateKeyCiphertextBlob", std::move(blob)},
                      {"PrivateKeyPlaintext", std::move(plain)},
                      {"PublicKey", std::move(public_key)},
                      {"KeyId", key.Arn()},
                      {"KeyPairSpec", spec->name},
                      {"KeyMaterialId", key.Material().GetString("Id")}};
}

Answer<> GenerateDataKeyPair(Context& context, const json::Object& input) {
  return MakePair(context, input, "GenerateDataKeyPair");
}

Answer<> GenerateDataKeyPairWithoutPlaintext(Context& context, const json::Object& input) {
  TL_TRY(json::Object answer, MakePair(context, input, "GenerateDataKeyPairWithoutPlaintext"));
  answer.Remove("PrivateKeyPlaintext");
  return answer;
}

Answer<> GenerateRandom(Context& context, const json::Object& input) {
  TL_DO(RefuseRecipient(input));
  if (!input.Has("NumberOfBytes"))
    return ServiceError("ValidationException", "NumberOfBytes is required.");
  if (input.Has("CustomKeyStoreId")) {
    return ServiceError("CustomKeyStoreNotFoundException",
                        "custom key stores are not implemented by the embedded cloud");
  }
  const auto count = static_cast<std::size_t>(input.GetInt("NumberOfBytes"));
  return json::Object{{"Plaintext", RandomBytes(context, count)}};
}

constexpr Operation kOperations[] = {
    {.name = "GenerateDataKey", .handle = GenerateDataKey},
    {.name = "GenerateDataKeyPair", .handle = GenerateDataKeyPair},
    {.name = "GenerateDataKeyPairWithoutPlaintext", .handle = GenerateDataKeyPairWithoutPlaintext},
    {.name = "GenerateDataKeyWithoutPlaintext", .handle = GenerateDataKeyWithoutPlaintext},
    {.name = "GenerateRandom", .handle = GenerateRandom},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kDataKeyOperations = kOperations;

}  // namespace trunkline::cloud::kms
