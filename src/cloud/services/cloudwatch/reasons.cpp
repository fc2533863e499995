// The words of an alarm's state, as they are seen in recordings of the service.
#include <fmt/format.h>

#include "cloud/services/cloudwatch/evaluation.h"

namespace trunkline::cloud::cloudwatch {
namespace {

std::string_view Comparison(std::string_view comparison) {
  if (comparison == "GreaterThanOrEqualToThreshold") return "greater than or equal to";
  if (comparison == "GreaterThanThreshold") return "greater than";
  if (comparison == "LessThanThreshold") return "less than";
  return "less than or equal to";
}

std::string Counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

TimePoint TimeOf(std::int64_t second) {
  return TimePoint(std::chrono::seconds(second));
}

// 26/10/23 16:42:00
std::string ShortTime(std::int64_t second) {
  const std::string iso = ToIso8601(TimeOf(second));  // 2023-10-26T16:42:00Z
  const std::string_view text(iso);
  return fmt::format("{}/{}/{} {}", text.substr(8, 2), text.substr(5, 2), text.substr(2, 2),
                     text.substr(11, 8));
}

// The newest windows with values, as many as counted.
std::vector<const Window*> Counting(const std::vector<Window>& windows, std::size_t count) {
  std::vector<const Window*> counting;
  for (const Window& window : windows) {
    if (window.value && counting.size() < count) counting.push_back(&window);
  }
  return counting;
}

std::string MissingText(const json::Object& alarm, const Decision& decision) {
  const bool breaching = alarm.GetString("TreatMissingData") == "breaching";
  return fmt::format(
      "Threshold Crossed: no datapoints were received for {} and {} {} treated as [{}].",
      Counted(decision.filled, "period"), Counted(decision.filled, "missing datapoint"),
      decision.filled == 1 ? "was" : "were", breaching ? "Breaching" : "NonBreaching");
}

std::string CrossedText(const json::Object& alarm, const std::vector<const Window*>& counting,
                        bool alarming) {
  std::vector<std::string> shown;
  for (const Window* window : counting) {
    if (window->breaching == alarming)
      shown.push_back(fmt::format("{} ({})", NumberText(*window->value), ShortTime(window->start)));
  }
  const std::string compared = fmt::format(
      "[{}] {}{} {} the threshold ({})", fmt::join(shown, ", "), shown.size() == 1 ? "was" : "were",
      alarming ? "" : " not", Comparison(alarm.GetString("ComparisonOperator")),
      NumberText(alarm.GetDouble("Threshold")));
  if (!alarm.Has("DatapointsToAlarm")) {
    return fmt::format("Threshold Crossed: {} {}.", Counted(shown.size(), "datapoint"), compared);
  }
  const auto periods = static_cast<std::size_t>(alarm.GetInt("EvaluationPeriods", 1));
  const auto needed = static_cast<std::size_t>(alarm.GetInt("DatapointsToAlarm"));
  return fmt::format("Threshold Crossed: {} out of the last {} {} (minimum {} for {} transition).",
                     shown.size(), Counted(periods, "datapoint"), compared,
                     Counted(alarming ? needed : periods - needed + 1, "datapoint"),
                     alarming ? "OK -> ALARM" : "ALARM -> OK");
}

json::Array Evaluated(const std::vector<const Window*>& counting,
                      const std::vector<Window>& windows, std::size_t missing) {
  json::Array evaluated;
  for (const Window* window : counting) {
    json::Object one{{"timestamp", AlarmTime(TimeOf(window->start))}};
    if (window->count > 0) one.Set("sampleCount", json::Number{NumberText(window->count)});
    one.Set("value", json::Number{NumberText(*window->value)});
    evaluated.emplace_back(std::move(one));
  }
  for (const Window& window : windows) {
    if (missing == 0) break;
    if (window.value) continue;
    evaluated.emplace_back(json::Object{{"timestamp", AlarmTime(TimeOf(window.start))}});
    --missing;
  }
  return evaluated;
}

json::Object ReasonData(const Context& context, const json::Object& alarm, const Decision& decision,
                        const std::vector<Window>& windows) {
  const std::vector<const Window*> counting = Counting(windows, decision.real);
  json::Object data{{"version", "1.0"}, {"queryDate", AlarmTime(context.Now())}};
  if (!counting.empty()) data.Set("startDate", AlarmTime(TimeOf(counting.back()->start)));
  data.SetIfNotEmpty("unit", alarm.GetString("Unit"));
  data.SetIfNotEmpty("statistic",
                     alarm.GetString("Statistic", alarm.GetString("ExtendedStatistic")));
  data.Set("period", windows.size() > 1 ? windows[0].start - windows[1].start : 0);
  json::Array recent;
  for (auto window = counting.rbegin(); window != counting.rend(); ++window)
    recent.emplace_back(json::Number{NumberText(*(*window)->value)});
  data.Set("recentDatapoints", std::move(recent));
  data.Set("threshold", json::Number{NumberText(alarm.GetDouble("Threshold"))});
  data.Set("evaluatedDatapoints", Evaluated(counting, windows, decision.filled));
  return data;
}

}  // namespace

std::string NumberText(double number) {
  std::string text = fmt::format("{}", number);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

AlarmState DescribeState(const Context& context, const json::Object& alarm,
                         const Decision& decision, const std::vector<Window>& windows,
                         std::string_view value) {
  AlarmState state{.value = std::string(value),
                   .reason = {},
                   .data = ReasonData(context, alarm, decision, windows)};
  if (value == "INSUFFICIENT_DATA") {
    const std::size_t periods = TermsOf(alarm).periods;
    state.reason = fmt::format("Insufficient Data: {} {} unknown.", Counted(periods, "datapoint"),
                               periods == 1 ? "was" : "were");
  } else if (decision.real == 0) {
    state.reason = MissingText(alarm, decision);
  } else {
    state.reason = CrossedText(alarm, Counting(windows, decision.real), value == "ALARM");
  }
  return state;
}

}  // namespace trunkline::cloud::cloudwatch
