#include "cloud/services/secretsmanager/secret.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/policy_document.h"

namespace trunkline::cloud::secretsmanager {
namespace {

constexpr std::size_t kSuffix = 7;  // "-AbCdEf"

ServiceError NotFound() {
  return {"ResourceNotFoundException", "Secrets Manager can't find the specified secret."};
}

// "name-AbCdEf" is the name of an ARN; without the suffix it is a partial one.
const Record* FindByResource(Context& context, const Scope& scope, std::string_view text,
                             std::string_view resource) {
  constexpr std::string_view kPrefix = "secret:";
  if (!resource.starts_with(kPrefix)) return nullptr;
  resource.remove_prefix(kPrefix.size());
  if (resource.size() > kSuffix) {
    const Record* record =
        context.store.Find(scope, kSecret, resource.substr(0, resource.size() - kSuffix));
    if (record && record->body.GetString("ARN") == text) return record;
  }
  return context.store.Find(scope, kSecret, resource);
}

bool LetsIn(const Record& record, std::string_view account) {
  const auto principals = AwsPrincipals(record.body.GetString("Policy"));
  return std::ranges::any_of(principals, [&](const std::string& principal) {
    return principal == "*" || principal.find(account) != std::string::npos;
  });
}

}  // namespace

Answer<Secret> FindSecret(Context& context, std::string_view id) {
  const auto arn = id.starts_with("arn:") ? ParseArn(id) : std::nullopt;
  if (!arn) {
    const Record* record = context.store.Find(context.RegionScope(), kSecret, id);
    if (!record) return NotFound();
    return Secret{.scope = context.RegionScope(), .record = *record};
  }
  const Scope scope{.account = arn->account, .region = arn->region};
  const bool here = arn->service == "secretsmanager" && arn->region == context.region;
  const Record* record = here ? FindByResource(context, scope, id, arn->resource) : nullptr;
  if (!record) return NotFound();
  if (arn->account != context.caller.account && !LetsIn(*record, context.caller.account)) {
    return ServiceError("AccessDeniedException",
                        fmt::format("User: {} is not authorized to access the resource: {} because "
                                    "no resource-based policy allows it",
                                    context.caller.arn, id));
  }
  return Secret{.scope = scope, .record = *record};
}

Answer<Secret> FindLiveSecret(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindSecret(context, input.GetString("SecretId")));
  if (!secret.Deleted()) return secret;
  return ServiceError("InvalidRequestException",
                      "You can't perform this operation on the secret because it was marked for "
                      "deletion.");
}

Answer<Secret> FindWritableSecret(Context& context, const json::Object& input) {
  TL_TRY(Secret secret, FindLiveSecret(context, input));
  if (!secret.record.body.GetBool("Replica")) return secret;
  return ServiceError("InvalidRequestException",
                      "Operation not permitted on a replica secret. Call must be made in primary "
                      "secret's region.");
}

json::Object ToAnswer(const Secret& secret) {
  return {{"ARN", secret.Arn()}, {"Name", secret.Name()}};
}

json::Number Seconds(const Context& context) {
  return {EpochSeconds(context.Now())};
}

void Save(Context& context, Secret secret) {
  context.store.Put(secret.scope, kSecret, std::move(secret.record));
}

}  // namespace trunkline::cloud::secretsmanager
