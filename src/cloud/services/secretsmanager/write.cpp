// Creating secrets and giving them values.
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/services/secretsmanager/families.h"
#include "cloud/services/secretsmanager/replicas.h"
#include "cloud/services/secretsmanager/secret.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::secretsmanager {
namespace {

Answer<void> CheckName(std::string_view name) {
  const auto fits = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("/_+=.@-!").find(c) != std::string_view::npos;
  };
  if (std::ranges::all_of(name, fits)) return {};
  return ServiceError("ValidationException",
                      "Invalid name. Must be a valid name containing alphanumeric characters, or "
                      "any of the following: -/_+=.@!");
}

Answer<void> CheckFree(Context& context, const std::string& name) {
  const Record* record = context.store.Find(context.RegionScope(), kSecret, name);
  if (!record) return {};
  if (record->body.Has("DeletedDate")) {
    return ServiceError("InvalidRequestException",
                        "You can't create this secret because a secret with this name is already "
                        "scheduled for deletion.");
  }
  return ServiceError(
      "ResourceExistsException",
      fmt::format("The operation failed because the secret {} already exists.", name));
}

std::string TokenOf(Context& context, const json::Object& input) {
  const std::string_view token = input.GetString("ClientRequestToken");
  return token.empty() ? NewUuid(context.random) : std::string(token);
}

ServiceError TokenInUse(const Secret& secret, std::string_view token) {
  return {"ResourceExistsException",
          fmt::format("You can't use ClientRequestToken {} because that value is already in use "
                      "for a version of secret {}.",
                      token, secret.Arn())};
}

enum class Written { kNew, kSame };

// A version of that token with that value. The same token with the same value is the same version;
// a rotation's empty version takes its value.
Answer<Written> WriteVersion(Context& context, const Secret& secret, const std::string& token,
                             const Plain& plain) {
  auto version = FindVersion(context, secret, token);
  if (version) {
    TL_TRY(const std::optional<Plain> present, OpenValue(context, secret, *version));
    if (present && *present == plain) return Written::kSame;
    if (present) return TokenInUse(secret, token);
  } else {
    version = Record{.id = {},
                     .parent = {},
                     .name = {},
                     .body = {{"VersionId", token},
                              {"VersionStages", json::Array()},
                              {"CreatedDate", Seconds(context)}}};
  }
  TL_DO(SealValue(context, secret, plain, *version));
  SaveVersion(context, secret, *std::move(version));
  return Written::kNew;
}

Answer<void> CheckTags(const json::Object& input) {
  constexpr std::size_t kMostTags = 50;
  const json::Array& tags = input.GetArray("Tags");
  if (!RepeatedTagKey(tags).empty())
    return ServiceError("InvalidParameterException", "A tag key stands twice.");
  if (tags.size() > kMostTags)
    return ServiceError("InvalidParameterException", "A secret can have at most 50 tags.");
  return {};
}

Answer<void> Fill(Context& context, Secret& secret, const std::string& token, const Plain& plain) {
  TL_DO(WriteVersion(context, secret, token, plain));
  MoveStage(context, secret, kCurrent, token);
  secret.record.body.Set("LastChangedDate", Seconds(context));
  RemoveOldVersions(context, secret);
  return {};
}

// CreateSecret with the token and value of the secret's first version is the same call again.
Answer<std::optional<json::Object>> Again(Context& context, const json::Object& input,
                                          const std::optional<Plain>& plain) {
  std::optional<json::Object> answer;
  const auto secret = FindSecret(context, input.GetString("Name"));
  if (!secret || secret->Deleted() || !plain) return answer;
  const auto version = FindVersion(context, *secret, input.GetString("ClientRequestToken"));
  if (!version) return answer;
  TL_TRY(const std::optional<Plain> present, OpenValue(context, *secret, *version));
  if (present != plain) return answer;
  answer = ToAnswer(*secret);
  answer->Set("VersionId", version->body.GetString("VersionId"));
  return answer;
}

Answer<> CreateSecret(Context& context, const json::Object& input) {
  const std::string name(input.GetString("Name"));
  TL_DO(CheckName(name));
  TL_DO(CheckTags(input));
  TL_TRY(const std::optional<Plain> plain, ReadValue(input));
  TL_TRY(std::optional<json::Object> again, Again(context, input, plain));
  if (again) return *std::move(again);
  TL_DO(CheckFree(context, name));

  constexpr std::size_t kSuffix = 6;
  const std::string resource =
      fmt::format("secret:{}-{}", name, NewToken(context.random, kSuffix, kAlphanumeric));
  json::Object body{{"ARN", MakeArn(context, "secretsmanager", resource)},
                    {"Name", name},
                    {"CreatedDate", Seconds(context)},
                    {"LastChangedDate", Seconds(context)},
                    {"Tags", input.GetArray("Tags")}};
  for (const std::string_view member : {"Description", "KmsKeyId", "Type"})
    body.SetIfNotEmpty(member, input.GetString(member));
  Secret secret{.scope = context.RegionScope(),
                .record = {.id = name, .parent = "", .name = name, .body = std::move(body)}};
  json::Object answer = ToAnswer(secret);
  if (plain) {
    const std::string token = TokenOf(context, input);
    TL_DO(Fill(context, secret, token, *plain));
    answer.Set("VersionId", token);
  }
  if (input.Has("AddReplicaRegions")) {
    TL_TRY(json::Array status, AddReplicas(context, secret, input));
    answer.Set("ReplicationStatus", std::move(status));
  }
  Save(context, secret);
  TL_DO(UpdateReplicas(context, secret));
  return answer;
}

Answer<> UpdateSecret(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindWritableSecret(context, input));
  TL_TRY(const std::optional<Plain> plain, ReadValue(input));
  for (const std::string_view member : {"Description", "KmsKeyId", "Type"}) {
    if (input.Has(member)) secret.record.body.Set(member, input.At(member));
  }
  json::Object answer = ToAnswer(secret);
  if (plain) {
    const std::string token = TokenOf(context, input);
    if (auto present = FindVersion(context, secret, token);
        present && present->body.Has("Sealed") && !HasStage(*present, kCurrent)) {
      return TokenInUse(secret, token);
    }
    TL_DO(Fill(context, secret, token, *plain));
    answer.Set("VersionId", token);
  }
  secret.record.body.Set("LastChangedDate", Seconds(context));
  Save(context, secret);
  TL_DO(UpdateReplicas(context, secret));
  return answer;
}

Answer<> PutSecretValue(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindWritableSecret(context, input));
  TL_TRY(const std::optional<Plain> plain, ReadValue(input));
  if (!plain) {
    return ServiceError("InvalidRequestException",
                        "You must provide either SecretString or SecretBinary.");
  }
  const std::string token = TokenOf(context, input);
  TL_TRY(const Written written, WriteVersion(context, secret, token, *plain));
  json::Array stages = input.GetArray("VersionStages");
  if (stages.empty()) stages.emplace_back(kCurrent);
  // The first version is always the current one.
  if (!FindStage(context, secret, kCurrent)) MoveStage(context, secret, kCurrent, token);
  if (written == Written::kNew) {
    for (const json::Value& stage : stages) MoveStage(context, secret, stage.AsString(), token);
    RemoveOldVersions(context, secret);
  }
  secret.record.body.Set("LastChangedDate", Seconds(context));
  json::Object answer = ToAnswer(secret);
  answer.Set("VersionId", token);
  answer.Set("VersionStages", FindVersion(context, secret, token)->body.GetArray("VersionStages"));
  Save(context, secret);
  TL_DO(UpdateReplicas(context, secret));
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "CreateSecret", .handle = CreateSecret},
    {.name = "PutSecretValue", .handle = PutSecretValue},
    {.name = "UpdateSecret", .handle = UpdateSecret},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kWriteOperations = kOperations;

}  // namespace trunkline::cloud::secretsmanager
