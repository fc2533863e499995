#include "cloud/services/lexv2_models/records.h"

#include <algorithm>

#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::cloud::lexv2_models {
namespace {

// Filters name their member differently ("IntentName", "SlotTypeName"); all of them compare the
// record's name.
bool Matches(const Record& record, const json::Array& filters) {
  return std::all_of(filters.begin(), filters.end(), [&](const json::Value& value) {
    const json::Object& filter = value.AsObject();
    const json::Array& values = filter.GetArray("values");
    if (values.empty()) return true;
    const std::string& wanted = values.front().AsString();
    return filter.GetString("operator") == "EQ" ? record.name == wanted
                                                : record.name.find(wanted) != std::string::npos;
  });
}

}  // namespace

std::string NewId(Context& context) {
  return NewToken(context.random, 10, kUpperAlphanumeric);
}

json::Value Now(const Context& context) {
  return json::Value(json::Number{EpochSeconds(context.Now())});
}

std::string BotArn(const Context& context, std::string_view bot_id) {
  return fmt::format("arn:aws:lex:{}:{}:bot/{}", context.region, context.caller.account, bot_id);
}

std::string AliasArn(const Context& context, std::string_view bot_id, std::string_view alias_id) {
  return fmt::format("arn:aws:lex:{}:{}:bot-alias/{}/{}", context.region, context.caller.account,
                     bot_id, alias_id);
}

std::string VersionKey(const json::Object& input) {
  return fmt::format("{}/{}", input.GetString("botId"), input.GetString("botVersion"));
}

std::string LocaleKey(const json::Object& input) {
  return fmt::format("{}/{}", VersionKey(input), input.GetString("localeId"));
}

Answer<const Record*> Get(Context& context, Kind kind, const std::string& id) {
  const Record* record = context.store.Find(context.RegionScope(), kind, id);
  if (record != nullptr) return record;
  return ServiceError(
      "ResourceNotFoundException",
      fmt::format("Failed to retrieve resource: there is no {} '{}'", kind.name, id));
}

Answer<const Record*> GetLocale(Context& context, const json::Object& input, bool draft) {
  if (draft && input.GetString("botVersion") != kDraft) {
    return ServiceError("ValidationException",
                        fmt::format("version '{}' cannot be changed, only DRAFT can",
                                    input.GetString("botVersion")));
  }
  TL_DO(Get(context, kBot, std::string(input.GetString("botId"))));
  return Get(context, kLocale, LocaleKey(input));
}

void MarkNotBuilt(Context& context, const std::string& locale_key) {
  const Record* found = context.store.Find(context.RegionScope(), kLocale, locale_key);
  if (found == nullptr) return;
  Record locale = *found;
  const std::string_view status = locale.body.GetString("botLocaleStatus");
  if (status != "Creating") locale.body.Set("botLocaleStatus", "NotBuilt");
  locale.body.Set("lastUpdatedDateTime", Now(context));
  locale.body.Remove("failureReasons");
  context.store.Put(context.RegionScope(), kLocale, std::move(locale));
}

Answer<void> CheckNameFree(Context& context, Kind kind, const std::string& parent,
                           std::string_view name, const std::string& own_id) {
  const Record* other = context.store.FindByName(context.RegionScope(), kind, parent, name);
  if (other == nullptr || other->id == own_id) return {};
  return ServiceError("PreconditionFailedException",
                      fmt::format("there is a {} called '{}' already", kind.name, name));
}

void CopyMembers(const json::Object& input, std::span<const std::string_view> names,
                 json::Object& body) {
  for (const std::string_view name : names) {
    const json::Value* value = input.Find(name);
    if (value != nullptr) body.Set(name, *value);
  }
}

void ReplaceMembers(const json::Object& input, std::span<const std::string_view> names,
                    json::Object& body) {
  for (const std::string_view name : names) body.Remove(name);
  CopyMembers(input, names, body);
}

void CopyMembers(const json::Object& input, std::initializer_list<std::string_view> names,
                 json::Object& body) {
  CopyMembers(input, std::span(names.begin(), names.size()), body);
}

void ReplaceMembers(const json::Object& input, std::initializer_list<std::string_view> names,
                    json::Object& body) {
  ReplaceMembers(input, std::span(names.begin(), names.size()), body);
}

Answer<> ListPage(Context& context, Kind kind, const std::string& parent, const json::Object& input,
                  std::string_view list, json::Object (*summarise)(const Record& record)) {
  const auto limit = static_cast<std::size_t>(input.GetInt("maxResults", 100));
  const json::Array& filters = input.GetArray("filters");
  const RecordFilter filter{.text = json::WriteSorted(json::Value(filters)),
                            .keep = [&](const Record& record) { return Matches(record, filters); }};
  Result<RecordPage> page = context.store.ListPage(context.RegionScope(), kind, parent, limit,
                                                   input.GetString("nextToken"), filter);
  if (!page)
    return ServiceError("ValidationException", "nextToken is not one that this listing gave out");
  json::Array items;
  for (const Record* record : page->records) items.emplace_back(summarise(*record));
  json::Object answer;
  CopyMembers(input, {"botId", "botVersion", "localeId", "intentId"}, answer);
  answer.Set(list, std::move(items));
  answer.SetIfNotEmpty("nextToken", page->next);
  return answer;
}

}  // namespace trunkline::cloud::lexv2_models
