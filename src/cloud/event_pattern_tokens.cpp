#include "cloud/event_pattern_tokens.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/json_read.h"

namespace trunkline::cloud {
namespace {

constexpr std::size_t kDeepest = 100;
constexpr std::size_t kLongestSource = 500;  // of it is shown

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool IsWordCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
}

bool IsNumberCharacter(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '+' || c == '.' ||
         c == 'e' || c == 'E';
}

bool IsContinued(char c) {  // a later byte of a UTF-8 character
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::string Unexpected(char c, std::string_view expected) {
  return fmt::format("Unexpected character ('{}' (code {})): was expecting {}", c,
                     static_cast<int>(static_cast<unsigned char>(c)), expected);
}

}  // namespace

PatternToken PatternTokens::Fault(std::string text, std::size_t at) {
  at_ = at;
  fault_ = std::move(text);
  return last_ = PatternToken::kFault;
}

PatternToken PatternTokens::End() {
  if (nesting_.empty()) return Fault("No content to map due to end-of-input", at_);
  return Fault(fmt::format("Unexpected end-of-input: expected close marker for {}",
                           nesting_.back() == '{' ? "Object" : "Array"),
               at_);
}

void PatternTokens::SkipBlanks() {
  while (!AtEnd() && IsBlank(source_[at_])) ++at_;
}

PatternToken PatternTokens::Next() {
  if (last_ == PatternToken::kFault) return last_;
  if (looked_ahead_) {
    looked_ahead_ = false;
    return last_ = next_;
  }
  if (open_text_ && !FinishText()) return last_;
  SkipBlanks();
  if (AtEnd()) return End();
  const char c = source_[at_];
  if (!nesting_.empty() && c == (nesting_.back() == '{' ? '}' : ']')) {
    ++at_;
    const bool object = nesting_.back() == '{';
    nesting_.pop_back();
    first_ = false;
    text_ = c;
    return last_ = object ? PatternToken::kEndObject : PatternToken::kEndArray;
  }
  if (!nesting_.empty() && !first_) {
    if (c != ',') {
      return Fault(Unexpected(c, fmt::format("comma to separate {} entries",
                                             nesting_.back() == '{' ? "Object" : "Array")),
                   at_);
    }
    ++at_;
    SkipBlanks();
    if (AtEnd()) return End();
  }
  first_ = false;
  return last_ = !nesting_.empty() && nesting_.back() == '{' ? ReadName() : ReadValue();
}

PatternToken PatternTokens::ReadName() {
  if (source_[at_] != '"')
    return Fault(Unexpected(source_[at_], "double-quote to start field name"), at_);
  ++at_;
  open_text_ = true;
  if (!FinishText()) return last_;
  name_ = text_;
  SkipBlanks();
  if (AtEnd()) return End();
  if (source_[at_] != ':')
    return Fault(Unexpected(source_[at_], "a colon to separate field name and value"), at_);
  ++at_;
  SkipBlanks();
  if (AtEnd()) return End();
  next_ = ReadValue();
  if (next_ == PatternToken::kFault) return next_;
  looked_ahead_ = true;
  return PatternToken::kName;
}

PatternToken PatternTokens::ReadValue() {
  const char c = source_[at_];
  if (c == '{' || c == '[') {
    if (nesting_.size() >= kDeepest) return Fault("The pattern is nested too deeply", at_);
    nesting_ += c;
    first_ = true;
    text_ = c;
    ++at_;
    return c == '{' ? PatternToken::kObject : PatternToken::kArray;
  }
  if (c == '"') {
    ++at_;
    open_text_ = true;
    return PatternToken::kText;
  }
  return ReadWord();
}

PatternToken PatternTokens::ReadWord() {
  const std::size_t begin = at_;
  const bool number = IsNumberCharacter(source_[at_]) && source_[at_] != 'e' && source_[at_] != 'E';
  const auto goes_on = number ? IsNumberCharacter : IsWordCharacter;
  while (!AtEnd() && goes_on(source_[at_])) ++at_;
  text_ = source_.substr(begin, at_ - begin);
  if (number && json::Parse(text_)) return PatternToken::kNumber;
  if (text_ == "true") return PatternToken::kTrue;
  if (text_ == "false") return PatternToken::kFalse;
  if (text_ == "null") return PatternToken::kNull;
  if (text_.empty()) {
    return Fault(Unexpected(source_[begin],
                            "a valid value (JSON String, Number, Array, Object or token 'null', "
                            "'true' or 'false')"),
                 begin);
  }
  return Fault(fmt::format("Unrecognized token '{}': was expecting (JSON String, Number, Array, "
                           "Object or token 'null', 'true' or 'false')",
                           text_),
               at_);
}

bool PatternTokens::FinishText() {
  open_text_ = false;
  const std::size_t begin = at_ - 1;
  while (!AtEnd() && source_[at_] != '"') at_ += source_[at_] == '\\' ? 2 : 1;
  if (AtEnd()) {
    Fault("Unexpected end-of-input: was expecting closing quote for a string value",
          source_.size());
    return false;
  }
  ++at_;
  const auto parsed = json::Parse(source_.substr(begin, at_ - begin));
  if (!parsed) {
    Fault(parsed.error().message(), at_);
    return false;
  }
  text_ = parsed->AsString();
  return true;
}

const std::string& PatternTokens::Text() {
  if (last_ == PatternToken::kName) return name_;
  if (open_text_) FinishText();
  return text_;
}

json::Value PatternTokens::Value() {
  if (last_ == PatternToken::kNumber) return json::Number{text_};
  if (last_ == PatternToken::kTrue || last_ == PatternToken::kFalse)
    return last_ == PatternToken::kTrue;
  if (last_ == PatternToken::kNull) return nullptr;
  return Text();
}

std::string PatternTokens::LineAndColumn() const {
  const std::string_view read = source_.substr(0, std::min(at_, source_.size()));
  const auto lines = std::ranges::count(read, '\n');
  const std::string_view line = read.substr(lines == 0 ? 0 : read.rfind('\n') + 1);
  const auto column = std::ranges::count_if(line, [](char c) { return !IsContinued(c); }) + 1;
  return fmt::format("line: {}, column: {}]", lines + 1, column);
}

std::string PatternTokens::Place() const {
  const std::size_t more = source_.size() - std::min(source_.size(), kLongestSource);
  return fmt::format("\n at [Source: (String)\"{}\"{}; {}", source_.substr(0, kLongestSource),
                     more == 0 ? "" : fmt::format("[truncated {} chars]", more), LineAndColumn());
}

std::string PatternTokens::HiddenPlace() const {
  return fmt::format(
      "\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); {}",
      LineAndColumn());
}

std::string FindJsonFault(std::string_view text) {
  PatternTokens tokens(text);
  std::size_t open = 0;
  do {
    const PatternToken token = tokens.Next();
    if (token == PatternToken::kFault) return tokens.fault() + tokens.HiddenPlace();
    if (token == PatternToken::kText) tokens.Text();
    if (token == PatternToken::kObject || token == PatternToken::kArray) ++open;
    if (token == PatternToken::kEndObject || token == PatternToken::kEndArray) --open;
  } while (open > 0);
  return {};
}

}  // namespace trunkline::cloud
