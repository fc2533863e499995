#include <algorithm>
#include <cstring>

#include "base/json_read.h"

namespace trunkline::json {

Place Locate(std::string_view text, std::uint32_t offset, std::string_view file,
             std::uint32_t length) {
  Place place{.file = std::string(file), .line = 1, .column = 1, .length = length};
  const std::size_t end = std::min<std::size_t>(offset, text.size());
  std::size_t line_start = 0;
  for (std::size_t at = text.find('\n'); at < end; at = text.find('\n', at + 1)) {
    ++place.line;
    line_start = at + 1;
  }
  place.column = static_cast<std::uint32_t>(end - line_start + 1);
  return place;
}

std::string_view LineAt(std::string_view text, std::uint32_t offset) {
  const std::size_t at = std::min<std::size_t>(offset, text.size());
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

std::uint32_t TokenLength(std::string_view text, std::uint32_t offset) {
  if (offset >= text.size()) return 1;
  std::size_t end = offset + 1;
  if (text[offset] == '"') {
    while (end < text.size() && text[end] != '"' && text[end] != '\n')
      end += text[end] == '\\' ? 2 : 1;
    return static_cast<std::uint32_t>(std::min(end + 1, text.size()) - offset);
  }
  if (text[offset] == '{' || text[offset] == '[') return 1;
  while (end < text.size() && std::strchr(" \t\r\n,:{}[]\"", text[end]) == nullptr) ++end;
  return static_cast<std::uint32_t>(end - offset);
}

}  // namespace trunkline::json
