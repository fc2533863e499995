// Where a value of the content stands in its file: simple in a bare flow; inside a wrapped Content
// string each escape (\" \n \u00e9) is several bytes of the file but one character or a few bytes
// of the content.
#include <algorithm>

#include "base/code_point.h"
#include "base/json_read.h"
#include "flow/content_slot.h"
#include "flow/document.h"

namespace trunkline::flow {

std::string_view ContentText(const Document& document) {
  return document.content_is_string ? std::string_view(document.content_text)
                                    : std::string_view(document.text);
}

std::uint32_t FileOffset(const Document& document, std::uint32_t content_offset) {
  if (!document.content_is_string) return content_offset;
  const std::size_t raw = document.map.AtDecoded(document.text, content_offset).raw;
  return static_cast<std::uint32_t>(std::min(raw, document.text.size()));
}

std::uint32_t ContentOffset(const Document& document, std::uint32_t file_offset) {
  if (!document.content_is_string) return file_offset;
  return static_cast<std::uint32_t>(document.map.AtRaw(document.text, file_offset).decoded);
}

Place PlaceInFile(const Document& document, std::uint32_t file_offset, std::uint32_t length) {
  const std::size_t offset = std::min<std::size_t>(file_offset, document.text.size());
  const std::uint32_t line = document.map.LineOf(offset);
  return {.file = document.file,
          .line = line,
          .column = static_cast<std::uint32_t>(offset - document.map.BeginOf(line) + 1),
          .length = length};
}

Place PlaceOf(const Document& document, std::uint32_t content_offset, std::uint32_t length) {
  const std::uint32_t begin = FileOffset(document, content_offset);
  const std::uint32_t end =
      document.content_is_string ? FileOffset(document, content_offset + length) : begin + length;
  return PlaceInFile(document, begin, std::max<std::uint32_t>(end - begin, 1));
}

namespace {

// The line of a finding, for its caret. Of a long one (minified JSON) what is far from the place is
// left out: thousands of findings are held at once.
SourceLine Around(std::string_view line, const Place& place) {
  constexpr std::size_t kAround = 120;  // bytes
  std::size_t end = std::min<std::size_t>(line.size(), place.column + place.length + kAround);
  while (end < line.size() && !BeginsCodePoint(line[end])) ++end;
  std::size_t begin =
      std::min<std::size_t>(place.column - std::min<std::size_t>(place.column, kAround), end);
  while (begin > 0 && !BeginsCodePoint(line[begin])) --begin;
  return {.text = std::string(line.substr(begin, end - begin)),
          .cut_bytes = static_cast<std::uint32_t>(begin),
          .cut_characters = static_cast<std::uint32_t>(CountCodePoints(line.substr(0, begin)))};
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
          .source_line = Around(document.map.TextOf(place.line, document.text), place)};
}

}  // namespace trunkline::flow
