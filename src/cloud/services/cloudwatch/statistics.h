// Statistics: what a period's samples come to.
//
// SampleCount, Average, Sum, Minimum, Maximum; percentiles p0 to p100; and of the values between
// two percentiles the trimmed mean (tm90, TM(10%:90%)), count (tc), sum (ts), and the winsorized
// mean (wm), which counts what lies outside as the nearest value inside. IQM is TM(25%:75%).
#pragma once

#include <optional>
#include <string_view>

#include "cloud/services/cloudwatch/metrics.h"

namespace trunkline::cloud::cloudwatch {

enum class StatKind {
  kSampleCount,
  kAverage,
  kSum,
  kMinimum,
  kMaximum,
  kPercentile,
  kTrimmedMean,
  kTrimmedCount,
  kTrimmedSum,
  kWinsorizedMean,
};

struct Stat {
  StatKind kind = StatKind::kAverage;
  double low = 0;  // percent
  double high = 100;
};

// Nothing: not a statistic.
std::optional<Stat> ReadStat(std::string_view text);

// Whether it is one of the five that need no single values.
bool IsBasic(const Stat& stat);

// Nothing: there are no samples, or only sums of them where single values are needed.
std::optional<double> Compute(const Stat& stat, const Sample& sample);

}  // namespace trunkline::cloud::cloudwatch
