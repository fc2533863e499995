#include "cloud/event_pattern.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/cidr.h"

namespace trunkline::cloud {
namespace {

constexpr int kDeepest = 100;
constexpr std::string_view kOr = "$or";

// ---- operators on one value

// '*' stands for any text; "\*" and "\\" for the characters themselves. After a mismatch the last
// star takes one character more: no recursion, whatever the pattern.
bool FitsWildcard(std::string_view pattern, std::string_view text) {
  std::size_t at = 0;
  std::size_t in = 0;
  std::size_t star = std::string_view::npos;
  std::size_t taken = 0;
  while (in < text.size()) {
    const bool escaped = at + 1 < pattern.size() && pattern[at] == '\\';
    if (at < pattern.size() && pattern[at] == '*') {
      star = ++at;
      taken = in;
    } else if (at < pattern.size() && pattern[at + (escaped ? 1 : 0)] == text[in]) {
      at += escaped ? 2 : 1;
      ++in;
    } else if (star != std::string_view::npos) {
      at = star;
      in = ++taken;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == '*') ++at;
  return at == pattern.size();
}

bool SameValue(const json::Value& wanted, const json::Value& value) {
  if (wanted.IsNumber() && value.IsNumber()) return wanted.AsDouble() == value.AsDouble();
  return wanted == value;
}

bool FitsNumeric(const json::Array& tests, double value) {
  for (std::size_t i = 0; i + 1 < tests.size(); i += 2) {
    const std::string& sign = tests[i].AsString();
    const double bound = tests[i + 1].AsDouble();
    const bool holds = sign == "="    ? value == bound
                       : sign == "<"  ? value < bound
                       : sign == "<=" ? value <= bound
                       : sign == ">"  ? value > bound
                                      : value >= bound;
    if (!holds) return false;
  }
  return true;
}

// "prefix" and "suffix" take a text, or {"equals-ignore-case": text}.
bool FitsEnd(const json::Value& wanted, std::string text, bool prefix) {
  std::string end;
  if (wanted.IsObject()) {
    end = ToLower(wanted.AsObject().GetString("equals-ignore-case"));
    text = ToLower(text);
  } else {
    end = wanted.AsString();
  }
  return prefix ? text.starts_with(end) : text.ends_with(end);
}

bool FitsOperator(std::string_view name, const json::Value& wanted, const json::Value& value);

bool FitsAny(const json::Value& wanted, const json::Value& value, std::string_view name) {
  if (!wanted.IsArray()) {
    return name.empty() ? SameValue(wanted, value) : FitsOperator(name, wanted, value);
  }
  return std::ranges::any_of(wanted.AsArray(), [&](const json::Value& one) {
    return name.empty() ? SameValue(one, value) : FitsOperator(name, one, value);
  });
}

bool FitsAnythingBut(const json::Value& wanted, const json::Value& value) {
  if (!wanted.IsObject()) return !FitsAny(wanted, value, {});
  const json::Member& inner = *wanted.AsObject().begin();
  return !FitsAny(inner.value, value, inner.key);
}

bool FitsOperator(std::string_view name, const json::Value& wanted, const json::Value& value) {
  if (name == "anything-but") return FitsAnythingBut(wanted, value);
  if (name == "numeric") return value.IsNumber() && FitsNumeric(wanted.AsArray(), value.AsDouble());
  if (!value.IsString()) return false;
  const std::string& text = value.AsString();
  if (name == "prefix") return FitsEnd(wanted, text, true);
  if (name == "suffix") return FitsEnd(wanted, text, false);
  if (name == "wildcard") return FitsWildcard(wanted.AsString(), text);
  if (name == "equals-ignore-case") return EqualsIgnoreCase(wanted.AsString(), text);
  return name == "cidr" && IsWithinCidr(text, wanted.AsString());
}

// ---- matching

bool FitsOne(const json::Value& wanted, const json::Value& value) {
  if (!wanted.IsObject()) return SameValue(wanted, value);
  const json::Member& test = *wanted.AsObject().begin();
  return FitsOperator(test.key, test.value, value);
}

bool FitsLeaf(const json::Value& wanted, const json::Value* value) {
  if (wanted.IsObject() && wanted.AsObject().Has("exists"))
    return wanted.AsObject().GetBool("exists") == (value != nullptr && !value->IsObject());
  if (!value) return false;
  if (!value->IsArray()) return FitsOne(wanted, *value);
  return std::ranges::any_of(value->AsArray(),
                             [&](const json::Value& one) { return FitsOne(wanted, one); });
}

bool Fits(const json::Object& pattern, const json::Object* event);

bool FitsMember(const json::Value& wanted, const json::Value* value) {
  if (wanted.IsArray()) {
    return std::ranges::any_of(wanted.AsArray(),
                               [&](const json::Value& one) { return FitsLeaf(one, value); });
  }
  if (value && value->IsArray()) {
    return std::ranges::any_of(value->AsArray(), [&](const json::Value& one) {
      return one.IsObject() && Fits(wanted.AsObject(), &one.AsObject());
    });
  }
  return Fits(wanted.AsObject(), value && value->IsObject() ? &value->AsObject() : nullptr);
}

bool Fits(const json::Object& pattern, const json::Object* event) {
  return std::all_of(pattern.begin(), pattern.end(), [&](const json::Member& member) {
    if (member.key == kOr) {
      return std::ranges::any_of(member.value.AsArray(), [&](const json::Value& one) {
        return Fits(one.AsObject(), event);
      });
    }
    return FitsMember(member.value, event ? event->Find(member.key) : nullptr);
  });
}

// ---- checking

using Problem = std::optional<std::string>;

bool IsNumeric(const json::Value& value) {
  if (!value.IsArray() || value.AsArray().empty() || value.AsArray().size() % 2 != 0 ||
      value.AsArray().size() > 4)
    return false;
  const json::Array& tests = value.AsArray();
  for (std::size_t i = 0; i < tests.size(); i += 2) {
    constexpr std::array<std::string_view, 5> kSigns = {"=", "<", "<=", ">", ">="};
    if (!tests[i].IsString() || !tests[i + 1].IsNumber() ||
        std::ranges::find(kSigns, tests[i].AsString()) == kSigns.end())
      return false;
  }
  return true;
}

bool IsEnd(const json::Value& value) {
  if (value.IsString()) return true;
  return value.IsObject() && value.AsObject().size() == 1 &&
         value.AsObject().Has("equals-ignore-case") && value.AsObject().begin()->value.IsString();
}

bool TextOrTexts(const json::Value& value) {
  if (!value.IsArray()) return value.IsString();
  return !value.AsArray().empty() && std::ranges::all_of(value.AsArray(), &json::Value::IsString);
}

bool IsAnythingBut(const json::Value& value) {
  if (value.IsObject()) {
    constexpr std::array<std::string_view, 4> kInner = {"prefix", "suffix", "wildcard",
                                                        "equals-ignore-case"};
    if (value.AsObject().size() != 1) return false;
    const json::Member& inner = *value.AsObject().begin();
    return std::ranges::find(kInner, inner.key) != kInner.end() && TextOrTexts(inner.value);
  }
  const auto plain = [](const json::Value& one) { return one.IsString() || one.IsNumber(); };
  if (!value.IsArray()) return plain(value);
  return !value.AsArray().empty() && std::ranges::all_of(value.AsArray(), plain);
}

Problem CheckOperator(const json::Object& test) {
  if (test.size() != 1) return "Only one key allowed in match expression";
  const json::Member& one = *test.begin();
  bool fine = false;
  if (one.key == "exists") {
    fine = one.value.IsBool();
  } else if (one.key == "numeric") {
    fine = IsNumeric(one.value);
  } else if (one.key == "anything-but") {
    fine = IsAnythingBut(one.value);
  } else if (one.key == "prefix" || one.key == "suffix") {
    fine = IsEnd(one.value);
  } else if (one.key == "wildcard") {
    fine = one.value.IsString() && one.value.AsString().find("**") == std::string::npos;
  } else if (one.key == "equals-ignore-case") {
    fine = one.value.IsString();
  } else if (one.key == "cidr") {
    fine = one.value.IsString() && IsCidr(one.value.AsString());
  } else {
    return fmt::format("Unrecognized match type {}", one.key);
  }
  if (fine) return std::nullopt;
  return fmt::format("The value of the match type {} is not valid", one.key);
}

Problem CheckPattern(const json::Object& pattern, int depth);

Problem CheckOr(const json::Value& value, int depth) {
  if (!value.IsArray() || value.AsArray().size() < 2)
    return "$or must be an array of at least two objects";
  for (const json::Value& one : value.AsArray()) {
    if (!one.IsObject()) return "$or must be an array of objects";
    if (Problem problem = CheckPattern(one.AsObject(), depth + 1)) return problem;
  }
  return std::nullopt;
}

Problem CheckMember(const json::Member& member, int depth) {
  if (member.key == kOr) return CheckOr(member.value, depth);
  if (member.value.IsObject()) return CheckPattern(member.value.AsObject(), depth + 1);
  if (!member.value.IsArray())
    return fmt::format("\"{}\" must be an object or an array", member.key);
  if (member.value.AsArray().empty()) return "Empty arrays are not allowed";
  for (const json::Value& one : member.value.AsArray()) {
    if (one.IsArray()) return "Arrays within arrays are not allowed";
    if (!one.IsObject()) continue;
    if (Problem problem = CheckOperator(one.AsObject())) return problem;
  }
  return std::nullopt;
}

Problem CheckPattern(const json::Object& pattern, int depth) {
  if (pattern.empty()) return "Empty objects are not allowed";
  if (depth > kDeepest) return "The pattern is nested too deeply";
  for (const json::Member& member : pattern) {
    if (Problem problem = CheckMember(member, depth)) return problem;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> FindPatternProblem(const json::Object& pattern) {
  return CheckPattern(pattern, 0);
}

std::optional<json::Object> ReadPattern(std::string_view text, std::string& problem) {
  auto parsed = json::Parse(text);
  if (!parsed) {
    problem = parsed.error().message();
  } else if (!parsed->IsObject()) {
    problem = "Filter is not an object";
  } else if (auto found = FindPatternProblem(parsed->AsObject())) {
    problem = *std::move(found);
  } else {
    return std::move(parsed->AsObject());
  }
  return std::nullopt;
}

bool MatchesPattern(const json::Object& pattern, const json::Object& event) {
  return Fits(pattern, &event);
}

}  // namespace trunkline::cloud
