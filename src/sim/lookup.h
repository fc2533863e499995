// References at run time: what "$.Queue.Name" means to a contact now (flow-language 1.7 and section
// 4).
//
// A reference that has no value is empty text, and is named so that the author can be warned:
// neither the service's guide nor observations say more (flow-language 1.7, "Missing value").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "sim/state.h"

namespace trunkline::sim {

// The value of a whole reference; nullopt when there is none. A null, an empty text and an empty
// object are none.
std::optional<json::Value> Lookup(const ContactState& contact, std::string_view reference);

// True when the text is one reference and nothing else.
bool IsReference(std::string_view text);

struct Resolved {
  json::Value value;
  std::vector<std::string> missing;  // references without a value, each once
};
// Replaces references in every text of a JSON value, in keys too. A text that is one reference
// becomes its value with its JSON type, or null; inside longer text a value is written as text.
Resolved Resolve(const ContactState& contact, const json::Value& value);

// A scalar as text: "true", "5", the string itself; nullopt for null, lists and objects.
std::optional<std::string> ScalarText(const json::Value& value);

}  // namespace trunkline::sim
