#include "cloud/services/stepfunctions/jsonata/time_picture.h"

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/stepfunctions/jsonata/limits.h"
#include "cloud/services/stepfunctions/jsonata/numbers.h"

namespace trunkline::cloud::jsonata {
namespace {

constexpr std::size_t kMaxWidth = 1'000;

std::string_view DefaultPresentation(char component) {
  switch (component) {
    case 'F':
    case 'P':
    case 'C':
    case 'E':
      return "n";
    case 'm':
    case 's':
      return "01";
    case 'Z':
    case 'z':
      return "01:01";
    default:
      return std::string_view("YMDdWwXxHhf").find(component) == std::string_view::npos ? "" : "1";
  }
}

std::optional<std::size_t> WidthOf(std::string_view text) {
  const std::optional<double> width = ParseIntPrefix(text);
  if (!width || *width < 0) return std::nullopt;
  return static_cast<std::size_t>(std::min(*width, static_cast<double>(kMaxWidth)));
}

struct Marker {
  std::string_view presentation;
  char modifier = '\0';  // of "atco"
  std::optional<std::size_t> least;
  std::optional<std::size_t> most;
};

// What stands behind the component's letter: presentation, modifier, ",least-most".
Marker SplitMarker(std::string_view text, char component) {
  Marker marker;
  const std::size_t comma = text.rfind(',');
  marker.presentation = text.substr(0, comma);
  if (comma != std::string_view::npos) {
    const std::string_view width = text.substr(comma + 1);
    const std::size_t dash = width.find('-');
    marker.least = WidthOf(width.substr(0, dash));
    if (dash != std::string_view::npos) marker.most = WidthOf(width.substr(dash + 1));
  }
  if (marker.presentation.empty()) marker.presentation = DefaultPresentation(component);
  const char last = marker.presentation.empty() ? '\0' : marker.presentation.back();
  if (marker.presentation.size() > 1 && std::string_view("atco").find(last) != std::string::npos) {
    marker.modifier = last;
    marker.presentation.remove_suffix(1);
  }
  return marker;
}

Outcome<void> ReadInteger(TimePart& part, const Marker& marker) {
  std::string picture(marker.presentation);
  const bool is_zone = part.component == 'Z' || part.component == 'z';
  if (marker.modifier != '\0' && !is_zone) picture += std::string(";") + marker.modifier;
  TL_TRY(part.integer, IntegerPicture::Parse(picture));
  const bool decimal = part.integer.form == IntegerPicture::Form::kDecimal;
  if (decimal && marker.least) {
    part.integer.mandatory = std::max(part.integer.mandatory, *marker.least);
  }
  if (std::string_view("YMD").find(part.component) == std::string_view::npos) return {};
  if (marker.most) {
    part.year_digits = *marker.most;
    part.integer.mandatory = *marker.most;
  } else if (decimal && part.integer.mandatory + part.integer.optional >= 2) {
    part.year_digits = part.integer.mandatory + part.integer.optional;
  }
  return {};
}

Outcome<TimePart> ReadMarker(std::string_view text) {
  TimePart part;
  part.component = text.empty() ? '\0' : text.front();
  if (text.empty() || DefaultPresentation(part.component).empty()) {
    return Failure("D3132").With("value", json::Quote(text.substr(0, 1)));
  }
  const Marker marker = SplitMarker(text.substr(1), part.component);
  part.most = marker.most;
  part.utc_is_z = marker.modifier == 't';
  const bool lower = marker.presentation.starts_with('n');
  if (lower || marker.presentation.starts_with('N')) {
    part.named = true;
    using Case = IntegerPicture::Case;
    const bool title = marker.presentation.starts_with("Nn");
    part.names = lower ? Case::kLower : title ? Case::kTitle : Case::kUpper;
    return part;
  }
  if (std::string_view("PCE").find(part.component) != std::string_view::npos) {
    part.named = true;
    return part;
  }
  TL_DO(ReadInteger(part, marker));
  return part;
}

std::string WithoutBlanks(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') kept += c;
  }
  return kept;
}

}  // namespace

const std::string_view kIsoPicture = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]";

std::string_view MonthName(int month) {
  constexpr std::string_view kNames[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
  return kNames[month - 1];
}

std::string_view DayName(int weekday) {
  constexpr std::string_view kNames[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                         "Friday", "Saturday", "Sunday"};
  return kNames[weekday - 1];
}

Outcome<std::vector<TimePart>> ReadTimePicture(std::string_view picture) {
  if (picture.size() > kMaxPictureBytes) return MemoryExceeded();
  std::vector<TimePart> parts;
  const auto add_literal = [&](std::string_view text) {
    if (text.empty()) return;
    TimePart part;
    part.literal = Replace(text, "]]", "]");
    parts.push_back(std::move(part));
  };
  for (;;) {
    const std::size_t open = picture.find('[');
    add_literal(picture.substr(0, open));
    if (open == std::string_view::npos) return parts;
    picture.remove_prefix(open + 1);
    if (picture.starts_with('[')) {
      add_literal("[");
      picture.remove_prefix(1);
      continue;
    }
    const std::size_t close = picture.find(']');
    if (close == std::string_view::npos) return Failure("D3135");
    TL_TRY(TimePart part, ReadMarker(WithoutBlanks(picture.substr(0, close))));
    parts.push_back(std::move(part));
    picture.remove_prefix(close + 1);
  }
}

}  // namespace trunkline::cloud::jsonata
