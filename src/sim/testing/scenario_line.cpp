#include "sim/testing/scenario_line.h"

#include <algorithm>

#include "base/text.h"
#include "sim/testing/scenario.h"

namespace trunkline::sim {
namespace {

constexpr std::string_view kBlanks = " \t\r";

}  // namespace

std::size_t ScenarioLine::Position() {
  at_ = std::min(line_.find_first_not_of(kBlanks, at_), line_.size());
  return at_;
}

bool ScenarioLine::AtEnd() {
  return Position() == line_.size();
}

bool ScenarioLine::AtQuote() {
  return !AtEnd() && line_[at_] == '"';
}

std::string_view ScenarioLine::Word() {
  const std::size_t begin = Position();
  at_ = std::min(line_.find_first_of(kBlanks, begin), line_.size());
  return line_.substr(begin, at_ - begin);
}

bool ScenarioLine::Take(std::string_view phrase) {
  const std::size_t before = Position();
  for (const std::string_view word : Split(phrase, ' ')) {
    if (EqualsIgnoreCase(Word(), word)) continue;
    at_ = before;
    return false;
  }
  return true;
}

std::optional<std::string> ScenarioLine::Name(std::string_view what) {
  if (AtEnd()) {
    Say(kMissingPart, fmt::format("expected {}", what));
    return std::nullopt;
  }
  if (!AtQuote()) return std::string(Word());
  const std::size_t begin = at_ + 1;
  const std::size_t end = line_.find('"', begin);
  if (end == std::string_view::npos || end == begin) {
    Say(kBadValue, end == begin ? fmt::format("expected {} between the quotes", what)
                                : fmt::format("expected a quote behind {}", what));
    return std::nullopt;
  }
  at_ = end + 1;
  return std::string(line_.substr(begin, end - begin));
}

std::optional<std::string> ScenarioLine::Text(std::string_view what) {
  const bool quoted = AtQuote();
  const std::string_view rest = Trim(line_.substr(at_));
  if (quoted && (rest.size() == 1 || !rest.ends_with('"'))) {
    Say(kBadValue, fmt::format("expected a quote behind {}", what),
        "quotes are around all of it, or left out");
    return std::nullopt;
  }
  const std::string_view text = quoted ? rest.substr(1, rest.size() - 2) : rest;
  if (Trim(text).empty()) {
    Say(kMissingPart, fmt::format("expected {}", what));
    return std::nullopt;
  }
  at_ = line_.size();
  return std::string(text);
}

std::string_view ScenarioLine::Rest() {
  const std::string_view rest = Trim(line_.substr(at_));
  at_ = line_.size();
  return rest;
}

bool ScenarioLine::Ends() {
  if (AtEnd()) return true;
  Say(kUnknownPart,
      fmt::format("expected the end of the line but got '{}'", Trim(line_.substr(at_))),
      "a name of several words is written between quotes");
  return false;
}

void ScenarioLine::Say(std::string_view code, std::string message, std::string hint) {
  SayAt(Position(), code, std::move(message), std::move(hint));
}

void ScenarioLine::SayAt(std::size_t from, std::string_view code, std::string message,
                         std::string hint) {
  const std::size_t end = std::min(line_.find_first_of(kBlanks, from), line_.size());
  Finding finding{.code = std::string(code),
                  .message = std::move(message),
                  .hint = std::move(hint),
                  .place = {.file = std::string(file_),
                            .line = number_,
                            .column = static_cast<std::uint32_t>(from + 1),
                            .length = static_cast<std::uint32_t>(std::max(end, from + 1) - from)},
                  .source_line = {.text = std::string(line_)}};
  findings_->push_back(std::move(finding));
}

void ScenarioLine::SayExpected(const std::vector<std::string>& words, std::string_view where) {
  const std::size_t from = Position();
  const std::size_t before = at_;
  const std::string_view word = Word();
  at_ = before;
  const std::string choice = Join(words, "', '");
  if (word.empty()) return Say(kMissingPart, fmt::format("expected '{}' behind {}", choice, where));
  const auto nearest = Nearest(word, words);
  SayAt(from, kUnknownPart,
        fmt::format("expected '{}' behind {} but got '{}'", choice, where, word),
        nearest ? fmt::format("did you mean '{}'?", *nearest) : std::string());
}

}  // namespace trunkline::sim
