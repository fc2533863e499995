#include "cloud/services/stepfunctions/choice.h"

#include <algorithm>
#include <array>
#include <utility>

namespace trunkline::cloud::stepfunctions {
namespace {

enum class Of { kString, kNumeric, kTimestamp, kBoolean };
enum class Order { kEquals, kLess, kLessEquals, kGreater, kGreaterEquals };

struct Comparison {
  std::string_view name;
  Of of;
  Order order;
};

constexpr std::array kComparisons = {
    Comparison{"StringEquals", Of::kString, Order::kEquals},
    Comparison{"StringLessThan", Of::kString, Order::kLess},
    Comparison{"StringLessThanEquals", Of::kString, Order::kLessEquals},
    Comparison{"StringGreaterThan", Of::kString, Order::kGreater},
    Comparison{"StringGreaterThanEquals", Of::kString, Order::kGreaterEquals},
    Comparison{"NumericEquals", Of::kNumeric, Order::kEquals},
    Comparison{"NumericLessThan", Of::kNumeric, Order::kLess},
    Comparison{"NumericLessThanEquals", Of::kNumeric, Order::kLessEquals},
    Comparison{"NumericGreaterThan", Of::kNumeric, Order::kGreater},
    Comparison{"NumericGreaterThanEquals", Of::kNumeric, Order::kGreaterEquals},
    Comparison{"TimestampEquals", Of::kTimestamp, Order::kEquals},
    Comparison{"TimestampLessThan", Of::kTimestamp, Order::kLess},
    Comparison{"TimestampLessThanEquals", Of::kTimestamp, Order::kLessEquals},
    Comparison{"TimestampGreaterThan", Of::kTimestamp, Order::kGreater},
    Comparison{"TimestampGreaterThanEquals", Of::kTimestamp, Order::kGreaterEquals},
    Comparison{"BooleanEquals", Of::kBoolean, Order::kEquals},
};

constexpr std::array<std::string_view, 7> kTests = {
    "IsNull", "IsPresent", "IsString", "IsNumeric", "IsBoolean", "IsTimestamp", "StringMatches"};

const Comparison* FindComparison(std::string_view name) {
  const auto* const found = std::ranges::find(kComparisons, name, &Comparison::name);
  return found == kComparisons.end() ? nullptr : found;
}

// RFC 3339 with a capital T and an offset or a capital Z.
std::optional<TimePoint> TimeOf(const json::Value& value) {
  if (!value.IsString()) return std::nullopt;
  const std::string& text = value.AsString();
  if (text.size() < 20 || text[10] != 'T') return std::nullopt;
  return ParseIso8601(text);
}

template <class T>
bool InOrder(const T& left, Order order, const T& right) {
  switch (order) {
    case Order::kEquals:
      return left == right;
    case Order::kLess:
      return left < right;
    case Order::kLessEquals:
      return left <= right;
    case Order::kGreater:
      return left > right;
    case Order::kGreaterEquals:
      return left >= right;
  }
  return false;
}

// Values of another type than the operator's never match.
bool Compare(const json::Value& left, const Comparison& comparison, const json::Value& right) {
  switch (comparison.of) {
    case Of::kString:
      return left.IsString() && right.IsString() &&
             InOrder(left.AsString(), comparison.order, right.AsString());
    case Of::kNumeric:
      return left.IsNumber() && right.IsNumber() &&
             InOrder(left.AsDouble(), comparison.order, right.AsDouble());
    case Of::kBoolean:
      return left.IsBool() && right.IsBool() && left.AsBool() == right.AsBool();
    case Of::kTimestamp:
      break;
  }
  const auto left_time = TimeOf(left);
  const auto right_time = TimeOf(right);
  return left_time && right_time && InOrder(*left_time, comparison.order, *right_time);
}

bool Test(std::string_view test, const json::Value& value, const json::Value& wanted) {
  if (test == "StringMatches") {
    return value.IsString() && wanted.IsString() &&
           MatchesWildcards(wanted.AsString(), value.AsString());
  }
  bool is = true;  // IsPresent: it was found
  if (test == "IsNull") is = value.IsNull();
  if (test == "IsString") is = value.IsString();
  if (test == "IsNumeric") is = value.IsNumber();
  if (test == "IsBoolean") is = value.IsBool();
  if (test == "IsTimestamp") is = TimeOf(value).has_value();
  return wanted.IsBool() && is == wanted.AsBool();
}

Failure BadPath(std::string_view path) {
  return RuntimeFailure(fmt::format(
      "Invalid path '{}': The choice state's condition path references an invalid value.", path));
}

Outcome<std::optional<json::Value>> Look(std::string_view text, const PathScope& scope) {
  const auto path = ParseRooted(text);
  if (!path) return BadPath(text);
  auto found = FindPath(*path, scope);
  if (!found) return std::move(found).error();
  return std::move(found->value);
}

Outcome<bool> Apply(std::string_view name, const json::Value& wanted, std::string_view variable,
                    const std::optional<json::Value>& value, const PathScope& scope) {
  if (name == "IsPresent" && !value) return wanted.IsBool() && !wanted.AsBool();
  if (!value) return BadPath(variable);
  if (const Comparison* comparison = FindComparison(name))
    return Compare(*value, *comparison, wanted);
  constexpr std::string_view kPath = "Path";
  const Comparison* comparison =
      name.ends_with(kPath) ? FindComparison(name.substr(0, name.size() - kPath.size())) : nullptr;
  if (!comparison) return Test(name, *value, wanted);
  if (!wanted.IsString()) return BadPath("");
  TL_TRY(const std::optional<json::Value> right, Look(wanted.AsString(), scope));
  if (!right) return BadPath(wanted.AsString());
  return Compare(*value, *comparison, *right);
}

Outcome<bool> JoinedHold(const json::Array& rules, bool all, const PathScope& scope) {
  for (const json::Value& rule : rules) {
    if (!rule.IsObject()) continue;
    TL_TRY(const bool holds, RuleHolds(rule.AsObject(), scope));
    if (holds != all) return !all;
  }
  return all;
}

}  // namespace

bool IsChoiceOperator(std::string_view name) {
  if (std::ranges::find(kTests, name) != kTests.end()) return true;
  if (name.ends_with("Path")) name.remove_suffix(4);
  return FindComparison(name) != nullptr;
}

bool MatchesWildcards(std::string_view pattern, std::string_view text) {
  // Iterative, with one place to come back to: no blow-up for many stars.
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t mark = 0;
  while (true) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
      continue;
    }
    const bool escaped = p + 1 < pattern.size() && pattern[p] == '\\';
    const std::size_t sign = escaped ? p + 1 : p;
    if (t < text.size() && sign < pattern.size() && pattern[sign] == text[t]) {
      p = sign + 1;
      ++t;
      continue;
    }
    if (t >= text.size() && p >= pattern.size()) return true;
    if (star == std::string_view::npos || mark >= text.size()) return false;
    p = star + 1;
    t = ++mark;
  }
}

Outcome<bool> RuleHolds(const json::Object& rule, const PathScope& scope) {
  if (rule.Has("And")) return JoinedHold(rule.GetArray("And"), true, scope);
  if (rule.Has("Or")) return JoinedHold(rule.GetArray("Or"), false, scope);
  if (rule.Has("Not")) {
    TL_TRY(const bool holds, RuleHolds(rule.GetObject("Not"), scope));
    return !holds;
  }
  const std::string_view variable = rule.GetString("Variable");
  TL_TRY(const std::optional<json::Value> value, Look(variable, scope));
  for (const auto& member : rule) {
    if (!IsChoiceOperator(member.key)) continue;
    return Apply(member.key, member.value, variable, value, scope);
  }
  return RuntimeFailure("The choice rule has no comparison operator.");
}

}  // namespace trunkline::cloud::stepfunctions
