#include <algorithm>

#include "base/json_read.h"
#include "cloud/services/stepfunctions/validate.h"

namespace trunkline::cloud::stepfunctions {
namespace {

bool IsWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '$';
}

std::string PlaceAt(std::string_view text, std::size_t offset) {
  const auto line =
      1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
  const std::size_t start = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const std::size_t column = start == std::string_view::npos ? offset + 1 : offset - start;
  return fmt::format("line: {}, column: {}", line, column);
}

// The first byte that cannot stand where it does: the reader stops at a prefix that is longer each
// time, so this looks at where it says it stopped.
std::size_t FaultOffset(std::string_view text) {
  const json::ReadOutcome read = json::Read(text, "", {});
  if (read.value || read.findings.empty()) return 0;
  const auto& place = read.findings.back().place;
  std::size_t offset = 0;
  for (std::uint32_t line = 1; line < place.line; ++line) {
    const std::size_t end = text.find('\n', offset);
    if (end == std::string_view::npos) break;
    offset = end + 1;
  }
  return std::min(text.size(),
                  offset + static_cast<std::size_t>(std::max(place.column, std::uint32_t{1})) - 1);
}

// Whether the last sign before `offset` opens an object or separates its members: a name is due.
bool ExpectsName(std::string_view text, std::size_t offset) {
  std::string open;
  bool quoted = false;
  char last = 0;
  for (std::size_t i = 0; i < offset; ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        quoted = false;
      continue;
    }
    if (c == '"') quoted = true;
    if (c == '{' || c == '[') open += c;
    if ((c == '}' || c == ']') && !open.empty()) open.pop_back();
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') last = c;
  }
  return !open.empty() && open.back() == '{' && (last == '{' || last == ',');
}

}  // namespace

JsonFault ExplainJson(std::string_view text) {
  const std::size_t offset = FaultOffset(text);
  if (offset >= text.size()) {
    return {.message = "Unexpected end-of-input", .place = PlaceAt(text, text.size())};
  }
  if (ExpectsName(text, offset) && text[offset] != '"') {
    return {.message = fmt::format("Unexpected character ('{}' (code {})): was expecting "
                                   "double-quote to start field name",
                                   text[offset], static_cast<unsigned char>(text[offset])),
            .place = PlaceAt(text, offset)};
  }
  std::size_t end = offset;
  while (end < text.size() && IsWordCharacter(text[end])) ++end;
  constexpr std::string_view kExpected =
      "was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
  if (end > offset) {
    return {.message = fmt::format("Unrecognized token '{}': {}", text.substr(offset, end - offset),
                                   kExpected),
            .place = PlaceAt(text, end)};
  }
  return {.message = fmt::format("Unexpected character ('{}' (code {})): expected a valid value "
                                 "(JSON String, Number, Array, Object or token 'null', 'true' or "
                                 "'false')",
                                 text[offset], static_cast<unsigned char>(text[offset])),
          .place = PlaceAt(text, offset)};
}

}  // namespace trunkline::cloud::stepfunctions
