#include "base/code_point.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace trunkline {
namespace {

unsigned char ByteAt(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool IsContinuation(std::string_view text, std::size_t at) {
  return at < text.size() && !BeginsCodePoint(text[at]);
}

std::size_t SequenceLength(unsigned char first) {
  if (first < 0xC0) return 1;
  if (first < 0xE0) return 2;
  if (first < 0xF0) return 3;
  return first < 0xF8 ? 4 : 1;
}

}  // namespace

bool BeginsCodePoint(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

std::size_t CountCodePoints(std::string_view utf8) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  std::size_t count = 0;
  std::size_t at = 0;
  // Of eight bytes at once: those that go on have 10 as their highest bits.
  for (std::uint64_t eight = 0; at + sizeof eight <= utf8.size(); at += sizeof eight) {
    std::memcpy(&eight, utf8.data() + at, sizeof eight);
    const std::uint64_t goes_on = (eight >> 7U) & ~(eight >> 6U) & kOnes;
    count += sizeof eight - ((goes_on * kOnes) >> 56U);  // the highest byte adds all eight up
  }
  return count + static_cast<std::size_t>(std::ranges::count_if(utf8.substr(at), BeginsCodePoint));
}

std::string_view CutToBytes(std::string_view utf8, std::size_t most) {
  if (utf8.size() <= most) return utf8;
  while (most > 0 && !BeginsCodePoint(utf8[most])) --most;
  return utf8.substr(0, most);
}

std::size_t CodePointLength(std::string_view text, std::size_t at) {
  const std::size_t length = SequenceLength(ByteAt(text, at));
  for (std::size_t i = 1; i < length; ++i) {
    if (!IsContinuation(text, at + i)) return 1;
  }
  return length;
}

char32_t NextCodePoint(std::string_view text, std::size_t& at) {
  const unsigned char first = ByteAt(text, at);
  const std::size_t length = CodePointLength(text, at);
  if (length == 1) {
    ++at;
    return first < 0x80 ? first : U'\uFFFD';
  }
  char32_t code_point = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i)
    code_point = code_point << 6U | (ByteAt(text, at + i) & 0x3FU);
  at += length;
  return code_point;
}

std::vector<char32_t> ToCodePoints(std::string_view text) {
  std::vector<char32_t> points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) points.push_back(NextCodePoint(text, at));
  return points;
}

void AppendCodePoint(std::string& text, char32_t code_point) {
  const auto byte = [&](char32_t bits) { text += static_cast<char>(bits); };
  if (code_point < 0x80) return byte(code_point);
  if (code_point < 0x800) {
    byte(0xC0U | code_point >> 6U);
  } else if (code_point < 0x10000) {
    byte(0xE0U | code_point >> 12U);
    byte(0x80U | (code_point >> 6U & 0x3FU));
  } else {
    byte(0xF0U | code_point >> 18U);
    byte(0x80U | (code_point >> 12U & 0x3FU));
    byte(0x80U | (code_point >> 6U & 0x3FU));
  }
  byte(0x80U | (code_point & 0x3FU));
}

}  // namespace trunkline
