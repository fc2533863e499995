#include "base/code_point.h"

namespace trunkline {
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

}  // namespace

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
