#include <algorithm>

#include "cloud/operation_names.h"
#include "cloud/services/lexv2_models/families.h"
#include "cloud/services/lexv2_models/records.h"

namespace trunkline::cloud::lexv2_models {
namespace {

constexpr std::string_view kMembers[] = {"botAliasName",
                                         "description",
                                         "botVersion",
                                         "botAliasLocaleSettings",
                                         "conversationLogSettings",
                                         "sentimentAnalysisSettings"};

std::string AliasKey(const json::Object& input) {
  return fmt::format("{}/{}", input.GetString("botId"), input.GetString("botAliasId"));
}

Answer<void> CheckVersion(Context& context, const json::Object& input) {
  const std::string_view version = input.GetString("botVersion");
  if (version.empty() || version == kDraft) return {};
  TL_DO(Get(context, kVersion, VersionKey(input)));
  return {};
}

Answer<> CreateBotAlias(Context& context, const json::Object& input) {
  const std::string bot_id(input.GetString("botId"));
  TL_DO(Get(context, kBot, bot_id));
  TL_DO(CheckVersion(context, input));
  TL_DO(CheckNameFree(context, kAlias, bot_id, input.GetString("botAliasName"), {}));
  const std::string id = NewId(context);
  json::Object body{{"botAliasId", id},
                    {"botId", bot_id},
                    {"botAliasStatus", "Available"},
                    {"creationDateTime", Now(context)}};
  CopyMembers(input, kMembers, body);
  const std::string name(input.GetString("botAliasName"));
  context.store.Put(context.RegionScope(), kAlias,
                    {.id = bot_id + "/" + id, .parent = bot_id, .name = name, .body = body});
  const json::Object& tags = input.GetObject("tags");
  if (!tags.empty())
    context.store.Put(
        context.RegionScope(), kTags,
        {.id = AliasArn(context, bot_id, id), .parent = {}, .name = {}, .body = tags});
  return body;
}

Answer<> DescribeBotAlias(Context& context, const json::Object& input) {
  TL_TRY(const Record* alias, Get(context, kAlias, AliasKey(input)));
  return alias->body;
}

Answer<> UpdateBotAlias(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, Get(context, kAlias, AliasKey(input)));
  TL_DO(CheckVersion(context, input));
  const std::string bot_id(input.GetString("botId"));
  TL_DO(CheckNameFree(context, kAlias, bot_id, input.GetString("botAliasName"), found->id));
  Record alias = *found;
  ReplaceMembers(input, kMembers, alias.body);
  alias.name = input.GetString("botAliasName");
  alias.body.Set("lastUpdatedDateTime", Now(context));
  json::Object answer = alias.body;
  context.store.Put(context.RegionScope(), kAlias, std::move(alias));
  return answer;
}

Answer<> DeleteBotAlias(Context& context, const json::Object& input) {
  TL_DO(Get(context, kAlias, AliasKey(input)));
  if (input.GetString("botAliasId") == kTestAlias) {
    return ServiceError("PreconditionFailedException", "the test alias cannot be deleted");
  }
  const std::string arn =
      AliasArn(context, input.GetString("botId"), input.GetString("botAliasId"));
  context.store.Delete(context.RegionScope(), kPolicy, arn);
  context.store.Delete(context.RegionScope(), kTags, arn);
  context.store.Delete(context.RegionScope(), kAlias, AliasKey(input));
  json::Object answer{{"botAliasStatus", "Deleting"}};
  CopyMembers(input, {"botId", "botAliasId"}, answer);
  return answer;
}

json::Object Summary(const Record& alias) {
  json::Object summary;
  CopyMembers(alias.body,
              {"botAliasId", "botAliasName", "description", "botVersion", "botAliasStatus",
               "creationDateTime", "lastUpdatedDateTime"},
              summary);
  return summary;
}

Answer<> ListBotAliases(Context& context, const json::Object& input) {
  TL_DO(Get(context, kBot, std::string(input.GetString("botId"))));
  return ListPage(context, kAlias, std::string(input.GetString("botId")), input,
                  "botAliasSummaries", Summary);
}

constexpr Operation kOperations[] = {
    {.name = "CreateBotAlias", .handle = Changing<CreateBotAlias>},
    {.name = "DeleteBotAlias", .handle = Changing<DeleteBotAlias>},
    {.name = "DescribeBotAlias", .handle = DescribeBotAlias},
    {.name = "ListBotAliases", .handle = Listing<ListBotAliases>},
    {.name = "UpdateBotAlias", .handle = Changing<UpdateBotAlias>},
};
static_assert(NamesInOrder(kOperations));

}  // namespace

constinit const Family kAliasOperations = kOperations;

}  // namespace trunkline::cloud::lexv2_models
