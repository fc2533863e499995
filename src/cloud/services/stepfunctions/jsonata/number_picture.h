// The picture of $formatNumber, read and checked (XPath functions 4.7.3 and 4.7.4).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/services/stepfunctions/jsonata/failure.h"
#include "cloud/services/stepfunctions/jsonata/value.h"

namespace trunkline::cloud::jsonata {

// The signs a picture is made of, and a number is written with.
struct NumberSigns {
  char32_t decimal = U'.';
  char32_t grouping = U',';
  char32_t exponent = U'e';
  char32_t percent = U'%';
  char32_t per_mille = U'\u2030';
  char32_t zero = U'0';
  char32_t digit = U'#';
  char32_t pattern = U';';
  std::u32string minus = U"-";

  static NumberSigns Of(const Value& options);
  bool IsDigit(char32_t c) const { return c >= zero && c < zero + 10; }
  bool IsActive(char32_t c) const;
};

struct NumberPicture {
  std::u32string text;
  std::u32string prefix;
  std::u32string suffix;
  std::vector<std::size_t> integer_groups;
  std::vector<std::size_t> fraction_groups;
  std::size_t regular_group = 0;  // 0: not regular
  std::size_t least_integer = 0;
  std::size_t scaling = 0;
  std::size_t least_fraction = 0;
  std::size_t most_fraction = 0;
  std::size_t least_exponent = 0;
};

std::u32string ToU32(std::string_view text);
// One picture, or one for numbers from 0 up and one for those below.
Outcome<std::vector<NumberPicture>> ReadNumberPictures(std::string_view picture,
                                                       const NumberSigns& signs);

}  // namespace trunkline::cloud::jsonata
