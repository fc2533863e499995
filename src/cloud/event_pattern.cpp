#include "cloud/event_pattern.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/text.h"

namespace trunkline::cloud {
namespace {

constexpr int kDeepest = 100;
constexpr std::string_view kOr = "$or";

// ---- addresses

struct Address {
  std::array<std::uint8_t, 16> bytes{};
  std::size_t length = 0;  // 4 or 16
};

std::optional<Address> ReadV4(std::string_view text) {
  const auto parts = Split(text, '.');
  if (parts.size() != 4) return std::nullopt;
  Address address{.bytes = {}, .length = 4};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto part = ToInt(parts[i]);
    if (!part || *part < 0 || *part > 255) return std::nullopt;
    address.bytes.at(i) = static_cast<std::uint8_t>(*part);
  }
  return address;
}

std::optional<std::uint16_t> ReadGroup(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  unsigned value = 0;
  for (const char c : text) {
    const std::size_t digit = std::string_view("0123456789abcdef").find(ToLower({&c, 1}));
    if (digit == std::string_view::npos) return std::nullopt;
    value = value * 16 + static_cast<unsigned>(digit);
  }
  return static_cast<std::uint16_t>(value);
}

std::optional<Address> ReadV6(std::string_view text) {
  const std::size_t gap = text.find("::");
  const std::string_view head = text.substr(0, gap);
  const std::string_view tail =
      gap == std::string_view::npos ? std::string_view() : text.substr(gap + 2);
  const auto groups = [](std::string_view part) {
    return part.empty() ? std::vector<std::string_view>() : Split(part, ':');
  };
  const auto first = groups(head);
  const auto last = groups(tail);
  const std::size_t count = first.size() + last.size();
  if (count > 8 || (gap == std::string_view::npos && count != 8)) return std::nullopt;
  Address address{.bytes = {}, .length = 16};
  const auto put = [&](std::string_view group, std::size_t at) {
    const auto value = ReadGroup(group);
    if (!value) return false;
    address.bytes.at(2 * at) = static_cast<std::uint8_t>(*value >> 8U);
    address.bytes.at(2 * at + 1) = static_cast<std::uint8_t>(*value & 0xffU);
    return true;
  };
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (!put(first[i], i)) return std::nullopt;
  }
  for (std::size_t i = 0; i < last.size(); ++i) {
    if (!put(last[i], 8 - last.size() + i)) return std::nullopt;
  }
  return address;
}

std::optional<Address> ReadAddress(std::string_view text) {
  return text.find(':') == std::string_view::npos ? ReadV4(text) : ReadV6(text);
}

struct Block {
  Address address;
  unsigned bits = 0;
};

std::optional<Block> ReadBlock(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = ReadAddress(text.substr(0, slash));
  if (!address || slash == std::string_view::npos) return std::nullopt;
  const auto bits = ToInt(text.substr(slash + 1));
  if (!bits || *bits < 0 || *bits > static_cast<std::int64_t>(address->length) * 8)
    return std::nullopt;
  return Block{.address = *address, .bits = static_cast<unsigned>(*bits)};
}

bool IsWithin(std::string_view text, std::string_view cidr) {
  const auto block = ReadBlock(cidr);
  const auto address = ReadAddress(text);
  if (!block || !address || address->length != block->address.length) return false;
  for (unsigned bit = 0; bit < block->bits; ++bit) {
    const unsigned mask = 0x80U >> (bit % 8);
    if ((address->bytes.at(bit / 8) & mask) != (block->address.bytes.at(bit / 8) & mask))
      return false;
  }
  return true;
}

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
  return name == "cidr" && IsWithin(text, wanted.AsString());
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
    fine = one.value.IsString() && ReadBlock(one.value.AsString());
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
