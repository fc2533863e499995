// Versions of secrets: values, labels.
#include <algorithm>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/seal.h"
#include "cloud/callers.h"
#include "cloud/services/secretsmanager/secret.h"

namespace trunkline::cloud::secretsmanager {
namespace {

constexpr std::size_t kMostDeprecated = 100;

std::string IdOf(const Secret& secret, std::string_view version_id) {
  return fmt::format("{}:{}", secret.Name(), version_id);
}

json::Object EncryptionContext(const Secret& secret, const Record& version) {
  return {{"SecretARN", secret.Arn()}, {"SecretVersionId", version.body.GetString("VersionId")}};
}

void TakeStage(Record& version, std::string_view stage) {
  json::Array stages = version.body.GetArray("VersionStages");
  std::erase_if(stages, [&](const json::Value& one) { return one.AsString() == stage; });
  version.body.Set("VersionStages", std::move(stages));
}

void GiveStage(Record& version, std::string_view stage) {
  json::Array stages = version.body.GetArray("VersionStages");
  stages.emplace_back(stage);
  version.body.Set("VersionStages", std::move(stages));
}

// As the secret's own account, whoever may read it.
Answer<> CallKms(Context& context, const Secret& secret, std::string_view operation,
                 const json::Object& input) {
  return context.CallAs(RootCaller(secret.scope.account), secret.scope.region, "kms", operation,
                        input);
}

}  // namespace

std::optional<Record> FindVersion(Context& context, const Secret& secret,
                                  std::string_view version_id) {
  const Record* record = context.store.Find(secret.scope, kVersion, IdOf(secret, version_id));
  return record ? std::optional(*record) : std::nullopt;
}

bool HasStage(const Record& version, std::string_view stage) {
  const json::Array& stages = version.body.GetArray("VersionStages");
  return std::ranges::any_of(stages,
                             [&](const json::Value& one) { return one.AsString() == stage; });
}

std::optional<Record> FindStage(Context& context, const Secret& secret, std::string_view stage) {
  for (const Record* version : context.store.List(secret.scope, kVersion, secret.Name())) {
    if (HasStage(*version, stage)) return *version;
  }
  return std::nullopt;
}

void SaveVersion(Context& context, const Secret& secret, Record version) {
  version.id = IdOf(secret, version.body.GetString("VersionId"));
  version.parent = secret.Name();
  version.name = version.id;
  context.store.Put(secret.scope, kVersion, std::move(version));
}

void MoveStage(Context& context, const Secret& secret, std::string_view stage,
               std::string_view version_id) {
  if (auto before = FindStage(context, secret, stage)) {
    const std::string before_id(before->body.GetString("VersionId"));
    if (before_id == version_id) return;
    TakeStage(*before, stage);
    SaveVersion(context, secret, *std::move(before));
    if (stage == kCurrent && !version_id.empty()) MoveStage(context, secret, kPrevious, before_id);
  }
  auto after = FindVersion(context, secret, version_id);
  if (!after) return;
  if (stage == kCurrent) TakeStage(*after, kPrevious);
  GiveStage(*after, stage);
  SaveVersion(context, secret, *std::move(after));
}

json::Object VersionsToStages(Context& context, const Secret& secret) {
  json::Object answer;
  for (const Record* version : context.store.List(secret.scope, kVersion, secret.Name())) {
    const json::Array& stages = version->body.GetArray("VersionStages");
    if (!stages.empty()) answer.Set(version->body.GetString("VersionId"), stages);
  }
  return answer;
}

void RemoveOldVersions(Context& context, const Secret& secret) {
  std::vector<const Record*> deprecated;
  for (const Record* version : context.store.List(secret.scope, kVersion, secret.Name())) {
    if (version->body.GetArray("VersionStages").empty()) deprecated.push_back(version);
  }
  if (deprecated.size() <= kMostDeprecated) return;
  const auto* const oldest = *std::ranges::min_element(
      deprecated, {}, [](const Record* one) { return one->body.GetDouble("CreatedDate"); });
  const std::string id = oldest->id;
  context.store.Delete(secret.scope, kVersion, id);
}

Answer<std::optional<Plain>> ReadValue(const json::Object& input) {
  if (input.Has("SecretString") && input.Has("SecretBinary")) {
    return ServiceError("InvalidParameterException",
                        "You can't specify both a binary secret value and a string secret value in "
                        "the same secret.");
  }
  std::optional<Plain> plain;
  if (input.Has("SecretString"))
    plain = {.bytes = std::string(input.GetString("SecretString")), .binary = false};
  if (input.Has("SecretBinary"))
    plain = {.bytes = std::string(input.GetString("SecretBinary")), .binary = true};
  return plain;
}

Answer<void> SealValue(Context& context, const Secret& secret, const Plain& plain,
                       Record& version) {
  json::Object input{
      {"KeyId", secret.record.body.GetString("KmsKeyId", "alias/aws/secretsmanager")},
      {"KeySpec", "AES_256"},
      {"EncryptionContext", EncryptionContext(secret, version)}};
  const auto key = CallKms(context, secret, "GenerateDataKey", input);
  if (!key) {
    return ServiceError("EncryptionFailure",
                        fmt::format("Secrets Manager can't encrypt the protected secret text using "
                                    "the provided KMS key: {}",
                                    key.error().message));
  }
  version.body.Set("DataKey", ToBase64(key->GetString("CiphertextBlob")));
  version.body.Set("Sealed", ToBase64(Seal(context.random, key->GetString("Plaintext"), plain.bytes,
                                           version.body.GetString("VersionId"))));
  version.body.Set("Binary", plain.binary);
  return {};
}

Answer<std::optional<Plain>> OpenValue(Context& context, const Secret& secret,
                                       const Record& version) {
  std::optional<Plain> plain;
  if (!version.body.Has("Sealed")) return plain;
  json::Object input{{"CiphertextBlob", FromBase64(version.body.GetString("DataKey")).value_or("")},
                     {"EncryptionContext", EncryptionContext(secret, version)}};
  const auto key = CallKms(context, secret, "Decrypt", input);
  auto bytes = key ? Unseal(key->GetString("Plaintext"),
                            FromBase64(version.body.GetString("Sealed")).value_or(""),
                            version.body.GetString("VersionId"))
                   : std::nullopt;
  if (!bytes) {
    return ServiceError("DecryptionFailure",
                        fmt::format("Secrets Manager can't decrypt the protected secret text using "
                                    "the provided KMS key: {}",
                                    key ? "the value was changed" : key.error().message));
  }
  plain = {.bytes = *std::move(bytes), .binary = version.body.GetBool("Binary")};
  return plain;
}

}  // namespace trunkline::cloud::secretsmanager
