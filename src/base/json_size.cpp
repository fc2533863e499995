#include "base/json_size.h"

namespace trunkline::json {

std::size_t QuotedSize(std::string_view text) {
  constexpr std::string_view kShort =
      "\"\\\n\r\t\b\f";  // written with a letter behind the backslash
  std::size_t size = 2;
  for (const char c : text) {
    const bool is_control = static_cast<unsigned char>(c) < 0x20;
    if (!is_control && c != '"' && c != '\\') {
      size += 1;
    } else {
      size += kShort.find(c) != std::string_view::npos ? 2 : 6;
    }
  }
  return size;
}

}  // namespace trunkline::json
