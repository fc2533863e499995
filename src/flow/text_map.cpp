#include "flow/text_map.h"

#include <algorithm>

namespace trunkline::flow {
namespace {

constexpr std::size_t kEvery = 256;  // bytes

unsigned HexValue(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits) {
    const auto lower = static_cast<unsigned>(c | 0x20);
    value = value * 16 + (lower >= 'a' ? lower - 'a' + 10 : lower - '0');
  }
  return value;
}

// Over the next character of a JSON string that is known to be well formed.
void Step(std::string_view text, TextMap::Offsets& at) {
  const auto by = [&](std::size_t raw, std::size_t decoded) {
    at.raw += raw;
    at.decoded += decoded;
  };
  if (text[at.raw] != '\\') return by(1, 1);
  if (text[at.raw + 1] != 'u') return by(2, 1);
  const unsigned point = HexValue(text.substr(at.raw + 2, 4));
  if (point < 0x80) return by(6, 1);
  if (point < 0x800) return by(6, 2);
  if (point >= 0xD800 && point < 0xDC00) return by(12, 4);
  by(6, 3);
}

bool IsInside(std::string_view text, const TextMap::Offsets& at) {
  return at.raw < text.size() && text[at.raw] != '"';
}

// From the last mark that is not behind it.
TextMap::Offsets Walk(std::string_view text, const std::vector<TextMap::Offsets>& marks,
                      std::size_t TextMap::Offsets::*which, std::size_t offset) {
  const auto behind = std::ranges::upper_bound(marks, offset, {}, which);
  if (behind == marks.begin()) return marks.empty() ? TextMap::Offsets() : marks.front();
  TextMap::Offsets at = *(behind - 1);
  while (at.*which < offset && IsInside(text, at)) Step(text, at);
  return at;
}

}  // namespace

void TextMap::ReadLines(std::string_view text) {
  lines_.assign(1, 0);
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
    lines_.push_back(static_cast<std::uint32_t>(at + 1));
}

void TextMap::ReadContent(std::string_view text, std::size_t slot) {
  Offsets at{.raw = slot + 1, .decoded = 0};
  marks_.assign(1, at);
  while (IsInside(text, at)) {
    Step(text, at);
    if (at.decoded >= marks_.back().decoded + kEvery) marks_.push_back(at);
  }
}

std::uint32_t TextMap::LineOf(std::size_t offset) const {
  const auto behind = std::ranges::upper_bound(lines_, offset);
  return static_cast<std::uint32_t>(behind - lines_.begin());
}

std::string_view TextMap::TextOf(std::uint32_t line, std::string_view text) const {
  const std::size_t begin = BeginOf(line);
  const std::size_t end = line < lines_.size() ? lines_[line] - 1 : text.size();
  std::string_view found = text.substr(begin, end - begin);
  if (!found.empty() && found.back() == '\r') found.remove_suffix(1);
  return found;
}

TextMap::Offsets TextMap::AtDecoded(std::string_view text, std::size_t decoded) const {
  return Walk(text, marks_, &Offsets::decoded, decoded);
}

TextMap::Offsets TextMap::AtRaw(std::string_view text, std::size_t raw) const {
  return Walk(text, marks_, &Offsets::raw, raw);
}

}  // namespace trunkline::flow
