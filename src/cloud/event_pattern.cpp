#include "cloud/event_pattern.h"

#include <algorithm>

#include "base/text.h"
#include "cloud/cidr.h"

namespace trunkline::cloud {
namespace {

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
  if (name == "exactly") return text == wanted.AsString();
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

// Whether there is a single value, in a list perhaps.
bool HasLeaf(const json::Value& value) {
  if (value.IsArray()) return std::ranges::any_of(value.AsArray(), HasLeaf);
  return !value.IsObject();
}

// Lists within lists count as one.
bool FitsSome(const json::Value& wanted, const json::Value& value) {
  if (!value.IsArray()) return !value.IsObject() && FitsOne(wanted, value);
  return std::ranges::any_of(value.AsArray(),
                             [&](const json::Value& one) { return FitsSome(wanted, one); });
}

bool FitsLeaf(const json::Value& wanted, const json::Value* value) {
  if (wanted.IsObject() && wanted.AsObject().Has("exists"))
    return wanted.AsObject().GetBool("exists") == (value != nullptr && HasLeaf(*value));
  return value && FitsSome(wanted, *value);
}

bool Fits(const json::Object& pattern, const json::Object* event);

bool FitsWithin(const json::Object& pattern, const json::Value* value) {
  if (!value || !value->IsArray())
    return Fits(pattern, value && value->IsObject() ? &value->AsObject() : nullptr);
  return std::ranges::any_of(value->AsArray(), [&](const json::Value& one) {
    return (one.IsObject() || one.IsArray()) && FitsWithin(pattern, &one);
  });
}

bool FitsMember(const json::Value& wanted, const json::Value* value) {
  if (wanted.IsObject()) return FitsWithin(wanted.AsObject(), value);
  return std::ranges::any_of(wanted.AsArray(),
                             [&](const json::Value& one) { return FitsLeaf(one, value); });
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

// ---- dots

bool HasDots(const json::Object& object);

bool HasDottedPart(const json::Value& value) {
  if (value.IsArray()) return std::ranges::any_of(value.AsArray(), HasDottedPart);
  return value.IsObject() && HasDots(value.AsObject());
}

bool HasDots(const json::Object& object) {
  return std::any_of(object.begin(), object.end(), [](const json::Member& member) {
    return member.key.find('.') != std::string::npos || HasDottedPart(member.value);
  });
}

json::Value WithoutDots(const json::Value& value);

// Both what stood there and what comes: objects join, anything else becomes a list of both.
void Merge(json::Object& into, std::string_view key, json::Value value) {
  const json::Value* present = into.Find(key);
  if (!present) {
    into.Set(key, std::move(value));
  } else if (present->IsObject() && value.IsObject()) {
    json::Object joined = present->AsObject();
    for (json::Member& member : value.AsObject()) Merge(joined, member.key, member.value);
    into.Set(key, std::move(joined));
  } else {
    json::Array both = present->IsArray() ? present->AsArray() : json::Array{*present};
    if (value.IsArray()) {
      for (json::Value& one : value.AsArray()) both.push_back(std::move(one));
    } else {
      both.push_back(std::move(value));
    }
    into.Set(key, std::move(both));
  }
}

json::Object Expanded(const json::Object& object) {
  json::Object expanded;
  for (const json::Member& member : object) {
    std::string_view key = member.key;
    json::Value value = WithoutDots(member.value);
    for (std::size_t dot = key.rfind('.'); dot != std::string_view::npos; dot = key.rfind('.')) {
      json::Object wrapped;
      wrapped.Set(key.substr(dot + 1), std::move(value));
      value = std::move(wrapped);
      key = key.substr(0, dot);
    }
    Merge(expanded, key, std::move(value));
  }
  return expanded;
}

// {"a.b": 1} is {"a": {"b": 1}}.
json::Value WithoutDots(const json::Value& value) {
  if (value.IsObject()) return Expanded(value.AsObject());
  if (!value.IsArray()) return value;
  json::Array items;
  for (const json::Value& item : value.AsArray()) items.push_back(WithoutDots(item));
  return items;
}

}  // namespace

bool MatchesPattern(const json::Object& pattern, const json::Object& event) {
  if (!HasDots(pattern) && !HasDots(event)) return Fits(pattern, &event);
  const json::Object whole = Expanded(event);
  return Fits(Expanded(pattern), &whole);
}

}  // namespace trunkline::cloud
