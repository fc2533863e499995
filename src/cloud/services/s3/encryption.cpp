#include "cloud/services/s3/encryption.h"

#include "cloud/services/s3/documents.h"

namespace trunkline::cloud::s3 {
namespace {

constexpr std::string_view kAlgorithm = "ServerSideEncryption";
constexpr std::string_view kKey = "SSEKMSKeyId";
constexpr int kBadRequest = 400;

bool IsKms(std::string_view algorithm) {
  return algorithm.starts_with("aws:kms");
}

ServiceError KmsError(std::string_view code, std::string_view text) {
  return ServiceError(fmt::format("KMS.{}", code), text).WithStatus(kBadRequest);
}

json::Object ReadRequested(Context& context, const Record& bucket, const json::Object& input) {
  json::Object encryption;
  for (const std::string_view name : {kAlgorithm, kKey, std::string_view("BucketKeyEnabled")}) {
    if (const json::Value* value = input.Find(name)) encryption.Set(name, *value);
  }
  if (encryption.Has(kAlgorithm)) return encryption;
  encryption.Set(kAlgorithm, "AES256");
  const Record* document = FindDocument(context, bucket.id, kEncryptionDocument);
  if (!document || document->body.GetArray("Rules").empty()) return encryption;
  const json::Object& rule = document->body.GetArray("Rules").front().AsObject();
  const json::Object& choice = rule.GetObject("ApplyServerSideEncryptionByDefault");
  encryption.Set(kAlgorithm, choice.GetString("SSEAlgorithm", "AES256"));
  encryption.SetIfNotEmpty(kKey, choice.GetString("KMSMasterKeyID"));
  if (rule.GetBool("BucketKeyEnabled") && IsKms(encryption.GetString(kAlgorithm)))
    encryption.Set("BucketKeyEnabled", true);
  return encryption;
}

// The key's metadata, if it may be used.
Answer<> FindUsableKey(Context& context, std::string_view named) {
  const Answer<> found = context.Call("kms", "DescribeKey", {{"KeyId", named}});
  if (!found) return KmsError(found.error().code, found.error().message);
  json::Object key = found->GetObject("KeyMetadata");
  const std::string_view state = key.GetString("KeyState");
  const std::string_view arn = key.GetString("Arn");
  if (state == "Disabled")
    return KmsError("DisabledException", fmt::format("{} is disabled.", arn));
  if (state == "PendingDeletion")
    return KmsError("KMSInvalidStateException", fmt::format("{} is pending deletion.", arn));
  return key;
}

}  // namespace

Answer<void> ChooseEncryption(Context& context, const Record& bucket, const json::Object& input,
                              json::Object& body) {
  json::Object encryption = ReadRequested(context, bucket, input);
  if (IsKms(encryption.GetString(kAlgorithm))) {
    TL_TRY(const json::Object key,
           FindUsableKey(context, encryption.GetString(kKey, "alias/aws/s3")));
    encryption.Set(kKey, key.GetString("Arn"));
    if (key.GetString("KeyManager") == "AWS") body.Set("ManagedKey", true);
  }
  body.Set("Encryption", std::move(encryption));
  return {};
}

Answer<void> CheckEncryptionRules(const json::Object& document) {
  const json::Array& rules = document.GetArray("Rules");
  if (rules.size() != 1) return S3Error(Fault::kMalformedXml);
  const json::Object& choice =
      rules.front().AsObject().GetObject("ApplyServerSideEncryptionByDefault");
  if (!choice.Has("KMSMasterKeyID") || IsKms(choice.GetString("SSEAlgorithm"))) return {};
  return S3Error(Fault::kInvalidArgument,
                 "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms "
                 "or aws:kms:dsse",
                 {{"ArgumentName", "ApplyServerSideEncryptionByDefault"}});
}

}  // namespace trunkline::cloud::s3
