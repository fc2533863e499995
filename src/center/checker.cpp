#include "center/checker.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <regex>

#include "base/code_point.h"
#include "base/json_write.h"
#include "base/shown.h"
#include "base/text.h"

namespace trunkline::center {
namespace {

std::vector<std::string> NamesOf(std::span<const Field> members) {
  std::vector<std::string> names;
  for (const Field& member : members) names.emplace_back(member.name);
  return names;
}

// "did you mean 'x'?", or all there are while they fit a line.
std::string Suggest(std::string_view word, const std::vector<std::string>& known) {
  if (std::string near = DidYouMean(word, known); !near.empty()) return near;
  if (known.empty() || known.size() > 8) return {};
  return "known here: " + Join(known, ", ");
}

std::string Plain(double number) {
  return number == std::floor(number) ? fmt::format("{:.0f}", number) : fmt::format("{}", number);
}

std::string CountInWords(const Range& range, std::string_view one, std::string_view many) {
  const std::string_view what =
      range.max == 1 || (std::isinf(range.max) && range.min == 1) ? one : many;
  if (std::isinf(range.max)) return fmt::format("at least {} {}", Plain(range.min), what);
  if (range.min == 0) return fmt::format("at most {} {}", Plain(range.max), what);
  return fmt::format("{} to {} {}", Plain(range.min), Plain(range.max), what);
}

// A summary of a shape as a hint: "The git branch." -> "the git branch".
std::string AsHint(std::string_view summary) {
  std::string hint(summary.substr(0, summary.find_last_not_of('.') + 1));
  const bool acronym = hint.size() > 1 && hint[1] >= 'A' && hint[1] <= 'Z';
  if (!hint.empty() && !acronym) hint[0] = ToLower(hint.substr(0, 1))[0];
  return hint;
}

bool Inside(const Range& range, double number) {
  return number >= range.min && number <= range.max;
}

bool IsOfKind(const json::Value& value, Kind kind) {
  switch (kind) {
    case Kind::kString:
      return value.IsString();
    case Kind::kBoolean:
      return value.IsBool();
    case Kind::kNumber:
      return value.IsNumber();
    case Kind::kInteger:
      return value.IsNumber() && value.AsDouble() == std::floor(value.AsDouble());
    case Kind::kList:
      return value.IsArray();
    case Kind::kObject:
    case Kind::kMap:
      return value.IsObject();
    case Kind::kAny:
      return true;
  }
  return false;
}

// Editors look for the schema here, so every file may name it.
constexpr std::string_view kSchemaKey = "$schema";

class Checker {
 public:
  explicit Checker(Source& source) : source_(source) {}

  // `subject` is the value in words: "'account'", "each of 'region'", "the document".
  void Check(const json::Value& value, const Field& field, const std::string& subject) {
    if (field.or_else != nullptr && IsOfKind(value, field.or_else->kind)) {
      Check(value, *field.or_else, subject);
      return;
    }
    if (!IsOfKind(value, field.kind)) {
      const bool fraction = field.kind == Kind::kInteger && value.IsNumber();
      Say("TL-C002", value,
          fmt::format(
              "expected {} to be {}{} but got {}", subject, center::InWords(field.kind),
              field.or_else ? fmt::format(" or {}", center::InWords(field.or_else->kind)) : "",
              fraction ? "a fraction" : value.TypeName()));
      return;
    }
    CheckOneOf(value, field, subject);
    CheckPattern(value, field, subject);
    CheckRange(value, field, subject);
    if (field.kind == Kind::kObject) CheckObject(value, field);
    if (field.kind == Kind::kList) CheckList(value.AsArray(), field);
    if (field.kind == Kind::kMap && field.element != nullptr) CheckMap(value.AsObject(), field);
  }

 private:
  void Say(std::string_view code, const json::Value& value, std::string message,
           std::string hint = {}) {
    source_.Say(Severity::kError, code, source_.PlaceOf(value), std::move(message),
                std::move(hint));
  }

  void CheckOneOf(const json::Value& value, const Field& field, const std::string& subject) {
    if (field.one_of.empty() || !value.IsString()) return;
    const std::string& text = value.AsString();
    if (std::ranges::find(field.one_of, text) != field.one_of.end()) return;
    const std::vector<std::string> words(field.one_of.begin(), field.one_of.end());
    Say("TL-C005", value,
        fmt::format("expected {} to be {}{} but got {}", subject, words.size() > 1 ? "one of " : "",
                    Join(words, ", "), Shown(value)),
        DidYouMean(text, words));
  }

  void CheckPattern(const json::Value& value, const Field& field, const std::string& subject) {
    if (field.pattern == nullptr || !value.IsString()) return;
    if (Matches(value.AsString(), *field.pattern)) return;
    Say("TL-C006", value,
        fmt::format("expected {} to be {} but got {}", subject, field.pattern->words,
                    Shown(value)));
  }

  void CheckRange(const json::Value& value, const Field& field, const std::string& subject) {
    if (field.range == nullptr) return;
    if (value.IsNumber() && !Inside(*field.range, value.AsDouble())) {
      Say("TL-C007", value,
          fmt::format("expected {} to be from {} to {} but got {}", subject,
                      Plain(field.range->min), Plain(field.range->max), Shown(value)));
    }
    const auto check_count = [&](std::size_t count, std::string_view one, std::string_view many) {
      if (Inside(*field.range, static_cast<double>(count))) return;
      Say("TL-C007", value,
          fmt::format("expected {} to have {} but it has {}", subject,
                      CountInWords(*field.range, one, many), count));
    };
    if (value.IsString()) check_count(CountCodePoints(value.AsString()), "character", "characters");
    if (value.IsArray()) check_count(value.AsArray().size(), "entry", "entries");
    if (value.IsObject()) check_count(value.AsObject().size(), "entry", "entries");
  }

  void CheckObject(const json::Value& value, const Field& field) {
    const bool is_document = &value == &source_.root();
    for (const json::Member& member : value.AsObject()) {
      if (!(is_document && member.key == kSchemaKey)) CheckMember(member, field);
    }
    for (const Field& wanted : field.members) {
      if (!wanted.required || value.AsObject().Has(wanted.name)) continue;
      Say("TL-C003", value, fmt::format("member '{}' is missing", wanted.name),
          AsHint(wanted.summary));
    }
  }

  void CheckMember(const json::Member& member, const Field& field) {
    const auto known = std::ranges::find(field.members, std::string_view(member.key), &Field::name);
    if (known == field.members.end() && IsOther(member, field)) {
      Check(member.value, *field.element, fmt::format("'{}'", member.key));
    } else if (known == field.members.end()) {
      if (!field.open)
        SayAtKey("TL-C004", member, "is not a known member", SuggestFor(member, field));
    } else if (known->not_delivered) {
      SayAtKey("TL-C009", member, "is not delivered by Trunkline yet", {});
    } else {
      Check(member.value, *known, fmt::format("'{}'", member.key));
    }
  }

  static bool IsOther(const json::Member& member, const Field& object) {
    return object.element != nullptr && Matches(member.key, *object.pattern);
  }

  static std::string SuggestFor(const json::Member& member, const Field& field) {
    return Suggest(member.key, NamesOf(field.members));
  }

  void SayAtKey(std::string_view code, const json::Member& member, std::string_view what,
                std::string hint) {
    json::Value key(member.key);
    key.set_offset(member.key_offset);
    Say(code, key, fmt::format("'{}' {}", member.key, what), std::move(hint));
  }

  void CheckList(const json::Array& elements, const Field& field) {
    if (field.element == nullptr) return;
    const std::string subject =
        field.name.empty() ? "each entry" : fmt::format("each entry of '{}'", field.name);
    for (const json::Value& element : elements) Check(element, *field.element, subject);
    if (!field.unique.empty()) CheckUnique(elements, field.unique);
  }

  void CheckMap(const json::Object& entries, const Field& field) {
    for (const json::Member& entry : entries) {
      if (field.pattern != nullptr && !Matches(entry.key, *field.pattern)) {
        SayAtKey("TL-C006", entry, fmt::format("is not {}", field.pattern->words), {});
      }
      Check(entry.value, *field.element, fmt::format("'{}'", entry.key));
    }
  }

  void CheckUnique(const json::Array& elements, std::string_view key) {
    std::map<std::string, Place> seen;
    for (const json::Value& element : elements) {
      const json::Value* name = element.IsObject() ? element.AsObject().Find(key) : nullptr;
      if (name == nullptr || !name->IsString()) continue;
      const auto [first, is_new] = seen.emplace(name->AsString(), source_.PlaceOf(*name));
      if (is_new) continue;
      Say("TL-C008", *name, fmt::format("{} {} is given twice", key, Shown(*name)),
          fmt::format("the first is on line {}", first->second.line));
    }
  }

  Source& source_;
};

}  // namespace

std::string_view InWords(Kind kind) {
  switch (kind) {
    case Kind::kString:
      return "a string";
    case Kind::kBoolean:
      return "a boolean";
    case Kind::kInteger:
      return "a whole number";
    case Kind::kNumber:
      return "a number";
    case Kind::kList:
      return "an array";
    case Kind::kObject:
    case Kind::kMap:
      return "an object";
    case Kind::kAny:
      return "any value";
  }
  return "a value";
}

bool Matches(const std::string& text, const Pattern& pattern) {
  // std::regex recurses per character: a longer text could end the program, and is nothing we
  // expect anywhere.
  constexpr std::size_t kLongest = 2048;
  if (text.size() > kLongest) return false;
  return std::regex_match(text, std::regex(pattern.regex.begin(), pattern.regex.end()));
}

std::string Shown(const json::Value& value) {
  const std::string text =
      trunkline::Shown(value.IsString() ? value.AsString() : json::Write(value), 60);
  return value.IsString() ? fmt::format("'{}'", text) : text;
}

void CheckShape(Source& source, const json::Value& document, const Field& shape) {
  Checker(source).Check(document, shape, "the document");
}

}  // namespace trunkline::center
