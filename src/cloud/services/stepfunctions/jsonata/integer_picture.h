// The picture of a whole number: "#,##0", "I", "Ww", "1;o" (XPath functions 4.6.1), for
// $formatInteger, $parseInteger and the parts of dates.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/services/stepfunctions/jsonata/failure.h"

namespace trunkline::cloud::jsonata {

struct IntegerPicture {
  enum class Form : std::uint8_t { kDecimal, kLetters, kRoman, kWords, kSequence };
  enum class Case : std::uint8_t { kUpper, kLower, kTitle };
  struct Separator {
    std::size_t position = 0;  // digits right of it
    char32_t character = 0;
  };

  static Outcome<IntegerPicture> Parse(std::string_view text);

  Outcome<std::string> Format(double value) const;    // a whole number
  Outcome<double> Read(std::string_view text) const;  // NaN for what it cannot read
  // A regular expression for what Read takes; of `digits` digits unless that is 0.
  Outcome<std::string> Pattern(std::size_t digits) const;

  Form form = Form::kDecimal;
  Case letter_case = Case::kLower;
  bool ordinal = false;
  char32_t zero = U'0';
  std::size_t mandatory = 0;
  std::size_t optional = 0;
  bool regular = false;               // one separator every so many digits
  std::vector<Separator> separators;  // from the right; the one, when regular
  std::string token;                  // of a sequence, which nobody supports
};

}  // namespace trunkline::cloud::jsonata
