// Looking at eight bytes of JSON text at once: most of a document is strings and indentation.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace trunkline::json {

constexpr std::uint64_t InEveryByte(unsigned char byte) {
  return 0x0101010101010101U * byte;
}
constexpr std::uint64_t kHighBits = InEveryByte(0x80);

// Whether one of eight bytes ends a run of a string: a quote, a backslash, or a control character.
// A byte below `n` borrows from its high bit when n is taken off, and had none before.
inline bool EndsRun(std::uint64_t eight) {
  const auto below = [](std::uint64_t word, unsigned char n) {
    return (word - InEveryByte(n)) & ~word & kHighBits;
  };
  return (below(eight, 0x20) | below(eight ^ InEveryByte('"'), 1) |
          below(eight ^ InEveryByte('\\'), 1)) != 0;
}

// Where what a string holds as it is ends. `ascii` becomes false when there are other bytes in it.
inline std::size_t EndOfRun(std::string_view text, std::size_t at, bool& ascii) {
  std::uint64_t seen = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if (EndsRun(eight)) break;
    seen |= eight;
  }
  for (; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == '"' || byte == '\\' || byte < 0x20) break;
    seen |= byte;
  }
  ascii = ascii && (seen & kHighBits) == 0;
  return at;
}

constexpr std::string_view kIndent = "        ";

inline bool IsIndent(std::string_view text, std::size_t at) {
  return text.size() - at >= kIndent.size() &&
         std::memcmp(text.data() + at, kIndent.data(), kIndent.size()) == 0;
}

}  // namespace trunkline::json
