// Grants: kept, listed, retired and revoked. Nothing is decided by them: permissions decide nothing
// here.
#include <fmt/format.h>

#include "base/hash.h"
#include "base/json_write.h"
#include "cloud/services/kms/families.h"
#include "cloud/services/kms/key.h"

namespace trunkline::cloud::kms {
namespace {

constexpr std::int64_t kDefaultPage = 50;

json::Object Shown(const Record& grant) {
  json::Object shown = grant.body;
  shown.Remove("Token");
  shown.Set("GrantId", grant.id);
  return shown;
}

// A grant of the same name with the same settings is the same grant (as documented).
const Record* FindSame(Context& context, const FoundKey& key, const json::Object& body) {
  if (!body.Has("Name")) return nullptr;
  for (const Record* grant : context.store.List(key.scope, kGrant, key.record.id)) {
    json::Object other = grant->body;
    other.Remove("Token");
    other.Set("CreationDate", body.At("CreationDate"));
    if (other == body) return grant;
  }
  return nullptr;
}

Answer<json::Object> NewGrant(const Context& context, const FoundKey& key,
                              const json::Object& input) {
  if (!input.Has("GranteePrincipal") && !input.Has("GranteeServicePrincipal")) {
    return ServiceError("ValidationException",
                        "1 validation error detected: Value at 'granteePrincipal' failed to "
                        "satisfy constraint: Member must not be null");
  }
  json::Object body{{"KeyId", key.Arn()},
                    {"IssuingAccount", fmt::format("arn:aws:iam::{}:root", context.caller.account)},
                    {"CreationDate", Seconds(context)}};
  for (const std::string_view member :
       {"Name", "GranteePrincipal", "GranteeServicePrincipal", "RetiringPrincipal",
        "RetiringServicePrincipal", "Operations", "Constraints"}) {
    if (const json::Value* value = input.Find(member)) body.Set(member, *value);
  }
  return body;
}

Answer<> CreateGrant(Context& context, const json::Object& input) {
  TL_TRY(const FoundKey key, FindKey(context, input.GetString("KeyId"), Naming::kKeyOnly));
  TL_DO(RequireEnabled(key));
  TL_TRY(json::Object body, NewGrant(context, key, input));
  TL_DO(StopDryRun(input));
  if (const Record* same = FindSame(context, key, body)) {
    return json::Object{{"GrantId", same->id}, {"GrantToken", same->body.GetString("Token")}};
  }
  constexpr std::size_t kIdLength = 64;
  constexpr std::size_t kTokenLength = 172;
  std::string id = NewToken(context.random, kIdLength, "0123456789abcdef");
  std::string token = NewToken(context.random, kTokenLength, kAlphanumeric);
  body.Set("Token", token);
  context.store.Put(key.scope, kGrant,
                    {.id = id,
                     .parent = key.record.id,
                     .name = fmt::format("{}", EpochSeconds(context.Now())),
                     .body = std::move(body)});
  return json::Object{{"GrantId", std::move(id)}, {"GrantToken", std::move(token)}};
}

struct Wanted {
  std::string listing;
  const json::Object& input;
  std::string parent;
  std::string_view filters[3];  // members that must be equal where they are given
};

Answer<> ListThem(Context& context, const Scope& scope, const Wanted& wanted) {
  const json::Object& input = wanted.input;
  const RecordFilter filter{
      .text = wanted.listing, .keep = [&](const Record& grant) {
        const json::Object shown = Shown(grant);
        for (const std::string_view member : wanted.filters) {
          if (input.Has(member) && shown.GetString(member) != input.GetString(member)) return false;
        }
        return true;
      }};
  const auto page = context.store.ListPage(
      scope, kGrant, wanted.parent, static_cast<std::size_t>(input.GetInt("Limit", kDefaultPage)),
      input.GetString("Marker"), filter);
  if (!page) return WrongMarker();
  json::Array grants;
  for (const Record* grant : page->records) grants.push_back(Shown(*grant));
  json::Object answer{{"Grants", std::move(grants)}};
  SetMarker(answer, page->next);
  return answer;
}

Answer<> ListGrants(Context& context, const json::Object& input) {
  TL_TRY(const FoundKey key, FindKey(context, input.GetString("KeyId"), Naming::kKeyOnly));
  TL_DO(RequireNotDeleting(key));
  const Wanted wanted{.listing = fmt::format("{} {} {}", input.GetString("GrantId"),
                                             input.GetString("GranteePrincipal"),
                                             input.GetString("GranteeServicePrincipal")),
                      .input = input,
                      .parent = key.record.id,
                      .filters = {"GrantId", "GranteePrincipal", "GranteeServicePrincipal"}};
  return ListThem(context, key.scope, wanted);
}

Answer<> ListRetirableGrants(Context& context, const json::Object& input) {
  if (!input.Has("RetiringPrincipal") && !input.Has("RetiringServicePrincipal"))
    return ServiceError("ValidationException", "RetiringPrincipal is required.");
  const Wanted wanted{
      .listing = fmt::format("retirable {} {}", input.GetString("RetiringPrincipal"),
                             input.GetString("RetiringServicePrincipal")),
      .input = input,
      .parent = {},
      .filters = {"RetiringPrincipal", "RetiringServicePrincipal", "GrantId"}};
  return ListThem(context, context.RegionScope(), wanted);
}

Answer<> RevokeGrant(Context& context, const json::Object& input) {
  TL_TRY(const FoundKey key, FindKey(context, input.GetString("KeyId"), Naming::kKeyOnly));
  const std::string id(input.GetString("GrantId"));
  const Record* grant = context.store.Find(key.scope, kGrant, id);
  if (!grant || grant->parent != key.record.id)
    return ServiceError("NotFoundException", fmt::format("Grant ID {} not found", id));
  TL_DO(StopDryRun(input));
  context.store.Delete(key.scope, kGrant, id);
  return json::Object();
}

Answer<> RetireGrant(Context& context, const json::Object& input) {
  if (input.Has("KeyId") && input.Has("GrantId")) return RevokeGrant(context, input);
  const std::string_view token = input.GetString("GrantToken");
  for (const Record* grant : context.store.List(context.RegionScope(), kGrant)) {
    if (token.empty() || !EqualsConstantTime(grant->body.GetString("Token"), token)) continue;
    TL_DO(StopDryRun(input));
    const std::string id = grant->id;
    context.store.Delete(context.RegionScope(), kGrant, id);
    return json::Object();
  }
  if (!token.empty()) return ServiceError("InvalidGrantTokenException", "Invalid grant token");
  return ServiceError("ValidationException",
                      "Provide either a GrantToken or both a KeyId and a GrantId");
}

constexpr Operation kOperations[] = {
    {.name = "CreateGrant", .handle = CreateGrant},
    {.name = "ListGrants", .handle = ListGrants},
    {.name = "ListRetirableGrants", .handle = ListRetirableGrants},
    {.name = "RetireGrant", .handle = RetireGrant},
    {.name = "RevokeGrant", .handle = RevokeGrant},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kGrantOperations = kOperations;

}  // namespace trunkline::cloud::kms
