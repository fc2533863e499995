#include "cloud/callers.h"

#include <algorithm>

namespace trunkline::cloud {
namespace {

constexpr Kind kKey{"cloud", "key"};
// Behind AWS's own prefix for the sort of key; with it a key that was deleted is told from a
// stranger's.
constexpr std::string_view kOurMark = "TRUNK";
constexpr std::string_view kUserPrefix = "AKIA";
constexpr std::string_view kSessionPrefix = "ASIA";
constexpr std::size_t kKeyLength = 20;
constexpr std::string_view kSecretAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string NewAccessKeyId(Random& random, bool session) {
  std::string id(session ? kSessionPrefix : kUserPrefix);
  id += kOurMark;
  return id + NewToken(random, kKeyLength - id.size(), kUpperAlphanumeric);
}

std::string NewSecretKey(Random& random) {
  return NewToken(random, 40, kSecretAlphabet);
}

std::string NewSessionToken(Random& random) {
  return NewToken(random, 164, kSecretAlphabet);
}

void PutKey(Store& store, const IssuedKey& key) {
  json::Object body{
      {"Account", key.caller.account},          {"Arn", key.caller.arn},
      {"UserId", key.caller.user_id},           {"SecretKey", key.secret},
      {"SessionToken", key.session_token},      {"Active", key.active},
      {"SessionName", key.caller.session_name},
  };
  json::Array policies;
  for (const std::string& policy : key.session_policies) policies.emplace_back(policy);
  if (!policies.empty()) body.Set("SessionPolicies", std::move(policies));
  if (key.expires) body.Set("Expires", key.expires->time_since_epoch().count());
  store.Put({}, kKey,
            {.id = key.caller.access_key_id, .parent = {}, .name = {}, .body = std::move(body)});
}

void DeleteKey(Store& store, std::string_view access_key_id) {
  store.Delete({}, kKey, access_key_id);
}

std::optional<IssuedKey> FindKey(Store& store, std::string_view access_key_id) {
  const Record* record = store.Find({}, kKey, access_key_id);
  if (!record) return std::nullopt;
  const json::Object& body = record->body;
  IssuedKey key{.caller = {.account = std::string(body.GetString("Account")),
                           .arn = std::string(body.GetString("Arn")),
                           .user_id = std::string(body.GetString("UserId")),
                           .access_key_id = record->id,
                           .session_name = std::string(body.GetString("SessionName"))},
                .secret = std::string(body.GetString("SecretKey")),
                .session_token = std::string(body.GetString("SessionToken")),
                .expires = std::nullopt,
                .active = body.GetBool("Active"),
                .session_policies = {}};
  for (const json::Value& policy : body.GetArray("SessionPolicies")) {
    key.session_policies.push_back(policy.AsString());
  }
  if (body.Has("Expires")) key.expires = TimePoint(Milliseconds(body.GetInt("Expires")));
  return key;
}

bool LooksIssued(std::string_view access_key_id) {
  if (access_key_id.size() != kKeyLength) return false;
  const std::string_view prefix = access_key_id.substr(0, kUserPrefix.size());
  return (prefix == kUserPrefix || prefix == kSessionPrefix) &&
         access_key_id.substr(prefix.size(), kOurMark.size()) == kOurMark;
}

bool IsAccountId(std::string_view text) {
  return text.size() == 12 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Caller RootCaller(std::string_view account) {
  return {.account = std::string(account),
          .arn = fmt::format("arn:aws:iam::{}:root", account),
          .user_id = std::string(account),
          .access_key_id = {},
          .session_name = {}};
}

Caller CallerOfForeignKey(std::string_view access_key_id) {
  Caller caller = RootCaller(IsAccountId(access_key_id) ? access_key_id : kDefaultAccount);
  caller.access_key_id = access_key_id;
  return caller;
}

}  // namespace trunkline::cloud
