#include "cloud/services/cloudwatch/statistics.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace trunkline::cloud::cloudwatch {
namespace {

constexpr std::pair<std::string_view, StatKind> kBasic[] = {
    {"SampleCount", StatKind::kSampleCount},
    {"Average", StatKind::kAverage},
    {"Sum", StatKind::kSum},
    {"Minimum", StatKind::kMinimum},
    {"Maximum", StatKind::kMaximum},
};

constexpr std::pair<std::string_view, StatKind> kTrimmed[] = {
    {"tm", StatKind::kTrimmedMean},
    {"tc", StatKind::kTrimmedCount},
    {"ts", StatKind::kTrimmedSum},
    {"wm", StatKind::kWinsorizedMean},
};

std::optional<double> ReadPercent(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || !(value >= 0) || value > 100) return std::nullopt;
  return value;
}

// "10%:90%", ":90%", "10%:".
std::optional<Stat> ReadRange(StatKind kind, std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.size() < 3) return std::nullopt;
  Stat stat{.kind = kind};
  for (const bool low : {true, false}) {
    std::string_view part = low ? text.substr(0, colon) : text.substr(colon + 1);
    if (part.empty()) continue;
    if (!part.ends_with('%')) return std::nullopt;
    part.remove_suffix(1);
    const auto percent = ReadPercent(part);
    if (!percent) return std::nullopt;
    (low ? stat.low : stat.high) = *percent;
  }
  if (stat.low >= stat.high) return std::nullopt;
  return stat;
}

// The value below which that share of the samples lies.
double ValueAt(const Sample& sample, double percent) {
  const double rank = std::max(1.0, std::ceil(sample.count * percent / 100));
  double seen = 0;
  for (const auto& [value, times] : sample.values) {
    seen += times;
    if (seen >= rank) return value;
  }
  return sample.maximum;
}

struct Trimmed {
  double count = 0;
  double sum = 0;
};

Trimmed Trim(const Stat& stat, const Sample& sample) {
  const double from = sample.count * stat.low / 100;
  const double to = sample.count * stat.high / 100;
  const double lowest = ValueAt(sample, stat.low);
  const double highest = ValueAt(sample, stat.high);
  Trimmed trimmed;
  double seen = 0;
  for (const auto& [value, times] : sample.values) {
    const double inside = std::min(seen + times, to) - std::max(seen, from);
    seen += times;
    const bool clamped = stat.kind == StatKind::kWinsorizedMean;
    const double counted = clamped ? times : std::max(0.0, inside);
    trimmed.count += counted;
    trimmed.sum += counted * (clamped ? std::clamp(value, lowest, highest) : value);
  }
  return trimmed;
}

}  // namespace

std::optional<Stat> ReadStat(std::string_view text) {
  for (const auto& [name, kind] : kBasic) {
    if (text == name) return Stat{.kind = kind};
  }
  if (text == "IQM") return Stat{.kind = StatKind::kTrimmedMean, .low = 25, .high = 75};
  if (text.size() < 2) return std::nullopt;
  if (text.starts_with('p')) {
    const auto percent = ReadPercent(text.substr(1));
    if (!percent) return std::nullopt;
    return Stat{.kind = StatKind::kPercentile, .low = *percent};
  }
  for (const auto& [name, kind] : kTrimmed) {
    if (text.starts_with(name)) {
      const auto percent = ReadPercent(text.substr(2));
      if (!percent) return std::nullopt;
      return Stat{.kind = kind, .high = *percent};
    }
    if (text.starts_with(ToUpper(name) + "(") && text.ends_with(')'))
      return ReadRange(kind, text.substr(3, text.size() - 4));
  }
  return std::nullopt;
}

bool IsBasic(const Stat& stat) {
  return stat.kind <= StatKind::kMaximum;
}

std::optional<double> Compute(const Stat& stat, const Sample& sample) {
  if (sample.count <= 0) return std::nullopt;
  switch (stat.kind) {
    case StatKind::kSampleCount:
      return sample.count;
    case StatKind::kAverage:
      return sample.sum / sample.count;
    case StatKind::kSum:
      return sample.sum;
    case StatKind::kMinimum:
      return sample.minimum;
    case StatKind::kMaximum:
      return sample.maximum;
    default:
      break;
  }
  if (!sample.exact) return std::nullopt;
  if (stat.kind == StatKind::kPercentile) return ValueAt(sample, stat.low);
  const Trimmed trimmed = Trim(stat, sample);
  if (stat.kind == StatKind::kTrimmedCount) return trimmed.count;
  if (stat.kind == StatKind::kTrimmedSum) return trimmed.sum;
  return trimmed.count > 0 ? std::optional(trimmed.sum / trimmed.count) : std::nullopt;
}

}  // namespace trunkline::cloud::cloudwatch
