// Aliases: names for versions.
#include "base/text.h"
#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/records.h"

namespace trunkline::cloud::lambda {
namespace {

std::string AliasId(const Name& name, std::string_view alias) {
  return name.function + ":" + std::string(alias);
}

Answer<const Record*> FindAlias(Context& context, const Name& name, std::string_view alias) {
  const Record* record = context.store.Find(context.RegionScope(), kAlias, AliasId(name, alias));
  if (record != nullptr) return record;
  return ServiceError(
      "ResourceNotFoundException",
      fmt::format("Cannot find alias arn: {}", FunctionArn(context, name.function, alias)));
}

Answer<void> CheckVersion(Context& context, const Name& name, std::string_view version) {
  if (version == kLatest) return {};
  if (context.store.Find(context.RegionScope(), kVersion, AliasId(name, version)) != nullptr)
    return {};
  return ServiceError(
      "ResourceNotFoundException",
      fmt::format("Function not found: {}", FunctionArn(context, name.function, version)));
}

// A weighted alias would call two versions; this cloud calls one, so weights are refused.
Answer<void> RefuseWeights(const json::Object& input) {
  if (input.GetObject("RoutingConfig").GetObject("AdditionalVersionWeights").empty()) return {};
  return ServiceError("InvalidParameterValueException",
                      "'RoutingConfig.AdditionalVersionWeights' is not implemented by this cloud");
}

Answer<> CreateAlias(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_DO(FindFunction(context, name.function));
  TL_DO(RefuseWeights(input));
  const std::string alias(input.GetString("Name"));
  if (ToInt(alias))
    return ServiceError("InvalidParameterValueException",
                        "an alias cannot be a number: that is a version");
  if (context.store.Find(context.RegionScope(), kAlias, AliasId(name, alias)) != nullptr) {
    return ServiceError(
        "ResourceConflictException",
        fmt::format("Alias already exists: {}", FunctionArn(context, name.function, alias)));
  }
  TL_DO(CheckVersion(context, name, input.GetString("FunctionVersion")));
  json::Object body{{"AliasArn", FunctionArn(context, name.function, alias)},
                    {"Name", alias},
                    {"FunctionVersion", input.GetString("FunctionVersion")},
                    {"Description", input.GetString("Description")},
                    {"RevisionId", NewUuid(context.random)}};
  context.store.Put(
      context.RegionScope(), kAlias,
      {.id = AliasId(name, alias), .parent = name.function, .name = alias, .body = body});
  return body;
}

Answer<> UpdateAlias(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_TRY(const Record* found, FindAlias(context, name, input.GetString("Name")));
  TL_DO(RefuseWeights(input));
  Record record = *found;
  const std::string_view revision = input.GetString("RevisionId");
  if (!revision.empty() && revision != record.body.GetString("RevisionId")) {
    return ServiceError("PreconditionFailedException",
                        "The RevisionId provided does not match the latest RevisionId. Call the "
                        "GetFunction/GetAlias API to "
                        "retrieve the latest RevisionId");
  }
  if (input.Has("FunctionVersion")) {
    TL_DO(CheckVersion(context, name, input.GetString("FunctionVersion")));
    record.body.Set("FunctionVersion", input.At("FunctionVersion"));
  }
  if (input.Has("Description")) record.body.Set("Description", input.At("Description"));
  record.body.Set("RevisionId", NewUuid(context.random));
  json::Object answer = record.body;
  context.store.Put(context.RegionScope(), kAlias, std::move(record));
  return answer;
}

Answer<> GetAlias(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_TRY(const Record* record, FindAlias(context, name, input.GetString("Name")));
  return record->body;
}

Answer<> DeleteAlias(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_DO(FindFunction(context, name.function));
  const std::string alias(input.GetString("Name"));
  context.store.Delete(context.RegionScope(), kAlias, AliasId(name, alias));
  DropPolicy(context, {.function = name.function, .qualifier = alias});
  return json::Object();
}

Answer<> ListAliases(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_DO(FindFunction(context, name.function));
  const auto limit =
      std::min<std::size_t>(static_cast<std::size_t>(input.GetInt("MaxItems", 50)), 50);
  Result<RecordPage> page = context.store.ListPage(context.RegionScope(), kAlias, name.function,
                                                   limit, input.GetString("Marker"));
  if (!page)
    return ServiceError("InvalidParameterValueException",
                        "Marker is not one that this listing gave out");
  const std::string_view version = input.GetString("FunctionVersion");
  json::Array aliases;
  for (const Record* alias : page->records) {
    if (version.empty() || alias->body.GetString("FunctionVersion") == version)
      aliases.emplace_back(alias->body);
  }
  json::Object answer{{"Aliases", std::move(aliases)}};
  answer.SetIfNotEmpty("NextMarker", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "CreateAlias", .handle = CreateAlias}, {.name = "DeleteAlias", .handle = DeleteAlias},
    {.name = "GetAlias", .handle = GetAlias},       {.name = "ListAliases", .handle = ListAliases},
    {.name = "UpdateAlias", .handle = UpdateAlias},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kAliasOperations = kOperations;

}  // namespace trunkline::cloud::lambda
