// Versions: immutable copies of DRAFT.
#include <algorithm>

#include "cloud/operation_names.h"
#include "cloud/services/lexv2_models/families.h"
#include "cloud/services/lexv2_models/records.h"
#include "cloud/services/lexv2_models/settle.h"

namespace trunkline::cloud::lexv2_models {
namespace {

// Copies what is below `from` ("BOT/DRAFT/en_US") to below `to` ("BOT/3/en_US").
void CopyBelow(Context& context, Kind kind, const std::string& from, const std::string& to,
               const std::string& version) {
  std::vector<Record> copies;
  for (const Record* record : context.store.List(context.RegionScope(), kind)) {
    const bool below =
        record->id == from || record->id.compare(0, from.size() + 1, from + "/") == 0;
    if (!below) continue;
    Record copy = *record;
    copy.id = to + copy.id.substr(from.size());
    copy.parent = kind.name == kLocale.name ? to.substr(0, to.rfind('/'))
                                            : to + copy.parent.substr(from.size());
    copy.body.Set("botVersion", version);
    copies.push_back(std::move(copy));
  }
  for (Record& copy : copies) context.store.Put(context.RegionScope(), kind, std::move(copy));
}

Answer<std::string> SourceLocale(Context& context, const std::string& bot_id,
                                 const json::Member& locale) {
  const std::string source(locale.value.AsObject().GetString("sourceBotVersion"));
  const std::string key = fmt::format("{}/{}/{}", bot_id, source, locale.key);
  TL_TRY(const Record* record, Get(context, kLocale, key));
  const std::string_view status = record->body.GetString("botLocaleStatus");
  if (status == "Built" || status == "ReadyExpressTesting") return key;
  return ServiceError("PreconditionFailedException",
                      fmt::format("locale '{}' is {}; build it first", locale.key, status));
}

Answer<> CreateBotVersion(Context& context, const json::Object& input) {
  const std::string bot_id(input.GetString("botId"));
  TL_TRY(const Record* found, Get(context, kBot, bot_id));
  Record bot = *found;
  const json::Object& locales = input.GetObject("botVersionLocaleSpecification");
  const std::int64_t number = bot.body.GetInt("nextVersion", 1);
  const std::string version = std::to_string(number);
  for (const json::Member& locale : locales) {
    TL_TRY(const std::string source, SourceLocale(context, bot_id, locale));
    const std::string target = fmt::format("{}/{}/{}", bot_id, version, locale.key);
    for (const Kind kind : {kLocale, kIntent, kSlotType, kSlot})
      CopyBelow(context, kind, source, target, version);
  }
  json::Object body{{"botId", bot_id},
                    {"botVersion", version},
                    {"botStatus", "Versioning"},
                    {"creationDateTime", Now(context)}};
  CopyMembers(bot.body, {"botName", "roleArn", "dataPrivacy", "idleSessionTTLInSeconds", "botType"},
              body);
  CopyMembers(input, {"description"}, body);
  const std::string key = bot_id + "/" + version;
  context.store.Put(
      context.RegionScope(), kVersion,
      {.id = key, .parent = bot_id, .name = fmt::format("{:010}", number), .body = body});
  bot.body.Set("nextVersion", number + 1);
  bot.body.Set("latestBotVersion", version);
  context.store.Put(context.RegionScope(), kBot, std::move(bot));
  ScheduleSettling(context, kVersion, key);
  body.Set("botVersionLocaleSpecification", locales);
  return body;
}

Answer<> DescribeBotVersion(Context& context, const json::Object& input) {
  TL_TRY(const Record* version, Get(context, kVersion, VersionKey(input)));
  return version->body;
}

Answer<> DeleteBotVersion(Context& context, const json::Object& input) {
  TL_TRY(const Record* version, Get(context, kVersion, VersionKey(input)));
  const std::string key = version->id;
  const std::string bot_id(input.GetString("botId"));
  for (const Record* alias : context.store.List(context.RegionScope(), kAlias, bot_id)) {
    if (alias->body.GetString("botVersion") != input.GetString("botVersion") ||
        input.GetBool("skipResourceInUseCheck"))
      continue;
    return ServiceError("ConflictException",
                        fmt::format("alias '{}' points to the version", alias->name));
  }
  for (const Kind kind : {kLocale, kIntent, kSlotType, kSlot}) {
    std::vector<std::string> gone;
    for (const Record* record : context.store.List(context.RegionScope(), kind)) {
      if (record->id.compare(0, key.size() + 1, key + "/") == 0) gone.push_back(record->id);
    }
    for (const std::string& id : gone) context.store.Delete(context.RegionScope(), kind, id);
  }
  context.store.Delete(context.RegionScope(), kVersion, key);
  return json::Object{
      {"botId", bot_id}, {"botVersion", input.GetString("botVersion")}, {"botStatus", "Deleting"}};
}

json::Object Summary(const Record& version) {
  json::Object summary;
  CopyMembers(version.body,
              {"botName", "botVersion", "description", "botStatus", "creationDateTime"}, summary);
  return summary;
}

Answer<> ListBotVersions(Context& context, const json::Object& input) {
  TL_DO(Get(context, kBot, std::string(input.GetString("botId"))));
  return ListPage(context, kVersion, std::string(input.GetString("botId")), input,
                  "botVersionSummaries", Summary);
}

constexpr Operation kOperations[] = {
    {.name = "CreateBotVersion", .handle = Changing<CreateBotVersion>},
    {.name = "DeleteBotVersion", .handle = Changing<DeleteBotVersion>},
    {.name = "DescribeBotVersion", .handle = DescribeBotVersion},
    {.name = "ListBotVersions", .handle = Listing<ListBotVersions>},
};
static_assert(NamesInOrder(kOperations));

}  // namespace

constinit const Family kVersionOperations = kOperations;

}  // namespace trunkline::cloud::lexv2_models
