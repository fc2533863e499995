// The picture of a date and time: "[Y0001]-[M01]-[D01]" (XPath functions 9.8.4).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/services/stepfunctions/jsonata/failure.h"
#include "cloud/services/stepfunctions/jsonata/integer_picture.h"

namespace trunkline::cloud::jsonata {

struct TimePart {
  std::string literal;    // for what is no component
  char component = '\0';  // Y M D d F W w X x H h P m s f Z z C E
  bool named = false;     // as a name: "Monday", "pm"
  IntegerPicture::Case names = IntegerPicture::Case::kLower;
  IntegerPicture integer;                  // otherwise
  std::optional<std::size_t> most;         // characters
  std::optional<std::size_t> year_digits;  // the last so many, of Y, M and D
  bool utc_is_z = false;
};

Outcome<std::vector<TimePart>> ReadTimePicture(std::string_view picture);

extern const std::string_view kIsoPicture;
std::string_view MonthName(int month);  // from 1
std::string_view DayName(int weekday);  // from 1, Monday

}  // namespace trunkline::cloud::jsonata
