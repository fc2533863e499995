// UTF-8 texts as JSONata sees them: code points to count and cut by, UTF-16 units where JavaScript
// shows through (places of matches, order of strings).
//
// A text may hold a lone surrogate (from "\ud800" in an expression), encoded like any other code
// point; ToValidUtf8 replaces it before the text leaves.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/code_point.h"

namespace trunkline::cloud::jsonata {

std::size_t CountCodePoints(std::string_view text);
// The byte where the code point number `count` starts, at most the end.
std::size_t OffsetOfCodePoint(std::string_view text, std::size_t count);

std::size_t Utf16Length(std::string_view text);
// The byte where the UTF-16 unit number `units` starts, at most the end.
std::size_t OffsetOfUtf16(std::string_view text, std::size_t units);
// Below, at or above 0, as JavaScript orders strings.
int CompareUtf16(std::string_view a, std::string_view b);

bool HasLoneSurrogate(std::string_view text);
std::string ToValidUtf8(std::string_view text);

}  // namespace trunkline::cloud::jsonata
