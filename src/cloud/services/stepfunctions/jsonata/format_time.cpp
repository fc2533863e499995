#include <cmath>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/stepfunctions/jsonata/calendar.h"
#include "cloud/services/stepfunctions/jsonata/numbers.h"
#include "cloud/services/stepfunctions/jsonata/time_picture.h"
#include "cloud/services/stepfunctions/jsonata/times.h"

namespace trunkline::cloud::jsonata {
namespace {

// "-0530" is -6 hours and -30 minutes: the reference rounds down before it takes the rest, and the
// service with it.
struct Zone {
  double hours = 0;
  double minutes = 0;

  double Written() const { return hours * 100 + minutes; }
  double Millis() const { return (60 * hours + minutes) * 60'000; }
};

Outcome<Zone> ReadZone(std::optional<std::string_view> text) {
  if (!text) return Zone();
  const std::optional<double> offset = ParseIntPrefix(*text);
  if (!offset || std::abs(*offset) > 9999) return Failure("D1001").With("value", "null");
  return Zone{.hours = std::floor(*offset / 100), .minutes = std::fmod(*offset, 100)};
}

std::string Cased(std::string_view name, IntegerPicture::Case letter_case) {
  if (letter_case == IntegerPicture::Case::kUpper) return ToUpper(name);
  if (letter_case == IntegerPicture::Case::kLower) return ToLower(name);
  return std::string(name);
}

Outcome<std::string> FormatName(const TimePart& part, int value) {
  switch (part.component) {
    case 'M':
    case 'x':
      return Cased(MonthName(value), part.names).substr(0, part.most.value_or(std::string::npos));
    case 'F':
      return Cased(DayName(value), part.names).substr(0, part.most.value_or(std::string::npos));
    case 'P': {
      const std::string name = value == 1 ? "pm" : "am";
      return part.names == IntegerPicture::Case::kUpper ? ToUpper(name) : name;
    }
    case 'f':
      return Failure("D3133").With("value", json::Quote("f"));
    default:
      return Failure("D3133").With("value", json::Quote(std::string{part.component}));
  }
}

Outcome<std::string> FormatZone(const TimePart& part, const Zone& zone) {
  std::string text;
  const std::size_t digits = part.integer.mandatory;
  if (part.named) return Failure("D3134");
  if (part.integer.regular || digits == 3 || digits == 4) {
    TL_TRY(text, part.integer.Format(zone.Written()));
  } else if (digits == 1 || digits == 2) {
    TL_TRY(text, part.integer.Format(zone.hours));
    if (zone.minutes != 0) {
      text += fmt::format(":{}{:02}", zone.minutes < 0 ? "-" : "", std::abs(zone.minutes));
    }
  } else {
    return Failure("D3134");
  }
  if (zone.Written() >= 0) text.insert(0, "+");
  if (part.component == 'z') text.insert(0, "GMT");
  if (zone.Written() == 0 && part.utc_is_z) return std::string("Z");
  return text;
}

Outcome<std::string> FormatPart(const TimePart& part, double millis, const Zone& zone) {
  if (part.component == '\0') return part.literal;
  if (part.component == 'Z' || part.component == 'z') return FormatZone(part, zone);
  if (part.component == 'C' || part.component == 'E') return std::string("ISO");
  int value = ComponentOf(millis, part.component).value_or(0);
  if (part.named) return FormatName(part, value);
  if (part.component == 'Y' && part.year_digits && *part.year_digits < 9) {
    value %= static_cast<int>(std::pow(10, static_cast<double>(*part.year_digits)));
  }
  return part.integer.Format(value);
}

}  // namespace

Outcome<std::string> FormatTime(double millis, std::string_view picture,
                                std::optional<std::string_view> zone_text) {
  TL_TRY(const Zone zone, ReadZone(zone_text));
  TL_TRY(const std::vector<TimePart> parts, ReadTimePicture(picture));
  const double local = std::trunc(millis) + zone.Millis();
  if (!(std::abs(local) <= kMaxMillis)) {
    return Failure("D1001").With("value", NumberText(millis));
  }
  std::string text;
  for (const TimePart& part : parts) {
    TL_TRY(const std::string written, FormatPart(part, local, zone));
    text += written;
  }
  return text;
}

}  // namespace trunkline::cloud::jsonata
