// Access keys of users: at most two each; the secret is shown once, by CreateAccessKey.
#include "cloud/callers.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/users.h"

namespace trunkline::cloud::iam {

std::vector<const Record*> KeysOf(Context& context, std::string_view user) {
  return context.store.List(context.AccountScope(), kAccessKey, user);
}

void MoveKeys(Context& context, std::string_view from, const Record& user) {
  std::vector<Record> keys;
  for (const Record* key : KeysOf(context, from)) keys.push_back(*key);
  for (Record& key : keys) {
    if (auto issued = FindKey(context.store, key.id)) {
      issued->caller.arn = user.body.GetString("Arn");
      PutKey(context.store, *issued);
    }
    key.parent = user.id;
    context.store.Put(context.AccountScope(), kAccessKey, std::move(key));
  }
}

namespace {

constexpr std::size_t kMaxKeys = 2;

json::Object ToMetadata(const Record& key) {
  return {{"UserName", key.parent},
          {"AccessKeyId", key.id},
          {"Status", key.body.At("Status")},
          {"CreateDate", key.body.At("CreateDate")}};
}

Answer<> CreateAccessKey(Context& context, const json::Object& input) {
  TL_TRY(const Record user, NamedOrCallingUser(context, input));
  if (KeysOf(context, user.id).size() >= kMaxKeys) {
    return LimitExceeded("Cannot exceed quota for AccessKeysPerUser: 2");
  }
  const IssuedKey issued{.caller = {.account = context.caller.account,
                                    .arn = std::string(user.body.GetString("Arn")),
                                    .user_id = std::string(user.body.GetString("UserId")),
                                    .access_key_id = NewAccessKeyId(context.random, false),
                                    .session_name = {}},
                         .secret = NewSecretKey(context.random),
                         .session_token = {},
                         .expires = std::nullopt,
                         .active = true,
                         .session_policies = {}};
  PutKey(context.store, issued);
  const Record key{
      .id = issued.caller.access_key_id,
      .parent = user.id,
      .name = {},
      .body = {{"Status", "Active"}, {"CreateDate", json::Number{EpochSeconds(context.Now())}}}};
  context.store.Put(context.AccountScope(), kAccessKey, key);
  json::Object answer = ToMetadata(key);
  answer.Set("SecretAccessKey", issued.secret);
  return json::Object{{"AccessKey", std::move(answer)}};
}

Answer<Record> FindKeyOf(Context& context, const json::Object& input) {
  TL_TRY(const Record user, NamedOrCallingUser(context, input));
  const std::string_view id = input.GetString("AccessKeyId");
  const Record* key = context.store.Find(context.AccountScope(), kAccessKey, id);
  if (key && key->parent == user.id) return *key;
  return NoSuchEntity(fmt::format("The Access Key with id {} cannot be found.", id));
}

Answer<> UpdateAccessKey(Context& context, const json::Object& input) {
  TL_TRY(Record key, FindKeyOf(context, input));
  if (auto issued = FindKey(context.store, key.id)) {
    issued->active = input.GetString("Status") == "Active";
    PutKey(context.store, *issued);
  }
  key.body.Set("Status", input.At("Status"));
  context.store.Put(context.AccountScope(), kAccessKey, std::move(key));
  return json::Object();
}

Answer<> DeleteAccessKey(Context& context, const json::Object& input) {
  TL_TRY(const Record key, FindKeyOf(context, input));
  DeleteKey(context.store, key.id);
  context.store.Delete(context.AccountScope(), kAccessKey, key.id);
  return json::Object();
}

Answer<> ListAccessKeys(Context& context, const json::Object& input) {
  // The root user's keys are not IAM's to give out here: it has none.
  const bool root = !input.Has("UserName") && context.caller.arn.ends_with(":root");
  if (root) return json::Object{{"AccessKeyMetadata", json::Array()}, {"IsTruncated", false}};
  TL_TRY(const Record user, NamedOrCallingUser(context, input));
  const std::vector<const Record*> keys = KeysOf(context, user.id);
  std::vector<std::string> ids;
  for (const Record* key : keys) ids.push_back(key->id);
  TL_TRY(const Page page, TakePage(input, "ListAccessKeys " + user.id, ids));

  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) shown.push_back(ToMetadata(*keys[i]));
  json::Object answer{{"AccessKeyMetadata", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

// Seen: a key of nobody in the account is AccessDenied here, not NoSuchEntity.
Answer<> GetAccessKeyLastUsed(Context& context, const json::Object& input) {
  const std::string_view id = input.GetString("AccessKeyId");
  const Record* key = context.store.Find(context.AccountScope(), kAccessKey, id);
  if (!key) {
    return ServiceError("AccessDenied",
                        fmt::format("User: {} is not authorized to perform "
                                    "iam:GetAccessKeyLastUsed on resource: access key {}",
                                    context.caller.arn, id))
        .WithStatus(403);
  }
  json::Object used;
  if (const json::Value* date = key->body.Find("LastUsedDate")) used.Set("LastUsedDate", *date);
  used.Set("ServiceName", key->body.GetString("ServiceName", "N/A"));
  used.Set("Region", key->body.GetString("Region", "N/A"));
  return json::Object{{"UserName", key->parent}, {"AccessKeyLastUsed", std::move(used)}};
}

constexpr Operation kOperations[] = {
    {.name = "CreateAccessKey", .handle = CreateAccessKey},
    {.name = "DeleteAccessKey", .handle = DeleteAccessKey},
    {.name = "GetAccessKeyLastUsed", .handle = GetAccessKeyLastUsed},
    {.name = "ListAccessKeys", .handle = ListAccessKeys},
    {.name = "UpdateAccessKey", .handle = UpdateAccessKey},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kAccessKeyOperations = kOperations;

}  // namespace trunkline::cloud::iam
