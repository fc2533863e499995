#include <array>
#include <cmath>
#include <map>

#include "base/json_write.h"
#include "cloud/services/stepfunctions/jsonata/calendar.h"
#include "cloud/services/stepfunctions/jsonata/numbers.h"
#include "cloud/services/stepfunctions/jsonata/regex.h"
#include "cloud/services/stepfunctions/jsonata/time_picture.h"
#include "cloud/services/stepfunctions/jsonata/times.h"

namespace trunkline::cloud::jsonata {
namespace {

using Components = std::map<char, double>;  // by letter; what was not understood is left out

bool IsZone(const TimePart& part) {
  return part.component == 'Z' || part.component == 'z';
}

std::string EscapeLiteral(std::string_view literal) {
  std::string pattern;
  for (const char c : literal) {
    if (std::string_view(".*+?^${}()|[]\\").find(c) != std::string_view::npos) pattern += '\\';
    pattern += c;
  }
  return pattern;
}

std::string SeparatorOf(const TimePart& part) {
  if (!part.integer.regular) return {};
  return std::string{static_cast<char>(part.integer.separators.front().character)};
}

Outcome<std::string> PatternOf(const TimePart& part) {
  if (part.component == '\0') return EscapeLiteral(part.literal);
  if (IsZone(part)) {
    std::string pattern = part.component == 'z' ? "GMT[-+][0-9]+" : "[-+][0-9]+";
    const std::string separator = SeparatorOf(part);
    return separator.empty() ? pattern : pattern + EscapeLiteral(separator) + "[0-9]+";
  }
  if (!part.named) return part.integer.Pattern(part.year_digits.value_or(0));
  if (std::string_view("MxFP").find(part.component) == std::string_view::npos) {
    return Failure("D3133").With("value", json::Quote(std::string{part.component}));
  }
  return std::string("[a-zA-Z]+");
}

// Minutes east of Greenwich.
double ReadZone(std::string_view text, const TimePart& part) {
  if (part.component == 'z') text.remove_prefix(3);
  const auto number = [](std::string_view digits) { return ParseIntPrefix(digits).value_or(0); };
  const std::string separator = SeparatorOf(part);
  if (!separator.empty()) {
    const std::size_t at = text.find(separator);
    return number(text.substr(0, at)) * 60 + number(text.substr(at + 1));
  }
  if (text.size() <= 3) return number(text) * 60;
  return number(text.substr(0, 3)) * 60 + number(text.substr(3));
}

std::optional<double> ReadName(std::string_view text, const TimePart& part) {
  if (part.component == 'P') {
    if (text == "am" || text == "AM") return 0;
    if (text == "pm" || text == "PM") return 1;
    return std::nullopt;
  }
  const bool is_day = part.component == 'F';
  const std::size_t most = part.most.value_or(0) > 0 ? *part.most : std::string::npos;
  for (int i = 1; i <= (is_day ? 7 : 12); ++i) {
    if ((is_day ? DayName(i) : MonthName(i)).substr(0, most) == text) return i;
  }
  return std::nullopt;
}

Outcome<std::optional<double>> ReadPart(std::string_view text, const TimePart& part) {
  if (IsZone(part)) return std::optional<double>(ReadZone(text, part));
  if (part.named) return ReadName(text, part);
  TL_TRY(const double number, part.integer.Read(text));
  return std::isnan(number) ? std::optional<double>() : std::optional<double>(number);
}

// Whether the components that were given (and are not zero) are some of `wanted` and no others of
// `all`.
bool FitsTo(const Components& components, std::string_view all, std::string_view wanted) {
  bool some = false;
  for (const char component : all) {
    const auto found = components.find(component);
    if (found == components.end() || found->second == 0) continue;
    if (wanted.find(component) == std::string_view::npos) return false;
    some = true;
  }
  return some;
}

struct Shape {
  bool day_of_year = false;
  bool unsupported = false;  // by weeks
  bool half_days = false;
  std::string components;  // from the most significant on
};

Shape ShapeOf(const Components& components) {
  constexpr std::string_view kDates = "YXMxWwdD";
  constexpr std::string_view kTimes = "PHhmsf";
  Shape shape;
  shape.day_of_year = !FitsTo(components, kDates, "YMD") && FitsTo(components, kDates, "Yd");
  const bool month_week = FitsTo(components, kDates, "Xxw");
  const bool year_week = !month_week && FitsTo(components, kDates, "XW");
  shape.unsupported = month_week || year_week;
  shape.half_days = !FitsTo(components, kTimes, "Hmsf") && FitsTo(components, kTimes, "Phmsf");
  shape.components = shape.day_of_year ? "YD" : month_week ? "XxwF" : year_week ? "XWF" : "YMD";
  shape.components += shape.half_days ? "Phmsf" : "Hmsf";
  return shape;
}

// What is missing in front is as it is now, what is missing behind is zero; a gap is an error.
Outcome<void> FillIn(Components& components, const Shape& shape, double now) {
  bool started = false;
  bool ended = false;
  for (const char component : shape.components) {
    if (components.contains(component)) {
      started = true;
      if (ended) return Failure("D3136");
    } else if (started) {
      components[component] = component == 'M' || component == 'D' || component == 'd' ? 1 : 0;
      ended = true;
    } else {
      components[component] = ComponentOf(now, component).value_or(0);
    }
  }
  return {};
}

double Compose(Components& components, const Shape& shape) {
  // JavaScript takes the years 0 to 99 for those of the twentieth century.
  double year = components['Y'];
  if (year >= 0 && year <= 99) year += 1900;
  double month = components['M'] > 0 ? components['M'] - 1 : 0;
  double day = components['D'];
  if (shape.day_of_year) {
    const double date = MillisOf(year, 0, components['d']);
    year = *ComponentOf(date, 'Y');
    month = *ComponentOf(date, 'M') - 1;
    day = *ComponentOf(date, 'D');
  }
  double hour = components['H'];
  if (shape.half_days) {
    hour = components['h'] == 12 ? 0 : components['h'];
    if (components['P'] == 1) hour += 12;
  }
  const double millis =
      MillisOf(year, month, day, hour, components['m'], components['s'], components['f']);
  const double zone = components['Z'] != 0 ? components['Z'] : components['z'];
  return millis - zone * 60'000;
}

}  // namespace

Outcome<std::optional<double>> ReadTime(std::string_view text, std::string_view picture, double now,
                                        std::uint64_t& steps) {
  TL_TRY(const std::vector<TimePart> parts, ReadTimePicture(picture));
  std::string pattern = "^";
  for (const TimePart& part : parts) {
    TL_TRY(const std::string piece, PatternOf(part));
    pattern += "(" + piece + ")";
  }
  TL_TRY(const std::shared_ptr<const Regex> regex,
         Regex::Compile(pattern + "$", {.ignore_case = true, .multiline = false}));
  TL_TRY(const std::optional<Regex::Match> match, regex->Search(text, 0, steps));
  if (!match) return std::optional<double>();
  Components components;
  bool any = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].component == '\0') continue;
    any = true;
    const Regex::Span span = *match->groups[i];
    TL_TRY(const std::optional<double> value,
           ReadPart(text.substr(span.start, span.end - span.start), parts[i]));
    if (value) components[parts[i].component] = *value;
  }
  if (!any) return std::optional<double>();
  const Shape shape = ShapeOf(components);
  TL_DO(FillIn(components, shape, now));
  if (shape.unsupported) return Failure("D3136");
  return std::optional<double>(Compose(components, shape));
}

Outcome<double> ReadIsoTime(std::string_view text) {
  // Year, month, day, hour, minute, second, fraction, zone.
  static const std::shared_ptr<const Regex> kIso =
      Regex::Compile(
          "^(\\d{4})(?:-([01]\\d))?(?:-([0-3]\\d))?"
          "(?:T([0-2]\\d):([0-5]\\d):([0-5]\\d))?(\\.\\d+)?"
          "([+-][0-2]\\d:?[0-5]\\d|Z)?$",
          {})
          .value();
  std::uint64_t steps = 100'000;
  TL_TRY(const std::optional<Regex::Match> match, kIso->Search(text, 0, steps));
  if (!match) return Failure("D3110").With("value", json::Quote(text));
  const auto group = [&](std::size_t number) {
    const std::optional<Regex::Span>& span = match->groups[number];
    return span ? text.substr(span->start, span->end - span->start) : std::string_view();
  };
  const auto number = [&](std::size_t which, double otherwise) {
    return ParseIntPrefix(group(which)).value_or(otherwise);
  };
  const double month = number(1, 1);
  const double day = number(2, 1);
  const double hour = number(3, 0);
  const double fraction = group(6).empty() ? 0 : ReadNumber("0" + std::string(group(6)));
  const bool exists = month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
                      (hour < 24 || (hour == 24 && number(4, 0) + number(5, 0) + fraction == 0));
  if (!exists) return std::nan("");
  double zone = 0;
  const std::string_view offset = group(7);
  if (offset.size() > 1) {
    zone = ReadNumber(offset.substr(1, 2)) * 60 + ReadNumber(offset.substr(offset.size() - 2));
    if (offset.front() == '-') zone = -zone;
  }
  return MillisOf(number(0, 0), month - 1, day, hour, number(4, 0), number(5, 0),
                  std::floor(fraction * 1000 + 1e-9)) -
         zone * 60'000;
}

}  // namespace trunkline::cloud::jsonata
