#include "cloud/services/logs/insights_evaluate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <set>

#include <fmt/format.h>

#include "aws/pattern.h"
#include "base/text.h"

namespace trunkline::cloud::logs {
namespace {

using Expression = InsightsExpression;
using Cell = std::optional<std::string>;

std::string Flag(bool value) {
  return value ? "1" : "0";
}

// By number where both are, else as texts.
int Compare(const std::string& a, const std::string& b) {
  const auto left = AsNumber(a);
  const auto right = AsNumber(b);
  if (left && right) return *left < *right ? -1 : *left > *right ? 1 : 0;
  return a.compare(b);
}

bool Holds(std::string_view sign, int order) {
  if (sign == "=") return order == 0;
  if (sign == "!=") return order != 0;
  if (sign == "<") return order < 0;
  if (sign == "<=") return order <= 0;
  if (sign == ">") return order > 0;
  return order >= 0;
}

bool IsLike(const Expression& wanted, const std::string& text) {
  if (wanted.pattern) return wanted.pattern->Matches(text);
  return text.find(wanted.text) != std::string::npos;
}

// "5m" in milliseconds; 0: not a period.
std::int64_t PeriodOf(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto count = ToInt(text.substr(0, digits)).value_or(0);
  const std::string_view unit = text.substr(digits);
  constexpr std::int64_t kSecond = 1000;
  if (unit == "ms") return count;
  if (unit.starts_with('s')) return count * kSecond;
  if (unit.starts_with('m')) return count * 60 * kSecond;
  if (unit.starts_with('h')) return count * 3600 * kSecond;
  if (unit.starts_with('d')) return count * 24 * 3600 * kSecond;
  return 0;
}

Cell Bin(const Expression& call, const InsightsRow& row) {
  const std::string* time = FindField(row, "@timestamp");
  const std::int64_t period = call.parts.empty() ? 0 : PeriodOf(call.parts[0].text);
  if (!time || period == 0) return std::nullopt;
  const std::int64_t at = ToInt(*time).value_or(0);
  return std::to_string(at - at % period);
}

Cell Arithmetic(char sign, const Cell& a, const Cell& b) {
  const auto left = a ? AsNumber(*a) : std::nullopt;
  const auto right = b ? AsNumber(*b) : std::nullopt;
  if (!left || !right) return std::nullopt;
  if (sign == '+') return NumberText(*left + *right);
  if (sign == '-') return NumberText(*left - *right);
  if (sign == '*') return NumberText(*left * *right);
  if (*right == 0) return std::nullopt;
  return NumberText(sign == '/' ? *left / *right : std::fmod(*left, *right));
}

Cell Rounded(std::string_view name, const std::string& text) {
  const auto number = AsNumber(text);
  if (!number) return std::nullopt;
  if (name == "abs") return NumberText(std::abs(*number));
  if (name == "ceil") return NumberText(std::ceil(*number));
  if (name == "floor") return NumberText(std::floor(*number));
  return NumberText(std::round(*number));
}

std::string ToUpper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return upper;
}

std::string Replaced(std::string text, const std::string& what, const std::string& with) {
  if (what.empty()) return text;
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

std::string TextAt(const std::vector<Cell>& cells, std::size_t i) {
  return i < cells.size() && cells[i] ? *cells[i] : std::string();
}

Cell Part(const std::vector<Cell>& cells) {
  const auto number = [&](std::size_t i) {
    return static_cast<std::size_t>(std::max<std::int64_t>(0, ToInt(TextAt(cells, i)).value_or(0)));
  };
  const std::string text = TextAt(cells, 0);
  const std::size_t from = number(1);
  if (from > text.size()) return std::string();
  return text.substr(from, cells.size() > 2 ? number(2) : std::string::npos);
}

Cell OfTexts(std::string_view name, const std::vector<Cell>& cells) {
  const auto text = [&](std::size_t i) { return TextAt(cells, i); };
  if (name == "ispresent") return Flag(cells[0].has_value());
  if (name == "isempty") return Flag(text(0).empty());
  if (name == "isblank") return Flag(Trim(text(0)).empty());
  if (name == "coalesce") {
    for (const Cell& cell : cells) {
      if (cell) return cell;
    }
    return std::nullopt;
  }
  if (!cells[0]) return std::nullopt;
  if (name == "strlen") return std::to_string(text(0).size());
  if (name == "tolower") return ToLower(text(0));
  if (name == "toupper") return ToUpper(text(0));
  if (name == "trim") return std::string(Trim(text(0)));
  if (name == "strcontains") return Flag(text(0).find(text(1)) != std::string::npos);
  if (name == "replace") return Replaced(text(0), text(1), text(2));
  if (name == "substr") return Part(cells);
  if (name == "concat") {
    std::string joined;
    for (std::size_t i = 0; i < cells.size(); ++i) joined += text(i);
    return joined;
  }
  return Rounded(name, text(0));
}

Cell OfCall(const Expression& call, const InsightsRow& row) {
  const std::string& name = call.text;
  if (name == "bin") return Bin(call, row);
  if (name == "and") return Flag(IsTrue(call.parts[0], row) && IsTrue(call.parts[1], row));
  if (name == "or") return Flag(IsTrue(call.parts[0], row) || IsTrue(call.parts[1], row));
  if (name == "not") return Flag(!IsTrue(call.parts[0], row));
  if (call.parts.empty()) return std::nullopt;
  const Cell first = Evaluate(call.parts[0], row);
  if (name == "like") return Flag(first && IsLike(call.parts[1], *first));
  std::vector<Cell> cells{first};
  for (std::size_t i = 1; i < call.parts.size(); ++i) cells.push_back(Evaluate(call.parts[i], row));
  if (name == "in") {
    return Flag(first && std::any_of(cells.begin() + 1, cells.end(), [&](const Cell& one) {
                  return one && Compare(*first, *one) == 0;
                }));
  }
  if (name.size() == 1 && std::string_view("+-*/%").find(name) != std::string_view::npos)
    return Arithmetic(name[0], cells[0], cells[1]);
  if (std::string_view("=!<>").find(name[0]) != std::string_view::npos)
    return Flag(cells[0] && cells[1] && Holds(name, Compare(*cells[0], *cells[1])));
  return OfTexts(name, cells);
}

constexpr std::array<std::string_view, 10> kAggregates = {
    "avg", "count", "count_distinct", "earliest", "latest", "max", "min", "pct", "stddev", "sum"};

double Percentile(std::vector<double> numbers, double percent) {
  std::ranges::sort(numbers);
  const double place = std::ceil(percent / 100 * static_cast<double>(numbers.size()));
  const auto index = static_cast<std::size_t>(std::max(1.0, place)) - 1;
  return numbers[std::min(index, numbers.size() - 1)];
}

std::string OfNumbers(const Expression& call, const std::vector<double>& numbers) {
  if (numbers.empty()) return call.text == "sum" ? "0" : "";
  double sum = 0;
  for (const double number : numbers) sum += number;
  const double count = static_cast<double>(numbers.size());
  if (call.text == "sum") return NumberText(sum);
  if (call.text == "avg") return NumberText(sum / count);
  if (call.text == "pct") {
    const double percent = call.parts.size() > 1 ? AsNumber(call.parts[1].text).value_or(50) : 50;
    return NumberText(Percentile(numbers, percent));
  }
  double squares = 0;
  for (const double number : numbers) squares += (number - sum / count) * (number - sum / count);
  return NumberText(std::sqrt(squares / count));
}

}  // namespace

const std::string* FindField(const InsightsRow& row, std::string_view name) {
  const auto found = std::ranges::find(row, name, &std::pair<std::string, std::string>::first);
  return found == row.end() ? nullptr : &found->second;
}

void SetField(InsightsRow& row, const std::string& name, std::string value) {
  const auto found = std::ranges::find(row, name, &std::pair<std::string, std::string>::first);
  if (found == row.end()) {
    row.emplace_back(name, std::move(value));
  } else {
    found->second = std::move(value);
  }
}

std::optional<double> AsNumber(std::string_view text) {
  const std::string copy(text);
  char* stop = nullptr;
  const double number = std::strtod(copy.c_str(), &stop);
  if (copy.empty() || *stop != '\0' || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::string NumberText(double number) {
  constexpr double kExact = 9007199254740992.0;  // whole numbers below are exact
  if (std::floor(number) == number && std::abs(number) < kExact)
    return std::to_string(static_cast<std::int64_t>(number));
  return fmt::format("{:.4f}", number);
}

std::optional<std::string> Evaluate(const InsightsExpression& expression, const InsightsRow& row) {
  if (expression.kind == Expression::Kind::kField) {
    const std::string* value = FindField(row, expression.text);
    return value ? Cell(*value) : std::nullopt;
  }
  if (expression.kind == Expression::Kind::kCall) return OfCall(expression, row);
  return expression.text;
}

bool IsTrue(const InsightsExpression& expression, const InsightsRow& row) {
  const Cell value = Evaluate(expression, row);
  return value && *value != "0" && *value != "false" && !value->empty();
}

bool IsAggregate(const InsightsExpression& expression) {
  return expression.kind == Expression::Kind::kCall &&
         std::ranges::find(kAggregates, expression.text) != kAggregates.end();
}

std::string Aggregate(const InsightsExpression& expression, const std::vector<InsightsRow>& rows) {
  const std::string& name = expression.text;
  if (expression.parts.empty()) return std::to_string(rows.size());
  std::vector<std::string> texts;
  std::vector<double> numbers;
  for (const InsightsRow& row : rows) {
    const Cell value = Evaluate(expression.parts[0], row);
    if (!value) continue;
    if (const auto number = AsNumber(*value)) numbers.push_back(*number);
    texts.push_back(*value);
  }
  if (name == "count") return std::to_string(texts.size());
  if (name == "count_distinct")
    return std::to_string(std::set<std::string>(texts.begin(), texts.end()).size());
  if (texts.empty()) return name == "sum" ? "0" : "";
  const auto less = [](const std::string& a, const std::string& b) { return Compare(a, b) < 0; };
  if (name == "min") return *std::ranges::min_element(texts, less);
  if (name == "max") return *std::ranges::max_element(texts, less);
  // Rows come oldest first.
  if (name == "earliest") return texts.front();
  if (name == "latest") return texts.back();
  return OfNumbers(expression, numbers);
}

}  // namespace trunkline::cloud::logs
