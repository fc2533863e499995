#include "sim/bot.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/slot_values.h"

namespace trunkline::sim {
namespace {

template <class Named>
const Named* Find(const std::vector<Named>& all, std::string_view name) {
  const auto found = std::ranges::find(all, name, &Named::name);
  return found == all.end() ? nullptr : &*found;
}

// Built-in intents that answer by themselves from a knowledge base or a model.
constexpr std::string_view kAnsweringIntents[] = {"AMAZON.BedrockAgentIntent",
                                                  "AMAZON.KendraSearchIntent",
                                                  "AMAZON.QInConnectIntent", "AMAZON.QnAIntent"};

std::string SlotProblem(const BotLocale& locale, const Intent& intent, const Slot& slot) {
  const SlotType* type = locale.FindSlotType(slot.type);
  const std::string_view builtin =
      type == nullptr ? std::string_view(slot.type) : std::string_view(type->parent);
  if (builtin.empty()) return "";
  if (builtin.starts_with("AMAZON.")) {
    if (IsBuiltInSlotType(builtin)) return "";
    return fmt::format("slot '{}' of intent '{}' has type '{}', which is not understood here",
                       slot.name, intent.name, builtin);
  }
  return fmt::format("slot '{}' of intent '{}' has type '{}', which does not exist", slot.name,
                     intent.name, builtin);
}

}  // namespace

const Slot* Intent::FindSlot(std::string_view slot_name) const {
  return Find(slots, slot_name);
}

const Intent* BotLocale::FindIntent(std::string_view intent_name) const {
  return Find(intents, intent_name);
}

const SlotType* BotLocale::FindSlotType(std::string_view type_name) const {
  return Find(slot_types, type_name);
}

const Intent* BotLocale::Fallback() const {
  const auto found =
      std::ranges::find(intents, std::string_view("AMAZON.FallbackIntent"), &Intent::parent);
  return found == intents.end() ? nullptr : &*found;
}

std::vector<std::string> NotUnderstood(const BotLocale& locale) {
  std::vector<std::string> problems;
  for (const Intent& intent : locale.intents) {
    if (std::ranges::find(kAnsweringIntents, intent.parent) != std::end(kAnsweringIntents)) {
      problems.push_back(fmt::format("intent '{}' is derived from {}, which is not simulated",
                                     intent.name, intent.parent));
    }
    for (const Slot& slot : intent.slots) {
      if (std::string problem = SlotProblem(locale, intent, slot); !problem.empty()) {
        problems.push_back(std::move(problem));
      }
    }
  }
  return problems;
}

}  // namespace trunkline::sim
