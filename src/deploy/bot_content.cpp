#include "deploy/bot_content.h"

#include <algorithm>
#include <map>

#include "deploy/bot_locale.h"

namespace trunkline::deploy {
namespace {

// What the operations that write a part take of what the one that describes it answers, beside the
// names and ids.
constexpr std::string_view kLocaleMembers[] = {"localeId",
                                               "description",
                                               "nluIntentConfidenceThreshold",
                                               "voiceSettings",
                                               "unifiedSpeechSettings",
                                               "audioFillerSettings",
                                               "speechRecognitionSettings",
                                               "generativeAISettings",
                                               "speechDetectionSensitivity"};
constexpr std::string_view kTypeMembers[] = {"slotTypeName",
                                             "description",
                                             "slotTypeValues",
                                             "valueSelectionSetting",
                                             "parentSlotTypeSignature",
                                             "externalSourceSetting",
                                             "compositeSlotTypeSetting"};
constexpr std::string_view kIntentMembers[] = {"intentName",
                                               "intentDisplayName",
                                               "description",
                                               "parentIntentSignature",
                                               "sampleUtterances",
                                               "dialogCodeHook",
                                               "fulfillmentCodeHook",
                                               "intentConfirmationSetting",
                                               "intentClosingSetting",
                                               "inputContexts",
                                               "outputContexts",
                                               "kendraConfiguration",
                                               "initialResponseSetting",
                                               "qnAIntentConfiguration",
                                               "qInConnectIntentConfiguration"};
constexpr std::string_view kSlotMembers[] = {"description", "valueElicitationSetting",
                                             "obfuscationSetting", "multipleValuesSetting",
                                             "subSlotSetting"};

using TypeNames = std::map<std::string, std::string, std::less<>>;  // slot type id -> name

net::aw<Result<json::Object>> Describe(Session& session, json::Object where, std::string operation,
                                       std::string id, const json::Object& listed) {
  where.Set(id, listed.GetString(id));
  co_return co_await session.Call("lexv2-models", std::move(operation), std::move(where));
}

net::aw<Result<json::Array>> List(Session& session, json::Object where, std::string operation,
                                  std::string list) {
  TL_CO_TRY(const json::Object listed,
            co_await session.CallAllPages("lexv2-models", std::move(operation), std::move(where)));
  co_return listed.GetArray(list);
}

struct ReadTypes {
  std::vector<center::BotSlotType> types;
  TypeNames names;
};

net::aw<Result<ReadTypes>> ReadSlotTypes(Session& session, json::Object where) {
  TL_CO_TRY(const json::Array listed,
            co_await List(session, where, "ListSlotTypes", "slotTypeSummaries"));
  ReadTypes read;
  for (const json::Value& item : listed) {
    TL_CO_TRY(const json::Object described,
              co_await Describe(session, where, "DescribeSlotType", "slotTypeId", item.AsObject()));
    center::BotSlotType type;
    type.name.value = described.GetString("slotTypeName");
    type.input = OnlyMembers(described, kTypeMembers);
    read.names.emplace(described.GetString("slotTypeId"), type.name.value);
    read.types.push_back(std::move(type));
  }
  std::ranges::sort(read.types, {}, [](const auto& type) { return type.name.value; });
  co_return read;
}

// A built-in type is its own id.
std::string TypeName(const TypeNames& names, std::string_view id) {
  const auto own = names.find(id);
  return own == names.end() ? std::string(id) : own->second;
}

std::vector<std::string> OrderOf(const json::Object& intent, const TypeNames& slot_names) {
  std::map<std::int64_t, std::string> order;
  for (const json::Value& entry : intent.GetArray("slotPriorities")) {
    const json::Object& one = entry.AsObject();
    order.emplace(one.GetInt("priority"), TypeName(slot_names, one.GetString("slotId")));
  }
  std::vector<std::string> names;
  for (auto& [priority, name] : order) names.push_back(std::move(name));
  return names;
}

// `where` is of the intent.
net::aw<Result<void>> ReadSlots(Session& session, json::Object where, const TypeNames& types,
                                const json::Object& described, center::BotIntent& intent) {
  TL_CO_TRY(const json::Array listed, co_await List(session, where, "ListSlots", "slotSummaries"));
  TypeNames names;  // of the slots, by their ids
  for (const json::Value& item : listed) {
    TL_CO_TRY(const json::Object one,
              co_await Describe(session, where, "DescribeSlot", "slotId", item.AsObject()));
    center::BotSlot slot;
    slot.name.value = one.GetString("slotName");
    slot.type_name.value = TypeName(types, one.GetString("slotTypeId"));
    slot.input = OnlyMembers(one, kSlotMembers);
    names.emplace(one.GetString("slotId"), slot.name.value);
    intent.slots.push_back(std::move(slot));
  }
  std::ranges::sort(intent.slots, {}, [](const auto& slot) { return slot.name.value; });
  intent.slot_order = OrderOf(described, names);
  co_return Result<void>();
}

net::aw<Result<void>> ReadIntents(Session& session, json::Object where, TypeNames types,
                                  center::BotLocale& locale) {
  TL_CO_TRY(const json::Array listed,
            co_await List(session, where, "ListIntents", "intentSummaries"));
  for (const json::Value& item : listed) {
    TL_CO_TRY(const json::Object described,
              co_await Describe(session, where, "DescribeIntent", "intentId", item.AsObject()));
    center::BotIntent intent;
    intent.name.value = described.GetString("intentName");
    intent.input = OnlyMembers(described, kIntentMembers);
    if (described.GetString("parentIntentSignature") != kFallbackSignature) {
      json::Object in_intent = where;
      in_intent.Set("intentId", described.GetString("intentId"));
      TL_CO_DO(co_await ReadSlots(session, std::move(in_intent), types, described, intent));
    }
    locale.intents.push_back(std::move(intent));
  }
  std::ranges::sort(locale.intents, {}, [](const auto& intent) { return intent.name.value; });
  co_return Result<void>();
}

net::aw<Result<center::BotLocale>> ReadLocale(Session& session, json::Object where) {
  TL_CO_TRY(const json::Object described,
            co_await session.Call("lexv2-models", "DescribeBotLocale", where));
  center::BotLocale locale;
  locale.id.value = where.GetString("localeId");
  locale.input = OnlyMembers(described, kLocaleMembers);
  TL_CO_TRY(ReadTypes types, co_await ReadSlotTypes(session, where));
  locale.slot_types = std::move(types.types);
  TL_CO_DO(co_await ReadIntents(session, where, std::move(types.names), locale));
  co_return locale;
}

// ---- comparing

using Parts = std::map<std::string, json::Value>;  // what a reader calls it -> its value

json::Object ValueOf(const center::BotIntent& intent) {
  json::Array slots;
  for (const center::BotSlot& slot : intent.slots) {
    json::Object entry{
        {"name", slot.name.value}, {"type", slot.type_name.value}, {"input", slot.input}};
    slots.push_back(std::move(entry));
  }
  json::Array order;
  for (const std::string& name : intent.slot_order) order.emplace_back(name);
  return {{"input", intent.input}, {"slots", std::move(slots)}, {"order", std::move(order)}};
}

Parts PartsOf(const std::vector<center::BotLocale>& content) {
  Parts parts;
  for (const center::BotLocale& locale : content) {
    const std::string where = fmt::format("locale '{}'", locale.id.value);
    parts.emplace(where, locale.input);
    for (const center::BotSlotType& type : locale.slot_types)
      parts.emplace(fmt::format("{}: slot type '{}'", where, type.name.value), type.input);
    for (const center::BotIntent& intent : locale.intents)
      parts.emplace(fmt::format("{}: intent '{}'", where, intent.name.value), ValueOf(intent));
  }
  return parts;
}

}  // namespace

json::Object OnlyMembers(const json::Object& described, std::span<const std::string_view> members) {
  json::Object only;
  for (const std::string_view member : members) {
    if (const json::Value* value = described.Find(member)) only.Set(member, *value);
  }
  return only;
}

net::aw<Result<std::vector<center::BotLocale>>> ReadBotContent(Session& session, std::string bot_id,
                                                               std::string version) {
  const json::Object where{{"botId", bot_id}, {"botVersion", version}};
  TL_CO_TRY(const json::Array listed,
            co_await List(session, where, "ListBotLocales", "botLocaleSummaries"));
  std::vector<center::BotLocale> content;
  for (const json::Value& item : listed) {
    json::Object of_locale = where;
    of_locale.Set("localeId", item.AsObject().GetString("localeId"));
    TL_CO_TRY(center::BotLocale locale, co_await ReadLocale(session, std::move(of_locale)));
    content.push_back(std::move(locale));
  }
  co_return content;
}

std::vector<std::string> BotDifferences(const std::vector<center::BotLocale>& is,
                                        const std::vector<center::BotLocale>& wanted) {
  Parts left = PartsOf(is);
  std::vector<std::string> differences;
  for (const auto& [name, value] : PartsOf(wanted)) {
    const auto found = left.find(name);
    if (found == left.end() || !(found->second == value)) differences.push_back(name);
    if (found != left.end()) left.erase(found);
  }
  for (const auto& [name, value] : left) differences.push_back(name);
  std::ranges::sort(differences);
  return differences;
}

json::Object BotLocaleValue(const center::BotLocale& locale) {
  json::Array intents;
  for (const center::BotIntent& intent : locale.intents) intents.emplace_back(ValueOf(intent));
  json::Array types;
  for (const center::BotSlotType& type : locale.slot_types) types.emplace_back(type.input);
  return {{"input", locale.input}, {"intents", std::move(intents)}, {"types", std::move(types)}};
}

}  // namespace trunkline::deploy
