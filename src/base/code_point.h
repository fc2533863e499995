// The code points of UTF-8 texts, one at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace trunkline {

// How many bytes the code point at `at` (inside the text) takes; 1 for a byte that starts none.
std::size_t CodePointLength(std::string_view text, std::size_t at);
// The code point that starts at `at`, which moves behind it. A byte that starts none gives U+FFFD.
char32_t NextCodePoint(std::string_view text, std::size_t& at);
std::vector<char32_t> ToCodePoints(std::string_view text);
// Any number below 0x110000, a surrogate too: the caller knows whether one may stand there.
void AppendCodePoint(std::string& text, char32_t code_point);

}  // namespace trunkline
