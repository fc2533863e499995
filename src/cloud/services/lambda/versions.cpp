#include "cloud/services/lambda/versions.h"

#include "cloud/services/lambda/families.h"
#include "cloud/services/lambda/revisions.h"

namespace trunkline::cloud::lambda {
namespace {

Answer<> PublishVersion(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_TRY(const Record* function, FindFunction(context, name.function));
  const json::Object& configuration = function->body.GetObject("Configuration");
  const std::string_view hash = input.GetString("CodeSha256");
  if (!hash.empty() && hash != configuration.GetString("CodeSha256")) {
    return ServiceError("InvalidParameterValueException",
                        fmt::format("CodeSHA256 ({}) is different from current CodeSHA256 in "
                                    "$LATEST ({}). Please try again with the "
                                    "CodeSHA256 in $LATEST.",
                                    hash, configuration.GetString("CodeSha256")));
  }
  TL_DO(CheckRevision(configuration.GetString("RevisionId"), input.GetString("RevisionId")));
  return Publish(context, name.function, input.GetString("Description"));
}

Answer<> ListVersionsByFunction(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_TRY(const Record* function, FindFunction(context, name.function));
  json::Array versions;
  if (!input.Has("Marker")) {
    Resolved latest{.configuration = function->body.GetObject("Configuration"),
                    .code_id = {},
                    .version = std::string(kLatest),
                    .build = {}};
    versions.emplace_back(Listed(WithQualifiedArn(
        context, latest, {.function = name.function, .qualifier = std::string(kLatest)})));
  }
  const auto limit =
      std::min<std::size_t>(static_cast<std::size_t>(input.GetInt("MaxItems", 50)), 50);
  Result<RecordPage> page = context.store.ListPage(context.RegionScope(), kVersion, name.function,
                                                   limit, input.GetString("Marker"));
  if (!page)
    return ServiceError("InvalidParameterValueException",
                        "Marker is not one that this listing gave out");
  for (const Record* version : page->records)
    versions.emplace_back(Listed(version->body.GetObject("Configuration")));
  json::Object answer{{"Versions", std::move(versions)}};
  answer.SetIfNotEmpty("NextMarker", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "ListVersionsByFunction", .handle = ListVersionsByFunction},
    {.name = "PublishVersion", .handle = PublishVersion},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kVersionOperations = kOperations;

Answer<> Publish(Context& context, const std::string& function, std::string_view description) {
  TL_TRY(const Record* found, FindFunction(context, function));
  Record record = *found;
  const json::Object& latest = record.body.GetObject("Configuration");
  if (record.body.GetString("Published") == BuildOf(record)) {
    const std::string id = fmt::format("{}:{}", function, record.body.GetInt("NextVersion") - 1);
    const Record* last = context.store.Find(context.RegionScope(), kVersion, id);
    if (last != nullptr) return last->body.GetObject("Configuration");
  }
  const std::int64_t number = record.body.GetInt("NextVersion", 1);
  json::Object configuration = latest;
  configuration.Set("Version", std::to_string(number));
  configuration.Set("FunctionArn", FunctionArn(context, function, std::to_string(number)));
  configuration.Set("RevisionId", NewUuid(context.random));
  if (!description.empty()) configuration.Set("Description", description);
  json::Object body{{"Configuration", configuration},
                    {"CodeId", record.body.At("CodeId")},
                    {"Unpacked", record.body.GetInt("Unpacked")},
                    {"Build", BuildOf(record)}};
  // The name keeps the listing in numerical order.
  context.store.Put(context.RegionScope(), kVersion,
                    {.id = fmt::format("{}:{}", function, number),
                     .parent = function,
                     .name = fmt::format("{:010}", number),
                     .body = std::move(body)});
  record.body.Set("Build", BuildOf(record));
  record.body.Set("Published", record.body.At("Build"));
  record.body.Set("NextVersion", number + 1);
  // Seen: publishing is a change of $LATEST, too.
  record.body["Configuration"].AsObject().Set("RevisionId", NewUuid(context.random));
  context.store.Put(context.RegionScope(), kFunction, std::move(record));
  return configuration;
}

json::Object Listed(json::Object configuration) {
  for (const std::string_view member :
       {"State", "StateReason", "StateReasonCode", "LastUpdateStatus", "LastUpdateStatusReason",
        "LastUpdateStatusReasonCode", "RuntimeVersionConfig"})
    configuration.Remove(member);
  return configuration;
}

json::Object WithQualifiedArn(const Context& context, const Resolved& resolved, const Name& name) {
  json::Object configuration = resolved.configuration;
  if (!name.qualifier.empty())
    configuration.Set("FunctionArn", FunctionArn(context, name.function, name.qualifier));
  return configuration;
}

}  // namespace trunkline::cloud::lambda
