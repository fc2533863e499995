// Where the lines of a file begin, and where the parts of a Content string stand in it: places are
// asked for again and again, and neither is looked for from the beginning each time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace trunkline::flow {

class TextMap {
 public:
  // A place inside a Content string: the same one in the file and in the string's value.
  struct Offsets {
    std::size_t raw = 0;
    std::size_t decoded = 0;
  };

  void ReadLines(std::string_view text);
  // The string that begins with its quote at `slot`; it is known to be well formed.
  void ReadContent(std::string_view text, std::size_t slot);

  // From 1.
  std::uint32_t LineOf(std::size_t offset) const;
  std::size_t BeginOf(std::uint32_t line) const { return lines_[line - 1]; }
  // Without its end.
  std::string_view TextOf(std::uint32_t line, std::string_view text) const;

  // The first place inside the Content string that is not before the offset, or its end.
  Offsets AtDecoded(std::string_view text, std::size_t decoded) const;
  Offsets AtRaw(std::string_view text, std::size_t raw) const;

 private:
  std::vector<std::uint32_t> lines_{0};
  std::vector<Offsets> marks_;  // one about every kEvery bytes of the string's value
};

}  // namespace trunkline::flow
