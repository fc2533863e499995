// Approved origins and security keys: who may embed the agent's panel, and what encrypts callers'
// input.
#include <fmt/format.h>

#include "cloud/services/connect/client_tokens.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud::connect {
namespace {

constexpr std::size_t kKeysPerInstance = 2;  // the page size of ListSecurityKeys

Answer<void> CheckOrigin(std::string_view origin) {
  const std::size_t scheme = origin.find("://");
  const std::string_view rest =
      scheme == std::string_view::npos ? std::string_view() : origin.substr(scheme + 3);
  const bool http = origin.starts_with("https://") || origin.starts_with("http://");
  if (http && !rest.empty() && rest.find('/') == std::string_view::npos) return {};
  return InvalidParameter(fmt::format(
      "expected an origin such as 'https://example.com', without a path, but got '{}'", origin));
}

Answer<> AssociateApprovedOrigin(Context& context, const json::Object& input) {
  constexpr std::string_view kName = "AssociateApprovedOrigin";
  TL_TRY(const auto before, AnsweredBefore(context, kName, input, "InvalidRequestException"));
  if (before) return *before;
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view origin = input.GetString("Origin");
  TL_DO(CheckOrigin(origin));
  if (context.store.FindByName(context.RegionScope(), kApprovedOrigin, instance->id, origin) !=
      nullptr) {
    return ServiceError("ResourceConflictException",
                        fmt::format("origin '{}' is approved for instance '{}' already", origin,
                                    NameOf(*instance)));
  }
  Record record{.id = fmt::format("{}/{}", instance->id, origin),
                .parent = instance->id,
                .name = std::string(origin)};
  context.store.Put(context.RegionScope(), kApprovedOrigin, std::move(record));
  RememberAnswer(context, kName, input, {});
  return json::Object();
}

Answer<> AssociateSecurityKey(Context& context, const json::Object& input) {
  constexpr std::string_view kName = "AssociateSecurityKey";
  TL_TRY(const auto before, AnsweredBefore(context, kName, input, "InvalidRequestException"));
  if (before) return *before;
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  if (context.store.List(context.RegionScope(), kSecurityKey, instance->id).size() >=
      kKeysPerInstance) {
    return ServiceError("ServiceQuotaExceededException",
                        fmt::format("instance '{}' already has {} security keys: the quota",
                                    NameOf(*instance), kKeysPerInstance));
  }
  Record record{.id = NewUuid(context.random), .parent = instance->id};
  record.body.Set("AssociationId", record.id);
  record.body.Set("Key", input.GetString("Key"));
  record.body.Set("CreationTime", Now(context));
  json::Object output;
  output.Set("AssociationId", record.id);
  context.store.Put(context.RegionScope(), kSecurityKey, std::move(record));
  RememberAnswer(context, kName, input, output);
  return output;
}

Answer<> DisassociateApprovedOrigin(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view origin = input.GetString("Origin");
  const Record* found =
      context.store.FindByName(context.RegionScope(), kApprovedOrigin, instance->id, origin);
  if (found == nullptr) return NotFound("approved origin", origin, *instance);
  context.store.Delete(context.RegionScope(), kApprovedOrigin, std::string(found->id));
  return json::Object();
}

Answer<> DisassociateSecurityKey(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  const std::string_view id = input.GetString("AssociationId");
  const Record* found = context.store.Find(context.RegionScope(), kSecurityKey, id);
  if (found == nullptr || found->parent != instance->id)
    return NotFound("security key", id, *instance);
  context.store.Delete(context.RegionScope(), kSecurityKey, id);
  return json::Object();
}

json::Value Name(Context&, const Record& record) {
  return record.name;
}
json::Value Body(Context&, const Record& record) {
  return record.body;
}

Answer<> ListApprovedOrigins(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  return PageOf(context, input, "Origins",
                context.store.List(context.RegionScope(), kApprovedOrigin, instance->id), Name,
                {.listing = "ListApprovedOrigins " + instance->id, .default_limit = 25});
}

Answer<> ListSecurityKeys(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindActiveInstance(context, input));
  return PageOf(context, input, "SecurityKeys",
                context.store.List(context.RegionScope(), kSecurityKey, instance->id), Body,
                {.listing = "ListSecurityKeys " + instance->id, .default_limit = 2});
}

constexpr Operation kOperations[] = {
    {.name = "AssociateApprovedOrigin", .handle = AssociateApprovedOrigin},
    {.name = "AssociateSecurityKey", .handle = AssociateSecurityKey},
    {.name = "DisassociateApprovedOrigin", .handle = DisassociateApprovedOrigin},
    {.name = "DisassociateSecurityKey", .handle = DisassociateSecurityKey},
    {.name = "ListApprovedOrigins", .handle = ListApprovedOrigins},
    {.name = "ListSecurityKeys", .handle = ListSecurityKeys},
};
static_assert(InOrder(kOperations));

}  // namespace

extern constinit const Family kOriginOperations = kOperations;

}  // namespace trunkline::cloud::connect
