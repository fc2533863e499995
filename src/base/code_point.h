// The code points of UTF-8 texts, one at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace trunkline {

// Whether a byte of UTF-8 begins a code point; the others go on with one.
bool BeginsCodePoint(char c);
std::size_t CountCodePoints(std::string_view utf8);
// At most this many bytes of the text, and no half of a code point at the end.
std::string_view CutToBytes(std::string_view utf8, std::size_t most);

// How many bytes the code point at `at` (inside the text) takes; 1 for a byte that starts none.
std::size_t CodePointLength(std::string_view text, std::size_t at);
// The code point that starts at `at`, which moves behind it. A byte that starts none gives U+FFFD.
char32_t NextCodePoint(std::string_view text, std::size_t& at);
std::vector<char32_t> ToCodePoints(std::string_view text);
// Any number below 0x110000, a surrogate too: the caller knows whether one may stand there.
void AppendCodePoint(std::string& text, char32_t code_point);

}  // namespace trunkline
