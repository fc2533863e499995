// The periods an alarm looks at.
//
// They end with the present minute (or shorter period) as soon as that has data, else with the one
// before, and move on with every minute, whatever the alarm's period.
#include <algorithm>

#include "cloud/services/cloudwatch/evaluation.h"
#include "cloud/services/cloudwatch/queries.h"

namespace trunkline::cloud::cloudwatch {
namespace {

std::int64_t PeriodOf(const json::Object& alarm) {
  if (alarm.Has("Period")) return alarm.GetInt("Period");
  return std::max<std::int64_t>(LongestPeriod(alarm.GetArray("Metrics")), 1);
}

bool HasData(Context& context, const json::Object& alarm, const QueryRange& range) {
  return std::ranges::any_of(WatchedMetrics(alarm), [&](const json::Value& id) {
    return !ReadPoints(context, id.AsString(), range.from, range.to).empty();
  });
}

std::int64_t EndOf(Context& context, const json::Object& alarm, std::int64_t step) {
  const std::int64_t now = RoundDown(Seconds(context.Now()), step);
  return HasData(context, alarm, {.from = now, .to = now + step}) ? now + step : now;
}

void FillFromMetric(Context& context, const json::Object& alarm, const Grid& grid,
                    std::vector<Window>& windows) {
  const Periods periods = ReadPeriods(context, alarm, alarm.GetString("Unit"), grid);
  const auto stat = ReadStat(alarm.GetString("Statistic", alarm.GetString("ExtendedStatistic")));
  for (Window& window : windows) {
    const auto found = periods.samples.find(window.start);
    if (found == periods.samples.end() || !stat) continue;
    window.value = Compute(*stat, found->second);
    window.count = found->second.count;
  }
}

Answer<void> FillFromQueries(Context& context, const json::Object& alarm, const Grid& grid,
                             std::vector<Window>& windows) {
  TL_TRY(const std::vector<QueryResult> results,
         RunQueries(context, alarm.GetArray("Metrics"), {.from = grid.from, .to = grid.to}));
  for (Window& window : windows) {
    if (results.empty()) break;
    const auto found = results.front().series.find(window.start);
    if (found != results.front().series.end()) window.value = found->second;
  }
  return {};
}

}  // namespace

Terms TermsOf(const json::Object& alarm) {
  const auto periods = static_cast<std::size_t>(alarm.GetInt("EvaluationPeriods", 1));
  return {.periods = periods,
          .to_alarm = static_cast<std::size_t>(
              alarm.GetInt("DatapointsToAlarm", static_cast<std::int64_t>(periods))),
          .missing = alarm.GetString("TreatMissingData")};
}

Answer<std::vector<Window>> ReadWindows(Context& context, const json::Object& alarm) {
  const std::int64_t period = PeriodOf(alarm);
  const std::int64_t end = EndOf(context, alarm, std::min<std::int64_t>(period, 60));
  std::vector<Window> windows(LookedAt(TermsOf(alarm)));
  std::int64_t start = end;
  for (Window& window : windows) window.start = start -= period;
  const Grid grid{.from = start, .to = end, .period = period};
  if (alarm.Has("MetricName"))
    FillFromMetric(context, alarm, grid, windows);
  else
    TL_DO(FillFromQueries(context, alarm, grid, windows));
  for (Window& window : windows) {
    window.breaching = window.value && Breaches(alarm.GetString("ComparisonOperator"),
                                                *window.value, alarm.GetDouble("Threshold"));
  }
  return windows;
}

}  // namespace trunkline::cloud::cloudwatch
