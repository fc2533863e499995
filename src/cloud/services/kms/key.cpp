#include "cloud/services/kms/key.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/hash.h"
#include "cloud/arn.h"
#include "cloud/policy_document.h"
#include "cloud/services/kms/material.h"

namespace trunkline::cloud::kms {
namespace {

ServiceError NoKey(const Scope& scope, std::string_view id) {
  return {"NotFoundException",
          fmt::format("Key '{}' does not exist", MakeArn(scope, "kms", fmt::format("key/{}", id)))};
}

ServiceError NoAlias(const Scope& scope, std::string_view alias) {
  return {"NotFoundException", fmt::format("Alias {} is not found.", MakeArn(scope, "kms", alias))};
}

// AWS-managed keys appear when a service first uses them.
Answer<FoundKey> MakeManagedKey(Context& context, std::string_view alias) {
  const std::string_view service = alias.substr(alias.rfind('/') + 1);
  json::Object settings{
      {"KeySpec", kSymmetric},
      {"KeyUsage", kEncryptDecrypt},
      {"KeyManager", "AWS"},
      {"Description",
       fmt::format("Default key that protects my {} when no other key is defined",
                   service == "s3" ? "S3 objects" : fmt::format("{} data", service))},
      {"Policy", DefaultPolicy(context)},
      {"Rotation", json::Object{{"Enabled", true}, {"Period", 365}}}};
  TL_TRY(FoundKey key, MakeKey(context, std::move(settings), false));
  context.store.Put(
      context.RegionScope(), kAlias,
      {.id = std::string(alias),
       .parent = key.record.id,
       .name = std::string(alias),
       .body = {{"CreationDate", Seconds(context)}, {"LastUpdatedDate", Seconds(context)}}});
  return key;
}

Answer<FoundKey> FindById(Context& context, const Scope& scope, std::string_view id) {
  const Record* record = context.store.Find(scope, kKey, id);
  if (!record) return NoKey(scope, id);
  return FoundKey{.scope = scope, .record = *record};
}

Answer<FoundKey> FindByAlias(Context& context, const Scope& scope, std::string_view alias) {
  const Record* record = context.store.Find(scope, kAlias, alias);
  if (record) return FindById(context, scope, record->parent);
  const bool managed = alias.starts_with("alias/aws/") && scope == context.RegionScope();
  if (managed) return MakeManagedKey(context, alias);
  return NoAlias(scope, alias);
}

bool LooksLikeKeyId(std::string_view id) {
  constexpr std::size_t kUuid = 36;
  return id.starts_with("mrk-") || (id.size() == kUuid && id[8] == '-' && id[23] == '-');
}

// The account itself or one of its principals stands in the key's policy.
bool LetsIn(const FoundKey& key, std::string_view account) {
  const auto principals = AwsPrincipals(key.record.body.GetString("Policy"));
  return std::ranges::any_of(principals, [&](const std::string& principal) {
    return principal == "*" || principal.find(account) != std::string::npos;
  });
}

Answer<FoundKey> FindByArn(Context& context, std::string_view text, Naming naming) {
  const auto arn = ParseArn(text);
  if (!arn || arn->service != "kms")
    return ServiceError("NotFoundException", fmt::format("Invalid arn {}", text));
  const Scope scope{.account = arn->account, .region = arn->region};
  if (arn->region != context.region) {
    return ServiceError("NotFoundException", fmt::format("Invalid arn {}", arn->region));
  }
  const bool alias = arn->resource.starts_with("alias/");
  if (alias && naming == Naming::kKeyOnly)
    return ServiceError("InvalidArnException", fmt::format("Invalid keyId {}", text));
  TL_TRY(FoundKey key,
         alias ? FindByAlias(context, scope, arn->resource)
               : FindById(context, scope, arn->resource.substr(arn->resource.find('/') + 1)));
  if (scope.account == context.caller.account || LetsIn(key, context.caller.account)) return key;
  return ServiceError(
      "AccessDeniedException",
      fmt::format("User: {} is not authorized to perform this operation on resource: {} because no "
                  "resource-based policy allows it",
                  context.caller.arn, key.Arn()));
}

}  // namespace

std::string FoundKey::Arn() const {
  return MakeArn(scope, "kms", "key/" + record.id);
}

const KeySpec& FoundKey::Spec() const {
  return *FindSpec(record.body.GetString("KeySpec"));
}

const json::Object& FoundKey::Material(std::string_view id) const {
  static const json::Object kNothing;
  const json::Array& materials = record.body.GetArray("Materials");
  if (id.empty()) return materials.empty() ? kNothing : materials.back().AsObject();
  for (const json::Value& material : materials) {
    if (material.AsObject().GetString("Id") == id) return material.AsObject();
  }
  return kNothing;
}

std::string FoundKey::MaterialBytes(std::string_view id) const {
  return FromBase64(Material(id).GetString("Bytes")).value_or("");
}

Answer<FoundKey> FindKey(Context& context, std::string_view named, Naming naming) {
  if (named.starts_with("arn:")) return FindByArn(context, named, naming);
  if (named.starts_with("alias/") && naming == Naming::kAny)
    return FindByAlias(context, context.RegionScope(), named);
  if (!LooksLikeKeyId(named))
    return ServiceError("NotFoundException", fmt::format("Invalid keyId '{}'", named));
  return FindById(context, context.RegionScope(), named);
}

Answer<FoundKey> FindOwnKey(Context& context, const json::Object& input) {
  TL_TRY(FoundKey key, FindKey(context, input.GetString("KeyId"), Naming::kKeyOnly));
  if (key.scope.account == context.caller.account) return key;
  return ServiceError(
      "AccessDeniedException",
      fmt::format("{} belongs to another account: only its own may do this", key.Arn()));
}

Answer<FoundKey> FindChangeableKey(Context& context, const json::Object& input,
                                   std::string_view code) {
  TL_TRY(FoundKey key, FindOwnKey(context, input));
  if (key.record.body.GetString("KeyManager") != "AWS") return key;
  return ServiceError(code,
                      fmt::format("{} is an AWS managed key: it cannot be changed", key.Arn()));
}

Answer<void> RequireNotDeleting(const FoundKey& key) {
  if (key.State() != "PendingDeletion") return {};
  return ServiceError("KMSInvalidStateException",
                      fmt::format("{} is pending deletion.", key.Arn()));
}

Answer<void> RequireEnabled(const FoundKey& key) {
  TL_DO(RequireNotDeleting(key));
  if (key.State() == "Enabled") return {};
  return ServiceError("DisabledException", fmt::format("{} is disabled.", key.Arn()));
}

Answer<void> RequireUsage(const FoundKey& key, std::string_view usage, std::string_view operation) {
  TL_DO(RequireEnabled(key));
  if (key.Usage() == usage) return {};
  return ServiceError("InvalidKeyUsageException",
                      fmt::format("{} key usage is {} which is not valid for {}.", key.Arn(),
                                  key.Usage(), operation));
}

Answer<void> RequireAlgorithm(const FoundKey& key, std::string_view usage,
                              std::string_view algorithm) {
  if (Allows(key.Spec(), usage, algorithm)) return {};
  return ServiceError(
      "InvalidKeyUsageException",
      fmt::format("Algorithm {} is incompatible with key spec {}.", algorithm, key.Spec().name));
}

Answer<void> StopDryRun(const json::Object& input) {
  if (!input.GetBool("DryRun")) return {};
  return ServiceError("DryRunOperationException",
                      "The request would have succeeded, but the DryRun option is set.");
}

json::Object ToMetadata(const FoundKey& key) {
  json::Object metadata = key.record.body;
  for (const std::string_view own : {"Policy", "Tags", "Rotation", "Materials", "DeletionJob"})
    metadata.Remove(own);
  const KeySpec& spec = key.Spec();
  metadata.Set("AWSAccountId", key.scope.account);
  metadata.Set("KeyId", key.record.id);
  metadata.Set("Arn", key.Arn());
  metadata.Set("Enabled", key.State() == "Enabled");
  metadata.Set("CustomerMasterKeySpec", spec.name);
  if (key.Usage() == kEncryptDecrypt) {
    metadata.Set("EncryptionAlgorithms", ToArray(spec.encryption));
  } else if (key.Usage() == kSignVerify) {
    metadata.Set("SigningAlgorithms", ToArray(spec.signing));
  } else {
    metadata.Set("MacAlgorithms", ToArray({&spec.mac, 1}));
  }
  if (spec.IsSymmetric()) metadata.Set("CurrentKeyMaterialId", key.Material().GetString("Id"));
  if (key.record.body.GetBool("MultiRegion")) {
    json::Object primary{{"Arn", key.Arn()}, {"Region", key.scope.region}};
    metadata.Set("MultiRegionConfiguration", json::Object{{"MultiRegionKeyType", "PRIMARY"},
                                                          {"PrimaryKey", std::move(primary)},
                                                          {"ReplicaKeys", json::Array()}});
  }
  return metadata;
}

void Save(Context& context, FoundKey key) {
  context.store.Put(key.scope, kKey, std::move(key.record));
}

void NoteUse(Context& context, const FoundKey& key, std::string_view operation) {
  context.store.Put(key.scope, kUsage,
                    {.id = key.record.id,
                     .parent = "",
                     .name = "",
                     .body = {{"Operation", operation},
                              {"Timestamp", Seconds(context)},
                              {"KmsRequestId", context.request_id}}});
}

Answer<json::Object> NewMaterialEntry(Context& context, const KeySpec& spec,
                                      std::string_view type) {
  Result<std::string> bytes = NewMaterial(context.random, spec);
  if (!bytes) return bytes.error();
  constexpr std::size_t kIdLength = 64;
  json::Object entry{{"Id", NewToken(context.random, kIdLength, "0123456789abcdef")},
                     {"Bytes", ToBase64(*bytes)},
                     {"Date", Seconds(context)}};
  entry.SetIfNotEmpty("Type", type);
  return entry;
}

Answer<FoundKey> MakeKey(Context& context, json::Object settings, bool multi_region) {
  const KeySpec& spec = *FindSpec(settings.GetString("KeySpec"));
  TL_TRY(json::Object material, NewMaterialEntry(context, spec, {}));
  std::string id = NewUuid(context.random);
  if (multi_region) id = "mrk-" + NewToken(context.random, 32, "0123456789abcdef");
  settings.Set("CreationDate", Seconds(context));
  settings.Set("KeyState", "Enabled");
  settings.Set("Origin", "AWS_KMS");
  settings.Set("MultiRegion", multi_region);
  settings.Set("Materials", json::Array{std::move(material)});
  FoundKey key{.scope = context.RegionScope(),
               .record = {.id = id, .parent = "", .name = id, .body = std::move(settings)}};
  Save(context, key);
  return key;
}

std::string DefaultPolicy(const Context& context) {
  return fmt::format(R"({{
  "Version" : "2012-10-17",
  "Id" : "key-default-1",
  "Statement" : [ {{
    "Sid" : "Enable IAM User Permissions",
    "Effect" : "Allow",
    "Principal" : {{
      "AWS" : "arn:aws:iam::{}:root"
    }},
    "Action" : "kms:*",
    "Resource" : "*"
  }} ]
}})",
                     context.caller.account);
}

json::Number Seconds(const Context& context) {
  return {EpochSeconds(context.Now())};
}

ServiceError WrongMarker() {
  return {"InvalidMarkerException", "The marker is not one that this listing gave out."};
}

void SetMarker(json::Object& answer, std::string_view next) {
  answer.Set("Truncated", !next.empty());
  answer.SetIfNotEmpty("NextMarker", next);
}

}  // namespace trunkline::cloud::kms
