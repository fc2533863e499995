// Words in names and prompts, for rules about their meaning. Whole words only: "pin" is no part of
// "shopping".
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "flow/document.h"

namespace trunkline::flow::lint {

bool IsLetter(char c);  // ASCII

// In lower case, parted where the case or the kind of character changes: "creditCard_number" ->
// "credit", "card", "number".
std::vector<std::string> Words(std::string_view text);

// The name that `word` is a slip of: one place of at most two characters differs, and not by a
// digit
// ("menu1" is not "menu2").
std::optional<std::string> NearestSlip(std::string_view word, std::span<const std::string> names);

// Whether a name says that its value is secret: a password, a card number.
bool SoundsSecret(std::string_view name);

// Whether a prompt (English) asks for something secret.
bool AsksForSecret(std::string_view prompt);

// The text an action says, static or with references: Parameters.Text or SSML; empty when it plays
// audio or nothing.
std::string_view PromptOf(const Action& action);

bool IsMenu(const Action& action);        // GetParticipantInput for one key
bool IsStore(const Action& action);       // GetParticipantInput into $.StoredCustomerInput
bool StoresSecret(const Action& action);  // a store that is encrypted, or whose prompt says so

}  // namespace trunkline::flow::lint
