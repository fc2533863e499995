// A bot's locale as plain values: what Lex V2 was told about intents, slots and slot types.
// Understanding (sim/understanding.h) and dialog (sim/dialog.h) read it; the embedded cloud builds
// it from its store.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/event.h"

namespace trunkline::sim {

struct SlotValue {
  std::string value;
  std::vector<std::string> synonyms;
};

struct SlotType {
  // What a value that was heard becomes: what was said, if it is like one of the values; or the
  // value it belongs to.
  enum class Resolution { kOriginalValue, kTopResolution };
  std::string name;
  std::string parent;  // "AMAZON.AlphaNumeric", or empty
  std::string regex;   // of AMAZON.AlphaNumeric; ECMAScript, the whole value
  Resolution resolution = Resolution::kOriginalValue;
  std::vector<SlotValue> values;
};

// One of `variations` may be said instead of `message`.
struct MessageGroup {
  BotMessage message;
  std::vector<BotMessage> variations;
};

struct Prompting {
  std::vector<MessageGroup> groups;
  int max_retries = 0;  // how often it is asked again
};

struct Slot {
  std::string name;
  std::string type;  // a slot type's name, or a built-in one: "AMAZON.Number"
  bool required = true;
  bool asked = true;  // it has a priority: slots without one are never asked for
  Prompting prompt;
  std::vector<std::string> utterances;  // answers to the prompt: "to {City}"
  std::string default_value;            // taken before asking; empty for none
};

struct Intent {
  std::string name;
  std::string parent;  // "AMAZON.FallbackIntent" and its siblings, or empty
  std::vector<std::string> utterances;
  std::vector<Slot> slots;  // by priority
  bool confirms = false;
  Prompting confirmation;
  std::vector<MessageGroup> declination;
  std::vector<MessageGroup> initial_response;
  std::vector<MessageGroup> closing_response;
  bool dialog_hook = false;
  bool fulfillment_hook = false;

  const Slot* FindSlot(std::string_view slot_name) const;
};

struct BotLocale {
  std::string locale_id;   // "en_US"
  double threshold = 0.4;  // nluIntentConfidenceThreshold
  std::vector<Intent> intents;
  std::vector<SlotType> slot_types;

  const Intent* FindIntent(std::string_view intent_name) const;
  const SlotType* FindSlotType(std::string_view type_name) const;
  // The intent derived from AMAZON.FallbackIntent; nullptr when there is none.
  const Intent* Fallback() const;
};

// What of a locale is not understood here, as sentences with names; empty when all of it is. A
// build of such a locale must fail with them rather than pretend.
std::vector<std::string> NotUnderstood(const BotLocale& locale);

}  // namespace trunkline::sim
