// Numbers of DynamoDB: exact decimals of at most 38 significant digits, between 1E-130 and
// 9.99...E+125 in magnitude. Their texts are normalized when they come in, so that equal numbers
// have equal texts.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "cloud/operation.h"

namespace trunkline::cloud::dynamodb {

class Number {
 public:
  // An error is what DynamoDB says of such a text.
  static Answer<Number> Parse(std::string_view text);

  // Without an exponent, leading or trailing zeros: "-0.05", "1200".
  std::string Text() const;
  bool negative() const { return negative_; }
  std::size_t digits() const { return digits_.size(); }  // significant ones; 0 for zero

  // Too large, too small or too long a result is an error.
  static Answer<Number> Add(const Number& a, const Number& b);
  static Answer<Number> Subtract(const Number& a, const Number& b);

  std::strong_ordering operator<=>(const Number& other) const;
  bool operator==(const Number& other) const = default;

  // A text that sorts by bytes as the numbers do.
  std::string SortText() const;

 private:
  static Answer<Number> Make(bool negative, std::string digits, int exponent);

  // The value is 0.<digits> * 10^exponent.
  std::string digits_;  // no zero at either end; empty: zero
  int exponent_ = 0;
  bool negative_ = false;
};

}  // namespace trunkline::cloud::dynamodb
