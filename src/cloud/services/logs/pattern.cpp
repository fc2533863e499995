#include "cloud/services/logs/pattern.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "cloud/services/logs/pattern_json.h"

namespace trunkline::cloud::logs {
namespace {

bool IsWordCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

Error NotImplemented(std::string_view what) {
  return Error(ErrorKind::kInvalid,
               "Invalid filter pattern: {} are not implemented by the embedded cloud", what);
}

// Takes a word or a quoted phrase from the front of `text`.
Result<std::string> TakeTerm(std::string_view& text) {
  if (text.starts_with('"')) {
    const std::size_t end = text.find('"', 1);
    if (end == std::string_view::npos) {
      return Error(ErrorKind::kInvalid, "Invalid filter pattern: expected a closing \" behind '{}'",
                   text.substr(1));
    }
    std::string phrase(text.substr(1, end - 1));
    text.remove_prefix(end + 1);
    return phrase;
  }
  const std::size_t end = std::min(text.size(), text.find_first_of(" \t\r\n"));
  const std::string_view word = text.substr(0, end);
  if (word.empty() || !std::ranges::all_of(word, IsWordCharacter)) {
    return Error(ErrorKind::kInvalid,
                 "Invalid filter pattern: expected letters, digits and _ or a \"quoted phrase\" "
                 "but got '{}'",
                 word);
  }
  text.remove_prefix(end);
  return std::string(word);
}

Result<TermPattern> ReadTerms(std::string_view text) {
  TermPattern pattern;
  for (text = Trim(text); !text.empty(); text = Trim(text)) {
    std::vector<std::string>* list = &pattern.all;
    if (text.front() == '?') list = &pattern.any;
    if (text.front() == '-') list = &pattern.without;
    if (list != &pattern.all) text.remove_prefix(1);
    TL_TRY(std::string term, TakeTerm(text));
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
  if (text.starts_with('[')) return NotImplemented("space-delimited patterns [...]");
  if (text.starts_with('%')) return NotImplemented("regular expressions %...%");
  if (text.starts_with('{')) {
    TL_TRY(JsonTest test, ReadJsonTest(text));
    pattern.json_ = std::make_shared<const JsonTest>(std::move(test));
    return pattern;
  }
  TL_TRY(pattern.terms_, ReadTerms(text));
  return pattern;
}

bool Pattern::Matches(std::string_view message) const {
  if (json_) return MatchesJson(*json_, message);
  const auto stands_in = [&](const std::string& term) {
    return message.find(term) != std::string_view::npos;
  };
  return std::ranges::all_of(terms_.all, stands_in) &&
         std::ranges::none_of(terms_.without, stands_in) &&
         (terms_.any.empty() || std::ranges::any_of(terms_.any, stands_in));
}

}  // namespace trunkline::cloud::logs
