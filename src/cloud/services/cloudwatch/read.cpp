// GetMetricStatistics and GetMetricData.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "cloud/list_token.h"
#include "cloud/services/cloudwatch/families.h"
#include "cloud/services/cloudwatch/queries.h"

namespace trunkline::cloud::cloudwatch {
namespace {

constexpr std::int64_t kMostDatapoints = 1440;
constexpr std::size_t kMostQueries = 500;
constexpr std::size_t kMostPerPage = 100800;

ServiceError WrongCombination(std::string_view text) {
  return {"InvalidParameterCombinationException", text};
}

bool IsPeriod(std::int64_t period) {
  constexpr std::int64_t kShort[] = {1, 5, 10, 20, 30};
  return period % 60 == 0 || std::ranges::find(kShort, period) != std::end(kShort);
}

// Starts at a whole minute, or at a whole one of shorter periods; the end counts up to its second.
Grid GridOf(const json::Object& input, std::int64_t period) {
  const auto second = [&](std::string_view member) {
    return Seconds(FromEpochSeconds(input.GetDouble(member)));
  };
  return {.from = RoundDown(second("StartTime"), std::min<std::int64_t>(period, 60)),
          .to = second("EndTime"),
          .period = period};
}

Answer<void> CheckStatisticsInput(const json::Object& input) {
  if (input.GetDouble("StartTime") >= input.GetDouble("EndTime")) {
    return ServiceError("InvalidParameterValueException",
                        "The parameter StartTime must be less than the parameter EndTime.");
  }
  const std::int64_t period = input.GetInt("Period");
  if (!IsPeriod(period)) {
    return ServiceError("InvalidParameterValueException",
                        "The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.");
  }
  if (input.GetArray("Statistics").empty() && input.GetArray("ExtendedStatistics").empty()) {
    return WrongCombination(
        "At least one of the parameters Statistics and ExtendedStatistics must be specified.");
  }
  for (const json::Value& one : input.GetArray("ExtendedStatistics")) {
    if (ReadStat(one.AsString())) continue;
    return ServiceError("InvalidParameterValueException",
                        fmt::format("The value {} for parameter ExtendedStatistics.member.1 is "
                                    "not supported.",
                                    one.AsString()));
  }
  const Grid grid = GridOf(input, period);
  const std::int64_t wanted = (grid.to - grid.from) / period;
  if (wanted <= kMostDatapoints) return {};
  return WrongCombination(
      fmt::format("You have requested up to {} datapoints, which exceeds the limit of {}. You may "
                  "reduce the datapoints requested by increasing Period, or decreasing the time "
                  "range.",
                  wanted, kMostDatapoints));
}

json::Object ToDatapoint(std::int64_t second, const std::string& unit, const Sample& sample,
                         const json::Object& input) {
  json::Object shown{{"Timestamp", second}, {"Unit", unit}};
  for (const json::Value& one : input.GetArray("Statistics")) {
    const auto stat = ReadStat(one.AsString());
    const auto value = stat ? Compute(*stat, sample) : std::nullopt;
    if (value) shown.Set(one.AsString(), *value);
  }
  json::Object extended;
  for (const json::Value& one : input.GetArray("ExtendedStatistics")) {
    const auto value = Compute(*ReadStat(one.AsString()), sample);
    if (value) extended.Set(one.AsString(), *value);
  }
  if (!extended.empty()) shown.Set("ExtendedStatistics", std::move(extended));
  return shown;
}

// Without a unit, data of every unit is shown, apart.
Answer<> GetMetricStatistics(Context& context, const json::Object& input) {
  TL_DO(CheckStatisticsInput(input));
  const Grid grid = GridOf(input, input.GetInt("Period"));
  std::vector<std::string> units{std::string(input.GetString("Unit"))};
  if (units.front().empty()) units = ReadPeriods(context, input, "", grid).units;
  json::Array shown;
  for (const std::string& unit : units) {
    for (const auto& [second, sample] : ReadPeriods(context, input, unit, grid).samples)
      shown.emplace_back(ToDatapoint(second, unit, sample, input));
  }
  return json::Object{{"Label", input.At("MetricName")}, {"Datapoints", std::move(shown)}};
}

Answer<void> CheckDataInput(const json::Object& input) {
  const json::Array& queries = input.GetArray("MetricDataQueries");
  if (queries.empty() || queries.size() > kMostQueries)
    return Invalid(fmt::format("Expected between 1 and {} MetricDataQueries.", kMostQueries));
  if (input.GetDouble("StartTime") >= input.GetDouble("EndTime"))
    return Invalid("The parameter StartTime must be less than the parameter EndTime.");
  TL_DO(CheckQueries(queries));
  for (const json::Value& one : queries) {
    const json::Object& query = one.AsObject();
    for (const json::Object* holder : {&query, &query.GetObject("MetricStat")}) {
      if (holder->Has("Period") && !IsPeriod(holder->GetInt("Period"))) {
        return Invalid("The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.");
      }
    }
  }
  return {};
}

json::Object ToResult(const QueryResult& result, bool ascending) {
  json::Array times;
  json::Array values;
  const auto add = [&](const Series::value_type& one) {
    times.emplace_back(one.first);
    values.emplace_back(one.second);
  };
  if (ascending)
    std::for_each(result.series.begin(), result.series.end(), add);
  else
    std::for_each(result.series.rbegin(), result.series.rend(), add);
  json::Object shown{{"Id", result.id},
                     {"Label", result.label},
                     {"Timestamps", std::move(times)},
                     {"Values", std::move(values)},
                     {"StatusCode", "Complete"}};
  if (!result.messages.empty()) shown.Set("Messages", result.messages);
  return shown;
}

std::int64_t ShortestPeriod(const json::Array& queries) {
  std::int64_t shortest = 60;
  for (const json::Value& one : queries)
    shortest = std::min(shortest, one.AsObject().GetObject("MetricStat").GetInt("Period", 60));
  return shortest;
}

// A page is as many results as stay within MaxDatapoints, but at least one.
Answer<> GetMetricData(Context& context, const json::Object& input) {
  TL_DO(CheckDataInput(input));
  const json::Array& queries = input.GetArray("MetricDataQueries");
  const Grid grid = GridOf(input, ShortestPeriod(queries));
  std::string after;
  if (input.Has("NextToken")) {
    const auto token = ReadListToken("GetMetricData", input.GetString("NextToken"));
    if (!token) return ServiceError("InvalidNextToken", "The next token is invalid.");
    after = *token;
  }
  TL_TRY(const std::vector<QueryResult> results,
         RunQueries(context, queries, {.from = grid.from, .to = grid.to}));
  const auto most = static_cast<std::size_t>(
      input.GetInt("MaxDatapoints", static_cast<std::int64_t>(kMostPerPage)));
  json::Array shown;
  std::size_t datapoints = 0;
  std::string last;
  bool begun = after.empty();
  bool more = false;
  for (const QueryResult& result : results) {
    if (begun) {
      more = !shown.empty() && datapoints + result.series.size() > most;
      if (more) break;
      datapoints += result.series.size();
      shown.emplace_back(ToResult(result, input.GetString("ScanBy") == "TimestampAscending"));
      last = result.id;
    }
    begun = begun || result.id == after;
  }
  json::Object answer{{"MetricDataResults", std::move(shown)}, {"Messages", json::Array()}};
  if (more) answer.Set("NextToken", MakeListToken("GetMetricData", last));
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "GetMetricData", .handle = GetMetricData},
    {.name = "GetMetricStatistics", .handle = GetMetricStatistics},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kReadOperations = kOperations;

}  // namespace trunkline::cloud::cloudwatch
