// Words in names and prompts, for rules about their meaning. Whole words only: "pin" is no part of
// "shopping".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "flow/document.h"

namespace trunkline::flow::lint {

bool IsLetter(char c);  // ASCII

// In lower case, parted where the case or the kind of character changes: "creditCard_number" ->
// "credit", "card", "number".
std::vector<std::string> Words(std::string_view text);

// Finds the name that a word is a slip of: one place of at most two characters differs, at most a
// third of the word, and not by a digit ("menu1" is not "menu2"). Such a name has the same first or
// the same second half, so few are looked at.
class SlipFinder {
 public:
  explicit SlipFinder(std::vector<std::string> names);

  std::optional<std::string> Find(std::string_view word) const;  // the first in the order of names

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_begin_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_end_;
};

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
