// Metric data queries: what GetMetricData is asked and what an alarm watches.
#pragma once

#include <string>
#include <vector>

#include "cloud/services/cloudwatch/expression.h"
#include "cloud/services/cloudwatch/metrics.h"
#include "cloud/services/cloudwatch/statistics.h"

namespace trunkline::cloud::cloudwatch {

// A metric's samples by the grid's periods. Without a unit they are those of the first unit there
// is, in the order of the alphabet, as AWS does; `units` are all there are.
struct Periods {
  std::map<std::int64_t, Sample> samples;
  std::string unit;
  std::vector<std::string> units;
};
Periods ReadPeriods(Context& context, const json::Object& metric, std::string_view unit,
                    const Grid& grid);

struct QueryResult {
  std::string id;
  std::string label;
  Series series;
  json::Array messages;  // {Code, Value}
};

// The range of a run: periods start at `from`, whatever their length.
struct QueryRange {
  std::int64_t from = 0;
  std::int64_t to = 0;
};

// Ids, one of MetricStat and Expression each, statistics and expressions. ValidationError.
Answer<void> CheckQueries(const json::Array& queries);

// The longest period of those given; 0: none is.
std::int64_t LongestPeriod(const json::Array& queries);

// Of the queries that return data, in their order. ValidationError.
Answer<std::vector<QueryResult>> RunQueries(Context& context, const json::Array& queries,
                                            const QueryRange& range);

ServiceError Invalid(std::string_view text);  // ValidationError

}  // namespace trunkline::cloud::cloudwatch
