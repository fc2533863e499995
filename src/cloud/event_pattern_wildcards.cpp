#include "cloud/event_pattern_wildcards.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace trunkline::cloud {
namespace {

// Wildcards before the same character can all stand open at once. Five are refused (seen in
// recordings of the service), three are common in ARNs; where exactly it gives up is not known.
constexpr std::size_t kMostBeforeOneCharacter = 4;
constexpr std::size_t kMost = 20;

}  // namespace

std::string FindWildcardProblem(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (text[at] == '\\') {
      if (next != '*' && next != '\\')
        return fmt::format("Invalid escape character at pos {}", at + 1);
      ++at;
    } else if (text[at] == '*' && next == '*') {
      return fmt::format("Consecutive wildcard characters at pos {}", at + 1);
    }
  }
  return {};
}

bool HasTooManyWildcards(std::string_view text) {
  std::array<std::size_t, 256> before{};
  std::size_t stars = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '*') {
      ++stars;
      if (at + 1 < text.size()) ++before[static_cast<unsigned char>(text[at + 1])];
    }
  }
  return stars > kMost || *std::ranges::max_element(before) > kMostBeforeOneCharacter;
}

}  // namespace trunkline::cloud
