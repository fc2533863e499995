#include "cloud/services/logs/pattern.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "cloud/services/logs/pattern_json.h"
#include "cloud/services/logs/pattern_space.h"

namespace trunkline::cloud::logs {
namespace {

bool IsWordCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Takes a word, a quoted phrase or a regular expression from the front of `text`.
Result<PatternText> TakeTerm(std::string_view& text) {
  if (text.starts_with('"')) return TakeQuoted(text);
  if (text.starts_with('%')) return TakeExpression(text);
  const std::size_t end = std::min(text.size(), text.find_first_of(" \t\r\n"));
  const std::string_view word = text.substr(0, end);
  if (word.empty() || !std::ranges::all_of(word, IsWordCharacter)) {
    return Error(ErrorKind::kInvalid,
                 "Invalid filter pattern: expected letters, digits and _ or a \"quoted phrase\" "
                 "but got '{}'",
                 word);
  }
  text.remove_prefix(end);
  PatternText read;
  read.text = word;
  return read;
}

Result<TermPattern> ReadTerms(std::string_view text) {
  TermPattern pattern;
  for (text = Trim(text); !text.empty(); text = Trim(text)) {
    std::vector<PatternText>* list = &pattern.all;
    if (text.front() == '?') list = &pattern.any;
    if (text.front() == '-') list = &pattern.without;
    if (list != &pattern.all) text.remove_prefix(1);
    TL_TRY(PatternText term, TakeTerm(text));
    list->push_back(std::move(term));
  }
  // AWS: optional terms do not count beside required ones.
  if (!pattern.all.empty()) pattern.any.clear();
  return pattern;
}

}  // namespace

Result<Pattern> Pattern::Read(std::string_view text) {
  text = Trim(text);
  Pattern pattern;
  if (text.starts_with('[')) {
    TL_TRY(SpacePattern space, ReadSpacePattern(text));
    pattern.space_ = std::make_shared<const SpacePattern>(std::move(space));
  } else if (text.starts_with('{')) {
    TL_TRY(JsonTest test, ReadJsonTest(text));
    pattern.json_ = std::make_shared<const JsonTest>(std::move(test));
  } else {
    TL_TRY(pattern.terms_, ReadTerms(text));
  }
  return pattern;
}

bool Pattern::Matches(std::string_view message) const {
  if (json_) return MatchesJson(*json_, message);
  if (space_) return MatchesSpace(*space_, message);
  const auto stands_in = [&](const PatternText& term) { return term.StandsIn(message); };
  return std::ranges::all_of(terms_.all, stands_in) &&
         std::ranges::none_of(terms_.without, stands_in) &&
         (terms_.any.empty() || std::ranges::any_of(terms_.any, stands_in));
}

json::Object Pattern::Extract(std::string_view message) const {
  if (json_) return ExtractJson(*json_, message);
  if (space_) return ExtractSpace(*space_, message);
  return {};
}

}  // namespace trunkline::cloud::logs
