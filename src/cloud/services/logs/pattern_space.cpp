#include "cloud/services/logs/pattern_space.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "base/text.h"

namespace trunkline::cloud::logs {
namespace {

constexpr std::string_view kDots = "...";
constexpr std::size_t kMostFields = 100;
constexpr std::string_view kEnds = " \t,]&|";  // of an operand without quotes

bool Take(std::string_view& rest, std::string_view symbol) {
  rest = Trim(rest);
  if (!rest.starts_with(symbol)) return false;
  rest.remove_prefix(symbol.size());
  return true;
}

std::string TakeName(std::string_view& rest) {
  rest = Trim(rest);
  const auto end = std::ranges::find_if_not(rest, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
  });
  std::string name(rest.begin(), end);
  rest.remove_prefix(name.size());
  return name;
}

bool StandsAtEnd(std::string_view rest) {
  rest = Trim(rest);
  return rest.starts_with(',') || rest.starts_with(']');
}

// "name", or "name = a && name != b || name = c".
Result<SpaceField> TakeField(std::string_view& rest) {
  SpaceField field;
  field.name = TakeName(rest);
  if (StandsAtEnd(rest)) return field;
  field.any.emplace_back();
  for (;;) {
    TL_TRY(Comparison comparison, TakeComparison(rest, kEnds));
    field.any.back().push_back(std::move(comparison));
    if (StandsAtEnd(rest)) return field;
    if (Take(rest, "||")) {
      field.any.emplace_back();
    } else if (!Take(rest, "&&")) {
      return WrongPattern("',' or ']'", rest);
    }
    if (TakeName(rest) != field.name) return WrongPattern(field.name, rest);
  }
}

// Where a word ends, by how it begins; brackets and quotes do not count as parts of it.
std::string_view TakeWord(std::string_view& rest) {
  const char first = rest.front();
  const bool wrapped = first == '"' || first == '[';
  const std::size_t close = wrapped ? rest.find(first == '"' ? '"' : ']', 1) : std::string::npos;
  if (close != std::string_view::npos) {
    const std::string_view inside = rest.substr(1, close - 1);
    rest.remove_prefix(close + 1);
    return inside;
  }
  const std::size_t end = std::min(rest.find_first_of(" \t\r\n"), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(end);
  return word;
}

std::vector<std::string_view> WordsOf(std::string_view message) {
  std::vector<std::string_view> words;
  for (message = Trim(message); !message.empty(); message = Trim(message))
    words.push_back(TakeWord(message));
  return words;
}

bool Fits(const SpaceField& field, std::string_view word) {
  const std::string text(word);
  char* stop = nullptr;
  const double number = std::strtod(text.c_str(), &stop);
  const bool numeric = stop != text.c_str() && *stop == '\0';
  const auto holds = [&](const Comparison& one) {
    return Holds(one, word, numeric ? &number : nullptr);
  };
  return field.any.empty() || std::ranges::any_of(field.any, [&](const auto& all) {
           return std::ranges::all_of(all, holds);
         });
}

// Which word a field is about; a message with enough words.
std::size_t PlaceOf(const SpacePattern& pattern, std::size_t field, std::size_t words) {
  const bool behind =
      pattern.before_dots >= 0 && field >= static_cast<std::size_t>(pattern.before_dots);
  return behind ? field + words - pattern.fields.size() : field;
}

}  // namespace

Result<SpacePattern> ReadSpacePattern(std::string_view text) {
  SpacePattern pattern;
  std::string_view rest = text;
  Take(rest, "[");
  if (Take(rest, "]")) return pattern;
  do {
    if (pattern.before_dots < 0 && Take(rest, kDots)) {
      pattern.before_dots = static_cast<int>(pattern.fields.size());
      continue;
    }
    TL_TRY(SpaceField field, TakeField(rest));
    pattern.fields.push_back(std::move(field));
    if (pattern.fields.size() > kMostFields)
      return Error(ErrorKind::kInvalid, "Invalid filter pattern: more than 100 fields");
  } while (Take(rest, ","));
  if (!Take(rest, "]") || !Trim(rest).empty()) return WrongPattern("']' and the end", rest);
  return pattern;
}

bool MatchesSpace(const SpacePattern& pattern, std::string_view message) {
  const std::vector<std::string_view> words = WordsOf(message);
  const std::size_t fields = pattern.fields.size();
  if (fields == 0) return true;
  if (pattern.before_dots < 0 ? words.size() != fields : words.size() < fields) return false;
  for (std::size_t i = 0; i < fields; ++i) {
    if (!Fits(pattern.fields[i], words[PlaceOf(pattern, i, words.size())])) return false;
  }
  return true;
}

json::Object ExtractSpace(const SpacePattern& pattern, std::string_view message) {
  const std::vector<std::string_view> words = WordsOf(message);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < words.size(); ++i) names.push_back("$" + std::to_string(i + 1));
  for (std::size_t i = 0; i < pattern.fields.size() && pattern.fields.size() <= words.size(); ++i) {
    const std::string& name = pattern.fields[i].name;
    if (!name.empty()) names[PlaceOf(pattern, i, words.size())] = "$" + name;
  }
  json::Object values;
  for (std::size_t i = 0; i < words.size(); ++i) values.Set(names[i], words[i]);
  return values;
}

}  // namespace trunkline::cloud::logs
