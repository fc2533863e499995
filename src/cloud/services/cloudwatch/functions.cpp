#include "cloud/services/cloudwatch/functions.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

namespace trunkline::cloud::cloudwatch {
namespace {

using Numbers = std::vector<double>;

double Sum(const Numbers& numbers) {
  double sum = 0;
  for (const double number : numbers) sum += number;
  return sum;
}
double Average(const Numbers& numbers) {
  return Sum(numbers) / static_cast<double>(numbers.size());
}
double Deviation(const Numbers& numbers) {
  const double average = Average(numbers);
  double squares = 0;
  for (const double number : numbers) squares += (number - average) * (number - average);
  return std::sqrt(squares / static_cast<double>(numbers.size()));
}

// Of a series' values, or at each time of those of a list.
struct Aggregate {
  std::string_view name;
  double (*run)(const Numbers&);
};
constexpr Aggregate kAggregates[] = {
    {"AVG", Average},
    {"DATAPOINT_COUNT", [](const Numbers& n) { return static_cast<double>(n.size()); }},
    {"FIRST", [](const Numbers& n) { return n.front(); }},
    {"LAST", [](const Numbers& n) { return n.back(); }},
    {"MAX", [](const Numbers& n) { return *std::ranges::max_element(n); }},
    {"MIN", [](const Numbers& n) { return *std::ranges::min_element(n); }},
    {"STDDEV", Deviation},
    {"SUM", Sum},
};

struct Single {
  std::string_view name;
  double (*run)(double);
};
constexpr Single kSingles[] = {
    {"ABS", [](double n) { return std::fabs(n); }},
    {"CEIL", [](double n) { return std::ceil(n); }},
    {"FLOOR", [](double n) { return std::floor(n); }},
    {"LOG", [](double n) { return std::log(n); }},
    {"LOG10", [](double n) { return std::log10(n); }},
};

// From one value to the next.
struct Step {
  std::string_view name;
  double (*run)(double before, double now, double seconds);
};
constexpr Step kSteps[] = {
    {"DIFF", [](double before, double now, double) { return now - before; }},
    {"DIFF_TIME", [](double, double, double seconds) { return seconds; }},
    {"RATE", [](double before, double now, double seconds) { return (now - before) / seconds; }},
};

template <class Row, std::size_t N>
const Row* FindRow(const Row (&rows)[N], std::string_view name) {
  for (const Row& row : rows) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

Numbers ValuesOf(const Series& series) {
  Numbers values;
  for (const auto& [second, value] : series) values.push_back(value);
  return values;
}

// Applies to a number or to every value of the series.
template <class Run>
MathValue Each(const MathValue& value, const Run& run) {
  if (const double* number = std::get_if<double>(&value)) return run(*number);
  const auto over = [&](const Series& series) {
    Series changed;
    for (const auto& [second, one] : series) {
      const double result = run(one);
      if (std::isfinite(result)) changed[second] = result;
    }
    return changed;
  };
  if (const auto* series = std::get_if<Series>(&value)) return over(*series);
  SeriesList changed;
  for (const Series& series : std::get<SeriesList>(value)) changed.push_back(over(series));
  return changed;
}

MathValue EachSeries(const MathValue& value, const std::function<Series(const Series&)>& run) {
  if (const auto* series = std::get_if<Series>(&value)) return run(*series);
  SeriesList changed;
  for (const Series& series : std::get<SeriesList>(value)) changed.push_back(run(series));
  return changed;
}

MathValue RunAggregate(const Aggregate& aggregate, const MathValue& value) {
  if (std::holds_alternative<double>(value)) return value;
  if (const auto* series = std::get_if<Series>(&value)) {
    if (series->empty()) return Series();
    return aggregate.run(ValuesOf(*series));
  }
  const auto& list = std::get<SeriesList>(value);
  if (aggregate.name == "FIRST") return list.empty() ? Series() : list.front();
  if (aggregate.name == "LAST") return list.empty() ? Series() : list.back();
  std::map<std::int64_t, Numbers> at;
  for (const Series& series : list) {
    for (const auto& [second, one] : series) at[second].push_back(one);
  }
  Series result;
  for (const auto& [second, numbers] : at) result[second] = aggregate.run(numbers);
  return result;
}

Series RunStep(const Step& step, const Series& series) {
  Series result;
  for (auto now = series.begin(); now != series.end(); ++now) {
    if (now == series.begin()) continue;
    const auto before = std::prev(now);
    result[now->first] =
        step.run(before->second, now->second, static_cast<double>(now->first - before->first));
  }
  return result;
}

Series RunningSum(const Series& series) {
  Series result;
  double sum = 0;
  for (const auto& [second, value] : series) result[second] = sum += value;
  return result;
}

Series TimeSeries(double number, const Grid& grid) {
  Series result;
  for (std::int64_t at = grid.from; at < grid.to; at += grid.period) result[at] = number;
  return result;
}

std::optional<double> ValueAt(const MathValue& value, std::int64_t second) {
  if (const double* number = std::get_if<double>(&value)) return *number;
  const auto* series = std::get_if<Series>(&value);
  if (!series) return std::nullopt;
  const auto found = series->find(second);
  return found == series->end() ? std::nullopt : std::optional(found->second);
}

// IF(condition, then, else): where the chosen side has no value there is none.
Result<MathValue> Choose(const std::vector<MathValue>& arguments) {
  if (arguments.size() < 2 || arguments.size() > 3) return WrongArguments("IF");
  if (const double* number = std::get_if<double>(&arguments[0])) {
    if (*number != 0) return arguments[1];
    return arguments.size() == 3 ? arguments[2] : MathValue(Series());
  }
  const auto* condition = std::get_if<Series>(&arguments[0]);
  if (!condition) return WrongArguments("IF");
  Series result;
  for (const auto& [second, holds] : *condition) {
    std::optional<double> value;
    if (holds != 0) value = ValueAt(arguments[1], second);
    if (holds == 0 && arguments.size() == 3) value = ValueAt(arguments[2], second);
    if (value) result[second] = *value;
  }
  return MathValue(std::move(result));
}

Series FillSeries(const Series& series, const Filling& filling, const MathValue* with,
                  const Grid& grid) {
  Series filled = series;
  for (std::int64_t at = grid.from; at < grid.to; at += grid.period) {
    if (series.contains(at)) continue;
    const auto after = series.lower_bound(at);
    const bool has_before = after != series.begin();
    if (filling.kind == Filling::Kind::kValue) {
      if (const auto value = ValueAt(*with, at)) filled[at] = *value;
    } else if (filling.kind == Filling::Kind::kRepeat) {
      if (has_before) filled[at] = std::prev(after)->second;
    } else if (has_before && after != series.end()) {
      const auto before = std::prev(after);
      const double share = static_cast<double>(at - before->first) /
                           static_cast<double>(after->first - before->first);
      filled[at] = before->second + share * (after->second - before->second);
    }
  }
  return filled;
}

}  // namespace

Error WrongArguments(std::string_view function) {
  return Error(ErrorKind::kInvalid, "the function {} does not take these arguments", function);
}

Result<MathValue> Fill(const MathValue& value, const Filling& filling, const MathValue* with,
                       const Grid& grid) {
  if (std::holds_alternative<double>(value)) return WrongArguments("FILL");
  return EachSeries(value,
                    [&](const Series& series) { return FillSeries(series, filling, with, grid); });
}

bool IsFunction(std::string_view name) {
  return FindRow(kAggregates, name) || FindRow(kSingles, name) || FindRow(kSteps, name) ||
         name == "IF" || name == "RUNNING_SUM" || name == "TIME_SERIES";
}

Error UnknownFunction(std::string_view name) {
  return Error(ErrorKind::kInvalid, "the function {} is not implemented by this cloud", name);
}

Result<MathValue> RunFunction(std::string_view name, const std::vector<MathValue>& arguments,
                              const Grid& grid) {
  if (name == "IF") return Choose(arguments);
  const auto* aggregate = FindRow(kAggregates, name);
  const auto* single = FindRow(kSingles, name);
  const auto* step = FindRow(kSteps, name);
  if (!IsFunction(name)) return UnknownFunction(name);
  if (arguments.size() != 1) return WrongArguments(name);
  const MathValue& value = arguments[0];
  if (aggregate) return RunAggregate(*aggregate, value);
  if (single) return Each(value, single->run);
  const bool number = std::holds_alternative<double>(value);
  if (name == "TIME_SERIES" && number) return MathValue(TimeSeries(std::get<double>(value), grid));
  if (number || name == "TIME_SERIES") return WrongArguments(name);
  return EachSeries(value, [&](const Series& series) {
    return step ? RunStep(*step, series) : RunningSum(series);
  });
}

}  // namespace trunkline::cloud::cloudwatch
