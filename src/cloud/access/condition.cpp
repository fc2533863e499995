#include "cloud/access/condition.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/clock.h"
#include "base/text.h"
#include "cloud/access/address.h"

namespace trunkline::cloud::access {
namespace {

// Stand for '*', '?' and "nothing" within a pattern: bytes that no UTF-8 text has.
constexpr char kLiteralStar = '\xFF';
constexpr char kLiteralMark = '\xFE';
constexpr char kNothing = '\xFD';

bool Same(std::string_view value, std::string_view wanted) {
  return MatchesWildcard(value, Replace(Replace(wanted, "*", "\xFF"), "?", "\xFE"));
}
bool SameIgnoringCase(std::string_view value, std::string_view wanted) {
  return Same(ToLower(value), ToLower(wanted));
}
std::optional<double> ToNumber(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}
// A date is ISO 8601 or seconds since 1970.
std::optional<double> ToSeconds(std::string_view text) {
  if (const auto number = ToNumber(text)) return number;
  if (const auto time = ParseIso8601(text)) {
    return static_cast<double>(time->time_since_epoch().count()) / 1000;
  }
  return std::nullopt;
}

enum class Order { kEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual };

template <Order order, std::optional<double> (*read)(std::string_view)>
bool Compares(std::string_view value, std::string_view wanted) {
  const auto a = read(value);
  const auto b = read(wanted);
  if (!a || !b) return false;
  if (order == Order::kEqual) return *a == *b;
  if (order == Order::kLess) return *a < *b;
  if (order == Order::kLessOrEqual) return *a <= *b;
  if (order == Order::kGreater) return *a > *b;
  return *a >= *b;
}

struct Operator {
  std::string_view name;
  bool (*matches)(std::string_view value, std::string_view wanted);
  bool negated = false;
};

constexpr std::array<Operator, 26> kOperators = {{
    {"StringEquals", Same},
    {"StringNotEquals", Same, true},
    {"StringEqualsIgnoreCase", SameIgnoringCase},
    {"StringNotEqualsIgnoreCase", SameIgnoringCase, true},
    {"StringLike", MatchesWildcard},
    {"StringNotLike", MatchesWildcard, true},
    {"ArnEquals", MatchesArn},
    {"ArnNotEquals", MatchesArn, true},
    {"ArnLike", MatchesArn},
    {"ArnNotLike", MatchesArn, true},
    {"Bool", SameIgnoringCase},
    {"BinaryEquals", Same},
    {"IpAddress", IsInNetwork},
    {"NotIpAddress", IsInNetwork, true},
    {"NumericEquals", Compares<Order::kEqual, ToNumber>},
    {"NumericNotEquals", Compares<Order::kEqual, ToNumber>, true},
    {"NumericLessThan", Compares<Order::kLess, ToNumber>},
    {"NumericLessThanEquals", Compares<Order::kLessOrEqual, ToNumber>},
    {"NumericGreaterThan", Compares<Order::kGreater, ToNumber>},
    {"NumericGreaterThanEquals", Compares<Order::kGreaterOrEqual, ToNumber>},
    {"DateEquals", Compares<Order::kEqual, ToSeconds>},
    {"DateNotEquals", Compares<Order::kEqual, ToSeconds>, true},
    {"DateLessThan", Compares<Order::kLess, ToSeconds>},
    {"DateLessThanEquals", Compares<Order::kLessOrEqual, ToSeconds>},
    {"DateGreaterThan", Compares<Order::kGreater, ToSeconds>},
    {"DateGreaterThanEquals", Compares<Order::kGreaterOrEqual, ToSeconds>},
}};

// "ForAnyValue:StringLikeIfExists", taken apart.
struct Test {
  enum class Set { kOne, kAll, kAny } set = Set::kOne;
  std::string_view name;
  bool if_exists = false;
};

Test TakeApart(std::string_view text) {
  constexpr std::string_view kAll = "ForAllValues:";
  constexpr std::string_view kAny = "ForAnyValue:";
  constexpr std::string_view kIfExists = "IfExists";
  Test test;
  if (text.starts_with(kAll)) {
    test.set = Test::Set::kAll;
    text.remove_prefix(kAll.size());
  } else if (text.starts_with(kAny)) {
    test.set = Test::Set::kAny;
    text.remove_prefix(kAny.size());
  }
  test.if_exists = text.ends_with(kIfExists);
  if (test.if_exists) text.remove_suffix(kIfExists.size());
  test.name = text;
  return test;
}

bool HoldsForValues(const Test& test, const Operator& row, const std::vector<std::string>& values,
                    const std::vector<std::string>& wanted) {
  const auto matches = [&](const std::string& value) {
    return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& text) {
             return row.matches(value, text);
           }) != row.negated;
  };
  if (test.set == Test::Set::kAll) return std::all_of(values.begin(), values.end(), matches);
  if (test.set == Test::Set::kAny) return std::any_of(values.begin(), values.end(), matches);
  return row.negated ? std::all_of(values.begin(), values.end(), matches)
                     : std::any_of(values.begin(), values.end(), matches);
}

bool Holds(const Test& test, std::string_view key, const std::vector<std::string>& wanted,
           const Keys& keys) {
  const auto found = keys.find(ToLower(key));
  const bool there = found != keys.end() && !found->second.empty();
  if (EqualsIgnoreCase(test.name, "Null")) {
    return !wanted.empty() && there == EqualsIgnoreCase(wanted.front(), "false");
  }
  const auto* const row =
      std::find_if(kOperators.begin(), kOperators.end(),
                   [&](const Operator& one) { return EqualsIgnoreCase(one.name, test.name); });
  if (row == kOperators.end()) return false;
  if (!there) {
    // Documented: ForAllValues holds for no values, ForAnyValue for none.
    if (test.set == Test::Set::kAll) return true;
    return test.set == Test::Set::kOne && (test.if_exists || row->negated);
  }
  return HoldsForValues(test, *row, found->second, wanted);
}

std::string Escaped(std::string_view value) {
  std::string escaped(value);
  std::replace(escaped.begin(), escaped.end(), '*', kLiteralStar);
  std::replace(escaped.begin(), escaped.end(), '?', kLiteralMark);
  return escaped;
}

// What stands between "${" and "}": a key, and perhaps ", 'default'".
std::string Variable(std::string_view name, const Keys& keys) {
  if (name == "*" || name == "?" || name == "$") return name == "$" ? "$" : Escaped(name);
  const std::size_t comma = name.find(',');
  const auto found = keys.find(ToLower(Trim(name.substr(0, comma))));
  if (found != keys.end() && found->second.size() == 1) return Escaped(found->second.front());
  if (comma == std::string_view::npos) return std::string(1, kNothing);
  std::string_view fallback = Trim(name.substr(comma + 1));
  if (fallback.size() < 2 || fallback.front() != '\'' || fallback.back() != '\'') {
    return std::string(1, kNothing);
  }
  return Escaped(fallback.substr(1, fallback.size() - 2));
}

}  // namespace

bool MatchesWildcard(std::string_view text, std::string_view pattern) {
  const auto same = [](char wanted, char c) {
    return wanted == c || (wanted == kLiteralStar && c == '*') ||
           (wanted == kLiteralMark && c == '?');
  };
  std::size_t at = 0;
  std::size_t p = 0;
  std::size_t star = std::string_view::npos;
  std::size_t retry = 0;
  while (at < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = at;
    } else if (p < pattern.size() && (pattern[p] == '?' || same(pattern[p], text[at]))) {
      ++at;
      ++p;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      at = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool MatchesArn(std::string_view arn, std::string_view pattern) {
  if (pattern == "*") return true;
  constexpr int kColons = 5;
  for (int i = 0; i < kColons; ++i) {
    const std::size_t colon = arn.find(':');
    const std::size_t pattern_colon = pattern.find(':');
    if (colon == std::string_view::npos || pattern_colon == std::string_view::npos) return false;
    if (!MatchesWildcard(arn.substr(0, colon), pattern.substr(0, pattern_colon))) return false;
    arn.remove_prefix(colon + 1);
    pattern.remove_prefix(pattern_colon + 1);
  }
  return MatchesWildcard(arn, pattern);
}

std::string ReplaceVariables(std::string_view text, const Keys& keys) {
  std::string replaced;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find("${", at);
    const std::size_t end = begin == std::string_view::npos ? begin : text.find('}', begin);
    if (end == std::string_view::npos) return replaced.append(text.substr(at));
    replaced.append(text.substr(at, begin - at));
    replaced += Variable(text.substr(begin + 2, end - begin - 2), keys);
    at = end + 1;
  }
  return replaced;
}

std::vector<std::string> PolicyTexts(const json::Value* value) {
  std::vector<std::string> texts;
  if (!value) return texts;
  if (value->IsArray()) {
    for (const json::Value& item : value->AsArray()) {
      for (std::string& text : PolicyTexts(&item)) texts.push_back(std::move(text));
    }
  } else if (value->IsString()) {
    texts.push_back(value->AsString());
  } else if (value->IsBool()) {
    texts.emplace_back(value->AsBool() ? "true" : "false");
  } else if (value->IsNumber()) {
    texts.push_back(value->AsNumber().text);
  }
  return texts;
}

bool ConditionsHold(const json::Object& condition, const Keys& keys, bool variables) {
  for (const json::Member& row : condition) {
    if (!row.value.IsObject()) return false;
    const Test test = TakeApart(row.key);
    for (const json::Member& key : row.value.AsObject()) {
      std::vector<std::string> wanted = PolicyTexts(&key.value);
      if (variables) {
        for (std::string& text : wanted) text = ReplaceVariables(text, keys);
      }
      if (!Holds(test, key.key, wanted, keys)) return false;
    }
  }
  return true;
}

}  // namespace trunkline::cloud::access
