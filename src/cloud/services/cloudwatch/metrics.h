// Metrics and their data as they are kept. Scope: account and Region.
//
//   {"cloudwatch","metric"}  id and name: MetricId; body: Namespace, MetricName, Dimensions, "Last"
//                            (seconds: when the newest datum was for)
//   {"cloudwatch","points"}  what a metric got in ten minutes. parent: the metric's id, name: the
//                            first second, 12 digits; body {"points": [[second, unit, count, sum,
//                            minimum, maximum, [[value, times], ...]], ...]}
//
// Nothing is rolled up: data stays as exact as it came, for 455 days. A point keeps its single
// values (for percentiles) as long as there are few of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cloud/context.h"

namespace trunkline::cloud::cloudwatch {

inline constexpr Kind kMetric{"cloudwatch", "metric"};
inline constexpr Kind kPoints{"cloudwatch", "points"};

// Namespace, name and dimensions, the latter in the order of their names: the order they come in
// does not tell metrics apart.
std::string MetricId(std::string_view name_space, std::string_view name,
                     const json::Array& dimensions);
// Of an object with Namespace, MetricName and Dimensions.
std::string MetricId(const json::Object& metric);

// What was measured in one second or minute, in one unit.
struct Sample {
  double count = 0;
  double sum = 0;
  double minimum = 0;
  double maximum = 0;
  std::vector<std::pair<double, double>> values;  // value, times
  bool exact = true;  // `values` are all there were: percentiles can be told

  void Add(const Sample& other);
};

struct Point {
  std::int64_t second = 0;
  std::string unit;
  Sample sample;
};

struct Measured {
  json::Object metric;  // Namespace, MetricName, Dimensions
  std::vector<Point> points;
};

// Adds to what is there, and makes the metric known.
void Keep(Context& context, const Measured& measured);

// From the second `from` (inclusive) to `to` (exclusive), oldest first.
std::vector<Point> ReadPoints(Context& context, std::string_view metric_id, std::int64_t from,
                              std::int64_t to);

std::int64_t Seconds(TimePoint time);
std::int64_t RoundDown(std::int64_t second, std::int64_t to);

}  // namespace trunkline::cloud::cloudwatch
