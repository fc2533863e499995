// Aliases: names for keys of the same account and Region.
#include <fmt/format.h>

#include "cloud/arn.h"
#include "cloud/services/kms/families.h"
#include "cloud/services/kms/key.h"

namespace trunkline::cloud::kms {
namespace {

constexpr std::string_view kReserved = "alias/aws/";
constexpr std::int64_t kDefaultPage = 50;

Answer<void> CheckAliasName(std::string_view name, std::string_view code) {
  if (!name.starts_with("alias/") || name == "alias/") {
    return ServiceError("ValidationException",
                        "Alias must start with the prefix \"alias/\". Please see "
                        "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html");
  }
  if (name.starts_with(kReserved))
    return ServiceError(code, fmt::format("{} is reserved for AWS managed keys", kReserved));
  return {};
}

Answer<Record> FindAlias(Context& context, const json::Object& input) {
  const std::string_view name = input.GetString("AliasName");
  const Record* record = context.store.Find(context.RegionScope(), kAlias, name);
  if (record) return *record;
  return ServiceError("NotFoundException",
                      fmt::format("Alias {} is not found.", MakeArn(context, "kms", name)));
}

Answer<FoundKey> FindTarget(Context& context, const json::Object& input) {
  const std::string_view target = input.GetString("TargetKeyId");
  if (target.starts_with("alias/"))
    return ServiceError("ValidationException", "Aliases must refer to keys. Not aliases");
  TL_TRY(FoundKey key, FindOwnKey(context, json::Object{{"KeyId", target}}));
  TL_DO(RequireNotDeleting(key));
  return key;
}

Answer<> CreateAlias(Context& context, const json::Object& input) {
  const std::string name(input.GetString("AliasName"));
  TL_DO(CheckAliasName(name, "InvalidAliasNameException"));
  TL_TRY(const FoundKey key, FindTarget(context, input));
  if (context.store.Find(context.RegionScope(), kAlias, name)) {
    return ServiceError(
        "AlreadyExistsException",
        fmt::format("An alias with the name {} already exists", MakeArn(context, "kms", name)));
  }
  context.store.Put(
      context.RegionScope(), kAlias,
      {.id = name,
       .parent = key.record.id,
       .name = name,
       .body = {{"CreationDate", Seconds(context)}, {"LastUpdatedDate", Seconds(context)}}});
  return json::Object();
}

Answer<> UpdateAlias(Context& context, const json::Object& input) {
  TL_DO(CheckAliasName(input.GetString("AliasName"), "ValidationException"));
  TL_TRY(Record alias, FindAlias(context, input));
  TL_TRY(const FoundKey key, FindTarget(context, input));
  const Record* before = context.store.Find(context.RegionScope(), kKey, alias.parent);
  const auto type = [](const Record& record) {
    return std::pair(record.body.GetString("KeyUsage"),
                     record.body.GetString("KeySpec") == kSymmetric);
  };
  if (before && type(*before) != type(key.record)) {
    return ServiceError("ValidationException",
                        "The current and new KMS key must be the same type and have the same key "
                        "usage.");
  }
  alias.parent = key.record.id;
  alias.body.Set("LastUpdatedDate", Seconds(context));
  context.store.Put(context.RegionScope(), kAlias, std::move(alias));
  return json::Object();
}

Answer<> DeleteAlias(Context& context, const json::Object& input) {
  TL_DO(CheckAliasName(input.GetString("AliasName"), "ValidationException"));
  TL_TRY(const Record alias, FindAlias(context, input));
  context.store.Delete(context.RegionScope(), kAlias, alias.id);
  return json::Object();
}

Answer<> ListAliases(Context& context, const json::Object& input) {
  std::string parent;
  if (input.Has("KeyId")) {
    TL_TRY(const FoundKey key, FindOwnKey(context, input));
    parent = key.record.id;
  }
  const auto page = context.store.ListPage(
      context.RegionScope(), kAlias, parent,
      static_cast<std::size_t>(input.GetInt("Limit", kDefaultPage)), input.GetString("Marker"));
  if (!page) return WrongMarker();
  json::Array aliases;
  for (const Record* record : page->records) {
    json::Object alias = record->body;
    alias.Set("AliasName", record->id);
    alias.Set("AliasArn", MakeArn(context, "kms", record->id));
    alias.Set("TargetKeyId", record->parent);
    aliases.push_back(std::move(alias));
  }
  json::Object answer{{"Aliases", std::move(aliases)}};
  SetMarker(answer, page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "CreateAlias", .handle = CreateAlias},
    {.name = "DeleteAlias", .handle = DeleteAlias},
    {.name = "ListAliases", .handle = ListAliases},
    {.name = "UpdateAlias", .handle = UpdateAlias},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kAliasOperations = kOperations;

}  // namespace trunkline::cloud::kms
