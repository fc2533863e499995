// Signatures and authentication codes.
#include <fmt/format.h>

#include "base/hash.h"
#include "cloud/services/kms/families.h"
#include "cloud/services/kms/key.h"
#include "cloud/services/kms/material.h"

namespace trunkline::cloud::kms {
namespace {

Answer<FoundKey> FindUsable(Context& context, const json::Object& input, std::string_view usage,
                            std::string_view operation) {
  TL_TRY(FoundKey key, FindKey(context, input.GetString("KeyId")));
  TL_DO(RequireUsage(key, usage, operation));
  const std::string_view algorithm =
      input.GetString(usage == kMac ? "MacAlgorithm" : "SigningAlgorithm");
  TL_DO(RequireAlgorithm(key, usage, algorithm));
  return key;
}

Answer<void> CheckMessage(const FoundKey& key, const json::Object& input) {
  const std::string_view type = input.GetString("MessageType", "RAW");
  const std::string_view algorithm = input.GetString("SigningAlgorithm");
  if (type == "RAW") return {};
  if (type != "DIGEST" || key.Spec().IsEdwards()) {
    return ServiceError("ValidationException",
                        fmt::format("MessageType {} is not valid for {}.", type, algorithm));
  }
  if (input.GetString("Message").size() == DigestLength(algorithm)) return {};
  return ServiceError("ValidationException",
                      fmt::format("Digest is invalid length for algorithm {}.", algorithm));
}

Answer<> Sign(Context& context, const json::Object& input) {
  TL_TRY(const FoundKey key, FindUsable(context, input, kSignVerify, "Sign"));
  TL_DO(CheckMessage(key, input));
  TL_DO(StopDryRun(input));
  const std::string_view algorithm = input.GetString("SigningAlgorithm");
  TL_TRY(std::string signature,
         SignBytes(key.MaterialBytes(), algorithm, input.GetString("Message"),
                   input.GetString("MessageType") == "DIGEST"));
  NoteUse(context, key, "Sign");
  return json::Object{
      {"KeyId", key.Arn()}, {"Signature", std::move(signature)}, {"SigningAlgorithm", algorithm}};
}

Answer<> Verify(Context& context, const json::Object& input) {
  TL_TRY(const FoundKey key, FindUsable(context, input, kSignVerify, "Verify"));
  TL_DO(CheckMessage(key, input));
  TL_DO(StopDryRun(input));
  const std::string_view algorithm = input.GetString("SigningAlgorithm");
  if (!VerifyBytes(key.MaterialBytes(), algorithm, input.GetString("Message"),
                   input.GetString("MessageType") == "DIGEST", input.GetString("Signature"))) {
    return ServiceError("KMSInvalidSignatureException", "");
  }
  NoteUse(context, key, "Verify");
  return json::Object{
      {"KeyId", key.Arn()}, {"SignatureValid", true}, {"SigningAlgorithm", algorithm}};
}

Answer<> GetPublicKey(Context& context, const json::Object& input) {
  TL_TRY(const FoundKey key, FindKey(context, input.GetString("KeyId")));
  TL_DO(RequireEnabled(key));
  if (key.Spec().IsSymmetric() || key.Spec().IsMac()) {
    return ServiceError("UnsupportedOperationException",
                        fmt::format("{} key spec is {} which is not valid for GetPublicKey.",
                                    key.Arn(), key.Spec().name));
  }
  TL_TRY(std::string public_key, PublicKeyOf(key.MaterialBytes()));
  json::Object answer = ToMetadata(key);  // specs, usage and algorithms
  answer.Set("KeyId", key.Arn());
  answer.Set("PublicKey", std::move(public_key));
  return answer;
}

Answer<> GenerateMac(Context& context, const json::Object& input) {
  TL_TRY(const FoundKey key, FindUsable(context, input, kMac, "GenerateMac"));
  TL_DO(StopDryRun(input));
  const std::string_view algorithm = input.GetString("MacAlgorithm");
  NoteUse(context, key, "GenerateMac");
  return json::Object{{"KeyId", key.Arn()},
                      {"Mac", MacBytes(key.MaterialBytes(), algorithm, input.GetString("Message"))},
                      {"MacAlgorithm", algorithm}};
}

Answer<> VerifyMac(Context& context, const json::Object& input) {
  TL_TRY(const FoundKey key, FindUsable(context, input, kMac, "VerifyMac"));
  TL_DO(StopDryRun(input));
  const std::string_view algorithm = input.GetString("MacAlgorithm");
  const std::string mac = MacBytes(key.MaterialBytes(), algorithm, input.GetString("Message"));
  if (!EqualsConstantTime(mac, input.GetString("Mac")))
    return ServiceError("KMSInvalidMacException", "");
  NoteUse(context, key, "VerifyMac");
  return json::Object{{"KeyId", key.Arn()}, {"MacValid", true}, {"MacAlgorithm", algorithm}};
}

constexpr Operation kOperations[] = {
    {.name = "GenerateMac", .handle = GenerateMac},
    {.name = "GetPublicKey", .handle = GetPublicKey},
    {.name = "Sign", .handle = Sign},
    {.name = "Verify", .handle = Verify},
    {.name = "VerifyMac", .handle = VerifyMac},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kSignOperations = kOperations;

}  // namespace trunkline::cloud::kms
