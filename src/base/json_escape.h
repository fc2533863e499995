// Code points that JSON strings write as escapes: "\u00e9", and "\ud83d\ude00" for those that need
// two.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace trunkline::json {

struct EscapedCodePoint {
  std::uint32_t point = 0;
  std::size_t offset = 0;    // behind the escape; of what is wrong where there is a problem
  std::string problem = {};  // in words; empty when it was read
};

// `start` is the place of the backslash. Half of a pair is a problem, and so is any other escape.
EscapedCodePoint ReadEscapedCodePoint(std::string_view text, std::size_t start);

}  // namespace trunkline::json
