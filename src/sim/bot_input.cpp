#include "sim/bot_input.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace trunkline::sim {
namespace {

template <class Function>
void ForEachObject(const json::Array& list, Function function) {
  for (const json::Value& entry : list) {
    if (entry.IsObject()) function(entry.AsObject());
  }
}

BotMessage ReadMessage(const json::Object& message) {
  for (const auto& [member, type, text] :
       {std::tuple("imageResponseCard", "ImageResponseCard", "title"),
        {"ssmlMessage", "SSML", "value"},
        {"customPayload", "CustomPayload", "value"}}) {
    const json::Object& one = message.GetObject(member);
    if (!one.empty()) return {.content_type = type, .content = std::string(one.GetString(text))};
  }
  return {.content = std::string(message.GetObject("plainTextMessage").GetString("value"))};
}

std::vector<MessageGroup> ReadGroups(const json::Object& specification) {
  std::vector<MessageGroup> groups;
  ForEachObject(specification.GetArray("messageGroups"), [&](const json::Object& entry) {
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

bool IsActive(const json::Object& setting) {
  return !setting.empty() && setting.GetBool("active", true);
}

}  // namespace

Slot ReadSlotInput(std::string name, std::string type, const json::Object& input) {
  const json::Object& asking = input.GetObject("valueElicitationSetting");
  Slot slot{.name = std::move(name),
            .type = std::move(type),
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

std::vector<Slot> ByPriority(std::vector<Slot> slots, const std::vector<std::string>& order) {
  const auto rank = [&](const Slot& slot) { return std::ranges::find(order, slot.name); };
  for (Slot& slot : slots) slot.asked = rank(slot) != order.end();
  std::ranges::stable_sort(slots, {}, rank);
  return slots;
}

Intent ReadIntentInput(std::string name, const json::Object& input, std::vector<Slot> slots) {
  const json::Object& confirmation = input.GetObject("intentConfirmationSetting");
  const json::Object& closing = input.GetObject("intentClosingSetting");
  Intent intent{.name = std::move(name),
                .parent = std::string(input.GetString("parentIntentSignature")),
                .utterances = ReadUtterances(input),
                .slots = std::move(slots),
                .confirms = IsActive(confirmation)};
  intent.confirmation = ReadPrompt(confirmation.GetObject("promptSpecification"));
  intent.declination = ReadGroups(confirmation.GetObject("declinationResponse"));
  intent.initial_response =
      ReadGroups(input.GetObject("initialResponseSetting").GetObject("initialResponse"));
  if (IsActive(closing)) intent.closing_response = ReadGroups(closing.GetObject("closingResponse"));
  intent.dialog_hook = input.GetObject("dialogCodeHook").GetBool("enabled");
  intent.fulfillment_hook = input.GetObject("fulfillmentCodeHook").GetBool("enabled");
  return intent;
}

SlotType ReadSlotTypeInput(std::string name, const json::Object& input) {
  const json::Object& setting = input.GetObject("valueSelectionSetting");
  SlotType type{.name = std::move(name),
                .parent = std::string(input.GetString("parentSlotTypeSignature")),
                .regex = std::string(setting.GetObject("regexFilter").GetString("pattern"))};
  if (setting.GetString("resolutionStrategy") == "TopResolution") {
    type.resolution = SlotType::Resolution::kTopResolution;
  }
  ForEachObject(input.GetArray("slotTypeValues"), [&](const json::Object& entry) {
    SlotValue value{.value = std::string(entry.GetObject("sampleValue").GetString("value"))};
    ForEachObject(entry.GetArray("synonyms"), [&](const json::Object& one) {
      value.synonyms.emplace_back(one.GetString("value"));
    });
    type.values.push_back(std::move(value));
  });
  return type;
}

}  // namespace trunkline::sim
