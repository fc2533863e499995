// PutMetricData.
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "cloud/services/cloudwatch/families.h"
#include "cloud/services/cloudwatch/metrics.h"
#include "cloud/services/cloudwatch/watch.h"

namespace trunkline::cloud::cloudwatch {
namespace {

constexpr std::size_t kMostData = 1000;
constexpr std::size_t kMostDimensions = 30;
constexpr std::size_t kMostValues = 150;
constexpr auto kOldest = std::chrono::hours(24 * 14);
constexpr auto kNewest = std::chrono::hours(2);
const double kLargest = std::ldexp(1.0, 360);

ServiceError WrongValue(std::string_view text) {
  return {"InvalidParameterValueException", text};
}

// "MetricData.member.1": how messages name a datum.
std::string Named(std::size_t number, std::string_view member) {
  return fmt::format("MetricData.member.{}.{}", number, member);
}

Answer<void> CheckNumber(const json::Value& value, const std::string& name) {
  // The codec keeps what JSON cannot say (NaN, Infinity) as texts.
  const bool number = value.IsNumber();
  if (number && std::fabs(value.AsDouble()) <= kLargest) return {};
  return WrongValue(fmt::format("The value {} for parameter {} is invalid.",
                                number ? value.AsNumber().text : value.AsString(), name));
}

Answer<void> CheckTime(const Context& context, const json::Object& datum, std::size_t number) {
  if (!datum.Has("Timestamp")) return {};
  const TimePoint time = FromEpochSeconds(datum.GetDouble("Timestamp"));
  if (time <= context.Now() + kNewest && time >= context.Now() - kOldest) return {};
  return WrongValue(
      fmt::format("The parameter {} must specify a time within the past two weeks and no more "
                  "than two hours in the future.",
                  Named(number, "Timestamp")));
}

Answer<void> CheckCombination(const json::Object& datum, std::size_t number) {
  constexpr std::string_view kWays[] = {"Value", "Values", "StatisticValues"};
  std::string_view given;
  for (const std::string_view way : kWays) {
    if (!datum.Has(way)) continue;
    if (!given.empty()) {
      return ServiceError("InvalidParameterCombinationException",
                          fmt::format("The parameters {} and {} are mutually exclusive and you "
                                      "have specified both.",
                                      Named(number, given), Named(number, way)));
    }
    given = way;
  }
  if (!given.empty()) return {};
  return ServiceError("MissingRequiredParameterException",
                      fmt::format("At least one of the parameters {}, {} and {} must be given.",
                                  Named(number, "Value"), Named(number, "Values"),
                                  Named(number, "StatisticValues")));
}

Answer<void> CheckValues(const json::Object& datum, std::size_t number) {
  const json::Array& values = datum.GetArray("Values");
  const json::Array& counts = datum.GetArray("Counts");
  if (values.size() > kMostValues) {
    return WrongValue(fmt::format("The parameter {} can hold no more than {} values.",
                                  Named(number, "Values"), kMostValues));
  }
  if (!counts.empty() && counts.size() != values.size()) {
    return WrongValue(fmt::format("The parameters {} and {} must be of the same size.",
                                  Named(number, "Values"), Named(number, "Counts")));
  }
  if (datum.Has("Value")) TL_DO(CheckNumber(datum.At("Value"), Named(number, "Value")));
  for (const json::Value& value : values) TL_DO(CheckNumber(value, Named(number, "Values")));
  for (const json::Value& count : counts) TL_DO(CheckNumber(count, Named(number, "Counts")));
  for (const json::Member& member : datum.GetObject("StatisticValues"))
    TL_DO(CheckNumber(member.value, Named(number, "StatisticValues." + member.key)));
  return {};
}

Answer<void> CheckDatum(const Context& context, const json::Object& datum, std::size_t number) {
  TL_DO(CheckCombination(datum, number));
  TL_DO(CheckValues(datum, number));
  if (datum.GetArray("Dimensions").size() > kMostDimensions) {
    return WrongValue(fmt::format("The collection {} must not have a size greater than {}.",
                                  Named(number, "Dimensions"), kMostDimensions));
  }
  const std::int64_t resolution = datum.GetInt("StorageResolution", 60);
  if (resolution != 1 && resolution != 60) {
    return WrongValue(fmt::format("The value {} for parameter {} is invalid.", resolution,
                                  Named(number, "StorageResolution")));
  }
  return CheckTime(context, datum, number);
}

Sample One(double value, double times) {
  return {.count = times,
          .sum = value * times,
          .minimum = value,
          .maximum = value,
          .values = {{value, times}}};
}

Sample SampleOf(const json::Object& datum) {
  if (datum.Has("Value")) return One(datum.GetDouble("Value"), 1);
  const json::Object& set = datum.GetObject("StatisticValues");
  if (!set.empty()) {
    const double count = set.GetDouble("SampleCount");
    const double minimum = set.GetDouble("Minimum");
    if (minimum == set.GetDouble("Maximum")) return One(minimum, count);
    return {.count = count,
            .sum = set.GetDouble("Sum"),
            .minimum = minimum,
            .maximum = set.GetDouble("Maximum"),
            .values = {},
            .exact = false};
  }
  Sample sample;
  const json::Array& counts = datum.GetArray("Counts");
  for (std::size_t i = 0; i < datum.GetArray("Values").size(); ++i) {
    sample.Add(
        One(datum.GetArray("Values")[i].AsDouble(), counts.empty() ? 1.0 : counts[i].AsDouble()));
  }
  return sample;
}

Point PointOf(const Context& context, const json::Object& datum) {
  const TimePoint time =
      datum.Has("Timestamp") ? FromEpochSeconds(datum.GetDouble("Timestamp")) : context.Now();
  return {.second = RoundDown(Seconds(time), datum.GetInt("StorageResolution", 60)),
          .unit = std::string(datum.GetString("Unit", "None")),
          .sample = SampleOf(datum)};
}

json::Array AllData(const json::Object& input) {
  json::Array data = input.GetArray("MetricData");
  for (const json::Value& entity : input.GetArray("EntityMetricData")) {
    for (const json::Value& datum : entity.AsObject().GetArray("MetricData")) data.push_back(datum);
  }
  return data;
}

Answer<> PutMetricData(Context& context, const json::Object& input) {
  const std::string_view name_space = input.GetString("Namespace");
  if (name_space.starts_with("AWS/")) {
    return WrongValue(fmt::format("The value {} for parameter Namespace is invalid.", name_space));
  }
  const json::Array data = AllData(input);
  if (data.empty()) {
    return ServiceError("MissingRequiredParameterException",
                        "The parameter MetricData is required.");
  }
  if (data.size() > kMostData) {
    return WrongValue(
        fmt::format("The collection MetricData must not have a size greater than {}.", kMostData));
  }
  std::map<std::string, Measured> metrics;
  std::size_t number = 0;
  for (const json::Value& one : data) {
    const json::Object& datum = one.AsObject();
    TL_DO(CheckDatum(context, datum, ++number));
    json::Object metric{{"Namespace", name_space},
                        {"MetricName", datum.At("MetricName")},
                        {"Dimensions", datum.GetArray("Dimensions")}};
    const std::string id = MetricId(metric);
    const auto [place, fresh] = metrics.try_emplace(id);
    if (fresh) place->second.metric = std::move(metric);
    place->second.points.push_back(PointOf(context, datum));
  }
  for (const auto& [id, measured] : metrics) {
    Keep(context, measured);
    LookAtWatchers(context, id);
  }
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "PutMetricData", .handle = PutMetricData},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPutOperations = kOperations;

}  // namespace trunkline::cloud::cloudwatch
