// A stored locale as plain values for sim/understanding and sim/dialog.
#include <algorithm>
#include <map>

#include "cloud/services/lexv2_models/records.h"
#include "cloud/services/lexv2_models/settle.h"
#include "sim/bot_input.h"

namespace trunkline::cloud::lexv2_models {
namespace {

using TypeNames = std::map<std::string, std::string>;  // slot type id -> name

sim::Slot ReadSlot(const Record& record, const TypeNames& type_names) {
  const std::string type(record.body.GetString("slotTypeId"));
  const auto named = type_names.find(type);
  return sim::ReadSlotInput(record.name, named == type_names.end() ? type : named->second,
                            record.body);
}

// The names of the intent's slots that are asked for, in their order.
std::vector<std::string> SlotOrder(const Record& intent, const std::vector<const Record*>& slots) {
  std::vector<std::pair<std::int64_t, std::string>> order;
  for (const json::Value& entry : intent.body.GetArray("slotPriorities")) {
    const std::string_view id = entry.AsObject().GetString("slotId");
    for (const Record* slot : slots) {
      if (slot->body.GetString("slotId") == id)
        order.emplace_back(entry.AsObject().GetInt("priority"), slot->name);
    }
  }
  std::ranges::stable_sort(order, {}, &std::pair<std::int64_t, std::string>::first);
  std::vector<std::string> names;
  for (auto& [priority, name] : order) names.push_back(std::move(name));
  return names;
}

sim::Intent ReadIntent(Context& context, const Record& record, const TypeNames& type_names) {
  const std::vector<const Record*> records =
      context.store.List(context.RegionScope(), kSlot, record.id);
  std::vector<sim::Slot> slots;
  for (const Record* slot : records) slots.push_back(ReadSlot(*slot, type_names));
  return sim::ReadIntentInput(record.name, record.body,
                              sim::ByPriority(std::move(slots), SlotOrder(record, records)));
}

}  // namespace

sim::BotLocale ReadLocale(Context& context, const std::string& locale_key) {
  sim::BotLocale locale;
  const Record* record = context.store.Find(context.RegionScope(), kLocale, locale_key);
  if (record == nullptr) return locale;
  locale.locale_id = record->name;
  locale.threshold = record->body.GetDouble("nluIntentConfidenceThreshold", 0.4);
  TypeNames type_names;
  for (const Record* type : context.store.List(context.RegionScope(), kSlotType, locale_key)) {
    type_names.emplace(type->body.GetString("slotTypeId"), type->name);
    locale.slot_types.push_back(sim::ReadSlotTypeInput(type->name, type->body));
  }
  for (const Record* intent : context.store.List(context.RegionScope(), kIntent, locale_key)) {
    locale.intents.push_back(ReadIntent(context, *intent, type_names));
  }
  return locale;
}

}  // namespace trunkline::cloud::lexv2_models
