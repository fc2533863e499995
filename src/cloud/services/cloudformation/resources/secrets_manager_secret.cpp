// AWS::SecretsManager::Secret.
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// Makes the value once; the same template does not make another one.
Answer<void> Generate(const WaitContext& context, const ResourceOrder& order,
                      json::Object& properties) {
  const json::Value* rules = properties.Find("GenerateSecretString");
  if (!rules || !rules->IsObject() || &properties == &order.previous) return {};
  const json::Value* before = order.previous.Find("GenerateSecretString");
  if (!order.physical_id.empty() && before && *before == *rules) return {};
  json::Object asked = rules->AsObject();
  const std::string key(asked.GetString("GenerateStringKey"));
  const std::string form(asked.GetString("SecretStringTemplate"));
  asked.Remove("GenerateStringKey");
  asked.Remove("SecretStringTemplate");
  for (json::Member& entry : asked) {
    if (!entry.value.IsString() || entry.key == "ExcludeCharacters") continue;
    const auto number = ToInt(entry.value.AsString());
    entry.value = number ? json::Value(*number) : json::Value(entry.value == json::Value("true"));
  }
  TL_TRY(const json::Object made, context.Dispatch("secretsmanager", "GetRandomPassword", asked));
  if (key.empty() != form.empty()) {
    return ServiceError("InvalidRequest",
                        "You must specify both GenerateStringKey and SecretStringTemplate.");
  }
  std::string secret(made.GetString("RandomPassword"));
  if (!form.empty()) {
    Result<json::Value> parsed = json::Parse(form);
    if (!parsed || !parsed->IsObject())
      return ServiceError("InvalidRequest", "SecretStringTemplate is not a JSON object.");
    parsed->AsObject().Set(key, secret);
    secret = json::Write(*parsed);
  }
  properties.Set("SecretString", secret);
  return {};
}

constexpr auto kProperties = Properties<
    "Description GenerateSecretString~ KmsKeyId Name^ ReplicaRegions~ SecretString~ Tags "
    "Type">();

constexpr auto kAttributes = Words<"Id">();

constexpr Name kNames[] = {
    {"ReplicaRegions", "AddReplicaRegions"},
};

constexpr Name kValues[] = {
    {"Id", "ARN"},
};

constexpr Change kChanges[] = {
    {.operation = "UpdateSecret",
     .properties = "Description KmsKeyId SecretString Type GenerateSecretString"},
};

constexpr Members kMembers[] = {
    {.property = "ReplicaRegions",
     .add = "ReplicateSecretToRegions",
     .remove = "RemoveRegionsFromReplication",
     .key = "Region",
     .member = "ReplicaRegions",
     .removed = "RemoveReplicaRegions",
     .part = "Region"},
};

// A stack's secrets go at once, so that it can be made again (documented).
constexpr Fixed kFixed[] = {
    {"DeleteSecret", R"({"ForceDeleteWithoutRecovery": true})"},
};

constexpr Mapping kMapping{
    .type = "AWS::SecretsManager::Secret",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "secretsmanager",
    .create = "CreateSecret",
    .describe = "DescribeSecret",
    .remove = "DeleteSecret",
    .changes = kChanges,
    .members = kMembers,
    .id = "ARN",
    .keys = "SecretId",
    .values = kValues,
    .names = kNames,
    .fixed = kFixed,
    .naming = {.property = "Name", .limit = 512},
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "ARN",
    .prepare = Generate,
};

}  // namespace

constinit const ResourceType kSecretsManagerSecretType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
