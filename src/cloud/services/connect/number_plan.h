// Which phone numbers there are to claim, and what a number is: country and type from its digits.
//
// The offered numbers are well-formed E.164, the same every time, and nobody's: direct dialling
// numbers have 555 behind the country code (North America) or their first national digits,
// toll-free ones 800555.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "cloud/operation.h"

namespace trunkline::cloud::connect {

struct NumberKind {
  std::string country;  // "US"
  std::string type;     // "DID", "TOLL_FREE", "UIFN"
};

// Nothing when the digits belong to no country, or are too few or too many.
std::optional<NumberKind> KindOfNumber(std::string_view number);

// The offers for a country, type and prefix ("+1555", empty for any).
class NumberOffers {
 public:
  static constexpr std::uint64_t kCount = 1000;  // how many there are, at most

  NumberOffers(std::string_view country, std::string_view type, std::string_view prefix);
  bool empty() const { return digits_ == 0; }
  // Numbers of different indices differ; nothing from the last index on.
  std::optional<std::string> At(std::uint64_t index) const;

 private:
  std::string start_;       // "+1555"
  std::size_t digits_ = 0;  // that follow
};

}  // namespace trunkline::cloud::connect
