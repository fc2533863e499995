#include "cloud/services/stepfunctions/jsonata/unicode.h"

#include <algorithm>

namespace trunkline::cloud::jsonata {
namespace {

unsigned char ByteAt(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool IsContinuation(std::string_view text, std::size_t at) {
  return at < text.size() && (ByteAt(text, at) & 0xC0U) == 0x80U;
}

std::size_t SequenceLength(unsigned char first) {
  if (first < 0xC0) return 1;
  if (first < 0xE0) return 2;
  if (first < 0xF0) return 3;
  return first < 0xF8 ? 4 : 1;
}

std::size_t LengthAt(std::string_view text, std::size_t at) {
  const std::size_t length = SequenceLength(ByteAt(text, at));
  for (std::size_t i = 1; i < length; ++i) {
    if (!IsContinuation(text, at + i)) return 1;
  }
  return length;
}

bool IsSurrogate(char32_t c) {
  return c >= 0xD800 && c <= 0xDFFF;
}

}  // namespace

char32_t NextCodePoint(std::string_view text, std::size_t& at) {
  const unsigned char first = ByteAt(text, at);
  const std::size_t length = LengthAt(text, at);
  if (length == 1) return text[at++] >= 0 ? first : 0xFFFD;
  char32_t code_point = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    code_point = code_point << 6U | (ByteAt(text, at + i) & 0x3FU);
  }
  at += length;
  return code_point;
}

void AppendCodePoint(std::string& text, char32_t c) {
  const auto byte = [&](char32_t bits) { text += static_cast<char>(bits); };
  if (c < 0x80) return byte(c);
  if (c < 0x800) {
    byte(0xC0U | c >> 6U);
  } else if (c < 0x10000) {
    byte(0xE0U | c >> 12U);
    byte(0x80U | (c >> 6U & 0x3FU));
  } else {
    byte(0xF0U | c >> 18U);
    byte(0x80U | (c >> 12U & 0x3FU));
    byte(0x80U | (c >> 6U & 0x3FU));
  }
  byte(0x80U | (c & 0x3FU));
}

std::size_t CountCodePoints(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += LengthAt(text, at)) ++count;
  return count;
}

std::vector<char32_t> ToCodePoints(std::string_view text) {
  std::vector<char32_t> points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) points.push_back(NextCodePoint(text, at));
  return points;
}

std::size_t OffsetOfCodePoint(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < text.size(); --count) at += LengthAt(text, at);
  return at;
}

std::size_t Utf16Length(std::string_view text) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = LengthAt(text, at);
    units += length == 4 ? 2 : 1;
    at += length;
  }
  return units;
}

std::size_t OffsetOfUtf16(std::string_view text, std::size_t units) {
  std::size_t at = 0;
  while (units > 0 && at < text.size()) {
    const std::size_t length = LengthAt(text, at);
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
  while (start > 0 && (IsContinuation(a, start) || IsContinuation(b, start))) --start;
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
