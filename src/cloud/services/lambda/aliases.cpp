// Aliases: names for versions.
#include "base/text.h"
#include "cloud/services/lambda/event_invoke.h"
#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/function_url.h"
#include "cloud/services/lambda/provisioned.h"
#include "cloud/services/lambda/records.h"
#include "cloud/services/lambda/revisions.h"

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

ServiceError Invalid(std::string_view message) {
  return {"InvalidParameterValueException", message};
}

// A second version may get a part of the invocations.
Answer<void> CheckRouting(Context& context, const Name& name, const json::Object& alias) {
  const json::Object& weights =
      alias.GetObject("RoutingConfig").GetObject("AdditionalVersionWeights");
  const std::string_view first = alias.GetString("FunctionVersion");
  if (weights.empty()) return {};
  if (weights.size() > 1)
    return Invalid("Number of items in AdditionalVersionWeights cannot be greater than 1");
  const std::string& second = weights.begin()->key;
  if (second == first) {
    return Invalid(
        fmt::format("Invalid function version {0}. Function version {0} is already included in "
                    "routing configuration.",
                    second));
  }
  if (first == kLatest)
    return Invalid("$LATEST is not supported for an alias pointing to more than 1 version");
  return CheckVersion(context, name, second);
}

// Empty weights are the same as none.
void SetRouting(const json::Object& input, json::Object& alias) {
  const json::Object& routing = input.GetObject("RoutingConfig");
  if (routing.GetObject("AdditionalVersionWeights").empty()) {
    alias.Remove("RoutingConfig");
  } else {
    alias.Set("RoutingConfig", routing);
  }
}

Answer<> CreateAlias(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  if (!FindFunction(context, name.function)) {
    return ServiceError(
        "ResourceNotFoundException",
        fmt::format("Function not found: {}",
                    FunctionArn(context, name.function, input.GetString("FunctionVersion"))));
  }
  const std::string alias(input.GetString("Name"));
  if (ToInt(alias)) return Invalid("an alias cannot be a number: that is a version");
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
  SetRouting(input, body);
  TL_DO(CheckRouting(context, name, body));
  context.store.Put(
      context.RegionScope(), kAlias,
      {.id = AliasId(name, alias), .parent = name.function, .name = alias, .body = body});
  return body;
}

Answer<> UpdateAlias(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_TRY(const Record* found, FindAlias(context, name, input.GetString("Name")));
  Record record = *found;
  TL_DO(CheckRevision(record.body.GetString("RevisionId"), input.GetString("RevisionId")));
  if (input.Has("FunctionVersion")) {
    TL_DO(CheckVersion(context, name, input.GetString("FunctionVersion")));
    record.body.Set("FunctionVersion", input.At("FunctionVersion"));
  }
  if (input.Has("Description")) record.body.Set("Description", input.At("Description"));
  if (input.Has("RoutingConfig")) SetRouting(input, record.body);
  TL_DO(CheckRouting(context, name, record.body));
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
  const Name dropped{.function = name.function, .qualifier = alias};
  DropPolicy(context, dropped);
  DropEventInvokes(context, dropped);
  DropProvisioned(context, dropped);
  DropFunctionUrls(context, dropped);
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
