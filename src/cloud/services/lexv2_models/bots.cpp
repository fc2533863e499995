// Bots, and their listing.
#include "cloud/job_kinds.h"
#include "cloud/operation_names.h"
#include "cloud/services/lexv2_models/families.h"
#include "cloud/services/lexv2_models/records.h"
#include "cloud/services/lexv2_models/settle.h"

namespace trunkline::cloud::lexv2_models {
namespace {

constexpr std::size_t kQuota = 100;  // bots per account and Region

json::Object TestAlias(const Context& context, const std::string& bot_id) {
  return {{"botAliasId", kTestAlias},
          {"botAliasName", "TestBotAlias"},
          {"botVersion", kDraft},
          {"botAliasStatus", "Available"},
          {"botId", bot_id},
          {"creationDateTime", Now(context)},
          {"description", "test bot alias"}};
}

Answer<> CreateBot(Context& context, const json::Object& input) {
  if (input.GetString("botType") == "BotNetwork") {
    return ServiceError("ValidationException", "bot networks are not implemented by this cloud");
  }
  TL_DO(CheckNameFree(context, kBot, {}, input.GetString("botName"), {}));
  if (context.store.List(context.RegionScope(), kBot).size() >= kQuota) {
    return ServiceError("ServiceQuotaExceededException",
                        fmt::format("an account has {} bots in a Region at most", kQuota));
  }
  const std::string id = NewId(context);
  json::Object body{{"botId", id},
                    {"botStatus", "Creating"},
                    {"creationDateTime", Now(context)},
                    {"botType", "Bot"}};
  CopyMembers(input,
              {"botName", "description", "roleArn", "dataPrivacy", "idleSessionTTLInSeconds",
               "errorLogSettings"},
              body);
  context.store.Put(
      context.RegionScope(), kBot,
      {.id = id, .parent = {}, .name = std::string(input.GetString("botName")), .body = body});
  context.store.Put(context.RegionScope(), kAlias,
                    {.id = id + "/" + std::string(kTestAlias),
                     .parent = id,
                     .name = "TestBotAlias",
                     .body = TestAlias(context, id)});
  const json::Object& tags = input.GetObject("botTags");
  if (!tags.empty())
    context.store.Put(context.RegionScope(), kTags,
                      {.id = BotArn(context, id), .parent = {}, .name = {}, .body = tags});
  ScheduleSettling(context, kBot, id);
  if (!tags.empty()) body.Set("botTags", tags);
  return body;
}

Answer<> DescribeBot(Context& context, const json::Object& input) {
  TL_TRY(const Record* bot, Get(context, kBot, std::string(input.GetString("botId"))));
  return bot->body;
}

Answer<> UpdateBot(Context& context, const json::Object& input) {
  const std::string id(input.GetString("botId"));
  TL_TRY(const Record* found, Get(context, kBot, id));
  TL_DO(CheckNameFree(context, kBot, {}, input.GetString("botName"), id));
  Record bot = *found;
  ReplaceMembers(input,
                 {"botName", "description", "roleArn", "dataPrivacy", "idleSessionTTLInSeconds",
                  "errorLogSettings"},
                 bot.body);
  bot.name = input.GetString("botName");
  bot.body.Set("botStatus", "Updating");
  bot.body.Set("lastUpdatedDateTime", Now(context));
  json::Object answer = bot.body;
  context.store.Put(context.RegionScope(), kBot, std::move(bot));
  ScheduleSettling(context, kBot, id);
  return answer;
}

// Everything whose id begins with `prefix`.
void DeleteBelow(Context& context, const std::string& prefix) {
  for (const Kind kind : {kVersion, kAlias, kLocale, kIntent, kSlotType, kSlot}) {
    std::vector<std::string> gone;
    for (const Record* record : context.store.List(context.RegionScope(), kind)) {
      if (record->id.compare(0, prefix.size(), prefix) == 0) gone.push_back(record->id);
    }
    for (const std::string& id : gone) context.store.Delete(context.RegionScope(), kind, id);
  }
}

Answer<> DeleteBot(Context& context, const json::Object& input) {
  const std::string id(input.GetString("botId"));
  TL_DO(Get(context, kBot, id));
  const std::size_t aliases = context.store.List(context.RegionScope(), kAlias, id).size();
  if (aliases > 1 && !input.GetBool("skipResourceInUseCheck")) {
    return ServiceError(
        "ConflictException",
        fmt::format("bot '{}' has aliases; delete them first or set skipResourceInUseCheck", id));
  }
  DeleteBelow(context, id + "/");
  context.store.Delete(context.RegionScope(), kTags, BotArn(context, id));
  context.store.Delete(context.RegionScope(), kPolicy, BotArn(context, id));
  context.store.Delete(context.RegionScope(), kBot, id);
  return json::Object{{"botId", id}, {"botStatus", "Deleting"}};
}

json::Object Summary(const Record& bot) {
  json::Object summary;
  CopyMembers(bot.body,
              {"botId", "botName", "description", "botStatus", "botType", "latestBotVersion"},
              summary);
  const json::Value* updated = bot.body.Find("lastUpdatedDateTime");
  summary.Set("lastUpdatedDateTime",
              updated != nullptr ? *updated : bot.body.At("creationDateTime"));
  return summary;
}

Answer<> ListBots(Context& context, const json::Object& input) {
  return ListPage(context, kBot, {}, input, "botSummaries", Summary);
}

constexpr Operation kOperations[] = {
    {.name = "CreateBot", .handle = Changing<CreateBot>},
    {.name = "DeleteBot", .handle = Changing<DeleteBot>},
    {.name = "DescribeBot", .handle = DescribeBot},
    {.name = "ListBots", .handle = Listing<ListBots>},
    {.name = "UpdateBot", .handle = Changing<UpdateBot>},
};
static_assert(NamesInOrder(kOperations));

}  // namespace

constinit const Family kBotOperations = kOperations;

}  // namespace trunkline::cloud::lexv2_models
