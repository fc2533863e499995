// Where a value of the content stands in its file: simple in a bare flow; inside a wrapped Content
// string each escape (\" \n \u00e9) is several bytes of the file but one character or a few bytes
// of the content.
#include <algorithm>

#include "base/json_read.h"
#include "flow/content_slot.h"
#include "flow/document.h"

namespace trunkline::flow {
namespace {

unsigned HexValue(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits) {
    const auto lower = static_cast<unsigned>(c | 0x20);
    value = value * 16 + (lower >= 'a' ? lower - 'a' + 10 : lower - '0');
  }
  return value;
}

struct Step {
  std::size_t raw;      // bytes of the file
  std::size_t decoded;  // bytes of the string's value
};

// The next character of a JSON string that is known to be well formed.
Step StepAt(std::string_view text, std::size_t at) {
  if (text[at] != '\\') return {1, 1};
  if (text[at + 1] != 'u') return {2, 1};
  const unsigned point = HexValue(text.substr(at + 2, 4));
  if (point < 0x80) return {6, 1};
  if (point < 0x800) return {6, 2};
  if (point >= 0xD800 && point < 0xDC00) return {12, 4};
  return {6, 3};
}

}  // namespace

std::string_view ContentText(const Document& document) {
  return document.content_is_string ? std::string_view(document.content_text)
                                    : std::string_view(document.text);
}

namespace {

struct Offsets {
  std::size_t raw = 0;      // in the file
  std::size_t decoded = 0;  // in the content
};

// The first place inside the Content string of which `reached` is true, or its end.
template <class Reached>
Offsets WalkContentString(const Document& document, Reached reached) {
  const json::Value* slot = FindContentSlot(document.format, document.root);
  if (slot == nullptr) return {};
  Offsets at{.raw = slot->offset() + 1, .decoded = 0};
  while (!reached(at) && at.raw < document.text.size() && document.text[at.raw] != '"') {
    const Step step = StepAt(document.text, at.raw);
    at.raw += step.raw;
    at.decoded += step.decoded;
  }
  return at;
}

}  // namespace

std::uint32_t FileOffset(const Document& document, std::uint32_t content_offset) {
  if (!document.content_is_string) return content_offset;
  const Offsets found =
      WalkContentString(document, [&](const Offsets& at) { return at.decoded >= content_offset; });
  return static_cast<std::uint32_t>(std::min(found.raw, document.text.size()));
}

std::uint32_t ContentOffset(const Document& document, std::uint32_t file_offset) {
  if (!document.content_is_string) return file_offset;
  const Offsets found =
      WalkContentString(document, [&](const Offsets& at) { return at.raw >= file_offset; });
  return static_cast<std::uint32_t>(found.decoded);
}

Place PlaceOf(const Document& document, std::uint32_t content_offset, std::uint32_t length) {
  const std::uint32_t begin = FileOffset(document, content_offset);
  const std::uint32_t end =
      document.content_is_string ? FileOffset(document, content_offset + length) : begin + length;
  return json::Locate(document.text, begin, document.file, std::max<std::uint32_t>(end - begin, 1));
}

namespace {

// The line of a finding, for its caret. Of a long one (minified JSON) what is far behind the place
// is left out: thousands of findings are held at once.
std::string LineOf(std::string_view text, std::uint32_t offset, const Place& place) {
  constexpr std::size_t kBehind = 120;  // bytes
  const std::string_view line = json::LineAt(text, offset);
  std::size_t end = std::min<std::size_t>(line.size(), place.column + place.length + kBehind);
  while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) ++end;
  return std::string(line.substr(0, end));
}

}  // namespace

Finding FindingAt(const Document& document, Severity severity, std::string_view code,
                  std::string message, std::string hint, std::uint32_t content_offset) {
  const std::uint32_t offset = content_offset == json::kNoOffset ? 0 : content_offset;
  const std::uint32_t length = json::TokenLength(ContentText(document), offset);
  const Place place = PlaceOf(document, offset, length);
  return {.severity = severity,
          .code = std::string(code),
          .message = std::move(message),
          .hint = std::move(hint),
          .place = place,
          .source_line = LineOf(document.text, FileOffset(document, offset), place)};
}

}  // namespace trunkline::flow
