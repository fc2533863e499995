// Upper and lower case of the whole of Unicode, independent of the machine's locale.
#pragma once

#include <string>
#include <string_view>

namespace trunkline::cloud::jsonata {

std::string ToUpperCase(std::string_view text);  // as JavaScript: "straße" becomes "STRASSE"
std::string ToLowerCase(std::string_view text);

// One for one: what regular expressions compare by.
char32_t SimpleUpper(char32_t c);
char32_t SimpleLower(char32_t c);

}  // namespace trunkline::cloud::jsonata
