#include "sim/bot_file.h"

#include <algorithm>
#include <limits>
#include <map>

namespace trunkline::sim {
namespace {

// Entries that are objects; anything else was reported where the file was checked.
template <class Function>
void ForEachObject(const json::Array& list, Function function) {
  for (const json::Value& entry : list) {
    if (entry.IsObject()) function(entry.AsObject());
  }
}

BotMessage ReadMessage(const json::Object& message) {
  for (const auto& [member, type] :
       {std::pair("ssmlMessage", "SSML"), {"customPayload", "CustomPayload"}}) {
    if (message.Has(member)) {
      return {.content_type = type,
              .content = std::string(message.GetObject(member).GetString("value"))};
    }
  }
  return {.content = std::string(message.GetObject("plainTextMessage").GetString("value"))};
}

std::vector<MessageGroup> ReadGroups(const json::Object& specification) {
  std::vector<MessageGroup> groups;
  ForEachObject(specification.GetArray("messageGroupsList"), [&](const json::Object& entry) {
    MessageGroup group{.message = ReadMessage(entry.GetObject("message"))};
    ForEachObject(entry.GetArray("variations"),
                  [&](const json::Object& one) { group.variations.push_back(ReadMessage(one)); });
    groups.push_back(std::move(group));
  });
  return groups;
}

Prompting ReadPrompt(const json::Object& specification) {
  return {.groups = ReadGroups(specification),
          .max_retries = static_cast<int>(specification.GetInt("maxRetries"))};
}

std::vector<std::string> ReadUtterances(const json::Object& holder) {
  std::vector<std::string> utterances;
  ForEachObject(holder.GetArray("sampleUtterances"), [&](const json::Object& entry) {
    utterances.emplace_back(entry.GetString("utterance"));
  });
  return utterances;
}

Slot ReadSlot(const json::Object& object) {
  const json::Object& asking = object.GetObject("valueElicitationSetting");
  Slot slot{.name = std::string(object.GetString("name")),
            .type = std::string(object.GetString("slotTypeName")),
            .required = asking.GetString("slotConstraint") == "Required",
            .asked = false,
            .prompt = ReadPrompt(asking.GetObject("promptSpecification")),
            .utterances = ReadUtterances(asking)};
  ForEachObject(asking.GetObject("defaultValueSpecification").GetArray("defaultValueList"),
                [&](const json::Object& entry) {
                  if (slot.default_value.empty())
                    slot.default_value = entry.GetString("defaultValue");
                });
  return slot;
}

// By priority; slots without one come last and are never asked for.
std::vector<Slot> ReadSlots(const json::Object& intent) {
  std::map<std::string, std::int64_t, std::less<>> priorities;
  ForEachObject(intent.GetArray("slotPriorities"), [&](const json::Object& entry) {
    priorities.emplace(entry.GetString("slotName"), entry.GetInt("priority"));
  });
  std::vector<Slot> slots;
  ForEachObject(intent.GetArray("slots"), [&](const json::Object& entry) {
    slots.push_back(ReadSlot(entry));
    slots.back().asked = priorities.contains(slots.back().name);
  });
  std::ranges::stable_sort(slots, {}, [&](const Slot& slot) {
    const auto found = priorities.find(slot.name);
    return found == priorities.end() ? std::numeric_limits<std::int64_t>::max() : found->second;
  });
  return slots;
}

bool IsActive(const json::Object& setting) {
  return !setting.empty() && setting.GetBool("isActive", true);
}

Intent ReadIntent(const json::Object& object) {
  const json::Object& confirmation = object.GetObject("intentConfirmationSetting");
  const json::Object& closing = object.GetObject("intentClosingSetting");
  Intent intent{.name = std::string(object.GetString("name")),
                .parent = std::string(object.GetString("parentIntentSignature")),
                .utterances = ReadUtterances(object),
                .slots = ReadSlots(object),
                .confirms = IsActive(confirmation)};
  intent.confirmation = ReadPrompt(confirmation.GetObject("promptSpecification"));
  intent.declination = ReadGroups(confirmation.GetObject("declinationResponse"));
  intent.initial_response =
      ReadGroups(object.GetObject("initialResponseSetting").GetObject("initialResponse"));
  if (IsActive(closing)) intent.closing_response = ReadGroups(closing.GetObject("closingResponse"));
  intent.dialog_hook = object.GetObject("dialogCodeHook").GetBool("enabled");
  intent.fulfillment_hook = object.GetObject("fulfillmentCodeHook").GetBool("enabled");
  return intent;
}

SlotType ReadSlotType(const json::Object& object) {
  const json::Object& setting = object.GetObject("valueSelectionSetting");
  SlotType type{.name = std::string(object.GetString("name")),
                .parent = std::string(object.GetString("parentSlotTypeSignature")),
                .regex = std::string(setting.GetObject("regexFilter").GetString("pattern"))};
  if (setting.GetString("resolutionStrategy") == "TOP_RESOLUTION") {
    type.resolution = SlotType::Resolution::kTopResolution;
  }
  ForEachObject(object.GetArray("slotTypeValues"), [&](const json::Object& entry) {
    SlotValue value{.value = std::string(entry.GetObject("sampleValue").GetString("value"))};
    ForEachObject(entry.GetArray("synonyms"), [&](const json::Object& one) {
      value.synonyms.emplace_back(one.GetString("value"));
    });
    type.values.push_back(std::move(value));
  });
  return type;
}

}  // namespace

BotLocale ReadLocaleFile(const json::Object& locale) {
  BotLocale read{.locale_id = std::string(locale.GetString("localeId")),
                 .threshold = locale.GetDouble("nluConfidenceThreshold", 0.4)};
  ForEachObject(locale.GetArray("intents"),
                [&](const json::Object& one) { read.intents.push_back(ReadIntent(one)); });
  ForEachObject(locale.GetArray("slotTypes"),
                [&](const json::Object& one) { read.slot_types.push_back(ReadSlotType(one)); });
  return read;
}

}  // namespace trunkline::sim
