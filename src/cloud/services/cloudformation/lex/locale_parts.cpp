// Slot types, intents and slots of a locale.
#include <algorithm>

#include "cloud/services/cloudformation/lex/bot_locales.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::string_view kFallback = "AMAZON.FallbackIntent";

// What a locale or an intent has of one kind: ids by name.
struct Listing {
  std::string_view operation;  // "ListSlots"
  std::string_view list;       // "slotSummaries"
  std::string_view name;       // "slotName"
  std::string_view id;         // "slotId"
};
constexpr Listing kIntents{"ListIntents", "intentSummaries", "intentName", "intentId"};
constexpr Listing kSlots{"ListSlots", "slotSummaries", "slotName", "slotId"};
constexpr Listing kSlotTypes{"ListSlotTypes", "slotTypeSummaries", "slotTypeName", "slotTypeId"};

Answer<json::Object> IdsByName(const LocalePlace& place, const Listing& listing,
                               const json::Object& within) {
  json::Object ids;
  json::Object page = within;
  page.Set("MaxResults", 1000);
  while (true) {
    TL_TRY(const json::Object answer, place.Call(listing.operation, page));
    for (const json::Value& row : answer.GetArray(listing.list)) {
      const json::Object& summary = row.AsObject();
      ids.Set(summary.GetString(listing.name), summary.GetString(listing.id));
      // Its name is free, but there is one in every locale.
      if (summary.GetString("parentIntentSignature") == kFallback)
        ids.Set(kFallback, summary.GetString(listing.id));
    }
    const std::string_view next = answer.GetString("nextToken");
    if (next.empty()) return ids;
    page.Set("NextToken", next);
  }
}

// Creates the part, or updates the one of that id. The answer is its id.
Answer<std::string> Put(const LocalePlace& place, std::string_view kind, std::string_view id_member,
                        std::string_view id, json::Object properties) {
  if (!id.empty()) properties.Set(id_member, id);
  const std::string operation = fmt::format("{}{}", id.empty() ? "Create" : "Update", kind);
  TL_TRY(const json::Object answer, place.Call(operation, std::move(properties)));
  return std::string(answer.GetString(id_member));
}

Answer<void> DeleteOthers(const LocalePlace& place, std::string_view operation,
                          std::string_view id_member, const json::Object& ids,
                          const json::Array& wanted, const json::Object& within) {
  for (const json::Member& id : ids) {
    const bool kept = std::any_of(wanted.begin(), wanted.end(), [&](const json::Value& part) {
      return part.IsObject() && part.AsObject().GetString("Name") == id.key;
    });
    const json::Value* fallback = ids.Find(kFallback);
    if (kept || id.key == kFallback || (fallback && *fallback == id.value)) continue;
    json::Object properties = within;
    properties.Set(id_member, id.value);
    const Answer<> done = place.Call(operation, std::move(properties));
    if (!done && !IsGone(done.error().code)) return done.error();
  }
  return {};
}

// A slot's type is named in a template; Lex wants the id of a type of one's own.
Answer<json::Object> PutSlots(const LocalePlace& place, const json::Object& intent,
                              std::string_view intent_id, const json::Object& type_ids) {
  json::Object within;
  within.Set("IntentId", intent_id);
  TL_TRY(json::Object ids, IdsByName(place, kSlots, within));
  for (const json::Value& row : intent.GetArray("Slots")) {
    if (!row.IsObject()) continue;
    json::Object slot = row.AsObject();
    const std::string name(slot.GetString("Name"));
    slot.Set("IntentId", intent_id);
    if (const json::Value* type = type_ids.Find(slot.GetString("SlotTypeName")))
      slot.Set("SlotTypeName", *type);
    TL_TRY(const std::string id,
           Put(place, "Slot", "slotId", ids.GetString(name), std::move(slot)));
    ids.Set(name, id);
  }
  TL_DO(DeleteOthers(place, "DeleteSlot", "slotId", ids, intent.GetArray("Slots"), within));
  return ids;
}

Answer<json::Array> Priorities(const json::Object& intent, const json::Object& slot_ids) {
  json::Array priorities;
  for (const json::Value& row : intent.GetArray("SlotPriorities")) {
    if (!row.IsObject()) continue;
    const std::string_view name = row.AsObject().GetString("SlotName");
    const json::Value* id = slot_ids.Find(name);
    if (!id) {
      return ServiceError(
          "InvalidRequest",
          fmt::format("Slot {} of SlotPriorities is not a slot of the intent.", name));
    }
    json::Object priority;
    priority.Set("Priority", row.AsObject().At("Priority"));
    priority.Set("SlotId", *id);
    priorities.push_back(std::move(priority));
  }
  return priorities;
}

Answer<void> PutIntent(const LocalePlace& place, const json::Object& intent,
                       const json::Object& intent_ids, const json::Object& type_ids) {
  json::Object properties = intent;
  for (const std::string_view part : {"Slots", "SlotPriorities"}) properties.Remove(part);
  std::string known(intent_ids.GetString(intent.GetString("Name")));
  if (known.empty() && intent.GetString("ParentIntentSignature") == kFallback)
    known = intent_ids.GetString(kFallback);
  // An update without priorities leaves the slots alone until there are new ones.
  TL_TRY(const std::string id, Put(place, "Intent", "intentId", known, properties));
  TL_TRY(const json::Object slot_ids, PutSlots(place, intent, id, type_ids));
  TL_TRY(json::Array priorities, Priorities(intent, slot_ids));
  if (priorities.empty()) return {};
  properties.Set("SlotPriorities", std::move(priorities));
  TL_TRY(const std::string updated, Put(place, "Intent", "intentId", id, std::move(properties)));
  return {};
}

}  // namespace

Answer<void> ChangeParts(const LocalePlace& place, const json::Object& locale) {
  TL_TRY(json::Object type_ids, IdsByName(place, kSlotTypes, {}));
  for (const json::Value& type : locale.GetArray("SlotTypes")) {
    if (!type.IsObject()) continue;
    const std::string name(type.AsObject().GetString("Name"));
    TL_TRY(const std::string id,
           Put(place, "SlotType", "slotTypeId", type_ids.GetString(name), type.AsObject()));
    type_ids.Set(name, id);
  }
  TL_TRY(const json::Object intent_ids, IdsByName(place, kIntents, {}));
  for (const json::Value& intent : locale.GetArray("Intents")) {
    if (intent.IsObject()) TL_DO(PutIntent(place, intent.AsObject(), intent_ids, type_ids));
  }
  TL_DO(
      DeleteOthers(place, "DeleteIntent", "intentId", intent_ids, locale.GetArray("Intents"), {}));
  TL_DO(DeleteOthers(place, "DeleteSlotType", "slotTypeId", type_ids, locale.GetArray("SlotTypes"),
                     {}));
  if (!locale.Has("CustomVocabulary")) return {};
  json::Object vocabulary;
  vocabulary.Set("CustomVocabularyItemList",
                 locale.GetObject("CustomVocabulary").GetArray("CustomVocabularyItems"));
  TL_DO(place.Call("BatchCreateCustomVocabularyItem", std::move(vocabulary)));
  return {};
}

}  // namespace trunkline::cloud::cloudformation
