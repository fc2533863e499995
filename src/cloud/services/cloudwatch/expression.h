// Metric math: expressions over metrics, as GetMetricData and alarms take them.
//
//   100 * errors / FILL(calls, 0)        IF(m1 > 10, m1, 0)        SUM(METRICS("e"))
//
// A value is a number, a time series, or a list of time series. An operator between two series
// counts where both have a value; SUM, AVG, MIN, MAX and STDDEV make a number of a series and a
// series of a list, as AWS's do. SEARCH, anomaly bands, Metrics Insights (SELECT) and functions
// that ask other services are not known and are refused by name.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace trunkline::cloud::cloudwatch {

using Series = std::map<std::int64_t, double>;  // second -> value
using SeriesList = std::vector<Series>;
using MathValue = std::variant<double, Series, SeriesList>;

// Where values may stand: at `from`, `from + period` and so on, before `to`.
struct Grid {
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::int64_t period = 60;
};

struct MathNode {
  enum class Kind { kNumber, kText, kName, kCall, kList };
  Kind kind = Kind::kNumber;
  double number = 0;
  std::string text;  // a name, a text, or the function: "SUM", "+", "neg"
  std::vector<MathNode> arguments;
};

Result<MathNode> ReadExpression(std::string_view text);

// The ids an expression names; METRICS() is "*".
void CollectNames(const MathNode& node, std::vector<std::string>& names);

// What expressions ask of the query they stand in.
struct MathScope {
  Grid grid;
  std::function<Result<MathValue>(const std::string& id)> value;
  // Of all metrics (not expressions) whose ids hold the text.
  std::function<Result<SeriesList>(std::string_view part)> metrics;
};

Result<MathValue> Evaluate(const MathNode& node, const MathScope& scope);

}  // namespace trunkline::cloud::cloudwatch
