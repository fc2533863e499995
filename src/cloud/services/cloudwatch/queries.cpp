#include "cloud/services/cloudwatch/queries.h"

#include <algorithm>
#include <cctype>
#include <set>

#include <fmt/format.h>

namespace trunkline::cloud::cloudwatch {
namespace {

constexpr std::int64_t kUsualPeriod = 300;
constexpr std::int64_t kMostPeriods = 100800;  // what one GetMetricData may return

const json::Object& MetricOf(const json::Object& query) {
  return query.GetObject("MetricStat").GetObject("Metric");
}

bool Returns(const json::Object& query) {
  return query.GetBool("ReturnData", true);
}

bool IsId(std::string_view id) {
  return !id.empty() && std::islower(static_cast<unsigned char>(id.front())) != 0 &&
         std::ranges::all_of(id, [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
         });
}

Answer<void> CheckQuery(const json::Object& query) {
  const std::string_view id = query.GetString("Id");
  if (!IsId(id)) {
    return Invalid(fmt::format(
        "The value {} for parameter MetricDataQueries.member.Id is not matching the expected "
        "pattern ^[a-z][a-zA-Z0-9_]*$.",
        id));
  }
  const bool expression = query.Has("Expression");
  if (expression == query.Has("MetricStat")) {
    return Invalid(fmt::format(
        "Exactly one of MetricStat and Expression must be given in the query '{}'.", id));
  }
  if (!expression) {
    const std::string_view stat = query.GetObject("MetricStat").GetString("Stat");
    if (ReadStat(stat)) return {};
    return Invalid(
        fmt::format("The value {} for parameter MetricDataQueries.member.MetricStat."
                    "Stat is not supported.",
                    stat));
  }
  const auto read = ReadExpression(query.GetString("Expression"));
  if (read) return {};
  return Invalid(fmt::format("Error in expression '{}': {}", id, read.error().message()));
}

// Runs queries when they are asked for: expressions name others.
class Run {
 public:
  Run(Context& context, const json::Array& queries, const QueryRange& range)
      : context_(context), queries_(queries), range_(range) {}

  Answer<QueryResult> ResultOf(const json::Object& query) {
    QueryResult result{.id = std::string(query.GetString("Id")),
                       .label = std::string(query.GetString("Label")),
                       .series = {},
                       .messages = {}};
    if (result.label.empty()) result.label = DefaultLabel(query);
    auto value = ValueOf(query, &result.messages);
    if (!value) return Problem(result.id, value.error());
    if (std::holds_alternative<double>(*value)) {
      return Invalid(
          fmt::format("Error in expression '{}': the result is a number; a query that "
                      "returns data must return a time series.",
                      result.id));
    }
    if (auto* list = std::get_if<SeriesList>(&*value)) {
      if (list->size() != 1) {
        return Invalid(
            fmt::format("Error in expression '{}': expressions that return several "
                        "time series are not implemented by this cloud.",
                        result.id));
      }
      result.series = std::move(list->front());
    } else {
      result.series = std::get<Series>(std::move(*value));
    }
    return result;
  }

 private:
  static ServiceError Problem(std::string_view id, const Error& error) {
    return Invalid(fmt::format("Error in expression '{}': {}", id, error.message()));
  }

  static std::string DefaultLabel(const json::Object& query) {
    if (query.Has("Expression")) return std::string(query.GetString("Id"));
    return std::string(MetricOf(query).GetString("MetricName"));
  }

  const json::Object* Find(std::string_view id) const {
    for (const json::Value& one : queries_) {
      if (one.AsObject().GetString("Id") == id) return &one.AsObject();
    }
    return nullptr;
  }

  Result<MathValue> ValueOf(const json::Object& query, json::Array* messages) {
    if (!query.Has("Expression")) return MathValue(SeriesOf(query, messages));
    const std::string id(query.GetString("Id"));
    // Each once, however often it is named.
    if (const auto known = done_.find(id); known != done_.end()) return known->second;
    if (!running_.insert(id).second)
      return Error(ErrorKind::kInvalid, "the expression refers to itself");
    TL_TRY(const MathValue value, RunExpression(query));
    running_.erase(id);
    return done_.emplace(id, value).first->second;
  }

  Result<MathValue> RunExpression(const json::Object& query) {
    TL_TRY(const MathNode node, ReadExpression(query.GetString("Expression")));
    MathScope scope;
    scope.grid = {.from = range_.from, .to = range_.to, .period = PeriodOf(query, node)};
    if ((range_.to - range_.from) / scope.grid.period > kMostPeriods)
      return Error(ErrorKind::kInvalid, "the range has more than {} periods", kMostPeriods);
    scope.value = [this](const std::string& id) -> Result<MathValue> {
      if (const json::Object* other = Find(id)) return ValueOf(*other, nullptr);
      return Error(ErrorKind::kInvalid, "there is no query with the id '{}'", id);
    };
    scope.metrics = [this](std::string_view part) -> Result<SeriesList> {
      SeriesList list;
      for (const json::Value& one : queries_) {
        const json::Object& other = one.AsObject();
        const bool named = other.GetString("Id").find(part) != std::string_view::npos;
        if (named && !other.Has("Expression")) list.push_back(SeriesOf(other, nullptr));
      }
      return list;
    };
    return Evaluate(node, scope);
  }

  // Of what an expression names the longest, as theirs is the time it can tell.
  std::int64_t PeriodOf(const json::Object& query, const MathNode& node) const {
    if (query.Has("Period")) return query.GetInt("Period");
    std::vector<std::string> names;
    CollectNames(node, names);
    std::int64_t longest = 0;
    for (const std::string& name : names) {
      const json::Object* other = name == "*" ? nullptr : Find(name);
      if (other) longest = std::max(longest, other->GetObject("MetricStat").GetInt("Period"));
    }
    if (longest == 0) longest = LongestPeriod(queries_);
    return longest == 0 ? kUsualPeriod : longest;
  }

  Series SeriesOf(const json::Object& query, json::Array* messages) {
    const json::Object& stat = query.GetObject("MetricStat");
    const Grid grid{.from = range_.from, .to = range_.to, .period = stat.GetInt("Period", 60)};
    const Periods periods =
        ReadPeriods(context_, stat.GetObject("Metric"), stat.GetString("Unit"), grid);
    if (messages && periods.units.size() > 1 && !stat.Has("Unit")) {
      messages->emplace_back(json::Object{{"Code", "MultipleUnits"},
                                          {"Value", fmt::format("Multiple units returned: '[{}]'",
                                                                fmt::join(periods.units, ", "))}});
    }
    Series series;
    const auto how = ReadStat(stat.GetString("Stat"));
    for (const auto& [second, sample] : periods.samples) {
      const auto value = how ? Compute(*how, sample) : std::nullopt;
      if (value) series[second] = *value;
    }
    return series;
  }

  Context& context_;
  const json::Array& queries_;
  QueryRange range_;
  std::set<std::string> running_;
  std::map<std::string, MathValue> done_;
};

}  // namespace

ServiceError Invalid(std::string_view text) {
  return {"ValidationError", text};
}

Periods ReadPeriods(Context& context, const json::Object& metric, std::string_view unit,
                    const Grid& grid) {
  Periods periods;
  std::vector<Point> points = ReadPoints(context, MetricId(metric), grid.from, grid.to);
  std::set<std::string> units;
  for (const Point& point : points) units.insert(point.unit);
  periods.units.assign(units.begin(), units.end());
  if (!units.empty()) periods.unit = *units.begin();
  if (!unit.empty()) periods.unit = unit;
  for (const Point& point : points) {
    if (point.unit != periods.unit) continue;
    const std::int64_t at = grid.from + RoundDown(point.second - grid.from, grid.period);
    periods.samples[at].Add(point.sample);
  }
  return periods;
}

Answer<void> CheckQueries(const json::Array& queries) {
  std::set<std::string> ids;
  for (const json::Value& one : queries) {
    TL_DO(CheckQuery(one.AsObject()));
    if (!ids.insert(std::string(one.AsObject().GetString("Id"))).second) {
      return Invalid(fmt::format("The id '{}' stands twice in MetricDataQueries.",
                                 one.AsObject().GetString("Id")));
    }
  }
  const bool returns =
      std::ranges::any_of(queries, [](const json::Value& one) { return Returns(one.AsObject()); });
  if (returns) return {};
  return Invalid("At least one query of MetricDataQueries must return data.");
}

std::int64_t LongestPeriod(const json::Array& queries) {
  std::int64_t longest = 0;
  for (const json::Value& one : queries) {
    const json::Object& query = one.AsObject();
    longest =
        std::max({longest, query.GetInt("Period"), query.GetObject("MetricStat").GetInt("Period")});
  }
  return longest;
}

Answer<std::vector<QueryResult>> RunQueries(Context& context, const json::Array& queries,
                                            const QueryRange& range) {
  Run run(context, queries, range);
  std::vector<QueryResult> results;
  for (const json::Value& one : queries) {
    if (!Returns(one.AsObject())) continue;
    TL_TRY(QueryResult result, run.ResultOf(one.AsObject()));
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace trunkline::cloud::cloudwatch
