// SSH public keys and credentials of single services.
#include "cloud/services/iam/user_things.h"

#include "base/hash.h"
#include "base/text.h"
#include "cloud/services/iam/families.h"

namespace trunkline::cloud::iam {

std::string UserIdOf(const Record& user) {
  return std::string(user.body.GetString("UserId"));
}

Answer<void> CheckHasNoThings(Context& context, const Record& user) {
  struct Thing {
    Kind kind;
    std::string_view words;
  };
  for (const Thing& thing :
       {Thing{kLoginProfile, "delete login profile"}, Thing{kMfaDevice, "delete MFA device"},
        Thing{kSshKey, "delete SSH public keys"},
        Thing{kServiceCredential, "delete service specific credentials"}}) {
    if (!context.store.List(context.AccountScope(), thing.kind, UserIdOf(user)).empty())
      return DeleteConflict(fmt::format("Cannot delete entity, must {} first.", thing.words));
  }
  return {};
}

namespace {

constexpr std::size_t kMaxSshKeys = 5;
constexpr std::size_t kMaxCredentials = 2;  // of one service
constexpr std::size_t kPasswordLength = 44;

// ---- SSH public keys

json::Object ShowMetadata(const Record& user, const Record& key) {
  return {{"UserName", user.id},
          {"SSHPublicKeyId", key.id},
          {"Status", key.body.At("Status")},
          {"UploadDate", key.body.At("UploadDate")}};
}

json::Object ShowKey(const Record& user, const Record& key) {
  json::Object shown = ShowMetadata(user, key);
  shown.Set("Fingerprint", key.body.At("Fingerprint"));
  shown.Set("SSHPublicKeyBody", key.body.At("Body"));
  return shown;
}

// MD5 of the key's bytes, "aa:bb:...".
Answer<std::string> FingerprintOf(std::string_view body) {
  const std::vector<std::string_view> parts = Split(Trim(body), ' ');
  const auto bytes = parts.size() >= 2 && parts[0] == "ssh-rsa" ? FromBase64(parts[1])
                                                                : std::optional<std::string>();
  if (!bytes) return ServiceError("InvalidPublicKeyException", "The public key is not valid.");
  const std::string digest = ToHex(Md5(*bytes));
  std::string text;
  for (std::size_t i = 0; i < digest.size(); i += 2)
    text += (text.empty() ? "" : ":") + digest.substr(i, 2);
  return text;
}

Answer<Record> FindKey(Context& context, const json::Object& input, const Record& user) {
  const std::string_view id = input.GetString("SSHPublicKeyId");
  const Record* key = context.store.Find(context.AccountScope(), kSshKey, id);
  if (key && key->parent == UserIdOf(user)) return *key;
  return NoSuchEntity(fmt::format("The Public Key with id {} cannot be found.", id));
}

Answer<> UploadSSHPublicKey(Context& context, const json::Object& input) {
  TL_TRY(const Record user, FindHolder(context, kUserHolder, input));
  const std::string body(input.GetString("SSHPublicKeyBody"));
  TL_TRY(const std::string fingerprint, FingerprintOf(body));
  if (context.store.List(context.AccountScope(), kSshKey, UserIdOf(user)).size() >= kMaxSshKeys)
    return LimitExceeded("Cannot exceed quota for SSHPublicKeysPerUser: 5");
  const Record key{.id = NewUniqueId(context, "APKA"),
                   .parent = UserIdOf(user),
                   .name = {},
                   .body = {{"Status", "Active"},
                            {"Body", body},
                            {"Fingerprint", fingerprint},
                            {"UploadDate", json::Number{EpochSeconds(context.Now())}}}};
  context.store.Put(context.AccountScope(), kSshKey, key);
  return json::Object{{"SSHPublicKey", ShowKey(user, key)}};
}

Answer<> GetSSHPublicKey(Context& context, const json::Object& input) {
  TL_TRY(const Record user, FindHolder(context, kUserHolder, input));
  TL_TRY(const Record key, FindKey(context, input, user));
  return json::Object{{"SSHPublicKey", ShowKey(user, key)}};
}

Answer<> UpdateSSHPublicKey(Context& context, const json::Object& input) {
  TL_TRY(const Record user, FindHolder(context, kUserHolder, input));
  TL_TRY(Record key, FindKey(context, input, user));
  key.body.Set("Status", input.At("Status"));
  context.store.Put(context.AccountScope(), kSshKey, std::move(key));
  return json::Object();
}

Answer<> DeleteSSHPublicKey(Context& context, const json::Object& input) {
  TL_TRY(const Record user, FindHolder(context, kUserHolder, input));
  TL_TRY(const Record key, FindKey(context, input, user));
  context.store.Delete(context.AccountScope(), kSshKey, key.id);
  return json::Object();
}

Answer<> ListSSHPublicKeys(Context& context, const json::Object& input) {
  TL_TRY(const Record user, NamedOrCallingUser(context, input));
  const auto keys = context.store.List(context.AccountScope(), kSshKey, UserIdOf(user));
  std::vector<std::string> ids;
  for (const Record* key : keys) ids.push_back(key->id);
  TL_TRY(const Page page, TakePage(input, "ListSSHPublicKeys " + user.id, ids));
  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) shown.push_back(ShowMetadata(user, *keys[i]));
  json::Object answer{{"SSHPublicKeys", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

// ---- credentials of single services

json::Object ShowCredential(const Record& user, const Record& credential) {
  return {{"UserName", user.id},
          {"Status", credential.body.At("Status")},
          {"ServiceUserName", credential.body.At("ServiceUserName")},
          {"CreateDate", credential.body.At("CreateDate")},
          {"ServiceSpecificCredentialId", credential.id},
          {"ServiceName", credential.body.At("ServiceName")}};
}

Answer<Record> FindCredential(Context& context, const json::Object& input, const Record& user) {
  const std::string_view id = input.GetString("ServiceSpecificCredentialId");
  const Record* found = context.store.Find(context.AccountScope(), kServiceCredential, id);
  if (found && found->parent == UserIdOf(user)) return *found;
  return NoSuchEntity(
      fmt::format("The service-specific credential with id {} cannot be found.", id));
}

// The password is shown when it is made, and never again.
json::Object ShowWithPassword(Context& context, const Record& user, const Record& credential) {
  json::Object shown = ShowCredential(user, credential);
  shown.Set("ServicePassword", NewToken(context.random, kPasswordLength, kAlphanumeric));
  return {{"ServiceSpecificCredential", std::move(shown)}};
}

std::vector<const Record*> CredentialsOf(Context& context, const Record& user,
                                         std::string_view service) {
  auto all = context.store.List(context.AccountScope(), kServiceCredential, UserIdOf(user));
  std::erase_if(all, [&](const Record* one) {
    return !service.empty() && one->body.GetString("ServiceName") != service;
  });
  return all;
}

Answer<> CreateServiceSpecificCredential(Context& context, const json::Object& input) {
  TL_TRY(const Record user, FindHolder(context, kUserHolder, input));
  const std::string service(input.GetString("ServiceName"));
  if (service != "codecommit.amazonaws.com" && service != "cassandra.amazonaws.com") {
    return NoSuchEntity(
        fmt::format("No such service {} is supported for Service Specific Credentials", service));
  }
  const std::size_t count = CredentialsOf(context, user, service).size();
  if (count >= kMaxCredentials)
    return LimitExceeded("Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2");
  const std::string name = count == 0
                               ? fmt::format("{}-at-{}", user.id, context.caller.account)
                               : fmt::format("{}+{}-at-{}", user.id, count, context.caller.account);
  const Record credential{.id = NewUniqueId(context, "ACCA"),
                          .parent = UserIdOf(user),
                          .name = {},
                          .body = {{"Status", "Active"},
                                   {"ServiceName", service},
                                   {"ServiceUserName", name},
                                   {"CreateDate", json::Number{EpochSeconds(context.Now())}}}};
  context.store.Put(context.AccountScope(), kServiceCredential, credential);
  return ShowWithPassword(context, user, credential);
}

Answer<> ResetServiceSpecificCredential(Context& context, const json::Object& input) {
  TL_TRY(const Record user, NamedOrCallingUser(context, input));
  TL_TRY(const Record credential, FindCredential(context, input, user));
  return ShowWithPassword(context, user, credential);
}

Answer<> UpdateServiceSpecificCredential(Context& context, const json::Object& input) {
  TL_TRY(const Record user, NamedOrCallingUser(context, input));
  TL_TRY(Record credential, FindCredential(context, input, user));
  credential.body.Set("Status", input.At("Status"));
  context.store.Put(context.AccountScope(), kServiceCredential, std::move(credential));
  return json::Object();
}

Answer<> DeleteServiceSpecificCredential(Context& context, const json::Object& input) {
  TL_TRY(const Record user, NamedOrCallingUser(context, input));
  TL_TRY(const Record credential, FindCredential(context, input, user));
  context.store.Delete(context.AccountScope(), kServiceCredential, credential.id);
  return json::Object();
}

Answer<> ListServiceSpecificCredentials(Context& context, const json::Object& input) {
  TL_TRY(const Record user, NamedOrCallingUser(context, input));
  json::Array shown;
  for (const Record* one : CredentialsOf(context, user, input.GetString("ServiceName")))
    shown.push_back(ShowCredential(user, *one));
  return json::Object{{"ServiceSpecificCredentials", std::move(shown)}, {"IsTruncated", false}};
}

constexpr Operation kOperations[] = {
    {.name = "CreateServiceSpecificCredential", .handle = CreateServiceSpecificCredential},
    {.name = "DeleteSSHPublicKey", .handle = DeleteSSHPublicKey},
    {.name = "DeleteServiceSpecificCredential", .handle = DeleteServiceSpecificCredential},
    {.name = "GetSSHPublicKey", .handle = GetSSHPublicKey},
    {.name = "ListSSHPublicKeys", .handle = ListSSHPublicKeys},
    {.name = "ListServiceSpecificCredentials", .handle = ListServiceSpecificCredentials},
    {.name = "ResetServiceSpecificCredential", .handle = ResetServiceSpecificCredential},
    {.name = "UpdateSSHPublicKey", .handle = UpdateSSHPublicKey},
    {.name = "UpdateServiceSpecificCredential", .handle = UpdateServiceSpecificCredential},
    {.name = "UploadSSHPublicKey", .handle = UploadSSHPublicKey},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kUserCredentialOperations = kOperations;

}  // namespace trunkline::cloud::iam
