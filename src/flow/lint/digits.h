// Keys in prompts ("press 1, or press two"), and references whose value is digits.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "flow/reference.h"

namespace trunkline::flow::lint {

struct PromptKeys {
  std::set<std::string, std::less<>> asked;  // behind a word like "press"
  std::set<std::string, std::less<>> named;  // anywhere
};

// In English, Spanish, German, French, Portuguese and Italian. Markup is skipped.
PromptKeys KeysIn(std::string_view prompt);

// $.StoredCustomerInput and phone numbers.
bool IsDigits(const Path& path);

}  // namespace trunkline::flow::lint
