// Logs Insights: a query, and its answer over events.
//
//   fields @timestamp, strlen(@message) as size | filter level = "ERROR" and ms > 100
//   | parse @message "* took * ms" as who, ms | stats count(*) as n, avg(ms) by bin(5m)
//   | sort n desc | limit 20 | display n | dedup who
//
// Commands: fields, display, filter, stats, sort, limit, parse (with a text and stars), dedup.
// Known are @timestamp, @ingestionTime, @message, @logStream, @log, and the members of messages
// that are JSON ("a.b", "a.0"). Anything else is refused by name.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::aws {
class Pattern;
}

namespace trunkline::cloud::logs {

struct InsightsExpression {
  enum class Kind { kField, kText, kNumber, kPattern, kCall };
  Kind kind = Kind::kField;
  std::string text;  // the field, the text, the number as written, the function or operator
  std::vector<InsightsExpression> parts;          // of kCall
  std::shared_ptr<const aws::Pattern> pattern{};  // of kPattern; shared by copies
};

// An expression and how its column is called.
struct InsightsColumn {
  InsightsExpression expression;
  std::string name;
};

struct InsightsCommand {
  enum class Kind { kFields, kDisplay, kFilter, kStats, kSort, kLimit, kParse, kDedup };
  Kind kind = Kind::kFields;
  std::vector<InsightsColumn> columns;  // of fields, display, stats, sort, dedup; parse: its field
  std::vector<InsightsColumn> by;       // of stats
  std::vector<bool> descending;         // of sort, beside its columns
  InsightsExpression test;              // of filter
  std::size_t limit = 0;                // of limit
  std::vector<std::string> between;     // of parse: the texts around the stars
  std::vector<std::string> names;       // of parse: what the stars are called
};

using InsightsQuery = std::vector<InsightsCommand>;

// The error's sentence says what is not understood.
Result<InsightsQuery> ReadInsightsQuery(std::string_view text);

// What a query looks at: the texts by the names of their fields.
struct InsightsEvent {
  std::vector<std::pair<std::string, std::string>> fields;
};
InsightsEvent MakeInsightsEvent(std::string_view message);  // @message, and what JSON has

// Rows of columns as GetQueryResults shows them, and how many events were not filtered out.
struct InsightsAnswer {
  json::Array rows;
  std::size_t matched = 0;
};
InsightsAnswer RunInsightsQuery(const InsightsQuery& query, std::vector<InsightsEvent> events);

}  // namespace trunkline::cloud::logs
