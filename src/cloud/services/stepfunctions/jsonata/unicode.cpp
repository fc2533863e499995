#include "cloud/services/stepfunctions/jsonata/unicode.h"

#include <algorithm>

namespace trunkline::cloud::jsonata {
namespace {

unsigned char ByteAt(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool IsContinuation(unsigned char byte) {
  return (byte & 0xC0U) == 0x80U;
}

bool IsSurrogate(char32_t c) {
  return c >= 0xD800 && c <= 0xDFFF;
}

}  // namespace

std::size_t CountCodePoints(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += CodePointLength(text, at)) ++count;
  return count;
}

std::size_t OffsetOfCodePoint(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count) at += CodePointLength(text, at);
  return at;
}

std::size_t Utf16Length(std::string_view text) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = CodePointLength(text, at);
    units += length == 4 ? 2 : 1;
    at += length;
  }
  return units;
}

std::size_t OffsetOfUtf16(std::string_view text, std::size_t units) {
  std::size_t at = 0;
  while (units > 0 && at < text.size()) {
    const std::size_t length = CodePointLength(text, at);
    units -= std::min<std::size_t>(units, length == 4 ? 2 : 1);
    at += length;
  }
  return at;
}

// Bytes of UTF-8 order as code points do; UTF-16 puts those above U+FFFF, which start with the
// surrogates D800 to DFFF, before U+E000 to U+FFFF.
int CompareUtf16(std::string_view a, std::string_view b) {
  const auto [x, y] = std::ranges::mismatch(a, b);
  if (x == a.end() || y == b.end()) {
    return static_cast<int>(x != a.end()) - static_cast<int>(y != b.end());
  }
  auto start = static_cast<std::size_t>(x - a.begin());
  while (start > 0 && (IsContinuation(ByteAt(a, start)) || IsContinuation(ByteAt(b, start))))
    --start;
  const unsigned char first = ByteAt(a, start);
  const unsigned char second = ByteAt(b, start);
  const bool swapped = (first >= 0xF0) != (second >= 0xF0) && std::min(first, second) >= 0xEE;
  const bool below = static_cast<unsigned char>(*x) < static_cast<unsigned char>(*y);
  return below != swapped ? -1 : 1;
}

bool HasLoneSurrogate(std::string_view text) {
  for (std::size_t at = text.find('\xED'); at != std::string_view::npos;
       at = text.find('\xED', at + 1)) {
    if (at + 1 < text.size() && ByteAt(text, at + 1) >= 0xA0) return true;
  }
  return false;
}

std::string ToValidUtf8(std::string_view text) {
  std::string valid;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = NextCodePoint(text, at);
    AppendCodePoint(valid, IsSurrogate(c) ? U'\uFFFD' : c);
  }
  return valid;
}

}  // namespace trunkline::cloud::jsonata
