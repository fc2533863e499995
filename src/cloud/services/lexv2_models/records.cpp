#include "cloud/services/lexv2_models/records.h"

#include <algorithm>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/list_token.h"

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

// `sortBy` of a listing. All of them sort by the record's name, some by the last change too.
struct Order {
  bool by_time = false;
  bool descending = false;
};

Order ReadOrder(const json::Object& input) {
  const json::Object& sort = input.GetObject("sortBy");
  return {.by_time = sort.GetString("attribute") == "LastUpdatedDateTime",
          .descending = sort.GetString("order") == "Descending"};
}

// What records are compared by, and what a page's token holds: no two records have the same.
std::string SortKey(const Record& record, const Order& order) {
  std::string key = record.name;
  if (order.by_time) {
    const double made = record.body.GetDouble("creationDateTime");
    key = fmt::format("{:020.3f}", record.body.GetDouble("lastUpdatedDateTime", made));
  }
  key += '\0';
  return key + record.id;
}

using Keyed = std::pair<std::string, const Record*>;

std::vector<Keyed> Sorted(const std::vector<const Record*>& records, const json::Object& input) {
  const Order order = ReadOrder(input);
  std::vector<Keyed> sorted;
  for (const Record* record : records) {
    if (Matches(*record, input.GetArray("filters")))
      sorted.emplace_back(SortKey(*record, order), record);
  }
  std::sort(sorted.begin(), sorted.end());
  if (order.descending) std::reverse(sorted.begin(), sorted.end());
  return sorted;
}

// How many of the sorted stand before the page that begins behind `key`, which may be gone.
std::size_t Behind(const std::vector<Keyed>& sorted, const std::string& key, bool descending) {
  const auto shown = [&](const Keyed& one) {
    return descending ? one.first >= key : one.first <= key;
  };
  return static_cast<std::size_t>(std::count_if(sorted.begin(), sorted.end(), shown));
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

Answer<std::string> FindNamedResource(Context& context, std::string_view arn) {
  const std::string bot = BotArn(context, "");
  const std::string alias =
      fmt::format("arn:aws:lex:{}:{}:bot-alias/", context.region, context.caller.account);
  if (arn.starts_with(bot)) {
    TL_DO(Get(context, kBot, std::string(arn.substr(bot.size()))));
  } else if (arn.starts_with(alias)) {
    TL_DO(Get(context, kAlias, std::string(arn.substr(alias.size()))));
  } else {
    return ServiceError(
        "ResourceNotFoundException",
        fmt::format("'{}' is not a bot or bot alias of this account and Region", arn));
  }
  return std::string(arn);
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

Answer<> WithCode(Answer<> answer, std::string_view not_found) {
  if (answer || answer.error().code != "ResourceNotFoundException") return answer;
  return ServiceError(std::string(not_found), answer.error().message);
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
  const std::string listing =
      fmt::format("{} {} {} {}", kind.name, parent, json::WriteSorted(input.GetArray("filters")),
                  json::WriteSorted(input.GetObject("sortBy")));
  const std::vector<Keyed> sorted =
      Sorted(context.store.List(context.RegionScope(), kind, parent), input);
  std::size_t at = 0;
  if (const std::string_view token = input.GetString("nextToken"); !token.empty()) {
    const auto key = ReadListToken(listing, token);
    if (!key)
      return ServiceError("ValidationException", "nextToken is not one that this listing gave out");
    at = Behind(sorted, *key, ReadOrder(input).descending);
  }
  const std::size_t end = std::min(sorted.size(), at + limit);
  json::Array items;
  for (; at < end; ++at) items.emplace_back(summarise(*sorted[at].second));
  json::Object answer;
  CopyMembers(input, {"botId", "botVersion", "localeId", "intentId"}, answer);
  answer.Set(list, std::move(items));
  if (end > 0 && end < sorted.size())
    answer.Set("nextToken", MakeListToken(listing, sorted[end - 1].first));
  return answer;
}

}  // namespace trunkline::cloud::lexv2_models
