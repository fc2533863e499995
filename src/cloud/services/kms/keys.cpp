// Keys: creating, describing, listing, describing in words.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/list_page.h"
#include "cloud/policy_document.h"
#include "cloud/services/kms/families.h"
#include "cloud/services/kms/key.h"
#include "cloud/services/kms/tag_check.h"

namespace trunkline::cloud::kms {
namespace {

constexpr std::int64_t kDefaultPage = 100;

ServiceError Unsupported(std::string_view what) {
  return {"UnsupportedOperationException",
          fmt::format("{} is not implemented by the embedded cloud", what)};
}

Answer<const KeySpec*> ChooseSpec(const json::Object& input) {
  const std::string_view old = input.GetString("CustomerMasterKeySpec", kSymmetric);
  const std::string_view name = input.GetString("KeySpec", old);
  if (input.Has("KeySpec") && input.Has("CustomerMasterKeySpec")) {
    return ServiceError("ValidationException",
                        "You cannot specify KeySpec and CustomerMasterKeySpec in the same request. "
                        "CustomerMasterKeySpec is deprecated.");
  }
  if (const KeySpec* spec = FindSpec(name)) return spec;
  return Unsupported(fmt::format("the key spec {}", name));
}

Answer<std::string> ChooseUsage(const json::Object& input, const KeySpec& spec) {
  const std::string_view usage = input.GetString("KeyUsage", kEncryptDecrypt);
  if (usage == "KEY_AGREEMENT") return Unsupported("the key usage KEY_AGREEMENT");
  if (std::ranges::find(spec.usages, usage) != spec.usages.end()) {
    // An RSA key without a usage would encrypt; AWS wants it said.
    if (input.Has("KeyUsage") || spec.IsSymmetric()) return std::string(usage);
    return ServiceError("ValidationException",
                        "You must specify a KeyUsage value for an asymmetric KMS key.");
  }
  if (!input.Has("KeyUsage")) {
    return ServiceError("ValidationException",
                        fmt::format("You must specify a KeyUsage value for all KMS keys except for "
                                    "symmetric encryption keys."));
  }
  return ServiceError(
      "ValidationException",
      fmt::format("KeyUsage {} is not compatible with KeySpec {}", usage, spec.name));
}

Answer<void> CheckNotImplemented(const json::Object& input) {
  const std::string_view origin = input.GetString("Origin", "AWS_KMS");
  if (origin != "AWS_KMS") return Unsupported(fmt::format("the origin {}", origin));
  if (input.Has("CustomKeyStoreId") || input.Has("XksKeyId"))
    return Unsupported("a custom key store");
  return {};
}

Answer<> CreateKey(Context& context, const json::Object& input) {
  TL_DO(CheckNotImplemented(input));
  TL_TRY(const KeySpec* spec, ChooseSpec(input));
  TL_TRY(std::string usage, ChooseUsage(input, *spec));
  TL_DO(CheckTags(context, {}, input.GetArray("Tags")));
  const std::string policy(input.GetString("Policy", DefaultPolicy(context)));
  if (const auto problem = FindPolicyProblem(policy, PolicyUse::kResource))
    return ServiceError("MalformedPolicyDocumentException", *problem);

  json::Object settings{{"KeySpec", spec->name},    {"KeyUsage", std::move(usage)},
                        {"KeyManager", "CUSTOMER"}, {"Description", input.GetString("Description")},
                        {"Policy", policy},         {"Tags", input.GetArray("Tags")}};
  TL_TRY(const FoundKey key, MakeKey(context, std::move(settings), input.GetBool("MultiRegion")));
  return json::Object{{"KeyMetadata", ToMetadata(key)}};
}

Answer<> DescribeKey(Context& context, const json::Object& input) {
  TL_TRY(const FoundKey key, FindKey(context, input.GetString("KeyId")));
  return json::Object{{"KeyMetadata", ToMetadata(key)}};
}

Answer<> UpdateKeyDescription(Context& context, const json::Object& input) {
  TL_TRY(FoundKey key, FindChangeableKey(context, input));
  TL_DO(RequireNotDeleting(key));
  key.record.body.Set("Description", input.GetString("Description"));
  Save(context, std::move(key));
  return json::Object();
}

Answer<> ListKeys(Context& context, const json::Object& input) {
  const auto limit = static_cast<std::size_t>(input.GetInt("Limit", kDefaultPage));
  const auto page =
      context.store.ListPage(context.RegionScope(), kKey, {}, limit, input.GetString("Marker"));
  if (!page) return WrongMarker();
  json::Array keys;
  for (const Record* record : page->records) {
    const FoundKey key{.scope = context.RegionScope(), .record = *record};
    keys.push_back(json::Object{{"KeyId", record->id}, {"KeyArn", key.Arn()}});
  }
  json::Object answer{{"Keys", std::move(keys)}};
  SetMarker(answer, page->next);
  return answer;
}

// AWS tells of usage since it began to record it for a key; here that is since the key exists.
Answer<> GetKeyLastUsage(Context& context, const json::Object& input) {
  TL_TRY(const FoundKey key, FindOwnKey(context, input));
  const json::Value& created = key.record.body.At("CreationDate");
  json::Object answer{
      {"KeyId", key.Arn()}, {"TrackingStartDate", created}, {"KeyCreationDate", created}};
  if (const Record* usage = context.store.Find(key.scope, kUsage, key.record.id))
    answer.Set("KeyLastUsage", usage->body);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "CreateKey", .handle = CreateKey},
    {.name = "DescribeKey", .handle = DescribeKey},
    {.name = "GetKeyLastUsage", .handle = GetKeyLastUsage},
    {.name = "ListKeys", .handle = ListKeys},
    {.name = "UpdateKeyDescription", .handle = UpdateKeyDescription},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kKeyOperations = kOperations;

}  // namespace trunkline::cloud::kms
