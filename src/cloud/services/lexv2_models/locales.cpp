// Locales of a bot, and building them.
#include <algorithm>

#include "cloud/operation_names.h"
#include "cloud/services/lexv2_models/families.h"
#include "cloud/services/lexv2_models/records.h"
#include "cloud/services/lexv2_models/settle.h"

namespace trunkline::cloud::lexv2_models {
namespace {

constexpr std::string_view kMembers[] = {"description",          "nluIntentConfidenceThreshold",
                                         "voiceSettings",        "unifiedSpeechSettings",
                                         "audioFillerSettings",  "speechRecognitionSettings",
                                         "generativeAISettings", "speechDetectionSensitivity"};

json::Object FallbackIntent(const Context& context, const json::Object& input) {
  json::Object intent{{"intentId", kFallbackIntent},
                      {"intentName", "FallbackIntent"},
                      {"description", "Default intent when no other intent matches"},
                      {"parentIntentSignature", kFallbackSignature},
                      {"creationDateTime", Now(context)}};
  CopyMembers(input, {"botId", "botVersion", "localeId"}, intent);
  return intent;
}

Answer<> CreateBotLocale(Context& context, const json::Object& input) {
  TL_TRY(const Record* bot, Get(context, kBot, std::string(input.GetString("botId"))));
  if (bot->body.GetString("botStatus") != "Available") {
    return ServiceError(
        "PreconditionFailedException",
        fmt::format("bot '{}' is {}, not Available", bot->name, bot->body.GetString("botStatus")));
  }
  if (input.GetString("botVersion") != kDraft)
    return ServiceError("ValidationException", "a locale can only be added to DRAFT");
  const std::string key = LocaleKey(input);
  if (context.store.Find(context.RegionScope(), kLocale, key) != nullptr) {
    return ServiceError("ConflictException", fmt::format("the bot has locale '{}' already",
                                                         input.GetString("localeId")));
  }
  json::Object body{{"botLocaleStatus", "Creating"}, {"creationDateTime", Now(context)}};
  CopyMembers(input, {"botId", "botVersion", "localeId"}, body);
  CopyMembers(input, kMembers, body);
  body.Set("localeName", input.GetString("localeId"));
  const std::string locale(input.GetString("localeId"));
  context.store.Put(context.RegionScope(), kLocale,
                    {.id = key, .parent = VersionKey(input), .name = locale, .body = body});
  const std::string intent = key + "/" + std::string(kFallbackIntent);
  context.store.Put(context.RegionScope(), kIntent,
                    {.id = intent,
                     .parent = key,
                     .name = "FallbackIntent",
                     .body = FallbackIntent(context, input)});
  ScheduleSettling(context, kLocale, key);
  return body;
}

Answer<> DescribeBotLocale(Context& context, const json::Object& input) {
  TL_TRY(const Record* locale, GetLocale(context, input, false));
  json::Object answer = locale->body;
  answer.Set("intentsCount", context.store.List(context.RegionScope(), kIntent, locale->id).size());
  answer.Set("slotTypesCount",
             context.store.List(context.RegionScope(), kSlotType, locale->id).size());
  return answer;
}

Answer<> UpdateBotLocale(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, GetLocale(context, input, true));
  Record locale = *found;
  ReplaceMembers(input, kMembers, locale.body);
  const std::string key = locale.id;
  context.store.Put(context.RegionScope(), kLocale, std::move(locale));
  MarkNotBuilt(context, key);
  return context.store.Find(context.RegionScope(), kLocale, key)->body;
}

void DeleteChildren(Context& context, const std::string& prefix) {
  for (const Kind kind : {kIntent, kSlotType, kSlot}) {
    std::vector<std::string> gone;
    for (const Record* record : context.store.List(context.RegionScope(), kind)) {
      if (record->id.compare(0, prefix.size(), prefix) == 0) gone.push_back(record->id);
    }
    for (const std::string& id : gone) context.store.Delete(context.RegionScope(), kind, id);
  }
}

Answer<> DeleteBotLocale(Context& context, const json::Object& input) {
  TL_TRY(const Record* locale, GetLocale(context, input, true));
  const std::string key = locale->id;
  DeleteChildren(context, key + "/");
  context.store.Delete(context.RegionScope(), kLocale, key);
  json::Object answer{{"botLocaleStatus", "Deleting"}};
  CopyMembers(input, {"botId", "botVersion", "localeId"}, answer);
  return answer;
}

Answer<> BuildBotLocale(Context& context, const json::Object& input) {
  TL_TRY(const Record* found, GetLocale(context, input, true));
  Record locale = *found;
  const std::string status(locale.body.GetString("botLocaleStatus"));
  if (status == "Creating" || status == "Building") {
    return ServiceError("PreconditionFailedException",
                        fmt::format("locale '{}' is {}", locale.name, status));
  }
  locale.body.Set("botLocaleStatus", "Building");
  locale.body.Set("lastBuildSubmittedDateTime", Now(context));
  locale.body.Remove("failureReasons");
  json::Object answer = locale.body;
  const std::string key = locale.id;
  context.store.Put(context.RegionScope(), kLocale, std::move(locale));
  ScheduleBuild(context, key);
  return answer;
}

json::Object Summary(const Record& locale) {
  json::Object summary;
  CopyMembers(locale.body,
              {"localeId", "localeName", "description", "botLocaleStatus", "lastUpdatedDateTime",
               "lastBuildSubmittedDateTime"},
              summary);
  return summary;
}

Answer<> ListBotLocales(Context& context, const json::Object& input) {
  TL_DO(Get(context, kBot, std::string(input.GetString("botId"))));
  return ListPage(context, kLocale, VersionKey(input), input, "botLocaleSummaries", Summary);
}

constexpr Operation kOperations[] = {
    {.name = "BuildBotLocale", .handle = Changing<BuildBotLocale>},
    {.name = "CreateBotLocale", .handle = Changing<CreateBotLocale>},
    {.name = "DeleteBotLocale", .handle = Changing<DeleteBotLocale>},
    {.name = "DescribeBotLocale", .handle = DescribeBotLocale},
    {.name = "ListBotLocales", .handle = Listing<ListBotLocales>},
    {.name = "UpdateBotLocale", .handle = Changing<UpdateBotLocale>},
};
static_assert(NamesInOrder(kOperations));

}  // namespace

constinit const Family kLocaleOperations = kOperations;

}  // namespace trunkline::cloud::lexv2_models
