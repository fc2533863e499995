// A stored locale as plain values for sim/understanding and sim/dialog.
#include <algorithm>
#include <limits>
#include <map>

#include "cloud/services/lexv2_models/records.h"
#include "cloud/services/lexv2_models/settle.h"

namespace trunkline::cloud::lexv2_models {
namespace {

sim::BotMessage ReadMessage(const json::Object& message) {
  const json::Object& card = message.GetObject("imageResponseCard");
  if (!card.empty())
    return {.content_type = "ImageResponseCard", .content = std::string(card.GetString("title"))};
  if (message.Has("ssmlMessage"))
    return {.content_type = "SSML",
            .content = std::string(message.GetObject("ssmlMessage").GetString("value"))};
  if (message.Has("customPayload")) {
    return {.content_type = "CustomPayload",
            .content = std::string(message.GetObject("customPayload").GetString("value"))};
  }
  return {.content_type = "PlainText",
          .content = std::string(message.GetObject("plainTextMessage").GetString("value"))};
}

std::vector<sim::MessageGroup> ReadGroups(const json::Array& groups) {
  std::vector<sim::MessageGroup> read;
  for (const json::Value& value : groups) {
    const json::Object& group = value.AsObject();
    sim::MessageGroup one{.message = ReadMessage(group.GetObject("message")), .variations = {}};
    for (const json::Value& variation : group.GetArray("variations"))
      one.variations.push_back(ReadMessage(variation.AsObject()));
    read.push_back(std::move(one));
  }
  return read;
}

sim::Prompting ReadPrompt(const json::Object& specification) {
  return {.groups = ReadGroups(specification.GetArray("messageGroups")),
          .max_retries = static_cast<int>(specification.GetInt("maxRetries"))};
}

std::vector<std::string> ReadUtterances(const json::Array& utterances) {
  std::vector<std::string> read;
  for (const json::Value& utterance : utterances)
    read.emplace_back(utterance.AsObject().GetString("utterance"));
  return read;
}

sim::Slot ReadSlot(const Record& record, const std::map<std::string, std::string>& type_names) {
  const json::Object& elicitation = record.body.GetObject("valueElicitationSetting");
  const std::string type(record.body.GetString("slotTypeId"));
  const auto named = type_names.find(type);
  sim::Slot slot;
  slot.name = record.name;
  slot.type = named == type_names.end() ? type : named->second;
  slot.required = elicitation.GetString("slotConstraint") == "Required";
  slot.asked = false;
  slot.prompt = ReadPrompt(elicitation.GetObject("promptSpecification"));
  slot.utterances = ReadUtterances(elicitation.GetArray("sampleUtterances"));
  const json::Array& defaults =
      elicitation.GetObject("defaultValueSpecification").GetArray("defaultValueList");
  if (!defaults.empty()) slot.default_value = defaults.front().AsObject().GetString("defaultValue");
  return slot;
}

// By priority; those without come last and are never asked for.
std::vector<sim::Slot> ReadSlots(Context& context, const Record& intent,
                                 const std::map<std::string, std::string>& type_names) {
  std::map<std::string, std::int64_t> priorities;
  for (const json::Value& entry : intent.body.GetArray("slotPriorities")) {
    priorities.emplace(entry.AsObject().GetString("slotId"), entry.AsObject().GetInt("priority"));
  }
  std::vector<std::pair<std::int64_t, sim::Slot>> sorted;
  for (const Record* record : context.store.List(context.RegionScope(), kSlot, intent.id)) {
    sim::Slot slot = ReadSlot(*record, type_names);
    const auto priority = priorities.find(std::string(record->body.GetString("slotId")));
    slot.asked = priority != priorities.end();
    sorted.emplace_back(slot.asked ? priority->second : std::numeric_limits<std::int64_t>::max(),
                        std::move(slot));
  }
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<sim::Slot> slots;
  for (auto& [priority, slot] : sorted) slots.push_back(std::move(slot));
  return slots;
}

sim::Intent ReadIntent(Context& context, const Record& record,
                       const std::map<std::string, std::string>& type_names) {
  const json::Object& body = record.body;
  const json::Object& confirmation = body.GetObject("intentConfirmationSetting");
  sim::Intent intent;
  intent.name = record.name;
  intent.parent = body.GetString("parentIntentSignature");
  intent.utterances = ReadUtterances(body.GetArray("sampleUtterances"));
  intent.slots = ReadSlots(context, record, type_names);
  intent.confirms = !confirmation.empty() && confirmation.GetBool("active", true);
  intent.confirmation = ReadPrompt(confirmation.GetObject("promptSpecification"));
  intent.declination =
      ReadGroups(confirmation.GetObject("declinationResponse").GetArray("messageGroups"));
  intent.initial_response = ReadGroups(body.GetObject("initialResponseSetting")
                                           .GetObject("initialResponse")
                                           .GetArray("messageGroups"));
  const json::Object& closing = body.GetObject("intentClosingSetting");
  if (closing.GetBool("active", true))
    intent.closing_response =
        ReadGroups(closing.GetObject("closingResponse").GetArray("messageGroups"));
  intent.dialog_hook = body.GetObject("dialogCodeHook").GetBool("enabled");
  intent.fulfillment_hook = body.GetObject("fulfillmentCodeHook").GetBool("enabled");
  return intent;
}

sim::SlotType ReadSlotType(const Record& record) {
  const json::Object& setting = record.body.GetObject("valueSelectionSetting");
  sim::SlotType type;
  type.name = record.name;
  type.parent = record.body.GetString("parentSlotTypeSignature");
  type.regex = setting.GetObject("regexFilter").GetString("pattern");
  type.resolution = setting.GetString("resolutionStrategy") == "TopResolution"
                        ? sim::SlotType::Resolution::kTopResolution
                        : sim::SlotType::Resolution::kOriginalValue;
  for (const json::Value& entry : record.body.GetArray("slotTypeValues")) {
    sim::SlotValue value{
        .value = std::string(entry.AsObject().GetObject("sampleValue").GetString("value")),
        .synonyms = {}};
    for (const json::Value& synonym : entry.AsObject().GetArray("synonyms"))
      value.synonyms.emplace_back(synonym.AsObject().GetString("value"));
    type.values.push_back(std::move(value));
  }
  return type;
}

}  // namespace

sim::BotLocale ReadLocale(Context& context, const std::string& locale_key) {
  sim::BotLocale locale;
  const Record* record = context.store.Find(context.RegionScope(), kLocale, locale_key);
  if (record == nullptr) return locale;
  locale.locale_id = record->name;
  locale.threshold = record->body.GetDouble("nluIntentConfidenceThreshold", 0.4);
  std::map<std::string, std::string> type_names;
  for (const Record* type : context.store.List(context.RegionScope(), kSlotType, locale_key)) {
    type_names.emplace(type->body.GetString("slotTypeId"), type->name);
    locale.slot_types.push_back(ReadSlotType(*type));
  }
  for (const Record* intent : context.store.List(context.RegionScope(), kIntent, locale_key)) {
    locale.intents.push_back(ReadIntent(context, *intent, type_names));
  }
  return locale;
}

}  // namespace trunkline::cloud::lexv2_models
