#include "base/shown.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline {
namespace {

// How many bytes the character takes that begins `text`; 0 when it is none.
std::size_t CharacterLength(std::string_view text) {
  for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
    if (IsUtf8(text.substr(0, length))) return length;
  }
  return 0;
}

}  // namespace

std::string Shown(std::string_view text, std::size_t longest) {
  std::string shown;
  while (!text.empty()) {
    const std::size_t length = CharacterLength(text);
    const std::string next = length > 0
                                 ? std::string(text.substr(0, length))
                                 : fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
    if (shown.size() + next.size() > longest) return shown + "...";
    shown += next;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return shown;
}

}  // namespace trunkline
