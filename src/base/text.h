// Small operations on text that the standard library lacks.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace trunkline {

std::vector<std::string_view> Split(std::string_view text,
                                    char separator);  // "" gives one empty part
std::string Join(const std::vector<std::string>& parts, std::string_view separator);
std::string_view Trim(std::string_view text);  // blanks, tabs, CR, LF at both ends
std::string ToLower(std::string_view text);    // ASCII letters only
std::string ToUpper(std::string_view text);
bool EqualsIgnoreCase(std::string_view a, std::string_view b);  // ASCII
std::string Replace(std::string_view text, std::string_view what,
                    std::string_view by);  // every occurrence
bool IsUtf8(std::string_view text);
std::optional<std::int64_t> ToInt(std::string_view text);  // the whole text, decimal

// RFC 3986: everything but letters, digits and -_.~ becomes %XX; with keep_slash '/' stays.
std::string PercentEncode(std::string_view text, bool keep_slash = false);
// Every %XX becomes its byte; an incomplete escape stays as it is. '+' becomes a blank if asked
// for.
std::string PercentDecode(std::string_view text, bool plus_is_blank = false);

// The candidate most like `word`, or nothing: "did you mean". At most a third of the word's length
// may be edited; a swap of neighbours is one edit, case does not count.
std::optional<std::string> Nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace trunkline
